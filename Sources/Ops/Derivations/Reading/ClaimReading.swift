/// One relation of a document, a link of a chain maybe, made formulas and tested.
struct ClaimReading {
  let lexicon: Lexicon
  let left: Notation
  let relation: MathStatement.Relation
  let right: Notation
  let position: Lexicon.Position
  let span: MathSpan
  var hidden: Set<Int> = []

  var sign: String { relation.sign }

  struct Result: TrialResult {
    var verdict: Verdict
    var claim: Claim
    /// The definitions that it uses; nil where there are none.
    var program: Program?
    var points: [String] = []
    var usedDefinitions: [Int] = []
    /// The sides have shapes that no sizes make equal.
    var isMisfit = false
  }

  /// Both sides for all values of the free indices, in one trial or with sizes unknown.
  struct Sides {
    var left: [Term] = []
    var right: [Term] = []
    /// The values of the indices for each, in the order in which they were bound.
    var indices: [[Formula.Index]] = []
    var ranges: [Extent] = []
  }

  func draft(isTrial: Bool = true) -> Draft {
    Draft(lexicon, at: position, in: span, isTrial: isTrial, hidden: hidden)
  }

  // MARK: With sizes unknown

  /// Finds out which sizes are equal.
  func inferSizes() {
    guard let sides = try? sides(Elaborator(draft(isTrial: false))), let a = sides.left.first,
      let b = sides.right.first, a.rank == b.rank
    else { return }
    // A claim that may be wrong must not make sizes equal that have names of their own.
    for (x, y) in zip(a.shape, b.shape) { x.join(y) }
  }

  func sides(_ elaborator: Elaborator) throws(Obstacle) -> Sides {
    var sides = Sides()
    try collect(elaborator, [], &sides)
    if let a = sides.left.first, let b = sides.right.first, b.isNumber, a.rank == sides.ranges.count, a.rank > 0 {
      sides.left = entries(of: sides.left, sides)
    }
    return sides
  }

  /// `\nabla Z = \frac{\partial Z_i}{\partial W_k}`: a tensor by its entries.
  private func entries(of wholes: [Term], _ sides: Sides) -> [Term] {
    guard zip(wholes[0].shape, sides.ranges).allSatisfy({ $0.join($1) }) else { return wholes }
    return zip(wholes, sides.indices).map { Term(formula: Formula(.slice($0.formula, $1))) }
  }

  /// An index that nothing binds takes all its values.
  private func collect(
    _ elaborator: Elaborator, _ bound: [(place: Int, extent: Extent)], _ sides: inout Sides
  ) throws(Obstacle) {
    do throws(Obstacle) {
      let a = try elaborator.term(left)
      let b = try elaborator.term(right)
      sides.left.append(a)
      sides.right.append(b)
      sides.indices.append(bound.map { .element($0.place) })
      sides.ranges = bound.map(\.extent)
    } catch {
      guard case .index(let letter, let range, let reason) = error else { throw error }
      if letter == "ℓ" {
        for layer in lexicon.layers { try collect(elaborator.with(layer: layer), bound, &sides) }
        return
      }
      guard let range, elaborator.indices[letter] == nil else { throw .unread(reason) }
      for (place, inner) in elaborator.each(letter, in: range).enumerated() {
        try collect(inner, bound + [(place, range.extent)], &sides)
      }
    }
  }

  // MARK: In trials

  /// The verdict over three assignments of sizes, where there are sizes to choose.
  func result(points: Int, seed: UInt64) throws(Obstacle) -> Result {
    var result: Result?
    let open = try openExtents()
    for number in 0..<3 {
      let trial = Trial(open, number: number)
      let others = Trial(lexicon.openExtents, number: number)
      defer {
        trial.end()
        others.end()
      }
      let draft = draft()
      var next = try self.result(draft, points, seed + UInt64(number))
      next.verdict.sizes = [Trial.names(open)].filter { !$0.isEmpty }
      if next.verdict.outcome == .refuted {
        try checkShapesAreKnown(draft, isMisfit: next.isMisfit)
        return next
      }
      result = result?.with(next) ?? next
      if open.isEmpty { break }
    }
    return result!
  }

  /// What is wrong only with shapes that nobody stated is not read rather than wrong.
  private func checkShapesAreKnown(_ draft: Draft, isMisfit: Bool) throws(Obstacle) {
    let open = draft.inputs.filter { $0.knowledge == .guessed || (isMisfit && $0.knowledge == .inferred) }
    guard let first = open.first?.name else { return }
    let names = open.map(\.name).joined(separator: ", ") + (open.count == 1 ? " has" : " have")
    throw .unread(span.error("nothing says what shape \(names); a comment can: \(first): [n]", at: left.start))
  }

