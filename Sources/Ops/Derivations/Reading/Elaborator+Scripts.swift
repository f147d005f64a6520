// What stands above and below: powers, transposes, inverses, primes, entries of an expression.

extension Elaborator {
  func scripts(
    _ base: Notation, _ below: Notation?, _ above: Notation?, _ primes: Int, _ notation: Notation, _ bindings: Bindings
  ) throws(Obstacle) -> Term {
    if case .norm(let inner) = base.form { return try norm(inner, below, above, bindings, notation) }
    if case .symbol(let name) = base.form, name == "𝕀" || name == "𝟏", let below, case .relation = below.form {
      return try indicator(below, bindings)
    }
    if base.symbol == "e", let above, below == nil, primes == 0, !above.isTransposeSign, !isDefined("e") {
      if above.familyIndex == nil { return each("exp", try term(above, bindings)) }
    }
    if let use = use(notation) { return try named(use, notation, bindings) }
    var value = try term(base, bindings)
    if primes > 0 { value = try primed(value, primes, notation, bindings) }
    if let below { value = try entry(of: value, below, notation, bindings) }
    guard let above else { return value }
    var powers = NameUse(Notation(.scripts(.symbol("_"), below: nil, above: above, primes: 0)), isNamed: { _ in false })
    { _ in false }!
    if let mark = powers.mark {
      guard case .group(let items, _) = mark.form, items.count == 1 else {
        throw error("'\(mark.text)' above an expression", at: above)
      }
      (powers.power, powers.mark) = (items[0], nil)
    }
    return try raised(value, powers, notation, bindings)
  }

  private func isDefined(_ name: String) -> Bool {
    lexicon.definition(name, at: position, without: hidden) != nil || lexicon.shape(name, at: position) != nil
  }

  private func named(_ use: NameUse, _ notation: Notation, _ bindings: Bindings) throws(Obstacle) -> Term {
    if use.primes > 0 { return try primed(use, notation, bindings) }
    return try raised(try name(use, notation, bindings), use, notation, bindings)
  }

  /// With what stands above.
  func raised(_ value: Term, _ use: NameUse, _ notation: Notation, _ bindings: Bindings) throws(Obstacle) -> Term {
    var value = value
    if use.isInverse { value = try inverse(value, notation) }
    if let power = use.power { value = try raised(value, power, notation, bindings) }
    if use.isTransposed { value = transposed(value) }
    return value
  }

  func transposed(_ a: Term) -> Term {
    switch a.rank {
    case 0: return a
    case 1: return Term(formula: a.formula, shape: a.shape, isRow: !a.isRow)
    default: return Term(formula: Formula(.transpose(a.formula)), shape: a.shape.reversed())
    }
  }

  private func inverse(_ a: Term, _ notation: Notation) throws(Obstacle) -> Term {
    guard a.rank == 2 else {
      return Term(
        formula: Formula(.binary(.power, a.formula, Formula(.negative(.number(1))))), shape: a.shape, isRow: a.isRow)
    }
    guard a.shape[0].join(a.shape[1]) else {
      throw error("the inverse of a matrix of shape \(a.shownShape)", at: notation)
    }
    return Term(formula: .call("inverse", a.formula), shape: a.shape)
  }

  private func raised(_ a: Term, _ exponent: Notation, _ notation: Notation, _ bindings: Bindings) throws(Obstacle)
    -> Term
  {
    if case .product(let sign, .compose, let exponent) = exponent.form, sign.symbol == "∘" {
      return try elementwise(.power, a, try term(exponent, bindings), notation)
    }
    if a.rank == 2, let times = exponent.wholeNumber, times > 1, a.shape[0].join(a.shape[1]) {
      let formula = (1..<times).reduce(a.formula) { product, _ in Formula(.binary(.matmul, product, a.formula)) }
      return Term(formula: formula, shape: a.shape)
    }
    return try elementwise(.power, a, try term(exponent, bindings), notation)
  }

  // MARK: Norms

  func norm(_ inner: Notation, below: Notation?, _ bindings: Bindings) throws(Obstacle) -> Term {
    let x = try term(inner, bindings)
    if x.isNumber { return each("abs", x) }
    switch below?.unbracketed.form {
    case .number("1")?: return Term(formula: .call("sum", .call("abs", x.formula)))
    case .symbol("∞")?: return Term(formula: .call("max", .call("abs", x.formula)))
    case nil, .number("2")?, .symbol("F")?: return Term(formula: .call("norm", x.formula))
    default: throw error("norms are read with 1, 2, F or ∞ below", at: inner)
    }
  }

  /// The square of a norm has no kink at 0: it is a sum of squares.
  private func norm(
    _ inner: Notation, _ below: Notation?, _ above: Notation?, _ bindings: Bindings, _ notation: Notation
  ) throws(Obstacle) -> Term {
    let isEuclidean = below == nil || below?.wholeNumber == 2 || below?.symbol == "F"
    if above?.wholeNumber == 2, isEuclidean {
      let x = try term(inner, bindings)
      let square = Formula(.binary(.power, x.formula, .number(2)))
      return Term(formula: x.isNumber ? square : .call("sum", square))
    }
    let norm = try norm(inner, below: below, bindings)
    guard let above else { return norm }
    return try elementwise(.power, norm, try term(above, bindings), notation)
  }

  // MARK: Entries

  /// `(XW)_i`, `\text{softmax}(z)_i`
  private func entry(
    of whole: Term, _ below: Notation, _ notation: Notation, _ bindings: Bindings
  ) throws(Obstacle) -> Term {
    if case .indices(let indices) = below.form { return try slice(whole, indices, notation) }
    let items = below.items.digits(count: whole.rank)
    guard whole.rank >= items.count else {
      throw error("'\(below.text)' below an expression of shape \(whole.shownShape)", at: notation)
    }
    var indices: [Formula.Index] = []
    for (axis, item) in items.enumerated() {
      indices.append(.element(try place(item, Axis("", axis, whole), notation, bindings)))
    }
    return Term(formula: Formula(.slice(whole.formula, indices)), shape: Array(whole.shape.dropFirst(items.count)))
  }

  /// `X_{[1:, 0]}`
  private func slice(_ whole: Term, _ indices: [Formula.Index], _ notation: Notation) throws(Obstacle) -> Term {
    guard indices.count <= whole.rank else {
      throw error("\(indices.count) indices into a tensor of \(counted(whole.rank, "dimension"))", at: notation)
    }
    var shape: [Extent] = []
    for (index, extent) in zip(indices, whole.shape) {
      guard case .range(let from, let to) = index else { continue }
      if from == nil, to == nil { shape.append(extent); continue }
      guard let size = used(extent) ?? to else { throw error("a part of an axis of unknown length", at: notation) }
      guard (from ?? 0) < min(to ?? size, size) else { throw error("an empty part", at: notation) }
      shape.append(Extent(min(to ?? size, size) - (from ?? 0)))
    }
    return Term(
      formula: Formula(.slice(whole.formula, indices)), shape: shape + whole.shape.dropFirst(indices.count))
  }
}

extension Notation {
  /// `[y = k]`, for an indicator.
  var isCondition: Bool {
    if case .group(let items, _) = form, items.count == 1, case .relation = items[0].form { true } else { false }
  }
}
