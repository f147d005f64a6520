extension Program {
  /// Tests a claim about this program against its derivatives by the chain rule.
  ///
  /// Both sides are computed in about 30 digits, and in 150 where these cancel away, with a bound for the error of each
  /// that follows from the computation; rational identities are decided by exact arithmetic modulo a large prime.
  ///
  /// ```swift
  /// let program = try Program(parsing: "ŷ = w*x + b; e = ŷ - y; c = e^2")
  /// try program.verify("dc/dw = 2*e*x").outcome   // holds
  /// try program.verify("dc/dw = e*x").remark      // off by a factor 1/2
  /// ```
  /// - Parameters:
  ///   - claim: see ``Claim``; it may use every name of the program.
  ///   - domains: see ``Formula/Domain``; names without one are numbers from [−2, 2], or where the functions need it
  ///     positive.
  ///   - points: how many to compare; of claims on large tensors fewer are.
  ///   - seed: the same seed gives the same points.
  /// - Throws: ``ParseError`` where a text is wrong or shapes do not fit, and for tensors so large that it would take
  ///   minutes.
  public func verify(
    _ claim: String, domains: [String] = [], points: Int = 100, seed: UInt64 = 1
  ) throws(ParseError) -> Verdict {
    var parsed: [Formula.Domain] = []
    for domain in domains { parsed.append(try Formula.Domain(parsing: domain)) }
    let verification = try Verification(of: SourceText(claim), about: self, domains: parsed, seed: seed)
    return try verification.verdict(points: points)
  }
}

/// One claim with all that is needed to test it.
struct Verification {
  let sides: Sides
  let sampler: Sampler

  init(
    of claim: SourceText, about program: Program?, domains: [Formula.Domain], seed: UInt64
  ) throws(ParseError) {
    let names = (program?.freeNames ?? []) + domains.map(\.name)
    let functions = Language.functions
    guard let program else {
      let scope = Scope(names: Set(names).union(try Self.names(in: claim)), functions: functions)
      try self.init(try Claim(parsing: claim, in: scope), nil, domains, seed)
      return
    }
    let scope = try program.scope(inputs: Set(names), functions: functions)
    let resolved = try program.resolved(inputs: Set(names), functions: functions)
    try self.init(try Claim(parsing: claim, in: scope), resolved, domains, seed)
  }

  /// Without a program a claim is an identity about its own names.
  static func names(in claim: SourceText) throws(ParseError) -> Set<String> {
    Set(try Lexer.tokens(of: claim).compactMap { if case .name(let name) = $0.kind { name } else { nil } })
      .subtracting(Language.functions.keys).subtracting(Scope.constants)
  }

  /// - Parameter program: resolved.
  init(_ claim: Claim, _ program: Program?, _ domains: [Formula.Domain], _ seed: UInt64) throws(ParseError) {
    let claim = try claim.readingPrimes(program, domains)
    sides = Sides(claim, program)
    let byName = Dictionary(domains.map { ($0.name, $0) }, uniquingKeysWith: { $1 })
    let used = sides.steps.inputNames + claim.differentiatedNames
    var names: [String] = []
    for name in used where !names.contains(name) && sides.isInput(name, byName) { names.append(name) }
    var inputs: [Sampler.Input] = []
    for name in names { inputs.append(try Sampler.Input(name, byName[name])) }
    sampler = Sampler(inputs, seed: seed)
  }

  func verdict(points: Int) throws(ParseError) -> Verdict {
    let affordable = try affordablePoints()
    var search = Search(self, wanted: min(points, affordable), evidence: affordable)
    try search.run()
    var verdict = search.verdict
    // The logarithm of a negative number has no derivative, though 1/x has a value.
    if verdict.points == 0, verdict.kinks.isEmpty, search.outside > 0 { return verdict }
    if verdict.outcome != .refuted, let probability = try proof() {
      if verdict.outcome == .undefined, !verdict.kinks.isEmpty { return verdict }
      (verdict.outcome, verdict.errorProbability) = (.holds, probability)
    }
    if verdict.outcome == .refuted { verdict.remark = search.remark }
    return verdict
  }
}

