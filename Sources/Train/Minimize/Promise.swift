/// What a step of a second-order method promises, against which it is judged whether a point is a minimum.
///
/// The tests know no absolute size: with J or a parameter in other units they say the same.
struct Promise {
  private let start: [Double]
  private let gradient: [Double]
  private let step: [Double]
  private let value: Double

  /// - Parameter step: −H⁻¹·∇J, or what is known of it.
  init(from start: [Double], value: Double, gradient: [Double], step: [Double]) {
    (self.start, self.value, self.gradient, self.step) = (start, value, gradient, step)
  }

  /// −½·∇J·step: by how much J would fall if it were a parabola.
  private var decrease: Double { -dot(gradient, step) / 2 }

  /// Whether the minimum of the parabola is here: J would fall by less than the square of its own last digits, or no
  /// parameter would change by more than a digit or two of its last place.
  var isKept: Bool {
    abs(decrease) <= 1e-24 * abs(value) || zip(step, start).allSatisfy { abs($0) <= 4e-16 * abs($1) }
  }

  /// The end where no better point was found and rounding explains it: J would fall by less than its digits show, or each
  /// parameter would move by little of its size or of the way it has come.
  func end(since origin: [Double]) -> Ending? {
    if abs(decrease) <= 1e-12 * abs(value) { return .level }
    return zip(step, reach(of: start, since: origin)).allSatisfy { abs($0) <= 1e-8 * $1 } ? .settled : nil
  }
}

/// The size of each parameter, or the way it has come if that is longer: the measure of a small step.
func reach(of point: [Double], since origin: [Double]) -> [Double] {
  zip(point, origin).map { max(abs($0), abs($0 - $1)) }
}

/// How long a method goes on where the value no longer falls, and what it says of its end.
struct Patience {
  private var origin: [Double] = []
  private var stepsWithoutGain = 0

  /// - Returns: the end where the promise says that there is nothing more to be gained.
  mutating func begin(at start: [Double], _ promise: Promise?) -> Ending? {
    if origin.isEmpty { origin = start }
    return promise?.isKept ?? false ? .flat : nil
  }

  /// Whether several steps in a row were taken for their slope alone.
  mutating func isLost(from value: Double, to next: Double) -> Bool {
    stepsWithoutGain = next < value ? 0 : stepsWithoutGain + 1
    return stepsWithoutGain > 5
  }

  /// The end where nothing better was found: a minimum if rounding explains it.
  func end(_ promise: Promise?, _ reason: String) -> Ending {
    promise?.end(since: origin) ?? Ending(.stalled, reason)
  }
}

/// Whether a gradient is 0, or so small that products of its numbers are: the functions that fall towards 0 without ever
/// reaching it are followed to where the numbers end.
func isZero(_ gradient: [Double]) -> Bool { gradient.allSatisfy { abs($0) < 1e-150 } }
