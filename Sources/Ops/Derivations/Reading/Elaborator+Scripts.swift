// What stands above and below: powers, transposes, inverses, primes, entries of an expression.

extension Elaborator {
  func scripts(_ base: Notation, _ below: Notation?, _ above: Notation?, _ primes: Int) throws(Obstacle) -> Term {
    if case .norm(let inner) = base.form { return try norm(inner, below, above) }
    if case .symbol(let name) = base.form, name == "𝕀" || name == "𝟏", let below, case .relation = below.form {
      return try indicator(below)
    }
    if base.symbol == "e", let above, below == nil, primes == 0, !above.isTransposeSign, !isDefined("e"),
      above.familyIndex == nil
    {
      return each("exp", try term(above))
    }
    if let use = use(notation) {
      if use.primes > 0 { return try primed(use) }
      return try raised(try name(use), use)
    }
    var value = try term(base)
    if primes > 0 { value = try primed(value, primes) }
    if let below { value = try entry(of: value, below) }
    guard let above else { return value }
    var powers = NameUse(base: "_")
    powers.sort(above)
    if let mark = powers.mark {
      guard let power = mark.single() else { throw error("'\(mark.text)' above an expression", at: above) }
      (powers.power, powers.mark) = (power, nil)
    }
    return try raised(value, powers)
  }

  private func isDefined(_ name: String) -> Bool {
    definition(name) != nil || lexicon.shape(name, at: position) != nil
  }

  /// With what stands above.
  func raised(_ value: Term, _ use: NameUse) throws(Obstacle) -> Term {
    var value = value
    if use.isInverse { value = try inverse(value) }
    if let power = use.power { value = try raised(value, power) }
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

  private func inverse(_ a: Term) throws(Obstacle) -> Term {
    guard a.rank == 2 else { return a.shaped(Formula(.binary(.power, a.formula, Formula(.negative(.number(1)))))) }
    guard a.shape[0].join(a.shape[1]) else { throw error("the inverse of a matrix of shape \(a.shownShape)") }
    return Term(formula: .call("inverse", a.formula), shape: a.shape)
  }

  private func raised(_ a: Term, _ exponent: Notation) throws(Obstacle) -> Term {
    if case .product(let sign, .compose, let exponent) = exponent.form, sign.symbol == "∘" {
      return try elementwise(.power, a, try term(exponent))
    }
    if a.rank == 2, let times = exponent.wholeNumber, times > 1, a.shape[0].join(a.shape[1]) {
      let formula = (1..<times).reduce(a.formula) { product, _ in .matmul(product, a.formula) }
      return Term(formula: formula, shape: a.shape)
    }
    return try elementwise(.power, a, try term(exponent))
  }

  // MARK: Norms

  /// The square of a norm has no kink at 0: it is a sum of squares.
  func norm(_ inner: Notation, _ below: Notation?, _ above: Notation?) throws(Obstacle) -> Term {
    let x = try term(inner)
    if above?.wholeNumber == 2, below == nil || below?.wholeNumber == 2 || below?.symbol == "F" {
      let square = Formula(.binary(.power, x.formula, .number(2)))
      return Term(formula: x.isNumber ? square : .call("sum", square))
    }
    let norm: Formula =
      switch below?.unbracketed.form {
      case _ where x.isNumber: .call("abs", x.formula)
      case .number("1")?: .call("sum", .call("abs", x.formula))
      case .symbol("∞")?: .call("max", .call("abs", x.formula))
      case nil, .number("2")?, .symbol("F")?: .call("norm", x.formula)
      default: throw error("norms are read with 1, 2, F or ∞ below", at: inner)
      }
    guard let above else { return Term(formula: norm) }
    return try elementwise(.power, Term(formula: norm), try term(above))
  }

  // MARK: Entries

  /// `(XW)_i`, `\text{softmax}(z)_i`
  private func entry(of whole: Term, _ below: Notation) throws(Obstacle) -> Term {
    if case .indices(let indices) = below.form { return try slice(whole, indices) }
    let items = below.items.digits(count: whole.rank)
    guard whole.rank >= items.count else {
      throw error("'\(below.text)' below an expression of shape \(whole.shownShape)")
    }
    return try entry(Term(formula: whole.formula, shape: whole.shape), items, "")
  }

  /// `X_{[1:, 0]}`
  private func slice(_ whole: Term, _ indices: [Formula.Index]) throws(Obstacle) -> Term {
    guard indices.count <= whole.rank else {
      throw error("\(indices.count) indices into a tensor of \(counted(whole.rank, "dimension"))")
    }
    var shape: [Extent] = []
    for (index, extent) in zip(indices, whole.shape) {
      guard case .range(let from, let to) = index else { continue }
      if from == nil, to == nil { shape.append(extent); continue }
      guard let size = draft.used(extent) ?? to else { throw error("a part of an axis of unknown length") }
      guard (from ?? 0) < min(to ?? size, size) else { throw error("an empty part") }
      shape.append(Extent(min(to ?? size, size) - (from ?? 0)))
    }
    return Term(
      formula: Formula(.slice(whole.formula, indices)), shape: shape + whole.shape.dropFirst(indices.count))
  }
}

extension Notation {
  /// `[y = k]`, for an indicator.
  var isCondition: Bool {
    if case .relation? = single()?.form { true } else { false }
  }
}
