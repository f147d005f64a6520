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
/// The deviation divides by n. A column that is constant keeps its scale and only loses its mean.
public struct Standardization: Equatable, Sendable, Codable {
  public let means: [Double]
  public let deviations: [Double]

  /// Means and deviations of the columns.
  ///
  /// - Precondition: there is at least one row.
  /// - Complexity: two passes, so that a large mean does not cancel the digits of a small deviation.
  public init<Element>(fitting rows: Rows<Element>) {
    precondition(rows.count > 0, "Standardization: no rows to fit")
    let count = Double(rows.count)
    let columns = (0..<rows.width).map { rows.column($0).map { Double($0) } }
    means = columns.map { $0.reduce(0, +) / count }
    deviations = zip(columns, means).map { column, mean in
      let deviation = (column.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / count).squareRoot()
      // The mean of equal numbers may be off by an ulp or two; what remains is rounding and no spread.
      return deviation > abs(mean) * 1e-14 ? deviation : 1
    }
  }

  /// The rows with each column standardized.
  ///
  /// - Precondition: the rows are as wide as those that were fitted.
  public func applied<Element>(to rows: Rows<Element>) -> Rows<Element> {
    mapped(rows) { ($0 - means[$1]) / deviations[$1] }
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
