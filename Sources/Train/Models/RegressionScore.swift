/// How far predicted numbers are from the right ones, over all targets together.
///
/// ```swift
/// let score = RegressionScore(of: predictions, targets)
/// "\(score)"  // RMSE 3.4e+04, mean absolute error 2.6e+04, R² 0.83 on 48 examples
/// ```
public struct RegressionScore: Equatable, Sendable, CustomStringConvertible {
  /// The number of examples.
  public let count: Int
  /// √(Σ(ŷ − y)²/n), the root mean square error, in the unit of the targets.
  public let rootMeanSquare: Double
  /// Σ|ŷ − y|/n
  public let meanAbsolute: Double
  /// R² = 1 − Σ(ŷ − y)²/Σ(y − ȳ)²: 1 for right predictions, 0 for those as good as the mean; below where they are worse, nil
  /// where the targets are all the same.
  public let determination: Double?

  /// - Precondition: rows of the same shape, at least one.
  public init<Element>(of predictions: Rows<Element>, _ targets: Rows<Element>) {
    precondition(
      predictions.shape == targets.shape && predictions.count > 0,
      "RegressionScore: predictions of shape \(predictions.shape) for targets of shape \(targets.shape)")
    let errors = zip(predictions.values, targets.values).map { Double($0) - Double($1) }
    let total = Double(errors.count)
    count = predictions.count
    let squares = dot(errors, errors)
    rootMeanSquare = (squares / total).squareRoot()
    meanAbsolute = errors.reduce(0) { $0 + abs($1) } / total
    let spread = (0..<targets.width).reduce(0.0) { sum, column in
      let values = targets.column(column).map { Double($0) }
      let mean = values.reduce(0, +) / Double(values.count)
      return sum + values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    }
    determination = spread > 0 ? 1 - squares / spread : nil
  }

  /// `RMSE 0.555, mean absolute error 0.44, R² 0.957 on 5 examples`
  public var description: String {
    let share = determination.map { ", R² \(shortText($0))" } ?? ""
    return "RMSE \(shortText(rootMeanSquare)), mean absolute error \(shortText(meanAbsolute))\(share) on "
      + counted(count, "example")
  }
}
