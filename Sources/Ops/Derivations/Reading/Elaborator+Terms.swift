// Sums, products, powers.

extension Elaborator {
  func terms(_ notations: [Notation]) throws(Obstacle) -> [Term] {
    try notations.map { (notation) throws(Obstacle) in try term(notation) }
  }

  /// The formula of a piece of notation.
  func term(_ notation: Notation) throws(Obstacle) -> Term { try at(notation).term() }

  private func term() throws(Obstacle) -> Term {
    switch notation.form {
    case .number(let text):
      guard let value = Double(text) else { throw error("\(text) is no number") }
      return .number(value)
    case .symbol, .differential:
      guard let use = use(notation) else { throw error("no name") }
      return try name(use)
    case .scripts(let base, let below, let above, let primes): return try scripts(base, below, above, primes)
    case .sum(let addends): return try sum(addends)
    case .product(let a, let joint, let b): return try product(a, joint, b)
    case .fraction(let a, let b): return try elementwise(.divide, term(a), term(b))
    case .root(let inner, let degree): return try root(inner, degree)
    case .group(let items, let bracket):
      if items.count == 1 { return try term(items[0]) }
      if bracket == .curly, !items.isEmpty { throw error("a set has no value") }
      return try list(items)
    case .bars(let inner):
      let inner = try term(inner)
      return inner.rank == 2 ? Term(formula: .call("det", inner.formula)) : each("abs", inner)
    case .norm(let inner): return try norm(inner, nil, nil)
    case .function(let name, let scripts, let arguments): return try function(name, scripts, arguments)
    case .call(let function, let arguments): return try call(function, arguments)
    case .big(let sign, let below, let above, let body): return try big(sign, below, above, body)
    case .matrix(let rows): return try matrix(rows)
    case .cases(let cases): return try self.cases(cases[...])
    case .derivative(let of, let by): return try derivative(of, by)
    case .gradient(let of, let by, let order): return try gradient(of, by, order)
    case .evaluated(let inner, let below, let above): return try evaluated(inner, below, above)
    case .relation: throw error("a relation stands where a value is expected")
    case .dots: throw error("dots stand only between the first and the last of a sum or list")
    case .indices: throw error("indices stand where a value is expected")
    case .words(let words): throw error("the words \(words.quoted) stand where a value is expected")
    }
  }

  // MARK: Sums

  private func sum(_ addends: [Notation.Addend]) throws(Obstacle) -> Term {
    var addends = addends
    if addends.contains(where: { $0.term.form == .dots }) {
      guard addends.allSatisfy({ !$0.isNegative }) else { throw error("dots between terms with signs") }
      addends = try expanded(addends.map(\.term)).items.map { .init(isNegative: false, term: $0) }
    }
    var total: Term?
    for addend in addends {
      let next = try term(addend.term)
      total =
        try total.map { (total) throws(Obstacle) in try plus(total, next, addend.isNegative) }
        ?? (addend.isNegative ? next.shaped(Formula(.negative(next.formula))) : next)
    }
    return total!
  }

  func plus(_ a: Term, _ b: Term, _ isMinus: Bool) throws(Obstacle) -> Term {
    let shape = try common(a, b, "a sum")
    let formula = Formula(.binary(isMinus ? .minus : .plus, a.formula, b.formula))
    return Term(formula: formula, shape: shape, isRow: a.isRow || b.isRow)
  }

  /// The shape of what works element by element: a number goes with everything.
  func common(_ a: Term, _ b: Term, _ what: String) throws(Obstacle) -> [Extent] {
    if a.isNumber { return b.shape }
    if b.isNumber { return a.shape }
    if a.rank == b.rank, zip(a.shape, b.shape).allSatisfy({ $0.join($1) }) { return a.shape }
    guard let shape = broadcast(a.shape, b.shape) else {
      throw error("\(what) of shapes \(a.shownShape) and \(b.shownShape)")
    }
    return shape
  }

  /// As in programs: aligned at the end, an extent of 1 stretches. Only where sizes are known to fit.
  private func broadcast(_ a: [Extent], _ b: [Extent]) -> [Extent]? {
    let (long, short) = a.count < b.count ? (b, a) : (a, b)
    var shape = long
    for (axis, extent) in zip(shape.indices.suffix(short.count), short) {
      let isSame = shape[axis].identity == extent.identity || shape[axis].size != nil && shape[axis].size == extent.size
      if isSame || extent.size == 1 { continue }
      guard shape[axis].size == 1 else { return nil }
      shape[axis] = extent
    }
    return shape
  }

