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
  ///   - claim: see ``Claim``; it may use every name of the program. Of a chain `A = B = C` the first link that does not
  ///     hold counts.
  ///   - domains: see ``Formula/Domain``; names without one are numbers from [−2, 2], or where the functions need it
  ///     positive, and beyond where a branch of the program lies there.
  ///   - points: how many to compare; of claims on large tensors fewer are.
  ///   - seed: the same seed gives the same points.
  /// - Throws: ``ParseError`` where a text is wrong or shapes do not fit, and for tensors so large that it would take
  ///   minutes.
  public func verify(
    _ claim: String, domains: [String] = [], points: Int = 100, seed: UInt64 = 1
  ) throws(ParseError) -> Verdict {
    let sources = domains.map { SourceText($0) }
    let entry = FormulasFile.Entry(source: SourceText(claim))
    let trials = try NamedSizes.trials(of: sources).map { (sizes) throws(ParseError) in
      try FormulasFile.Sized(self, domains: sources, entries: [entry], sizes: sizes)
    }
    let links = FormulasFile.SizedSubjects(trials, seed: seed).links(of: 0, points: points)
    let verdicts = try links.map { (link) throws(ParseError) in try link.get().verdict }
    return verdicts.first { $0.outcome != .holds } ?? verdicts[0]
  }
}

/// One claim with all that is needed to test it.
struct Verification {
  let sides: Sides
  let sampler: Sampler
  /// The inputs that can be moved by a little: those that are free, and what is differentiated by.
  let varying: Set<String>
  let branches: Branches
  /// The statements that are differentiated by with branches behind them.
  let freedStatements: [Int]
  private let walks: Walks

  init(_ sides: Sides, _ sampler: Sampler, _ walks: Walks) {
    (self.sides, self.sampler, self.walks) = (sides, sampler, walks)
    let by = Set(sides.claim.differentiatedNames.dropFirst())
    varying = Set(sampler.inputs.filter { $0.isFree || by.contains($0.name) }.map(\.name))
    let changing = sampler.inputs.filter { $0.fixed == nil || by.contains($0.name) }
    let branches = Branches(sides, changing: Set(changing.map(\.name)))
    self.branches = branches
    let freed = sides.freedStatements.filter { freed in
      branches.branches.contains { $0.step.map(freed.path.contains) ?? false }
    }
    freedStatements = Set(freed.map(\.step)).sorted()
  }

  func verdict(points: Int) throws(ParseError) -> Verdict {
    let affordable = try affordablePoints()
    var search = Search(self, wanted: min(points, affordable), affordable: affordable)
    try search.run()
    var verdict = search.verdict
    // The logarithm of a negative number has no derivative, though 1/x has a value.
    if verdict.points == 0, verdict.kinks.isEmpty, search.outside > 0 { return verdict }
    if verdict.outcome != .refuted, verdict.kinks.isEmpty, !search.hasTriedProof,
      let probability = try proof(comparedPoints: verdict.outcome == .holds)
    {
      (verdict.outcome, verdict.errorProbability) = (.holds, probability)
    }
    if verdict.outcome == .refuted { verdict.remark = search.remark }
    return verdict
  }
}

// MARK: - At a point

extension Verification {
  typealias Values<Value: Precise> = Sides.Values<Bounded<Value>>

  /// The sides at a point of the sampler.
  func values<Value: Precise>(
    at point: Sampler.Point, as precision: Value.Type
  ) throws(ParseError) -> Values<Value> {
    guard Value.self == DoubleDouble.self else { return try values(at: point) }
    let key = Walks.Key(
      names: sampler.inputs.map(\.name), varying: varying, nests: sides.nestsDerivatives, point: point.map(\.elements))
    let walk = walks.walk(key) { sides.walk(at: leaves(point), constant: Self.constant) }
    walk.forget(behind: sides.programLength)
    let before = walk.recording.count
    try walk.compute(sides.needed.filter { $0 < sides.programLength }, of: sides.unrolled)
    walk.keep()
    walks.grew(by: walk.recording.count - before)
    guard let walk = walk as? Walk<Bounded<Value>> else { return try values(at: point) }
    return try sides.values(on: walk)
  }

  /// The sides at a point, or next to it.
  /// - Parameter moved: how far each element of the inputs is moved.
  func values<Value: Precise>(at point: Sampler.Point, moved: [[Double]]? = nil) throws(ParseError) -> Values<Value> {
    try sides.values(at: leaves(point, moved), constant: Self.constant)
  }

  /// The sides where a statement that is differentiated by has other values, as if it were an input.
  func values<Value: Precise>(
    at point: Sampler.Point, changing step: Int,
    _ change: @escaping (_ place: Int, _ x: Bounded<Value>) -> Bounded<Value>
  ) throws(ParseError) -> Values<Value> {
    let changed = { (value: Grid<Bounded<Value>>) in
      Grid(value.elements.enumerated().map { change($0.offset, $0.element) }, shape: value.shape)
    }
    return try sides.values(
      on: sides.walk(at: leaves(point), constant: Self.constant), shifted: (step, changed))
  }

  private static func constant<Value>(_ name: String) -> Bounded<Value>? {
    name == "pi" || name == "π" ? Bounded<Value>.pi : nil
  }

  /// The values of the inputs by their names, as the decimals that were drawn.
  private func leaves<Value>(_ point: Sampler.Point, _ moved: [[Double]]? = nil) -> [String: Grid<Bounded<Value>>] {
    var number = 0
    var leaves: [String: Grid<Bounded<Value>>] = [:]
    for (index, input) in sampler.inputs.enumerated() {
      let doesVary = varying.contains(input.name)
      let elements = point[index].elements.enumerated().map { place, value in
        number += 1
        let x = Value.number(value)
        guard doesVary else { return Bounded(x) }
        return Bounded(moved.map { x + Value($0[index][place]) } ?? x, origin: .input(number))
      }
      leaves[input.name] = Grid(elements, shape: input.shape)
    }
    return leaves
  }
}
