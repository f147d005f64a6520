// Values by cases.

extension Elaborator {
  func cases(_ cases: ArraySlice<Notation.Case>, _ notation: Notation, _ bindings: Bindings) throws(Obstacle) -> Term {
    let first = cases[cases.startIndex]
    let value = try term(first.value, bindings)
    guard cases.count > 1 else { return value }
    guard let condition = first.condition, condition.form != .words("otherwise") else {
      throw error("a case without a condition that is not the last", at: notation)
    }
    let rest = try self.cases(cases.dropFirst(), notation, bindings)
    return try chosen(condition, value, rest, bindings)
  }

  /// 1 where a condition holds, else 0.
  func indicator(_ condition: Notation, _ bindings: Bindings) throws(Obstacle) -> Term {
    var condition = condition
    if case .group(let items, _) = condition.form, items.count == 1 { condition = items[0] }
    return try chosen(condition, .number(1), .number(0), bindings)
  }

  private func chosen(
    _ condition: Notation, _ value: Term, _ other: Term, _ bindings: Bindings
  ) throws(Obstacle) -> Term {
    switch condition.form {
    // Several conditions: a < b < c, or one beside another.
    case .product(let first, .adjacent, let last) where first.isRelation && last.isRelation:
      return try chosen(first, try chosen(last, value, other, bindings), other, bindings)
    case .relation(let left, let sign, let right):
      if case .relation(_, _, let middle) = left.form {
        let second = Notation(.relation(middle, sign, right), condition.start, condition.end)
        return try chosen(left, try chosen(second, value, other, bindings), other, bindings)
      }
      let (a, b) = (try term(left, bindings), try term(right, bindings))
      guard let comparison = Formula.Comparison(sign: sign) else {
        throw error("'\(sign)' in a condition", at: condition)
      }
      let test = Formula(.comparison(comparison, a.formula, b.formula))
      // Of indices it is known.
      if isTrial, let known = test.isDecided { return known ? value : other }
      var shape = Term(formula: a.formula, shape: try common(a, b, "a comparison", condition))
      shape.shape = try common(shape, value, "cases", condition)
      shape.shape = try common(shape, other, "cases", condition)
      return Term(formula: .call("where", test, value.formula, other.formula), shape: shape.shape)
    default: throw error("a condition is an equation or an inequality", at: condition)
    }
  }
}

extension Formula.Comparison {
  /// As it is written in mathematics.
  init?(sign: String) {
    let written: [String: Self] = [
      "=": .equal, "≠": .notEqual, "<": .less, ">": .greater, "≤": .lessOrEqual, "≥": .greaterOrEqual,
    ]
    guard let comparison = written[sign] else { return nil }
    self = comparison
  }
}

extension Notation {
  var isRelation: Bool {
    switch form {
    case .relation: true
    case .product(let a, .adjacent, let b): a.isRelation && b.isRelation
    default: false
    }
  }
}
