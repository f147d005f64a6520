import Train

extension Rows<Double> {
  /// All that a column covers, and a tenth more on both sides: what a picture shows of it.
  func shownRange(_ column: Int) -> ClosedRange<Double> {
    let values = self.column(column)
    let (low, high) = (values.min() ?? 0, values.max() ?? 0)
    let margin = high > low ? 0.1 * (high - low) : 1
    return low - margin...high + margin
  }

  /// In another precision.
  init<Other: BinaryFloatingPoint & Sendable>(_ rows: Rows<Other>) {
    self.init(rows.values.map { Double($0) }, width: rows.width)
  }
}
