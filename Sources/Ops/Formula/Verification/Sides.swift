/// The two sides of a claim as something that can be computed at a point, in any algebra.
struct Sides {
  let claim: Claim
  var steps: ProgramSteps { unrolled.steps }
  let unrolled: UnrolledSteps
  /// The steps that the sides read, in the order of the program, those of the program itself and then those of the claim.
  let needed: [Int]
  /// The steps between what is differentiated by and what is differentiated.
  let path: Set<Int>
  /// Statements that are differentiated by, in the claim or inside its sides, with the steps from there to what is
  /// differentiated: as variables of their own they take other values than the inputs lead to.
  let freedStatements: [(step: Int, path: Set<Int>)]
  /// Whether a derivative stands inside a side: then the right side may hang on a statement that takes another value, too.
  let hasDerivativeInside: Bool
  /// Whether a derivative is differentiated again.
  let nestsDerivatives: Bool
  /// The names from outside that the sides read, in the order of their use.
  let inputNames: [String]
  /// The step of the right side, and of the left side of an identity.
  let right: Int
  let left: Int?
  /// The steps of the program itself; behind them are those of the claim.
  let programLength: Int

  /// - Parameter program: the steps of the program that the claim is about, where its names were looked up.
  init(_ claim: Claim, _ program: UnrolledSteps) {
    var steps = program.steps
    programLength = steps.steps.count
    left = claim.left.map { steps.append($0) }
    right = steps.append(claim.right)
    (self.claim, unrolled) = (claim, UnrolledSteps(steps, extending: program))
    let places = claim.differentiatedNames.map { steps.places[$0] }
    path = places.first.flatMap { $0 }.map { steps.between(places.dropFirst().compactMap { $0 }, and: $0) } ?? []
    nestsDerivatives = steps.nestsDerivatives
    freedStatements = steps.freedStatements(claim)
    hasDerivativeInside = steps.steps.contains { if case .derivative = $0.form { true } else { false } }
    needed = steps.needed(for: [right, left].compactMap { $0 } + places.compactMap { $0 })
    inputNames = (needed.compactMap { steps.steps[$0].form.name } + claim.differentiatedNames).withoutRepetitions
  }

  /// Both sides with the shapes that belong to them.
  struct Values<A: Algebra> {
    let claimed: Grid<A>
    let computed: Grid<A>
    /// What is differentiated: where it has no value it has no derivative, whatever the rules say.
    var differentiated: [A] = []
    /// What the steps were computed on.
    let walk: Walk<A>
  }

  func walk<A: Algebra>(at point: [String: Grid<A>], constant: @escaping (String) -> A?) -> Walk<A> {
    Walk(at: point, nests: nestsDerivatives, constant: constant)
  }

  /// The two sides of any claim at a point.
  func values<A: Algebra>(
    at point: [String: Grid<A>], constant: @escaping (String) -> A? = { _ in nil }
  ) throws(ParseError) -> Values<A> {
    try values(on: walk(at: point, constant: constant))
  }

  /// Those of any claim but for a second derivative.
  /// - Parameter shifted: a statement whose value is changed, as if it were an input.
  func values<A: Algebra>(
    on walk: Walk<A>, shifted: (step: Int, by: (Grid<A>) -> Grid<A>)?
  ) throws(ParseError) -> Values<A> {
    try walk.compute(needed, of: unrolled, shifted: shifted)
    let claimed = walk[right].map(\.value)
    guard case .gradient(let c, let w, _) = claim else {
      return Values(claimed: claimed, computed: walk[left ?? right].map(\.value), walk: walk)
    }
    let (of, by) = (try value(of: c, walk), try value(of: w, walk))
    // Rows are elements of c, columns elements of w.
    let entries = of.elements.flatMap { walk.recording.derivatives(of: $0, by: by.elements) }
    let shape = try joined(of.shape.count == 1 ? .scalar : of.shape, by.shape)
    return Values(
      claimed: claimed, computed: Grid(entries, shape: shape), differentiated: of.elements.map(\.value), walk: walk)
  }

