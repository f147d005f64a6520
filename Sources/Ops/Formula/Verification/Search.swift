/// The walk over the test points: what agreed, what differed, what was at a kink.
struct Search {
  let verification: Verification
  let wanted: Int
  /// How many points may be compared at most, beyond the wanted ones too.
  let affordable: Int
  var verdict: Verdict
  /// Points that could be compared, for the diagnosis: enough to tell a pattern from chance.
  private(set) var evidence: [Evidence] = []
  private let enoughEvidence: Int
  /// Whether the sides agreed at a point where a slip would have shown.
  private var isTold = false
  /// Points where what is differentiated has no value.
  private(set) var outside = 0
  /// How many more points may be computed with the many digits of `BigFloat`, where few leave a doubt.
  private var closerLooks = 0
  private var seen: Set<[[Double]]> = []
  /// Whether a proof was looked for.
  private(set) var hasTriedProof = false
  /// On which sides of the branches the points were.
  var coverage = Coverage()
  var sampler: Sampler

  struct Evidence {
    let point: Sampler.Point
    let claimed: Tensor<Double>
    let autodiff: Tensor<Double>
    /// Whether the sides differ and the transpose of the claim would not.
    let isTransposed: Bool
  }

  init(_ verification: Verification, wanted: Int, affordable: Int = .max) {
    enoughEvidence = min(12, affordable)
    (self.verification, self.wanted, self.affordable) = (verification, max(1, wanted), affordable)
    (sampler, verdict) = (verification.sampler, Verdict(verification.sides.claim, .undefined))
  }

  /// What the pattern of the differences says.
  var remark: String? { verification.sides.claim.comparison == nil ? Diagnosis(verification, evidence).remark : nil }

  mutating func run() throws(ParseError) {
    // Two of five points are simple ones. Many a slip makes no difference there.
    closerLooks = 4
    // Where numbers that are never negative are claimed to be positive.
    if verification.sides.claim.comparison != nil { try test(sampler.origin, isTelling: false) }
    for point in sampler.simplePoints(min(40, max(4, wanted * 2 / 5))) where !isDone {
      try test(point, isTelling: sampler.pointCount != nil)
    }
    closerLooks = 12
    if let count = sampler.pointCount {
      for number in 0..<min(count, max(wanted, affordable)) {
        if verdict.isProved || verdict.outcome == .refuted && isDone { break }
        try test(sampler.point(number: number), isTelling: true)
      }
    } else {
      try sample()
      if verdict.outcome != .refuted { try explore() }
    }
    if verdict.outcome == .holds, !isTold, !verdict.isProved { verdict.outcome = .undefined }
  }

  /// Points at random, half of them of few digits.
  private mutating func sample() throws(ParseError) {
    var attempts = 0
    // Where few points have values, the more are tried the cheaper they are.
    while attempts < min(20 * wanted, max(2 * wanted, affordable)), !isDone {
      // Where half of the points were useless, other ranges are tried too; where digits are missing, others are as well.
      let isHard = attempts > 20 && 2 * verdict.points < attempts
      if closerLooks <= 0, attempts > 2 * wanted, isTold || verdict.points == 0 && verdict.isBlurred { break }
      try test(sampler.randomPoint(widened: isHard, isRound: attempts % 2 == 0), isTelling: true)
      attempts += 1
    }
  }

  private var isDone: Bool {
    if verdict.outcome == .refuted { return evidence.count >= enoughEvidence }
    return verdict.isProved || verdict.points >= wanted && isTold
  }

  private static let pointsBeforeProof = 8

  /// What is proved needs no hundred points: where nothing bends or jumps, a few show that there are values to compare.
  private mutating func tryProof() throws(ParseError) {
    let isSmooth = verification.branches.branches.isEmpty && verdict.kinks.isEmpty
    guard !hasTriedProof, isSmooth, verdict.points >= Self.pointsBeforeProof else { return }
    hasTriedProof = true
    verdict.errorProbability = try verification.proof(comparedPoints: true)
  }

  /// - Parameter isTelling: whether a slip would show at this point, but for one of chance.
  mutating func test(_ point: Sampler.Point, isTelling: Bool) throws(ParseError) {
    guard seen.insert(point.map(\.elements)).inserted else { return }
    var sides = try compared(at: point, as: DoubleDouble.self)
    guard !sides.isOutside else {
      outside += 1
      return
    }
    if sides.comparison.needsDigits, closerLooks > 0 {
      sides = try compared(at: point, as: BigFloat.self)
      // Where more digits tell no more, as at a singular matrix, they rarely do at another point.
      closerLooks -= sides.comparison.isUsable ? 1 : 3
    }
    let comparison = sides.comparison
    guard comparison.result != .useless else { return }
    if !comparison.isTelling { verdict.isBlurred = true }
    guard comparison.isUsable else { return }
    if let kink = try sides.kink(isTelling || comparison.result == .differ) {
      if comparison.result == .differ, !verdict.kinks.contains(where: { $0.kink == kink }) {
        verdict.kinks.append(counterexample(point, sides, kink))
      }
      return
    }
    verdict.points += 1
    verdict.worst = max(verdict.worst, comparison.relative)
    if isTelling, comparison.isTelling { isTold = true }
    let isFirst = comparison.result == .differ && verdict.counterexample == nil
    if evidence.count < enoughEvidence || isFirst {
      evidence.append(
        Evidence(
          point: point, claimed: sides.claimed, autodiff: sides.autodiff, isTransposed: sides.isTransposed))
    }
    guard verdict.outcome != .refuted else { return }
    if isFirst {
      (verdict.outcome, verdict.counterexample) = (.refuted, try simplest(point, sides))
    } else {
      verdict.outcome = .holds
      try tryProof()
    }
  }
}