  func elementwise(_ symbol: Formula.Operator, _ a: Term, _ b: Term) throws(Obstacle) -> Term {
    let shape = try common(a, b, symbol == .divide ? "a quotient" : "a product")
    return Term(
      formula: Formula(.binary(symbol, a.formula, b.formula)), shape: shape, isRow: a.isNumber ? b.isRow : a.isRow)
  }

  /// A function of the language on every element.
  func each(_ name: String, _ x: Term) -> Term { x.shaped(.call(name, x.formula)) }

  // MARK: Products

  private func product(_ left: Notation, _ joint: Notation.Joint, _ right: Notation) throws(Obstacle) -> Term {
    if case .symbol(let name) = left.form, name == "𝕀" || name == "𝟏", right.isCondition { return try indicator(right) }
    // \frac{d}{dx} in front of a product, where it stands alone.
    if case .derivative(nil, let by) = left.form { return try at(left).derivative(right, by) }
    return try product(try term(left), joint, try term(right))
  }

  func product(_ a: Term, _ joint: Notation.Joint, _ b: Term) throws(Obstacle) -> Term {
    if a.isNumber || b.isNumber { return try elementwise(.times, a, b) }
    switch joint {
    case .elementwise, .star, .compose: return try elementwise(.times, a, b)
    case .kronecker:
      if a.rank == 1, b.rank == 1 { return outer(a, b) }
      throw error("Kronecker products are read of two vectors")
    case .adjacent, .dot, .times, .at: return try matrixProduct(a, b, joint)
    }
  }

  private func matrixProduct(_ a: Term, _ b: Term, _ joint: Notation.Joint) throws(Obstacle) -> Term {
    let misfit = error("a product of shapes \(a.shownShape) and \(b.shownShape)")
    let product = Formula.matmul(a.formula, b.formula)
    switch (a.rank, b.rank) {
    case (1, 1) where a.isRow && !b.isRow || (a.isRow == b.isRow && joint != .adjacent && joint != .times):
      guard a.shape[0].join(b.shape[0]) else { throw misfit }
      return Term(formula: product)
    case (1, 1) where !a.isRow && b.isRow: return outer(a, b)
    case (1, 1): return try elementwise(.times, a, b)
    case (2, 1):
      if b.isRow {
        guard a.shape[1].size == 1 else { throw misfit }
        return outer(
          Term(formula: Formula(.slice(a.formula, [.range(nil, nil), .element(0)])), shape: [a.shape[0]]), b)
      }
      guard a.shape[1].join(b.shape[0]) else { throw misfit }
      return Term(formula: product, shape: [a.shape[0]])
    case (1, 2):
      if !a.isRow, b.shape[0].size == 1 {
        return outer(a, Term(formula: Formula(.slice(b.formula, [.element(0)])), shape: [b.shape[1]]))
      }
      guard a.isRow || joint == .at, a.shape[0].join(b.shape[0]) else { throw misfit }
      return Term(formula: product, shape: [b.shape[1]], isRow: true)
    case (2, 2):
      guard a.shape[1].join(b.shape[0]) else { throw misfit }
      return single(Term(formula: product, shape: [a.shape[0], b.shape[1]]))
    default: throw misfit
    }
  }

  /// A matrix of one element is a number.
  private func single(_ a: Term) -> Term {
    guard isTrial, a.shape.allSatisfy({ $0.size == 1 }) else { return a }
    return Term(formula: Formula(.slice(a.formula, a.shape.map { _ in .element(0) })))
  }

  private func outer(_ a: Term, _ b: Term) -> Term {
    Term(formula: .matmul(a.formula, Formula(.transpose(b.formula))), shape: [a.shape[0], b.shape[0]])
  }

  private func root(_ inner: Notation, _ degree: Notation?) throws(Obstacle) -> Term {
    let inner = try term(inner)
    guard let degree else { return each("sqrt", inner) }
    if degree.wholeNumber == 3 { return each("cbrt", inner) }
    let exponent = Formula(.binary(.divide, .number(1), try term(degree).formula))
    return inner.shaped(Formula(.binary(.power, inner.formula, exponent)))
  }
}
