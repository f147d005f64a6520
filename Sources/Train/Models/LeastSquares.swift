/// The weights of a linear regression in closed form: W* = (XᵀX/n + λI)⁻¹·XᵀY/n, the minimum of
/// 1/2n·Σ(y − Wᵀx)² + ½λ‖W‖².
///
/// ```swift
/// let commute = Dataset.commute
/// let fit = try LeastSquares(of: commute.inputs.withIntercept(), commute.targets)
/// fit.weights                                   // [6.0861…, 6.5336…, 2.1127…]
/// fit.predictions(for: commute.inputs.withIntercept())  // [25.8396…, 34.9867…, 12.6197…, 42.1737…, 24.3803…]
/// ```
/// The penalty takes all columns, that of the intercept too, as the formula says.
public struct LeastSquares: Sendable {
  /// One per column, of the first target; see ``matrix`` for all.
  public var weights: [Double] { matrix.column(0) }
  /// One row per column of X, one column per target.
  public let matrix: Rows<Double>

  /// - Parameters:
  ///   - inputs: X, a row per example.
  ///   - targets: Y, a row per example.
  ///   - penalty: λ.
  /// - Throws: `OptionError` where XᵀX/n + λI has no inverse: a column is a combination of others.
  /// - Complexity: n·d² + d³/3 operations for n rows of d columns.
  /// - Precondition: as many rows of targets as of inputs.
  public init(
    of inputs: Rows<Double>, _ targets: Rows<Double>, penalty: Double = 0
  ) throws(OptionError) {
    precondition(
      inputs.count == targets.count, "LeastSquares: \(inputs.count) inputs and \(targets.count) targets")
    let tape = Tape<Double>()
    let (x, y) = (tape.constant(Tensor(inputs)), tape.constant(Tensor(targets)))
    let n = Variable(Double(inputs.count))
    let normal = matmul(x.transposed(), x) / n + Variable(penalty) * tape.constant(.eye(inputs.width))
    guard Self.isSolvable(normal.tensor) else {
      throw OptionError(
        "XᵀX has no inverse: a column is a combination of others; leave it out or give a penalty above 0")
    }
    let weights = solve(normal, matmul(x.transposed(), y) / n).tensor.elements
    matrix = Rows(weights, width: targets.width)
  }

  /// Whether elimination meets no pivot of 0, or of rounding alone.
  private static func isSolvable(_ normal: Tensor<Double>) -> Bool {
    let width = normal.shape[0]
    let rows = (0..<width).map { Array(normal.elements[$0 * width..<($0 + 1) * width]) }
    return CholeskyFactor(rows, addingToDiagonal: rows.map { _ in 0 })?.isWellConditioned ?? false
  }

  /// X·W*, one column per target.
  public func predictions(for inputs: Rows<Double>) -> Rows<Double> {
    Rows(
      columns: (0..<matrix.width).map { target in
        let weights = matrix.column(target)
        return (0..<inputs.count).map { dot(Array(inputs[$0]), weights) }
      })
  }
}

extension Tensor {
  /// The rows as a matrix.
  package init(_ rows: Rows<Element>) { self.init(rows.values, shape: Shape(rows.shape)) }
}

extension Rows where Element == Double {
  /// The rows with a 1 in front, whose weight is the intercept.
  public func withIntercept() -> Rows { Rows((0..<count).map { [1] + self[$0] }) }

  /// φ(x) = [1, x, x², …, xᵐ] of each row's only number: polynomial regression is linear in these.
  ///
  /// - Precondition: the rows have one column.
  public func powers(through degree: Int) -> Rows {
    precondition(width == 1, "powers: expected one column, found \(width)")
    return Rows(
      values.map { x in
        var row = [1.0]
        for _ in 0..<degree { row.append(row[row.count - 1] * x) }
        return row
      })
  }
}
