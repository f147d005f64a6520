/// Whether both sides of a claim agree at one point.
struct Agreement {
  enum Result {
    case agree
    case differ
    /// A side has no value there.
    case useless
  }

  let result: Result
  /// The largest |a − b|/max(|a|, |b|).
  let relative: Double
  /// Whether a side depends on an outcome that may be another one nearby.
  let isNear: Bool
  /// How far sides that agree may be apart, though: the largest error behind which an element hides, 0 if none does.
  private let doubt: Double
  /// Whether an element hangs on numbers that are equal but for their errors.
  private let isOpen: Bool

  /// Constants of eleven digits in a claim are good enough.
  private static let tolerance = 1e-10
  /// An element hides behind an error that leaves it less than seven digits.
  private static let blur = 1e-7

  /// Whether a slip would show. What cancels to this in 150 digits is 0.
  var isTelling: Bool { doubt <= 1e-100 }
  /// Whether more digits would tell more: of sides that agree by too few, and where it is open what a side is.
  var needsDigits: Bool { result == .agree && !isTelling || isNear && isOpen }
  /// Whether the point may at least agree. Rounded constants of 16 digits cancel to this.
  var isUsable: Bool { doubt <= 1e-14 }

  /// - Parameter relation: what the elements of `autodiff`, the left side, are claimed to be to those of the other; nil
  ///   for equal.
  init<Value>(
    claimed: [Bounded<Value>], autodiff: [Bounded<Value>], relation: Formula.Comparison? = nil
  ) {
    isNear = claimed.contains { $0.origin.isNear } || autodiff.contains { $0.origin.isNear }
    var (result, worst, doubt) = (Result.agree, 0.0, 0.0)
    for (a, b) in zip(claimed, autodiff) {
      let scale = max(a.value.high.magnitude, b.value.high.magnitude)
      let error = a.error + b.error
      guard a.value.isFinite, b.value.isFinite else {
        result = .useless
        break
      }
      guard error <= Self.blur * scale else {
        doubt = max(doubt, error.isNaN ? .infinity : error)
        continue
      }
      if let relation {
        let found = Self.result(relation, (b.value - a.value).high, error)
        if let found, result != .differ { result = found }
        continue
      }
      let difference = (a.value - b.value).high.magnitude
      if difference > error + Self.tolerance * scale { result = .differ }
      if difference > error { worst = max(worst, difference / scale) }
    }
    isOpen = doubt == .infinity
    (self.result, relative, self.doubt) = (result, worst, result == .differ ? 0 : doubt)
  }

  /// What one element says about a relation; nil where it is as claimed.
  private static func result(_ relation: Formula.Comparison, _ excess: Double, _ error: Double) -> Result? {
    if excess.magnitude > error { return relation.holds(ofSign: excess) ? nil : .differ }
    if relation.admitsEquality { return nil }
    // Equal without any error they are equal; else nothing is known.
    return error == 0 ? .differ : .useless
  }

  /// Sides that differ in their shapes already.
  static let misshapen = Agreement()

  private init() { (result, relative, doubt, isNear, isOpen) = (.differ, 1, 0, false, false) }
}
