/// What was found out about a claim.
public struct Verdict: Sendable {
  /// The three answers; the raw value is how it is printed.
  public enum Outcome: String, Sendable {
    /// Both sides agree wherever they were compared.
    case holds
    /// They differ, at a point where both have a value and nothing jumps.
    case refuted
    /// No point was found where both sides have a value, and digits enough to compare them.
    case undefined
  }

  /// What was tested.
  public let claim: Claim
  /// Whether it holds.
  public internal(set) var outcome: Outcome
  /// The chance that a rational identity was taken for true wrongly; nil if it was not decided exactly.
  public internal(set) var errorProbability: Double?
  /// How many points were compared, not counting those at kinks.
  public internal(set) var points = 0
  /// Whether there were points at which both sides have a value, but too few digits.
  var isBlurred = false
  /// The largest relative difference at these points.
  public internal(set) var worst = 0.0
  /// The simplest point found where the sides differ.
  public internal(set) var counterexample: Counterexample?
  /// Where the sides differ because a function bends or jumps there: one example for each kink.
  public internal(set) var kinks: [Counterexample] = []
  /// Sides of branches that no point was on, though they were looked for: `x > 3`.
  public internal(set) var unreached: [String] = []
  /// What sizes with names were where it was tested: `["n": 3, "d": 2]`; of a refuted one where it failed.
  public internal(set) var sizes: [[String: Int]] = []
  /// What is probably wrong: "off by a factor -1".
  public internal(set) var remark: String?

  /// Whether it was decided by exact arithmetic and not only at sampled points.
  public var isProved: Bool { errorProbability != nil }

  init(_ claim: Claim, _ outcome: Outcome) { (self.claim, self.outcome) = (claim, outcome) }
}

/// A point where the two sides of a claim differ.
public struct Counterexample: Sendable, Hashable {
  /// The inputs, in the order of the program, but for those whose domain is one value.
  public let at: [Input]
  /// Those whose domain is one value.
  public let fixed: [Input]
  /// What the right side of the claim gives.
  public let claimed: Tensor<Double>
  /// What the program's derivative is, or the left side of an identity.
  public let autodiff: Tensor<Double>
  /// The equation that says which kink the point is at: `e = 0`.
  public internal(set) var kink: String?

  /// An input with the value it has at this point.
  public struct Input: Sendable, Hashable {
    /// Its name in the program.
    public let name: String
    /// Its value; a number is a tensor without dimensions.
    public let value: Tensor<Double>
  }
}

extension Verdict: CustomStringConvertible {
  /// ```
  /// refuted: ∂c/∂w = e·x: off by a factor 1/2; at w = 1, x = 1, b = 1, y = 1: claimed 1, autodiff 2
  /// ```
  public var description: String { "\(outcome.rawValue): \(claim): \(explanation)" }

  /// Everything but the claim: in how many points it holds, or where it fails and how.
  public var explanation: String {
    let parts: [String?] =
      switch outcome {
      case .holds: [agreement, kinkText, isProved ? nil : unreachedText]
      case .refuted: [remark, sizesText, counterexample.map { $0.text(isIdentity: claim.isIdentity) }]
      case .undefined: [absence, kinkText, unreachedText]
      }
    return parts.compactMap { $0 }.joined(separator: "; ")
  }

  private var agreement: String {
    extent
      + (errorProbability.map { ", error probability below \(short($0))" } ?? ", worst relative error \(short(worst))")
  }

  /// `proved`, `proved for 3 sizes`, `100 points`, `3 sizes, 100 points each`
  package var extent: String {
    let several = sizes.count > 1 ? "\(sizes.count) sizes" : nil
    if isProved { return "proved" + (several.map { " for \($0)" } ?? "") }
    return several.map { "\($0), \(points / sizes.count) points each" } ?? counted(points, "point")
  }

  /// `with n = 3, d = 2`
  private var sizesText: String? {
    guard let sizes = sizes.first, !sizes.isEmpty else { return nil }
    return "with " + sizes.sorted { $0.key < $1.key }.map { "\($0.key) = \($0.value)" }.joined(separator: ", ")
  }

  private var absence: String {
    isBlurred
      ? "both sides cancel away, or leave the range of numbers: too few digits to compare them"
      : "no point was found where both sides have a value"
  }

  private var unreachedText: String? {
    guard !unreached.isEmpty else { return nil }
    let more = unreached.count > 3 ? " and \(unreached.count - 3) more" : ""
    return "never reached: " + unreached.prefix(3).joined(separator: ", ") + more
  }

  private var kinkText: String? {
    guard !kinks.isEmpty else { return nil }
    let list = kinks.map { "\($0.kink ?? ""), where \($0.text(isIdentity: claim.isIdentity))" }
    return (outcome == .holds ? "except" : "differs") + " at the kink " + list.joined(separator: "; ")
  }

  /// Two digits: `3.1e-16`.
  private func short(_ value: Double) -> String {
    guard value > 0, value.isFinite else { return shortest(value) }
    var (mantissa, exponent) = (value, 0)
    while mantissa < 1 { (mantissa, exponent) = (mantissa * 10, exponent - 1) }
    while mantissa >= 10 { (mantissa, exponent) = (mantissa / 10, exponent + 1) }
    let digits = (mantissa * 10).rounded(.up) / 10
    return exponent == 0 ? shortest(digits) : "\(shortest(digits))e\(exponent)"
  }
}

extension Claim {
  /// Whether it has two sides that were written, so that no side is the derivative.
  var isIdentity: Bool { differentiatedNames.isEmpty }

  /// nil where the sides are claimed to be equal.
  var comparison: Formula.Comparison? { if case .relation(_, let comparison, _) = self { comparison } else { nil } }
}

extension Counterexample {
  /// `at w = 1, x = 2: claimed 2, autodiff 4`
  func text(isIdentity: Bool) -> String {
    let (right, left) = isIdentity ? ("right side", "left side") : ("claimed", "autodiff")
    let place =
      at.isEmpty
      ? "" : "at " + at.map { "\($0.name) = \($0.value.formulaText)" }.joined(separator: ", ") + ": "
    return place + "\(right) \(claimed.formulaText), \(left) \(autodiff.formulaText)"
  }
}

extension Tensor where Element == Double {
  /// As a formula would write it: `[[1, 2], [3, 4]]`.
  package var formulaText: String { nested(shortest) }
}
