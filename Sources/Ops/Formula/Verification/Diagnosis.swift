/// Looks for the slip behind a refuted claim in the values of both sides: most slips on paper are a sign, a factor
/// or a term.
struct Diagnosis {
  private let evidence: [Search.Evidence]
  /// Names and terms that may have been forgotten or doubled, with their values at each point of the evidence.
  private let suspects: [Suspect]
  /// The terms of the claim.
  private let terms: [Suspect]

  private struct Suspect {
    let text: String
    let values: [[Double]]
    /// Whether it is an input that has one value only, such as n = 5.
    let isFixed: Bool
  }

  init(_ verification: Verification, _ evidence: [Search.Evidence]) {
    self.evidence = evidence
    suspects = Self.names(verification, evidence)
    terms = Self.terms(verification, evidence)
  }

  /// What is probably wrong; nil if nothing simple is.
  var remark: String? {
    guard evidence.count >= 3 || evidence.count == 1 else { return nil }
    return transposed ?? misfit ?? factor ?? difference
  }
}

// MARK: - Factors

extension Diagnosis {
  /// claimed/autodiff at every element that has one; nil where one side alone is 0.
  private var ratios: [(point: Int, ratio: Double)]? {
    var ratios: [(Int, Double)] = []
    for (point, sides) in evidence.enumerated() {
      for (a, b) in zip(sides.claimed.elements, sides.autodiff.elements) {
        if a == 0 && b == 0 { continue }
        guard a != 0, b != 0 else { return nil }
        ratios.append((point, a / b))
      }
    }
    return ratios.count >= min(3, evidence.count) ? ratios : nil
  }

  private var factor: String? {
    guard let ratios, let first = ratios.first?.ratio else { return nil }
    if ratios.allSatisfy({ isClose($0.ratio, 1) }) {
      return "off by \(shortText(ratios.reduce(0) { max($0, ($1.ratio - 1).magnitude) })) of itself"
    }
    let isConstant = ratios.allSatisfy { isClose($0.ratio, first) }
    let match = suspects.lazy.filter { $0.isFixed == isConstant }.compactMap { self.match($0, ratios) }.first
    let factor = isConstant && (first.magnitude == 1 || match == nil) ? Self.fraction(first) : match
    return factor.map { "off by a factor " + $0 }
  }

  /// `x`, `-x`, `1/x` or `x²` if the ratio is that everywhere, also times 2 or ½.
  private func match(_ suspect: Suspect, _ ratios: [(point: Int, ratio: Double)]) -> String? {
    let x = suspect.text
    let forms: [(String, (Double) -> Double)] = [
      (x, { $0 }), ("1/" + x, { 1 / $0 }), ("-" + x, { -$0 }), ("-1/" + x, { -1 / $0 }),
      ("2·" + x, { 2 * $0 }), ("1/(2·\(x))", { 0.5 / $0 }), (x + "/2", { $0 / 2 }), ("2/" + x, { 2 / $0 }),
      (x + "²", { $0 * $0 }), ("1/\(x)²", { 1 / ($0 * $0) }),
    ]
    return forms.first { _, value in
      ratios.allSatisfy { entry in
        let values = suspect.values[entry.point]
        return values.count == 1 && isClose(value(values[0]), entry.ratio)
      }
    }?.0
  }

  /// `-1/2`, where a small fraction fits.
  private static func fraction(_ value: Double) -> String {
    for denominator in 1...12 {
      let numerator = (value * Double(denominator)).rounded()
      guard numerator != 0, isClose(numerator / Double(denominator), value) else { continue }
      return shortest(numerator) + (denominator == 1 ? "" : "/\(denominator)")
    }
    let scales = [1e6, 1e9, 1e12]
    return shortest(scales.map { (value * $0).rounded() / $0 }.first { isClose($0, value) } ?? value)
  }
}

// MARK: - Terms

extension Diagnosis {
  /// autodiff − claimed.
  private var differences: [[Double]] {
    evidence.map { sides in zip(sides.autodiff.elements, sides.claimed.elements).map { $0 - $1 } }
  }

  private var difference: String? {
    let differences = differences
    let first = differences[0][0]
    if evidence.count >= 3, differences.allSatisfy({ $0.allSatisfy { isClose($0, first) } }) {
      return "off by a constant: "
        + (first > 0 ? "\(Self.fraction(first)) is missing" : "\(Self.fraction(-first)) too much")
    }
    for term in terms {
      if equals(differences, term, times: -2) { return "the sign of \(term.text) is wrong" }
      if equals(differences, term, times: -1) { return "the term \(term.text) is too much" }
    }
    for term in suspects {
      for (factor, text) in [(1.0, ""), (2, "2·"), (0.5, "1/2·")] {
        if equals(differences, term, times: factor) { return "the term \(text)\(term.text) is missing" }
        if equals(differences, term, times: -factor) { return "the term \(text)\(term.text) is too much" }
      }
    }
    for term in terms {
      if let factor = constantFactor(differences, term) {
        return "the term \(term.text) must be multiplied by \(Self.fraction(1 + factor))"
      }
    }
    return nil
  }

