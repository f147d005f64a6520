import Train

/// One step of gradient descent of a network on fixed data: forward, backward and update, in `Float`.
///
/// The peers make the same numbers by the same formulas: see Peers/tensors.py.
struct NetworkStep {
  let layers: [Int]
  let batch: Int
  let isClassifier: Bool
  let rate: Float
  /// Steps of one round.
  let steps: Int

  var name: String {
    let kind = isClassifier ? "ReLU, softmax cross-entropy" : "sigmoid, quadratic"
    return "[\(layers.map(String.init).joined(separator: ","))], batch \(batch), \(kind)"
  }
  var key: String { layers.map(String.init).joined(separator: "-") }

  static let all = [
    NetworkStep(layers: [784, 30, 10], batch: 10, isClassifier: false, rate: 0.5, steps: 400),
    NetworkStep(layers: [784, 128, 10], batch: 32, isClassifier: true, rate: 0.05, steps: 100),
    NetworkStep(layers: [784, 512, 512, 10], batch: 128, isClassifier: true, rate: 0.05, steps: 10),
    NetworkStep(layers: [784, 2048, 2048, 10], batch: 256, isClassifier: true, rate: 0.05, steps: 2),
  ]
  /// How many different batches follow each other.
  static let batches = 8

  /// The loss of the last step of the first round, and the seconds per step of each round after it.
  func measured(rounds: Int) -> (loss: Double, times: Samples) {
    let run = Run(self)
    return run.measured(rounds: rounds) { run.loss($0, $1, $2) }
  }

  /// Parameters and batches stand below the mark; every step rewinds to it.
  final class Run {
    let workload: NetworkStep
    let tape = Tape<Float>()
    let weights, biases, parameters, inputs, targets: [Variable<Float>]
    let mark: Mark

    init(_ workload: NetworkStep) {
      let (tape, layers) = (self.tape, workload.layers)
      self.workload = workload
      weights = (1..<layers.count).map { l in
        let (rows, columns) = (layers[l - 1], layers[l])
        let scale = 2 / Float(rows).squareRoot()
        let values = (0..<rows * columns).map { (Float(($0 * 7919 + l) % 10007) / 10007 - 0.5) * scale }
        return tape.parameter(Tensor(values, shape: [rows, columns]))
      }
      biases = layers.dropFirst().map { tape.parameter(Tensor<Float>.zeros([$0])) }
      parameters = weights + biases
      inputs = (0..<NetworkStep.batches).map { k in
        let values = (0..<workload.batch * layers[0]).map { Float(($0 * 104_729 + k * 31) % 1009) / 1009 }
        return tape.constant(Tensor(values, shape: [workload.batch, layers[0]]))
      }
      targets = (0..<NetworkStep.batches).map { k in
        var rows = [Float](repeating: 0, count: workload.batch * 10)
        for i in 0..<workload.batch { rows[i * 10 + (i * 7 + k) % 10] = 1 }
        return tape.constant(Tensor(rows, shape: [workload.batch, 10]))
      }
      mark = tape.mark()
    }

    typealias Loss = (_ x: Variable<Float>, _ y: Variable<Float>, _ p: [Variable<Float>]) -> Variable<Float>

    func measured(rounds: Int, _ loss: Loss) -> (loss: Double, times: Samples) {
      let last = Double(round(loss))
      let times = (0..<rounds).map { _ in wallTime { round(loss) } / Double(workload.steps) }
      return (last, Samples(times))
    }

    @discardableResult
    func round(_ loss: Loss) -> Float {
      var last: Float = 0
      for step in 0..<workload.steps {
        let loss = loss(inputs[step % NetworkStep.batches], targets[step % NetworkStep.batches], parameters)
        let gradients = loss.backward()
        for parameter in parameters { tape.descend(parameter, along: gradients, rate: workload.rate) }
        last = loss.value
        tape.rewind(to: mark)
      }
      return last
    }

    /// - Parameter p: the weights, then the biases.
    func loss(_ x: Variable<Float>, _ y: Variable<Float>, _ p: [Variable<Float>]) -> Variable<Float> {
      var a = x
      for l in weights.indices {
        let z = matmul(a, p[l]) + p[weights.count + l]
        if workload.isClassifier && l == weights.count - 1 { return crossEntropy(logits: z, y) }
        a = workload.isClassifier ? relu(z) : sigmoid(z)
      }
      return halfSquaredError(a, y, .sum) / Float(workload.batch)
    }
  }
}