// MARK: - One point

extension Search {
  /// What is known of a point, in whatever precision.
  private struct Compared {
    let comparison: Agreement
    let isTransposed: Bool
    /// Whether what is differentiated has no value.
    let isOutside: Bool
    let claimed: Tensor<Double>
    let autodiff: Tensor<Double>
    /// The kink that the point is at, if it is. Without a parameter that says so it is not found out which.
    let kink: (_ isWanted: Bool) throws(ParseError) -> String?
  }

  private mutating func compared<Value: Precise>(
    at point: Sampler.Point, as precision: Value.Type
  ) throws(ParseError) -> Compared {
    let values = try verification.values(at: point, as: Value.self)
    let comparison = try compare(values)
    let neighbourhood = Neighbourhood(verification, point, values, &sampler)
    let isOutside = values.differentiated.contains { $0.value.high.isNaN }
    if !isOutside { coverage.note(verification.branches, on: values.walk, at: point) }
    return Compared(
      comparison: comparison, isTransposed: comparison.result == .differ && isTransposed(values), isOutside: isOutside,
      claimed: (values.fittingClaim ?? values.claimed).doubles(), autodiff: values.computed.doubles(),
      kink: { (isWanted) throws(ParseError) in
        guard comparison.isNear || neighbourhood.hasStatement else { return nil }
        return isWanted ? try neighbourhood.kink(isNear: comparison.isNear) : "" as String?
      })
  }

  private func compare<Value>(_ values: Sides.Values<Bounded<Value>>) throws(ParseError) -> Agreement {
    let relation = verification.sides.claim.comparison
    if let claimed = values.fittingClaim {
      return Agreement(claimed: claimed.elements, autodiff: values.computed.elements, relation: relation)
    }
    // A transposed matrix is a slip to be found, as are rows for columns; what has another number of elements is no
    // answer to the question.
    if values.claimed.elements.count == values.computed.elements.count { return .misshapen }
    throw verification.sides.error(
      "the right side has shape \(values.claimed.shape), the left side \(values.computed.shape)")
  }

  private func isTransposed<Value>(_ values: Sides.Values<Bounded<Value>>) -> Bool {
    guard values.claimed.shape.rank == 2, values.computed.shape.rank == 2 else { return false }
    let turned = values.claimed.transposed()
    return turned.shape == values.computed.shape
      && Agreement(claimed: turned.elements, autodiff: values.computed.elements).result == .agree
  }

  /// The counterexample at a point, or at one of fewer digits nearby that will do as well.
  private mutating func simplest(_ point: Sampler.Point, _ sides: Compared) throws(ParseError) -> Counterexample {
    for digits in 0..<12 {
      let scale = system_pow(10, Double(digits))
      let rounded = zip(point.indices, sampler.inputs).map { index, input in
        input.isFree ? point[index].map { sampler.clamped(($0 * scale).rounded() / scale, input: index) } : point[index]
      }
      if rounded.map(\.elements) == point.map(\.elements) { break }
      let there = try compared(at: rounded, as: DoubleDouble.self)
      guard there.comparison.result == .differ, !there.isOutside, try there.kink(true) == nil else { continue }
      return counterexample(rounded, there, nil)
    }
    return counterexample(point, sides, nil)
  }

  private func counterexample(_ point: Sampler.Point, _ sides: Compared, _ kink: String?) -> Counterexample {
    func inputs(areFixed: Bool) -> [Counterexample.Input] {
      zip(verification.sampler.inputs, point).filter { ($0.0.fixed != nil) == areFixed }.map { input, value in
        Counterexample.Input(name: input.name, value: Tensor(value.elements, shape: input.shape))
      }
    }
    return Counterexample(
      at: inputs(areFixed: false), fixed: inputs(areFixed: true), claimed: sides.claimed, autodiff: sides.autodiff,
      kink: kink)
  }
}

extension Grid {
  /// The nearest doubles.
  fileprivate func doubles<Value>() -> Tensor<Double> where A == Bounded<Value> {
    Tensor(elements.map(\.value.high), shape: shape)
  }
}
