// What the text itself declares: `W \in \mathbb{R}^{n \times d}`, `y \in \{-1, 1\}`, `\lambda > 0`.

extension DerivationReader {
  /// `\lambda > 0`, `t \geq 1`
  func isBound(_ statement: MathStatement) -> Bool {
    guard ["<", ">", "≤", "≥"].contains(statement.relations[0].sign), let use = use(statement.parts[0]),
      statement.parts[1].numericValue != nil
    else { return false }
    return use.power == nil && lexicon.definition(use.key, at: position) == nil
  }

  func declare(_ names: [Notation], _ sign: String, _ right: Notation, _ position: Lexicon.Position) -> Bool {
    var known = false
    for name in names {
      guard let use = use(name) else { continue }
      if let shape = shape(right) {
        lexicon.declare(use.key, Lexicon.Fact(shape: shape), at: position)
        known = true
      } else if let values = values(sign, right) {
        declare(name, values, position)
        known = true
      }
    }
    return known || sign == "∈"
  }

  /// `\mathbb{R}^{n \times d}`
  func shape(_ right: Notation) -> [Extent]? {
    switch right.form {
    case .symbol("ℝ"), .symbol("R"): return []
    case .scripts(let base, nil, let above?, 0) where base.symbol == "ℝ" || base.symbol == "R":
      var factors: [Notation] = []
      func split(_ notation: Notation) {
        if case .product(let a, .times, let b) = notation.form { split(a); split(b) } else { factors.append(notation) }
      }
      split(above.unbracketed)
      if factors == [.symbol("+")] { return [] }
      let shape = factors.compactMap { lexicon.size($0) ?? $0.plainName.map { lexicon.size($0) } }
      return shape.count == factors.count ? shape : nil
    default: return nil
    }
  }

  private func values(_ sign: String, _ right: Notation) -> Formula.Domain.Values? {
    if let bound = right.numericValue {
      return sign == ">" || sign == "≥" ? .interval(bound + 0.0625...bound + 2) : .interval(bound - 2...bound - 0.0625)
    }
    guard case .group(let items, let bracket) = right.form else { return nil }
    let numbers = items.compactMap(\.numericValue)
    guard numbers.count == items.count, !numbers.isEmpty else { return nil }
    if bracket == .curly { return .set(numbers) }
    return numbers.count == 2 && numbers[0] < numbers[1] ? .interval(numbers[0]...numbers[1]) : nil
  }
}
