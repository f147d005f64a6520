/// Both sides of a claim at one point, and whether they agree.
struct Comparison {
  enum Result {
    case agree
    case differ
    /// A side has no value there, or too large an error to tell.
    case useless
  }

  let claimed: [Double]
  let autodiff: [Double]
  let result: Result
  /// The largest |a − b|/max(|a|, |b|).
  let relative: Double

  /// Constants of eleven digits in a claim are good enough.
  static let tolerance = 1e-10
  /// A point where the errors could hide a relative difference of 10⁻⁷ says nothing. One near 0 may be as close as
  /// its error allows.
  private static let blur = 1e-7
  private static let zero = 1e-14

  init(claimed: [Bounded], autodiff: [Bounded]) {
    self.claimed = claimed.map(\.value.high)
    self.autodiff = autodiff.map(\.value.high)
    var (result, worst) = (Result.agree, 0.0)
    for (a, b) in zip(claimed, autodiff) {
      let scale = max(a.value.high.magnitude, b.value.high.magnitude)
      let error = a.error + b.error
      guard scale.isFinite, error.isFinite, error <= max(Self.blur * scale, Self.zero) else {
        result = .useless
        break
      }
      let difference = (a.value - b.value).high.magnitude
      if difference > error + Self.tolerance * scale {
        result = .differ
      }
      if difference > error { worst = max(worst, scale > 0 ? difference / scale : 0) }
    }
    (self.result, relative) = (result, worst)
  }

  /// Sides that differ in their shapes already.
  init(transposed claimed: [Bounded], autodiff: [Bounded]) {
    (self.claimed, self.autodiff) = (claimed.map(\.value.high), autodiff.map(\.value.high))
    (result, relative) = (.differ, 1)
  }
}
