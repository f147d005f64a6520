/// Rosenblatt's perceptron for classes −1 and 1: ŷ = 1 where wᵀx + b > 0, else −1; an example that is wrong moves the
/// weights by η(y − ŷ)x and the bias by η(y − ŷ), until all are right.
///
/// ```swift
/// let setosa = Dataset.iris.against(rest: -1, class: 0)
/// Perceptron(learning: Dataset.iris.inputs, setosa).outcome  // learned(epochs: …)
/// ```
public struct Perceptron: Sendable {
  /// How the learning ended.
  public enum Outcome: Equatable, Sendable {
    /// All examples are right after so many epochs.
    case learned(epochs: Int)
    /// No plane has the classes on its two sides: the algorithm would never stop.
    case notSeparable
    /// Not yet all right, though a plane exists.
    case unfinished
  }

  /// w, one per input column.
  public let weights: [Double]
  /// b
  public let bias: Double
  /// How the learning ended.
  public let outcome: Outcome

  /// Goes through the examples in their order, from weights 0.
  ///
  /// The update is a step of gradient descent on −(y − ŷ)·(wᵀx + b), with ŷ held constant.
  ///
  /// - Parameters:
  ///   - inputs: a row per example.
  ///   - signs: the class of each row, −1 or 1.
  ///   - rate: the learning rate η.
  ///   - epochs: the most rounds, after which it is decided whether there is any point in going on.
  /// - Precondition: as many signs as rows.
  public init(learning inputs: Rows<Double>, _ signs: [Double], rate: Double = 1, epochs: Int = 1000) {
    let tape = Tape<Double>()
    let w = tape.parameter(Tensor(repeating: 0, shape: [inputs.width, 1]), "w")
    let b = tape.parameter(Tensor([0]), "b")
    func score(_ x: Variable<Double>) -> Variable<Double> { matmul(x, w) + b }
    func sign(_ z: Variable<Double>) -> Variable<Double> { 2 * less(0, z) - 1 }

    let data = Dataset(inputs: inputs, targets: Rows(signs, width: 1))
    let settings = Settings(rate: .constant(rate), batch: 1, sampling: .inOrder, epochs: epochs)
    let training = Training(on: tape, with: data, settings) { x, y in
      let z = score(x)
      return -(stopGradient(y - sign(z)) * z).sum()
    }
    func isLearned() -> Bool {
      let mark = tape.mark()
      defer { tape.rewind(to: mark) }
      return sign(score(tape.constant(Tensor(inputs)))).tensor.elements == signs
    }
    var learned = isLearned()
    var epoch = 0
    while !learned, epoch < epochs {
      for _ in 0..<inputs.count { training.step() }
      epoch += 1
      learned = isLearned()
    }
    (weights, bias) = (w.tensor.elements, b.tensor.elements[0])
    outcome =
      learned ? .learned(epochs: epoch) : areSeparable(inputs, signs) ? .unfinished : .notSeparable
  }
}

/// Whether a plane has the classes −1 and 1 strictly on its two sides.
///
/// That is so exactly where the point of the convex hull of all y·(x, 1) that is nearest to 0 is not 0 itself: the nearest
/// point p then has p·v > 0 for all of them. It is found by shifting weight from the point furthest along p to the one
/// least along it (Mitchell, Demyanov and Malozemov, 1974), on standardized columns.
func areSeparable(_ inputs: Rows<Double>, _ signs: [Double]) -> Bool {
  let rows = Standardization(fitting: inputs).applied(to: inputs)
  let points = signs.indices.map { row in (rows[row] + [1]).map { $0 * signs[row] } }
  var share = points.map { _ in 0.0 }
  share[0] = 1
  var nearest = points[0]
  let size = points.map(norm).max() ?? 1
  for _ in 0..<1_000_000 {
    let along = points.map { dot($0, nearest) }
    let low = along.indices.min { along[$0] < along[$1] }!
    if along[low] > 0 { return true }
    if norm(nearest) < 1e-9 * size { return false }
    let high = along.indices.filter { share[$0] > 0 }.max { along[$0] < along[$1] }!
    let shift = zip(points[low], points[high]).map { $0 - $1 }
    let length = dot(shift, shift)
    guard length > 0 else { return false }
    let amount = min(share[high], -dot(nearest, shift) / length)
    share[low] += amount
    share[high] -= amount
    nearest = zip(nearest, shift).map { $0 + amount * $1 }
  }
  return false
}
