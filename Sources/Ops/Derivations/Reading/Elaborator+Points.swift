// Values at a point, behind a bar.

extension Elaborator {
  /// `\frac{df}{dx}\big|_{x=2}`, or `F(x)\big|_a^b`: F(b) − F(a).
  func evaluated(_ inner: Notation, _ below: Notation?, _ above: Notation?) throws(Obstacle) -> Term {
    guard let below else { throw error("a bar with nothing below it: at which point?") }
    guard let above else {
      // A name may also stand beside the bar: it keeps its own, and the point has another.
      let places = try below.listed.map { (point) throws(Obstacle) in
        guard case .relation(let name, "=", let value) = point.form else {
          throw error("a point is written x = 2", at: point)
        }
        _ = try term(name)
        return (name.text, value)
      }
      return try evaluated(inner, places)
    }
    let by = try variable(of: try term(inner))
    guard let key = draft.inputs.first(where: { $0.name == by.formula.description })?.key else {
      throw error("a bar with limits, and no name that has them")
    }
    let upper = try evaluated(inner, [(key, above)])
    let lower = try evaluated(inner, [(key, below)])
    guard upper.isNumber, lower.isNumber else { throw error("limits of something that is no number") }
    return Term(formula: upper.formula - lower.formula)
  }

  /// Names are replaced in all that depends on them, and what is differentiated is so there.
  private func evaluated(_ inner: Notation, _ places: [(name: String, value: Notation)]) throws(Obstacle) -> Term {
    var there = self
    for place in places {
      let value = try term(place.value)
      let point = named(value, place.name, at: place.value)
      let said = "\(point.formula) = \(value.formula)"
      if !draft.points.contains(said) { draft.points.append(said) }
      there.parameters[place.name] = point
    }
    return try there.term(inner)
  }
}

extension Notation {
  /// `x = 1, y = 2`
  fileprivate var listed: [Notation] {
    if case .group(let items, .none) = form { items } else { [self] }
  }
}
