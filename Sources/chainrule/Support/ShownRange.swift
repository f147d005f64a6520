import Train

extension Rows<Double> {
  /// All that a column covers, and a tenth more on both sides: what a picture shows of it.
  func shownRange(_ column: Int) -> ClosedRange<Double> { ClosedRange(around: self.column(column), margin: 0.1) }
}

extension ClosedRange<Double> {
  /// All that the numbers cover, and a share of it more on both sides; 1 where they are all the same.
  init(around numbers: [Double], margin share: Double) {
    let (low, high) = (numbers.min() ?? 0, numbers.max() ?? 0)
    let margin = high > low ? share * (high - low) : 1
    self = low - margin...high + margin
  }
}