  private func value<A: Algebra>(of name: String, _ walk: Walk<A>) throws(ParseError) -> Grid<Recorded<A>> {
    if let value = walk.value(of: name, in: steps) { return value }
    throw error("\(name.quoted) has no value")
  }

  private func joined(_ a: Shape, _ b: Shape) throws(ParseError) -> Shape {
    guard a.rank + b.rank <= Shape.maximalRank else {
      throw error("the derivative would have \(a.rank + b.rank) dimensions; \(Shape.maximalRank) are possible")
    }
    return a.appending(b.dimensions)
  }

  func error(_ message: String) -> ParseError {
    SourceText(claim.description).start.error(message)
  }
}

// MARK: - Second derivatives

extension Sides {
  /// The two sides of any claim: for a second derivative a walk forward along each element of the second name, and a
  /// sweep back from each gives a column.
  func values<A: Algebra>(on plain: Walk<A>) throws(ParseError) -> Values<A> {
    guard case .second(let c, let w, let b, _) = claim else { return try values(on: plain, shifted: nil) }
    try plain.compute(needed, of: unrolled)
    let (of, first, second) = (try value(of: c, plain), try value(of: w, plain), try value(of: b, plain))
    guard of.elements.count == 1 else {
      throw error("second derivatives need a number; \(c) has shape \(of.shape)")
    }
    let (rows, columns) = (first.elements.count, second.elements.count)
    var entries = [A](repeating: 0, count: rows * columns)
    let dual = plain.inputs.mapValues { $0.map { Dual($0.value) } }
    for j in 0..<columns {
      var point = dual
      if steps.isInput(b) { point[b] = point[b]?.seeded(j) }
      let walk = walk(at: point, constant: { plain.constant($0).map { Dual($0) } })
      let seed = steps.isInput(b) ? nil : steps.places[b]
      try walk.compute(needed, of: unrolled, shifted: seed.map { (step: $0, by: { $0.seeded(j) }) })
      let column = walk.recording.derivatives(
        of: try value(of: c, walk).elements[0], by: try value(of: w, walk).elements)
      for i in 0..<rows { entries[i * columns + j] = column[i].tangent }
    }
    let shape = try joined(first.shape, second.shape)
    return Values(
      claimed: plain[right].map(\.value), computed: Grid(entries, shape: shape),
      differentiated: of.elements.map(\.value), walk: plain)
  }
}

extension Grid {
  /// With one element made the direction of the derivatives.
  fileprivate func seeded<B: Algebra>(_ place: Int) -> Grid where A == Dual<B> {
    Grid(elements.replacing(place, by: Dual(elements[place].value, tangent: 1)), shape: shape)
  }
}

extension ProgramSteps {
  /// Those by which the claim differentiates, or derivatives inside its sides do.
  fileprivate func freedStatements(_ claim: Claim) -> [(step: Int, path: Set<Int>)] {
    var pairs: [(of: Int, by: Int)] = []
    if case .gradient(let c, let w, _) = claim, let of = places[c], let by = places[w] { pairs.append((of, by)) }
    for step in steps {
      if case .derivative(let of, let by) = step.form { pairs += by.map { (of, $0) } }
    }
    return pairs.filter { steps[$0.by].name != nil }.map { ($0.by, between([$0.by], and: $0.of)) }
  }

  /// Whether a name stands for itself: no statement defines it.
  func isInput(_ name: String) -> Bool {
    places[name].map { steps[$0].form.name != nil } ?? true
  }
}

extension Claim {
  /// Nil where a derivative is claimed.
  var left: Formula? { isIdentity ? bothSides.left : nil }
  var right: Formula { bothSides.right }

  var differentiatedNames: [String] {
    switch self {
    case .gradient(let c, let w, _): [c, w]
    case .second(let c, let w, let b, _): [c, w, b]
    case .identity, .relation: []
    }
  }
}
