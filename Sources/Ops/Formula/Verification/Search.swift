/// The walk over the test points: what agreed, what differed, what was at a kink.
struct Search {
  let verification: Verification
  let wanted: Int
  private(set) var verdict: Verdict
  /// Points that could be compared, for the diagnosis: enough to tell a pattern from chance.
  private(set) var evidence: [Evidence] = []
  private let enoughEvidence: Int
  /// Whether the sides agreed at a point where a slip would have shown.
  private var isTold = false
  /// Points where what is differentiated has no value.
  private(set) var outside = 0
  /// How many more points may be computed with the many digits of `BigFloat`, where few leave a doubt.
  private var closerLooks = 0

  struct Evidence {
    let point: Sampler.Point
    let claimed: [Double]
    let autodiff: [Double]
    /// Whether the sides differ and the transpose of the claim would not.
    let isTransposed: Bool
  }

  /// - Parameter evidence: how many points the diagnosis may have at most.
  init(_ verification: Verification, wanted: Int, evidence: Int = .max) {
    enoughEvidence = min(12, evidence)
    (self.verification, self.wanted) = (verification, max(1, wanted))
    verdict = Verdict(verification.sides.claim, .undefined)
  }

  /// What the pattern of the differences says.
  var remark: String? { Diagnosis(verification, evidence).remark }

  mutating func run() throws(ParseError) {
    var sampler = verification.sampler
    // Two of five points are simple ones. Many a slip makes no difference there.
    closerLooks = 4
    for point in sampler.simplePoints(min(40, max(4, wanted * 2 / 5))) where !isDone {
      try test(point, isTelling: sampler.pointCount != nil)
    }
    let limit = sampler.pointCount ?? 20 * wanted
    var attempts = 0
    closerLooks = 12
    while attempts < limit, !isDone {
      // Where half of the points were useless, other ranges are tried too.
      try test(sampler.randomPoint(widened: attempts > 20 && 2 * verdict.points < attempts), isTelling: true)
      attempts += 1
    }
    if verdict.outcome == .holds, !isTold { verdict.outcome = .undefined }
  }

  private var isDone: Bool {
    verdict.outcome == .refuted ? evidence.count >= enoughEvidence : verdict.points >= wanted && isTold
  }

  /// - Parameter isTelling: whether a slip would show at this point, but for one of chance.
  private mutating func test(_ point: Sampler.Point, isTelling: Bool) throws(ParseError) {
    var sides = try compared(at: point, as: DoubleDouble.self)
    guard !sides.isOutside else {
      outside += 1
      return
    }
    if sides.comparison.result == .agree, !sides.comparison.isTelling, closerLooks > 0 {
      closerLooks -= 1
      sides = try compared(at: point, as: BigFloat.self)
    }
    let comparison = sides.comparison
    guard comparison.result != .useless else { return }
    if !comparison.isTelling { verdict.isBlurred = true }
    guard comparison.isUsable else { return }
    let example = comparison.result == .differ ? counterexample(point, sides) : nil
    if sides.kink != nil {
      if let example, !verdict.kinks.contains(where: { $0.kink == sides.kink }) { verdict.kinks.append(example) }
      return
    }
    verdict.points += 1
    verdict.worst = max(verdict.worst, comparison.relative)
    if isTelling, comparison.isTelling { isTold = true }
    if evidence.count < enoughEvidence || example != nil && verdict.counterexample == nil {
      evidence.append(
        Evidence(
          point: point, claimed: comparison.claimed, autodiff: comparison.autodiff,
          isTransposed: sides.isTransposed))
    }
    guard verdict.outcome != .refuted else { return }
    (verdict.outcome, verdict.counterexample) = (example == nil ? .holds : .refuted, example)
  }
}

// MARK: - One point

extension Search {
  /// What is known of a point, in whatever precision.
  private struct Compared {
    let comparison: Comparison
    let kink: String?
    let isTransposed: Bool
    /// Whether what is differentiated has no value.
    let isOutside: Bool
    /// The shapes of the two sides.
    let claimed: Shape
    let autodiff: Shape
  }

  private func compared<Value: Precise>(
    at point: Sampler.Point, as precision: Value.Type
  ) throws(ParseError) -> Compared {
    let named = Verification.named(verification.sampler, point.map { $0.map { Bounded(Value($0)) } })
    let values = try verification.sides.values { (name) -> Grid<Bounded<Value>>? in
      named[name] ?? (name == "pi" || name == "π" ? .number(Bounded<Value>.pi) : nil)
    }
    let comparison = try compare(values)
    return Compared(
      comparison: comparison, kink: verification.sides.steps.kink(values.steps.map { $0.map(\.value.high) }),
      isTransposed: comparison.result == .differ && isTransposed(values),
      isOutside: values.differentiated.contains { $0.value.high.isNaN },
      claimed: Shape((values.claimedElements == nil ? values.claimed : values.computed).extents),
      autodiff: Shape(values.computed.extents))
  }

  private func compare<Value>(_ values: Sides.Values<Bounded<Value>>) throws(ParseError) -> Comparison {
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

  private func isTransposed<Value>(_ values: Sides.Values<Bounded<Value>>) -> Bool {
    guard values.claimed.extents.count == 2, values.computed.extents.count == 2 else { return false }
    guard values.claimed.transposed.extents == values.computed.extents else { return false }
    let turned = Comparison(claimed: values.claimed.transposed.elements, autodiff: values.computed.elements)
    return turned.result == .agree
  }

  private func counterexample(_ point: Sampler.Point, _ sides: Compared) -> Counterexample {
    let inputs = zip(verification.sampler.inputs, point).map { input, value in
      Counterexample.Input(name: input.name, value: Tensor(value.elements, shape: Shape(input.shape)))
    }
    return Counterexample(
      at: inputs, claimed: Tensor(sides.comparison.claimed, shape: sides.claimed),
      autodiff: Tensor(sides.comparison.autodiff, shape: sides.autodiff), kink: sides.kink)
  }
}
