import Ops
import Testing

/// One case of `tensor_operations.txt`, made by `tensor_operations.py`: see there what u, v, g and h are.
struct TensorGolden: CustomTestStringConvertible {
  var name: String
  var inputs: [Tensor<Double>] = []
  var value = Tensor(0.0)
  var gradients: [Tensor<Double>] = []
  var seconds: [Tensor<Double>] = []

  var testDescription: String { name + " " + inputs.map(\.shape.description).joined(separator: " ") }

  static func read(_ file: String) -> [TensorGolden] {
    var goldens: [TensorGolden] = []
    for line in goldenFile(file).split(separator: "\n") {
      if line.hasPrefix("case ") {
        goldens.append(TensorGolden(name: String(line.dropFirst(5))))
        continue
      }
      let fields = line.split(separator: " ")
      let shape = Shape(fields[1] == "-" ? [] : fields[1].split(separator: ",").map { Int($0)! })
      let tensor = Tensor(fields[2...].map { Double($0)! }, shape: shape)
      let last = goldens.count - 1
      switch fields[0] {
      case "x": goldens[last].inputs.append(tensor)
      case "y": goldens[last].value = tensor
      case "g": goldens[last].gradients.append(tensor)
      default: goldens[last].seconds.append(tensor)
      }
    }
    return goldens
  }

  /// The fixed weights of `tensor_operations.py`.
  static func weights(_ shape: Shape, _ salt: Int) -> Tensor<Double> {
    Tensor(
      (0..<shape.count).map { k in
        let w = Double((37 * k + salt) % 11 - 5) / 4
        return w == 0 ? 1.5 : w
      }, shape: shape)
  }
}

extension TensorGolden {
  /// PyTorch's derivatives of digamma have nine digits; ours are compared with mpmath besides, in `GoldenTests`.
  private var bound: Double { ["lgamma", "digamma"].contains(name) ? 1e-9 : 1e-12 }

  /// That y = f(x) is as the case says: its value, its gradients by the backward walk and by the recorded one, and the
  /// gradients of its gradients.
  func expect(_ y: Variable<Double>, of x: [Variable<Double>], on tape: Tape<Double>) {
    #expect(relativeError(y.tensor, value) <= bound, "value")
    let s = (y * tape.constant(Self.weights(y.shape, 1))).sum()
    let walked = s.backward()
    let recorded = s.recordedGradients(by: x)
    var t = 0 * s
    for (place, golden) in gradients.enumerated() {
      #expect(relativeError(walked.tensor(of: x[place]), golden) <= bound, "gradient \(place)")
      let g = recorded[place].isRecorded ? recorded[place] : 0 * x[place]
      #expect(relativeError(g.tensor, golden) <= bound, "recorded gradient \(place)")
      t += (g * tape.constant(Self.weights(g.shape, 3 + place))).sum()
    }
    let second = t.backward()
    for (place, golden) in seconds.enumerated() {
      #expect(relativeError(second.tensor(of: x[place]), golden) <= bound, "second gradient \(place)")
    }
  }
}

/// The largest error, relative to the element, or to a thousandth of the largest element where that is more; infinite
/// where shapes differ.
func relativeError(_ a: Tensor<Double>, _ b: Tensor<Double>) -> Double {
  guard a.shape == b.shape else { return .infinity }
  let largest = b.elements.map(\.magnitude).max() ?? 0
  return zip(a.elements, b.elements).reduce(0) { worst, pair in
    if pair.0 == pair.1 { return worst }
    let error = abs(pair.0 - pair.1) / max(abs(pair.1), largest / 1000)
    return error.isNaN ? .infinity : max(worst, error)
  }
}
