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
