/// Columns brought to mean 0 and standard deviation 1: x ↦ (x − mean)/deviation.
///
/// Mean and deviation come from the training rows alone and are then applied to any rows, so that nothing of the
/// test data reaches the training:
///
/// ```swift
/// let standardization = Standardization(fitting: training.inputs)
/// let scaled = standardization.applied(to: testing.inputs)
/// ```
///
/// The deviation divides by n. A column that is constant keeps its scale and only loses its mean. Targets are standardized
/// in the same way, and predictions brought back by ``inverted(_:)``.
public struct Standardization: Equatable, Sendable, Codable {
  /// The mean of each column.
  public let means: [Double]
  /// The standard deviation of each column; 1 where it is constant.
  public let deviations: [Double]

  /// Means and deviations of the columns.
  ///
  /// - Precondition: there is at least one row.
  /// - Complexity: two passes, so that a large mean does not cancel the digits of a small deviation.
  public init<Element>(fitting rows: Rows<Element>) {
    precondition(rows.count > 0, "Standardization: no rows to fit")
    let moments = (0..<rows.width).map { Self.moments(rows.column($0).map { Double($0) }) }
    (means, deviations) = (moments.map(\.mean), moments.map(\.deviation))
  }

  /// A constant column is one whose numbers are all the same: the deviation that rounding makes of their mean is none.
  private static func moments(_ column: [Double]) -> (mean: Double, deviation: Double) {
    if column.allSatisfy({ $0 == column[0] }) { return (column[0], 1) }
    // Squares of numbers beyond 10¹⁵⁴, and sums of those near the end of the range, are infinite.
    let largest = column.reduce(0) { max($0, abs($1)) }
    let unit = largest > 1e150 || largest < 1e-150 ? largest : 1
    let (scaled, count) = (unit == 1 ? column : column.map { $0 / unit }, Double(column.count))
    let mean = scaled.reduce(0, +) / count
    let deviation = (scaled.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / count).squareRoot() * unit
    return (mean * unit, deviation > 0 ? deviation : 1)
  }

  /// Whether these can be the moments of so many columns: finite, and no deviation 0 or negative.
  public func isValid(forWidth width: Int) -> Bool {
    means.count == width && deviations.count == width && means.allSatisfy(\.isFinite)
      && deviations.allSatisfy { $0 > 0 && $0.isFinite }
  }

  /// The rows with each column standardized.
  ///
  /// - Precondition: the rows are as wide as those that were fitted.
  public func applied<Element>(to rows: Rows<Element>) -> Rows<Element> {
    mapped(rows) {
      let distance = $0 - means[$1]
      return distance.isFinite ? distance / deviations[$1] : $0 / deviations[$1] - means[$1] / deviations[$1]
    }
  }

  /// The rows as they were before ``applied(to:)``.
  public func inverted<Element>(_ rows: Rows<Element>) -> Rows<Element> {
    mapped(rows) { $0 * deviations[$1] + means[$1] }
  }

  private func mapped<Element>(
    _ rows: Rows<Element>, _ value: (Double, Int) -> Double
  ) -> Rows<Element> {
    precondition(
      rows.width == means.count, "Standardization: fitted to \(means.count) columns, given \(rows.width)")
    let values = rows.values.indices.map { Element(value(Double(rows.values[$0]), $0 % rows.width)) }
    return Rows(values, width: rows.width)
  }
}
