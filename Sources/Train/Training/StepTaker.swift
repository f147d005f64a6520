/// Who takes the steps of a training in place of the tape, with parameters of its own.
protocol StepTaker<Element>: AnyObject {
  associatedtype Element: Number
  /// One step on a batch: its loss before the step, with the penalty.
  func step(_ indices: ArraySlice<Int>, rate: Double, number: Int) throws -> Double
  /// The parameters, and per parameter what the optimizer remembers, as they are now.
  func state() throws -> (values: [[Element]], memory: [[[Element]]])
}
