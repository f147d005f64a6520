import Foundation
import Testing

@testable import Train

/// The gradients of networks layer by layer against δ·a: *grokking-appendix-b*, *ai-edu-5.4*.
@Suite("Networks")
struct NetworkTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let layers: [Int]
    let output: Activation
    let loss: Loss
    let rows: Int
    var testDescription: String { "\(layers) \(output.rawValue), \(loss.rawValue), \(rows) examples" }
  }

  static let cases = [
    Case(layers: [3, 4, 1], output: .sigmoid, loss: .crossEntropy, rows: 1),
    Case(layers: [3, 4, 2], output: .identity, loss: .quadratic, rows: 1),
    Case(layers: [3, 4, 2], output: .identity, loss: .quadratic, rows: 5),
    Case(layers: [3, 5, 4, 2], output: .identity, loss: .quadratic, rows: 5),
    Case(layers: [3, 4, 3], output: .softmax, loss: .crossEntropy, rows: 5),
    Case(layers: [3, 5, 4, 3], output: .softmax, loss: .crossEntropy, rows: 5),
    Case(layers: [2, 3, 3], output: .sigmoid, loss: .quadratic, rows: 4),
  ]

  @Test(arguments: cases)
  func layerByLayer(_ example: Case) {
    let tape = Tape<Double>()
    let network = Network(Architecture(example.layers, output: example.output), on: tape, seed: 3)
    var generator = SeededGenerator(seed: 4)
    let x = (0..<example.rows).map { _ in (0..<example.layers[0]).map { _ in generator.normal() } }
    let y = (0..<example.rows).map { row in
      (0..<example.layers.last!).map { $0 == row % example.layers.last! ? 1.0 : 0 }
    }
    let loss = example.loss(
      network.scores(tape.constant(Tensor(x))), output: example.output, target: tape.constant(Tensor(y)))
    let gradients = loss.backward()
    let (weights, biases) = Self.byHand(example, network, x, y)
    for layer in weights.indices {
      let (w, b) = (gradients.tensor(of: network.weights[layer]), gradients.tensor(of: network.biases[layer]))
      #expect(distance(w.elements, weights[layer].flatMap { $0 }) < 1e-14, "weights of layer \(layer)")
      #expect(distance(b.elements, biases[layer]) < 1e-14, "biases of layer \(layer)")
    }
  }

  /// δᴸ = a − y where output and loss fit (times σ′ for sigmoid with squares), δˡ = (Wˡ⁺¹δˡ⁺¹)·σ′, ∂C/∂W = a·δ.
  private static func byHand(
    _ example: Case, _ network: Network<Double>, _ x: [[Double]], _ y: [[Double]]
  ) -> (weights: [[[Double]]], biases: [[Double]]) {
    let sizes = example.layers
    let w = network.weights.enumerated().map { layer, weights in
      (0..<sizes[layer]).map { row in
        Array(weights.tensor.elements[row * sizes[layer + 1]..<(row + 1) * sizes[layer + 1]])
      }
    }
    let last = w.count - 1
    var dw = w.map { $0.map { $0.map { _ in 0.0 } } }
    var db = w.map { $0[0].map { _ in 0.0 } }
    for (x, y) in zip(x, y) {
      var a = [x]
      for layer in w.indices {
        let z = w[layer][0].indices.map { j in w[layer].indices.reduce(0) { $0 + a[layer][$1] * w[layer][$1][j] } }
        switch layer == last ? example.output : .sigmoid {
        case .softmax:
          let sum = z.reduce(0) { $0 + exp($1) }
          a.append(z.map { exp($0) / sum })
        case .identity: a.append(z)
        default: a.append(z.map { 1 / (1 + exp(-$0)) })
        }
      }
      var delta = zip(a[last + 1], y).map { $0 - $1 }
      if example.output == .sigmoid, example.loss == .quadratic {
        delta = zip(delta, a[last + 1]).map { $0 * $1 * (1 - $1) }
      }
      for layer in w.indices.reversed() {
        for j in delta.indices {
          db[layer][j] += delta[j] / Double(example.rows)
          for i in a[layer].indices { dw[layer][i][j] += a[layer][i] * delta[j] / Double(example.rows) }
        }
        delta = a[layer].indices.map { i in
          dot(w[layer][i], delta) * a[layer][i] * (1 - a[layer][i])
        }
      }
    }
    return (dw, db)
  }

  /// σ(wx + b) through (0.5, 0.2) and (2.5, 0.9): *learning-parameters-1*.
  @Test func toyNeuron() throws {
    let tape = Tape<Double>()
    let neuron = Network(Architecture([1, 1]), on: tape, seed: 0)
    let data = Dataset(inputs: Rows([0.5, 2.5], width: 1), targets: Rows([0.2, 0.9], width: 1))
    let settings = Settings(rate: .constant(10), epochs: 2000)
    try Training(of: neuron, on: tape, with: data, loss: .quadratic, settings).run()
    let outputs = neuron.outputs(for: data.inputs, on: tape).values
    #expect(abs(outputs[0] - 0.2) < 1e-3 && abs(outputs[1] - 0.9) < 1e-3)
    // The sigmoid through both points: wx + b = ln(y/(1 − y)).
    let w = (Foundation.log(9.0) - Foundation.log(0.25)) / 2
    #expect(abs(neuron.weights[0].tensor.elements[0] - w) < 0.02)
  }

  /// A penalty changes the gradients of weights by l1·sgn(w) + l2·w and leaves biases alone.
  @Test func penalties() {
    let tape = Tape<Double>()
    let network = Network(Architecture([2, 2]), on: tape, seed: 1)
    let x = tape.constant(Tensor([[1.0, 2]])), y = tape.constant(Tensor([[0.0, 1]]))
    let loss = Loss.quadratic(network.scores(x), output: .sigmoid, target: y)
    let plain = loss.backward()
    let more = Penalty(l1: 0.1, l2: 0.3).added(to: loss, weights: network.weights).backward()
    let w = network.weights[0].tensor.elements
    let difference = zip(more.tensor(of: network.weights[0]).elements, plain.tensor(of: network.weights[0]).elements)
    for (w, (a, b)) in zip(w, difference) { #expect(abs(a - b - (0.1 * (w > 0 ? 1 : -1) + 0.3 * w)) < 1e-15) }
    #expect(more.tensor(of: network.biases[0]) == plain.tensor(of: network.biases[0]))
  }

  @Test func everyActivation() {
    let tape = Tape<Double>()
    let z = tape.constant(Tensor([[-1.0, 0.5]]))
    let expected: [Activation: [Double]] = [
      .identity: [-1, 0.5], .sigmoid: [0.2689414213699951, 0.6224593312018546],
      .tanh: [-0.7615941559557649, 0.46211715726000973], .relu: [0, 0.5],
      .softmax: [0.18242552380635635, 0.8175744761936437],
    ]
    for activation in Activation.allCases {
      #expect(distance(activation(z).tensor.elements, expected[activation]!) < 1e-15, "\(activation)")
    }
  }
}
