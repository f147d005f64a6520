extension Verification {
  /// The chance of error of a proof that both sides are the same function; nil if they are not, or if it is not known.
  /// - Parameter comparedPoints: whether they agree at points. Where they cannot be compared the point may be a kink.
  func proof(comparedPoints: Bool) throws(ParseError) -> Double? {
    guard sides.claim.comparison == nil else { return nil }
    if let chance = try rationalProof() { return chance }
    return comparedPoints ? try genericProof() : nil
  }

  /// Rational functions that agree at random points modulo a prime.
  private func rationalProof() throws(ParseError) -> Double? {
    guard let combinations = sampler.setCombinations else { return nil }
    var sampler = sampler
    var chance = 1.0
    for round in 0..<max(3, combinations) {
      let point = sampler.named(sampler.residues(round: round % combinations))
      let values = try sides.values(at: point, constant: Self.residue)
      guard let degree = Self.degree(values), degree < 1e15 else { return nil }
      // With sets, each combination is a claim of its own, tested once.
      let error = max(1, degree) / Double(Residue.prime)
      chance = combinations > 1 ? (round == 0 ? error : chance + error) : chance * error
    }
    return chance
  }

  /// π and e are treated as names: what holds with any number in their place holds for them.
  private static func residue(_ name: String) -> Residue? {
    switch name {
    case "pi", "π": .name(0x1d3c_5a2f_9e4b_7163)
    case "e": .name(0x0b7e_1516_28ae_d2a6)
    default: Residue.none
    }
  }

  /// The degree of the difference, if it is 0 at this point.
  private static func degree(_ values: Sides.Values<Residue>) -> Double? {
    guard let claimed = values.fittingClaim else { return nil }
    var degree = 0.0
    for (a, b) in zip(claimed.elements, values.computed.elements) {
      guard a.exists, b.exists, a.value == b.value else { return nil }
      degree = max(degree, (a - b).degree.above)
    }
    return degree
  }
}

// MARK: - With exponentials, roots and branches

extension Verification {
  /// What two values that differ have as the chance to look equal at one point: exponents of exponents are known modulo
  /// 2⁴⁴, and 14 bits are left for the degrees.
  private static let chanceAtAPoint = 0x1p-30
  private static let mostCases = 64
  private static let mostTries = 24

  private func genericProof() throws(ParseError) -> Double? {
    guard let combinations = sampler.setCombinations, sides.jumpsAtMostOnce else { return nil }
    var sampler = sampler
    for round in 0..<max(3, 2 * combinations) {
      guard try agrees(&sampler, round: round % combinations) else { return nil }
    }
    return combinations > 1
      ? Double(combinations) * Self.chanceAtAPoint * Self.chanceAtAPoint
      : Self.chanceAtAPoint * Self.chanceAtAPoint * Self.chanceAtAPoint
  }

  /// Whether the sides agree in all cases at a random point where all roots exist.
  private func agrees(_ sampler: inout Sampler, round: Int) throws(ParseError) -> Bool {
    for _ in 0..<Self.mostTries {
      let cases = Cases()
      let point = sampler.named(sampler.generic(round: round, cases))
      let agree = try agree(at: point, cases)
      if !cases.lacksRoot { return agree }
    }
    return false
  }

  private func agree(at point: [String: Grid<Generic>], _ cases: Cases) throws(ParseError) -> Bool {
    for _ in 0..<Self.mostCases {
      let values = try sides.values(at: point)
      guard let claimed = values.fittingClaim,
        zip(claimed.elements, values.computed.elements).allSatisfy({
          $0.exists && $1.exists && $0.value.key == $1.value.key
        })
      else { return false }
      if cases.lacksRoot || !cases.advance() { return true }
    }
    return false
  }
}

extension Sampler {
  /// A generic point; number `round` of the combinations of sets.
  fileprivate mutating func generic(round: Int, _ cases: Cases) -> [Grid<Generic>] {
    exact(round: round, known: Generic.number) { input, bits in
      let sign = input.sign
      let size = Generic.name(isPositive: sign != 0, cases) { bits.next() }
      return sign < 0 ? -size : size
    }
  }
}

extension Sides {
  /// Where two numbers meet no generic point is. What has a value on both sides of such a place has it there too, unless
  /// it jumps; and a single jump takes there the value of one of its sides. Two of them may be of different minds.
  fileprivate var jumpsAtMostOnce: Bool {
    let own = claim.differentiatedNames.isEmpty ? needed[...] : needed.drop { $0 < programLength }
    return own.count { steps.steps[$0].jumps } <= 1
      && !needed.contains { steps.steps[$0].form.comparesForEquality || steps.comparesInside($0) }
  }
}

extension ProgramSteps.Step {
  fileprivate var jumps: Bool {
    switch (form, Language.function(of: formula)) {
    case (.comparison, _): true
    case (_, .elementwise(let rule)): Self.jumping.contains { $0 == rule }
    default: false
    }
  }

  private static var jumping: [any Rule.Type] { [Sgn.self, Step.self, Less.self, LessOrEqual.self, Equal.self] }
}

extension Formula.Form {
  /// That says something about single points.
  fileprivate var comparesForEquality: Bool {
    switch self {
    case .comparison(.equal, _, _), .comparison(.notEqual, _, _): true
    case .call("equal", _): true
    default: false
    }
  }
}

extension Sides.Values {
  /// The right side in the shape of the left: a number stands for all elements. nil where the shapes differ.
  var fittingClaim: Grid<A>? {
    if case .number(let number) = claimed { return computed.map { _ in number } }
    let fits = claimed.shape == computed.shape || claimed.shape.count == 1 && computed.shape.count == 1
    return fits ? Grid(claimed.elements, shape: computed.shape) : nil
  }
}