extension Sides {
  /// A name that no statement defines: an input, or a constant where no domain says otherwise.
  fileprivate func isInput(_ name: String, _ domains: [String: Formula.Domain]) -> Bool {
    if let place = steps.places[name] {
      guard case .name(name) = steps.steps[place].form else { return false }
    }
    return domains[name] != nil || !Scope.constants.contains(name)
  }
}

extension ProgramSteps {
  /// The names that stand as they are, in the order of their use.
  var inputNames: [String] {
    steps.compactMap { if case .name(let name) = $0.form { name } else { nil } }
  }
}

extension Claim {
  var differentiatedNames: [String] {
    switch self {
    case .gradient(let c, let w, _): [c, w]
    case .second(let c, let w, let b, _): [c, w, b]
    case .identity: []
    }
  }
}

extension Sampler.Input {
  init(_ name: String, _ domain: Formula.Domain?) throws(ParseError) {
    guard let domain, case .fixed(let formula)? = domain.values else {
      self.init(name: name, shape: domain?.shape ?? [], values: domain?.values, fixed: nil)
      return
    }
    var steps = ProgramSteps()
    let place = steps.append(formula)
    let value = try steps.evaluate(input: { _ in nil as Grid<Double>? }, tensors: tensorForm)[place]
    self.init(name: name, shape: value.extents, values: domain.values, fixed: value.elements)
  }
}

// MARK: - Exact arithmetic

extension Verification {
  /// The chance of error if both sides are rational functions that agree at random points modulo a prime; else nil.
  func proof() throws(ParseError) -> Double? {
    guard let combinations = sampler.setCombinations else { return nil }
    var sampler = sampler
    var chance = 1.0
    for round in 0..<max(3, combinations) {
      let point = Self.named(sampler, sampler.residues(round: round % combinations))
      let values = try sides.values { (name) -> Grid<Residue>? in point[name] ?? Self.constant(name) }
      guard let degree = Self.degree(values), degree < 1e15 else { return nil }
      // With sets, each combination is a claim of its own, tested once.
      let error = max(1, degree) / Double(Residue.prime)
      chance = combinations > 1 ? (round == 0 ? error : chance + error) : chance * error
    }
    return chance
  }

  /// π and e are treated as names: what holds with any number in their place holds for them.
  private static func constant(_ name: String) -> Grid<Residue>? {
    switch name {
    case "pi", "π": .number(.name(0x1d3c_5a2f_9e4b_7163))
    case "e": .number(.name(0x0b7e_1516_28ae_d2a6))
    default: .number(.none)
    }
  }

  /// The degree of the difference, if it is 0 at this point.
  private static func degree(_ values: Sides.Values<Residue>) -> Double? {
    guard let claimed = values.claimedElements else { return nil }
    var degree = 0.0
    for (a, b) in zip(claimed, values.computed.elements) {
      guard a.exists, b.exists, a.value == b.value else { return nil }
      degree = max(degree, (a - b).degree.above)
    }
    return degree
  }

  /// The values of the inputs by their names.
  static func named<A>(_ sampler: Sampler, _ point: [Grid<A>]) -> [String: Grid<A>] {
    Dictionary(uniqueKeysWithValues: zip(sampler.inputs.map(\.name), point))
  }
}

extension Sides.Values {
  /// The elements of the right side in the order of the left: a number stands for all, extents of 1 do not count.
  /// nil where the shapes differ.
  var claimedElements: [A]? {
    if case .number(let number) = claimed { return computed.elements.map { _ in number } }
    let (a, b) = (claimed.extents.filter { $0 != 1 }, computed.extents.filter { $0 != 1 })
    return a == b ? claimed.elements : nil
  }
}