  private func equals(_ differences: [[Double]], _ term: Suspect, times factor: Double) -> Bool {
    zip(differences, term.values).allSatisfy { difference, values in
      difference.indices.allSatisfy { place in
        let value = values.count == difference.count ? values[place] : values.count == 1 ? values[0] : .nan
        return isClose(difference[place], factor * value)
      }
    }
  }

  /// The number that the term is multiplied by in every difference.
  private func constantFactor(_ differences: [[Double]], _ term: Suspect) -> Double? {
    guard evidence.count >= 3, let value = term.values[0].first, value != 0 else { return nil }
    let factor = differences[0][0] / value
    guard factor.isFinite, factor != 0, equals(differences, term, times: factor) else { return nil }
    let fraction = (factor * 12).rounded() / 12
    return isClose(fraction, factor) ? factor : nil
  }
}

// MARK: - Shapes

extension Diagnosis {
  /// Where the claim's transpose would do.
  private var transposed: String? {
    evidence.allSatisfy(\.isTransposed) ? "transposed: the claim must be transposed" : nil
  }

  private var misfit: String? {
    guard let first = evidence.first, first.claimed.shape != first.autodiff.shape else { return nil }
    let isElsewiseRight = evidence.allSatisfy { zip($0.claimed.elements, $0.autodiff.elements).allSatisfy(isClose) }
    return "the shape must be \(first.autodiff.shape), not \(first.claimed.shape)"
      + (isElsewiseRight ? "; the elements are right" : "")
  }
}

// MARK: - Suspects

extension Diagnosis {
  private static func names(_ verification: Verification, _ evidence: [Search.Evidence]) -> [Suspect] {
    let sides = verification.sides
    let values = Self.values(of: sides.unrolled, sides.needed, evidence, verification)
    let fixed = Set(verification.sampler.inputs.filter { $0.fixed != nil }.map(\.name))
    let needed = Set(sides.needed)
    let named = sides.steps.places.filter { needed.contains($0.value) }.sorted { $0.value < $1.value }
    return named.map { name, place in
      Suspect(text: name, values: values.map { $0(place) }, isFixed: fixed.contains(name))
    }
  }

  /// The summands of the claim's right side, without their signs.
  private static func terms(_ verification: Verification, _ evidence: [Search.Evidence]) -> [Suspect] {
    var steps = verification.sides.steps
    let terms = verification.sides.claim.right.summands
    guard terms.count > 1 else { return [] }
    let places = terms.map { (formula: $0.formula, sign: $0.sign, place: steps.append($0.formula)) }
    let needed = steps.needed(for: places.map(\.place))
    let values = Self.values(of: UnrolledSteps(steps), needed, evidence, verification)
    return places.map { term in
      Suspect(
        text: term.formula.description, values: values.map { $0(term.place).map { term.sign * $0 } },
        isFixed: false)
    }
  }

  private static func values(
    of steps: UnrolledSteps, _ needed: [Int], _ evidence: [Search.Evidence], _ verification: Verification
  ) -> [(Int) -> [Double]] {
    evidence.map { evidence in
      let walk = Walk(at: verification.sampler.named(evidence.point))
      guard (try? walk.compute(needed, of: steps)) != nil else { return { _ in [.nan] } }
      return { walk[$0].elements.map(\.value) }
    }
  }
}

extension Formula {
  /// `a`, `b`, `c` with 1, −1, 1 for `a - b + c`.
  var summands: [(formula: Formula, sign: Double)] {
    var found: [(Formula, Double)] = []
    var pending = [(self, 1.0)]
    while let (formula, sign) = pending.popLast() {
      switch formula.form {
      case .binary(.plus, let a, let b): pending += [(b, sign), (a, sign)]
      case .binary(.minus, let a, let b): pending += [(b, -sign), (a, sign)]
      case .negative(let a): pending.append((a, -sign))
      default: found.append((formula, sign))
      }
    }
    return found
  }
}

private func isClose(_ a: Double, _ b: Double) -> Bool {
  a.isFinite && b.isFinite && (a - b).magnitude <= 1e-9 * max(a.magnitude, b.magnitude)
}
