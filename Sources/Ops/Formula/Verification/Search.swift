/// The walk over the test points: what agreed, what differed, what was at a kink.
struct Search {
  let verification: Verification
  let wanted: Int
  private(set) var verdict: Verdict
  /// Points that could be compared, for the diagnosis: enough to tell a pattern from chance.
  private(set) var evidence: [Evidence] = []
  private static let enoughEvidence = 12

  struct Evidence {
    let point: Sampler.Point
    let claimed: [Double]
    let autodiff: [Double]
    /// Whether the sides differ and the transpose of the claim would not.
    let isTransposed: Bool
  }

  init(_ verification: Verification, wanted: Int) {
    (self.verification, self.wanted) = (verification, max(1, wanted))
    verdict = Verdict(verification.sides.claim, .undefined)
  }

  /// What the pattern of the differences says.
  var remark: String? { Diagnosis(verification, evidence).remark }

  mutating func run() throws(ParseError) {
    var sampler = verification.sampler
    // Two of five points are simple ones.
    for point in sampler.simplePoints(min(40, max(4, wanted * 2 / 5))) where !isDone {
      try test(point)
    }
    let limit = sampler.pointCount ?? 20 * wanted
    var attempts = 0
    while attempts < limit, !isDone {
      // Where half of the points were useless, other ranges are tried too.
      try test(sampler.randomPoint(widened: attempts > 20 && 2 * verdict.points < attempts))
      attempts += 1
    }
  }

  private var isDone: Bool {
    verdict.outcome == .refuted ? evidence.count >= Self.enoughEvidence : verdict.points >= wanted
  }

  private mutating func test(_ point: Sampler.Point) throws(ParseError) {
    let named = Verification.named(verification.sampler, point.map { $0.map { Bounded(DoubleDouble($0)) } })
    let values = try verification.sides.values { (name) -> Grid<Bounded>? in
      named[name] ?? (name == "pi" || name == "π" ? .number(Bounded.pi) : nil)
    }
    let comparison = try compare(values)
    guard comparison.result != .useless else { return }
    let kink = verification.sides.steps.kink(values.steps.map { $0.map(\.value.high) })
    let example = comparison.result == .differ ? counterexample(point, values, comparison, kink) : nil
    if kink != nil {
      if let example, !verdict.kinks.contains(where: { $0.kink == kink }) { verdict.kinks.append(example) }
      return
    }
    verdict.points += 1
    verdict.worst = max(verdict.worst, comparison.relative)
    if evidence.count < Self.enoughEvidence || example != nil && verdict.counterexample == nil {
      evidence.append(
        Evidence(
          point: point, claimed: comparison.claimed, autodiff: comparison.autodiff,
          isTransposed: comparison.result == .differ && isTransposed(values)))
    }
    guard verdict.outcome != .refuted else { return }
    (verdict.outcome, verdict.counterexample) = (example == nil ? .holds : .refuted, example)
  }

  private func compare(_ values: Sides.Values<Bounded>) throws(ParseError) -> Comparison {
    if let claimed = values.claimedElements {
      return Comparison(claimed: claimed, autodiff: values.computed.elements)
    }
    // A transposed matrix is a slip to be found; what has another shape altogether is no answer to the question.
    if values.claimed.extents.count == 2, values.claimed.transposed.extents == values.computed.extents {
      return Comparison(transposed: values.claimed.elements, autodiff: values.computed.elements)
    }
    throw verification.sides.error(
      "the right side has shape \(values.claimed.extents), the left side \(values.computed.extents)")
  }

  private func isTransposed(_ values: Sides.Values<Bounded>) -> Bool {
    guard values.claimed.extents.count == 2, values.computed.extents.count == 2 else { return false }
    guard values.claimed.transposed.extents == values.computed.extents else { return false }
    let turned = Comparison(claimed: values.claimed.transposed.elements, autodiff: values.computed.elements)
    return turned.result == .agree
  }

  private func counterexample(
    _ point: Sampler.Point, _ values: Sides.Values<Bounded>, _ comparison: Comparison, _ kink: String?
  ) -> Counterexample {
    let inputs = zip(verification.sampler.inputs, point).map { input, value in
      Counterexample.Input(name: input.name, value: Tensor(value.elements, shape: Shape(input.shape)))
    }
    let shape = Shape(values.computed.extents)
    let isMisshapen = values.claimedElements == nil
    return Counterexample(
      at: inputs,
      claimed: Tensor(comparison.claimed, shape: isMisshapen ? Shape(values.claimed.extents) : shape),
      autodiff: Tensor(comparison.autodiff, shape: shape), kink: kink)
  }
}
