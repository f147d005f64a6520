import Train

/// A computation on scalars, stated once: the plain loop and the recorded one are the same text.
protocol ScalarWorkload {
  static var name: String { get }
  /// What the size counts: variables, points, steps.
  static var unit: String { get }
  /// The size of the comparison in the documentation.
  static var usualSize: Int { get }

  init(size: Int)
  var size: Int { get }
  /// How many elementary operations one evaluation is.
  var operations: Int { get }
  var inputs: [Double] { get }
  func value<A: Algebra>(_ x: [A]) -> A where A.FloatLiteralType == Double
}
