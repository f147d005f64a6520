/// A point of a minimization, or an epoch or step of a training.
public struct Iteration: Sendable {
  /// Of the step that led here; 0 at the start.
  public let number: Int
  /// All parameters as one vector.
  public let point: [Double]
  /// The value there; of an epoch the mean loss.
  public let value: Double
  /// How far the point is from the one before; nil at the start.
  public let change: Double?
  /// The share of right answers after an epoch of a training that counts them.
  public let accuracy: Double?

  /// A point, for rules and tests.
  public init(number: Int, point: [Double], value: Double, change: Double?, accuracy: Double? = nil) {
    (self.number, self.point, self.value, self.change, self.accuracy) = (number, point, value, change, accuracy)
  }
}
