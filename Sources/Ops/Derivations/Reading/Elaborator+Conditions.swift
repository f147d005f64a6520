// Values by cases.

extension Elaborator {
  func cases(_ cases: ArraySlice<Notation.Case>) throws(Obstacle) -> Term {
    let first = cases[cases.startIndex]
    let value = try term(first.value)
    guard cases.count > 1 else { return value }
    guard let condition = first.condition, condition.form != .words("otherwise") else {
      throw error("a case without a condition that is not the last")
    }
    let rest = try self.cases(cases.dropFirst())
    return try chosen(condition, value, rest)
  }

  /// 1 where a condition holds, else 0.
  func indicator(_ condition: Notation) throws(Obstacle) -> Term {
    try chosen(condition.single() ?? condition, .number(1), .number(0))
  }

  private func chosen(_ condition: Notation, _ value: Term, _ other: Term) throws(Obstacle) -> Term {
    switch condition.form {
    // Several conditions: a < b < c, or one beside another.
    case .product(let first, .adjacent, let last) where first.isRelation && last.isRelation:
      return try chosen(first, try chosen(last, value, other), other)
    case .relation(let left, let sign, let right):
      if case .relation(_, _, let middle) = left.form {
        let second = Notation(.relation(middle, sign, right), condition.start, condition.end)
        return try chosen(left, try chosen(second, value, other), other)
      }
      let (a, b) = (try term(left), try term(right))
      guard let comparison = Formula.Comparison(sign: sign) else {
        throw error("'\(sign)' in a condition", at: condition)
      }
      let test = Formula(.comparison(comparison, a.formula, b.formula))
      // Of indices it is known.
      if isTrial, let known = test.isDecided { return known ? value : other }
      let there = at(condition)
      var shape = Term(formula: a.formula, shape: try there.common(a, b, "a comparison"))
      shape.shape = try there.common(shape, value, "cases")
      shape.shape = try there.common(shape, other, "cases")
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