  /// The sizes that the claim depends on, in the order of their names.
  private func openExtents() throws(Obstacle) -> [Extent] {
    let all = lexicon.openExtents
    let trial = Trial(all, number: 0)
    defer { trial.end() }
    let draft = draft()
    _ = try sides(Elaborator(draft))
    let used = Set(Extent.free(draft.usedExtents.values).map(\.identity))
    return all.filter { used.contains($0.identity) }
  }

  private func result(_ draft: Draft, _ points: Int, _ seed: UInt64) throws(Obstacle) -> Result {
    let sides = try sides(Elaborator(draft))
    guard let a = sides.left.first, let b = sides.right.first else {
      throw .unread(span.error("no values to compare", at: left.start))
    }
    let claim = claim(sides)
    var result = Result(
      verdict: Verdict(claim, .refuted), claim: claim, program: draft.program, points: draft.points,
      usedDefinitions: draft.usedDefinitions)
    if let misfit = misfit(a, b) {
      result.verdict.remark = misfit
      result.isMisfit = true
      return result
    }
    result.verdict = try verdict(claim, draft, points, seed)
    guard result.verdict.outcome == .refuted else { return result }
    if draft.usesInfinity {
      throw .unread(span.error("infinite sums that differ term by term; their limits are not computed", at: left.start))
    }
    if sign == "≈" { return try firstOrder(points, seed) }
    return result
  }

  private func misfit(_ a: Term, _ b: Term) -> String? {
    let (x, y) = (a.shape.map { $0.size ?? 1 }, b.shape.map { $0.size ?? 1 })
    // A plain number goes with every shape: ∇C = 0.
    if x == y || (x.isEmpty && a.formula.constant != nil) || (y.isEmpty && b.formula.constant != nil) { return nil }
    if x.reduce(1, *) == 1, y.reduce(1, *) == 1 { return nil }
    func shown(_ shape: [Int]) -> String { shape.isEmpty ? "a number" : "of shape \(shape)" }
    return "the left side is \(shown(x)), the right side \(shown(y))"
  }

  private func claim(_ sides: Sides) -> Claim {
    func joined(_ terms: [Term]) -> Formula {
      terms.count == 1 ? terms[0].formula : Formula(.list(terms.map(\.formula)))
    }
    let (a, b) = (joined(sides.left), joined(sides.right))
    guard let comparison = Formula.Comparison(sign: sign), comparison != .equal else { return .identity(a, b) }
    return .relation(a, comparison, b)
  }

  func verdict(
    _ claim: Claim, _ draft: Draft, _ points: Int, _ seed: UInt64, zero: String? = nil
  ) throws(Obstacle) -> Verdict {
    let isConstant = [left, right].contains { $0.numericValue != nil }
    let domains = draft.inputs.map { input in
      var values = input.values
      if isConstant, let given = lexicon.given(input.key, at: position) { values = .fixed(.number(given)) }
      if input.name == zero { values = .fixed(.number(0)) }
      return Formula.Domain(name: input.name, shape: input.shape.map { $0.size ?? 2 }, values: values)
    }
    do throws(ParseError) {
      let subject = try Subject(draft.program, inputs: Set(domains.map(\.name)), domains: domains, seed: seed)
      return try subject.verification(reading: claim).verdict(points: points)
    } catch {
      throw .unread(span.error(error.message, at: left.start))
    }
  }
}

/// Sizes for all that has none, until the end of the trial.
struct Trial {
  private let extents: [Extent]

  init(_ extents: [Extent], number: Int) {
    let extents = extents.filter { $0.size == nil }
    self.extents = extents
    let sizes = NamedSizes.primes[number % NamedSizes.primes.count]
    for (place, extent) in extents.enumerated() { extent.assign(sizes[place % sizes.count]) }
  }

  func end() { for extent in extents { extent.assign(nil) } }

  static func names(_ extents: [Extent]) -> [String: Int] {
    var names: [String: Int] = [:]
    for extent in extents { if let name = extent.name, let size = extent.size { names[name] = size } }
    return names
  }
}

extension Extent {
  /// What the sizes of some come from, each once.
  static func free(_ extents: some Sequence<Extent>) -> [Extent] {
    var seen: Set<ObjectIdentifier> = []
    return extents.compactMap(\.origin).filter { seen.insert($0.identity).inserted }
  }
}
