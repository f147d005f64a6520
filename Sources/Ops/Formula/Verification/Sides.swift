/// The two sides of a claim as something that can be computed at a point, in any algebra.
struct Sides: Sendable {
  let claim: Claim
  let steps: ProgramSteps
  /// The steps between what is differentiated by and what is differentiated: the others are the same in every walk.
  let path: Set<Int>
  /// The step of the right side, and of the left side of an identity.
  private let right: Int
  private let left: Int?
  /// The steps of the program itself; behind them are those of the claim.
  let programLength: Int

  /// - Parameter program: resolved, as the claim is.
  init(_ claim: Claim, _ program: Program?) {
    var steps = program.map { ProgramSteps($0) } ?? ProgramSteps()
    programLength = steps.steps.count
    switch claim {
    case .gradient(_, _, let formula), .second(_, _, _, let formula):
      (right, left) = (steps.append(formula), nil)
    case .identity(let a, let b):
      (left, right) = (steps.append(a), steps.append(b))
    }
    (self.claim, self.steps) = (claim, steps)
    let places = claim.differentiatedNames.map { steps.places[$0] }
    path = places.first.flatMap { $0 }.map { steps.between(places.dropFirst().compactMap { $0 }, and: $0) } ?? []
  }

  /// The value of every step, and both sides with the shapes that belong to them.
  struct Values<A: Algebra> {
    let steps: [Grid<A>]
    let claimed: Grid<A>
    let computed: Grid<A>
    /// What is differentiated: where it has no value it has no derivative, whatever the rules say.
    var differentiated: [A] = []
  }

  /// - Parameter point: the values of the inputs and of the constants.
  func values<A: Algebra>(at point: (String) -> Grid<A>?) throws(ParseError) -> Values<A> {
    switch claim {
    case .identity:
      let values = try steps.evaluate(input: point, tensors: tensorForm)
      return Values(steps: values, claimed: values[right], computed: values[left!])
    case .gradient(let c, let w, _): return try gradient(of: c, by: w, point)
    case .second(let c, let w, let b, _): return try second(of: c, by: w, b, point)
    }
  }
}

extension Sides {
  /// One forward walk for each element of w.
  private func gradient<A: Algebra>(
    of c: String, by w: String, _ point: (String) -> Grid<A>?
  ) throws(ParseError) -> Values<A> {
    let plain = try steps.evaluate(input: point, tensors: tensorForm)
    let (of, by) = (try value(of: c, plain, point), try value(of: w, plain, point))
    var columns: [[A]] = []
    for place in by.elements.indices {
      let walk: [Grid<Dual<A>>] = try steps.evaluate(
        tensors: tensorForm, known: { path.contains($0) ? nil : plain[$0].map { Dual($0) } },
        each: { $0 == steps.places[w] ? $1.seeded(place) { Dual($0.value, tangent: 1) } : $1 })
      columns.append(
        steps.places[c].map { walk[$0].elements.map(\.tangent) } ?? zeros(of, isSame: c == w, place))
    }
    // Rows are elements of c, columns elements of w.
    let entries = of.elements.indices.flatMap { row in columns.map { $0[row] } }
    let shape = try joined(of.elements.count == 1 ? [] : of.extents, by.extents)
    return Values(
      steps: plain, claimed: plain[right], computed: Grid(entries, shape: shape), differentiated: of.elements)
  }

  private func joined(_ a: [Int], _ b: [Int]) throws(ParseError) -> [Int] {
    guard a.count + b.count <= Shape.maximalRank else {
      throw error("the derivative would have \(a.count + b.count) dimensions; \(Shape.maximalRank) are possible")
    }
    return a + b
  }

  /// The column of an output that no step computes: an input itself.
  private func zeros<A: Algebra>(_ of: Grid<A>, isSame: Bool, _ place: Int) -> [A] {
    of.elements.indices.map { isSame && $0 == place ? 1 : 0 }
  }

  /// One forward walk, of forward walks, for each pair of elements; where both are the same name one for a pair and its
  /// mirror image.
  private func second<A: Algebra>(
    of c: String, by w: String, _ b: String, _ point: (String) -> Grid<A>?
  ) throws(ParseError) -> Values<A> {
    let plain = try steps.evaluate(input: point, tensors: tensorForm)
    let of = try value(of: c, plain, point)
    let (first, second) = (try value(of: w, plain, point), try value(of: b, plain, point))
    guard of.elements.count == 1 else {
      throw error("second derivatives need a number; \(c) has shape \(of.extents)")
    }
    let (rows, columns) = (first.elements.count, second.elements.count)
    var entries = [A](repeating: 0, count: rows * columns)
    for i in 0..<rows {
      for j in (w == b ? i : 0)..<columns {
        let walk: [Grid<Dual<Dual<A>>>] = try steps.evaluate(
          tensors: tensorForm, known: { path.contains($0) ? nil : plain[$0].map { Dual(Dual($0)) } },
          each: { step, value in
            var value = value
            if step == steps.places[w] {
              value = value.seeded(i) { Dual(Dual($0.value.value, tangent: 1), derivative: $0.derivative) }
            }
            if step == steps.places[b] { value = value.seeded(j) { Dual($0.value, tangent: 1) } }
            return value
          })
        let entry = steps.places[c].map { walk[$0].elements[0].tangent.tangent } ?? 0
        entries[i * columns + j] = entry
        if w == b { entries[j * columns + i] = entry }
      }
    }
    let shape = try joined(first.extents, second.extents)
    return Values(
      steps: plain, claimed: plain[right], computed: Grid(entries, shape: shape), differentiated: of.elements)
  }

  /// The value of a statement, or of an input, which the program need not use.
  private func value<A: Algebra>(
    of name: String, _ values: [Grid<A>], _ point: (String) -> Grid<A>?
  ) throws(ParseError) -> Grid<A> {
    if let value = steps.places[name].map({ values[$0] }) ?? point(name) { return value }
    throw error("\(name.quoted) has no value")
  }

  func error(_ message: String) -> ParseError {
    Location(source: SourceText(claim.description), offset: 0).error(message)
  }
}

extension Grid {
  /// With one element made an independent variable.
  fileprivate func seeded(_ place: Int, _ seed: (A) -> A) -> Grid {
    var elements = elements
    elements[place] = seed(elements[place])
    return Grid(elements, shape: extents)
  }
}
