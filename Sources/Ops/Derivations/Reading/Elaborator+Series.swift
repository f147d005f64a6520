// Sums over an index, lists and matrices, and what dots stand for.

extension Elaborator {
  func big(
    _ sign: Notation.BigOperator, _ below: Notation?, _ above: Notation?, _ body: Notation
  ) throws(Obstacle) -> Term {
    guard let below else { return try combined(sign, try overAll(body)) }
    return try combined(sign, try terms(of: body, over: below.items, upTo: above))
  }

  private func combined(_ sign: Notation.BigOperator, _ terms: [Term]) throws(Obstacle) -> Term {
    guard var total = terms.first else { return .number(sign == .prod ? 1 : 0) }
    for next in terms.dropFirst() {
      switch sign {
      case .sum, .mean: total = try plus(total, next, false)
      case .prod: total = try product(total, .dot, next)
      case .max, .min: total = Term(formula: .call(sign.rawValue, total.formula, next.formula), shape: total.shape)
      }
    }
    return total
  }

  /// A sum without limits runs over the letters that index something in it and nothing outside.
  private func overAll(_ body: Notation) throws(Obstacle) -> [Term] {
    do throws(Obstacle) {
      return [try term(body)]
    } catch {
      guard case .index(let letter, let range?, _) = error, letter != "ℓ", !kept.contains(letter) else {
        throw error
      }
      var terms: [Term] = []
      for inner in each(letter, in: range) { terms += try inner.overAll(body) }
      return terms
    }
  }

  /// The values of a body for all values of the letters; where no limit is written, those of what they index.
  private func terms(
    of body: Notation, over indices: [Notation], upTo above: Notation?,
    where isMeant: (Elaborator) -> Bool = { _ in true }
  ) throws(Obstacle) -> [Term] {
    guard let index = indices.first else { return isMeant(self) ? [try term(body)] : [] }
    let rest = Array(indices.dropFirst())
    if case .relation(let left, "≠", let right) = index.form {
      let names = [left, right].compactMap(\.symbol)
      guard names.count == 2 else { throw error("expected two indices at ≠", at: index) }
      let new = self.indices[names[0]] == nil ? names[0] : names[1]
      let other = new == names[0] ? names[1] : names[0]
      return try terms(of: body, over: [.symbol(new)] + rest, upTo: above) { inner in
        isMeant(inner) && (!isTrial || inner.indices[new]?.value != inner.indices[other]?.value)
      }
    }
    let (letter, range) = try range(of: index, upTo: above, in: body, rest)
    var terms: [Term] = []
    for inner in each(letter, in: range) {
      terms += try inner.terms(of: body, over: rest, upTo: above, where: isMeant)
    }
    return terms
  }

  /// With each value of an index; while sizes are not known, once without a value.
  func each(_ letter: String, in range: IndexRange) -> [Elaborator] {
    guard isTrial else { return [with(letter, nil, in: range)] }
    _ = draft.used(range.extent)
    return range.values.map { with(letter, $0, in: range) }
  }

  private func range(
    of index: Notation, upTo above: Notation?, in body: Notation, _ rest: [Notation]
  ) throws(Obstacle) -> (String, IndexRange) {
    if case .relation(let left, "=", let right) = index.form, let letter = left.symbol {
      guard let first = right.wholeNumber else { throw error("a sum begins at a number", at: index) }
      guard let above else { throw error("a sum to where?") }
      return (letter, IndexRange(first: first, extent: try extent(above, from: first)))
    }
    guard let letter = index.symbol else {
      throw error("'\(index.text)' below a sum; an index is read, with its limits or without", at: index)
    }
    if let above, above.wholeNumber != nil || above.symbol != nil {
      return (letter, IndexRange(first: 1, extent: try extent(above, from: 1)))
    }
    return (letter, try found(letter, in: body, rest))
  }

  /// The range of an index from what it indexes.
  private func found(_ letter: String, in body: Notation, _ rest: [Notation]) throws(Obstacle) -> IndexRange {
    var there = self
    while true {
      do throws(Obstacle) {
        var unbound = there
        unbound.indices[letter] = nil
        _ = try unbound.term(body)
        throw error("nothing says what \(letter) runs over")
      } catch {
        guard case .index(let other, let range?, _) = error else { throw error }
        if other == letter { return range }
        guard rest.contains(where: { $0.symbol == other }) else { throw error }
        there = there.with(other, isTrial ? range.first : nil, in: range)
      }
    }
  }

  /// How many values there are from the first to the upper limit.
  private func extent(_ upper: Notation, from first: Int) throws(Obstacle) -> Extent {
    guard let extent = lexicon.size(upper, plus: 1 - first) else {
      throw error("'\(upper.text)' above a sum; a name or a number is read", at: upper)
    }
    if upper.symbol == "∞" { draft.usesInfinity = true }
    return extent
  }

  // MARK: Lists and matrices

  /// A column, row or matrix; rows that are vectors are stacked.
  func matrix(_ rows: [[Notation]]) throws(Obstacle) -> Term {
    guard !rows.isEmpty else { throw error("an empty matrix") }
    if rows.allSatisfy({ $0.count == 1 }) { return try list(rows.map { $0[0] }) }
    if rows.count == 1 {
      var row = try list(rows[0])
      row.isRow = true
      return row
    }
    let wide = rows.map { Notation(.group($0, .square), $0[0].start, $0[$0.count - 1].end) }
    return try list(wide.map { $0.isAllDots ? Notation(.dots, $0.start, $0.end) : $0 })
  }

  /// Values side by side, with what dots stand for.
  func list(_ items: [Notation]) throws(Obstacle) -> Term {
    let (all, extent) = try expanded(items)
    let terms = try terms(all)
    guard let first = terms.first else { throw error("an empty list") }
    for term in terms where term.rank != first.rank || !zip(term.shape, first.shape).allSatisfy({ $0.join($1) }) {
      throw error("values of shapes \(first.shownShape) and \(term.shownShape) side by side")
    }
    return Term(formula: Formula(.list(terms.map(\.formula))), shape: [extent ?? Extent(terms.count)] + first.shape)
  }

  /// What dots between two items stand for: the items differ in one number, which runs from the first to the last.
  ///
  /// While sizes are unknown the items themselves are enough.
  func expanded(_ items: [Notation]) throws(Obstacle) -> (items: [Notation], extent: Extent?) {
    guard let dots = items.firstIndex(where: { $0.form == .dots }) else { return (items, nil) }
    guard dots > 0, dots + 1 < items.count, !items[(dots + 1)...].contains(where: { $0.form == .dots }) else {
      throw error("dots stand between a first and a last item, once")
    }
    let (before, last) = (items[dots - 1], items[dots + 1])
    guard let series = Series(from: before, to: last) else {
      throw error("what the dots between '\(before.text)' and '\(last.text)' stand for", at: items[dots])
    }
    let first = series.first - (dots - 1)
    let behind = items.count - dots - 2
    guard let extent = lexicon.size(series.last, plus: 1 - first + behind) else {
      throw error("the last item ends at '\(series.last.text)'; a name or a number is read", at: items[dots])
    }
    guard isTrial, let count = draft.used(extent) else { return (items.filter { $0.form != .dots }, extent) }
    let end = first + count - 1 - behind
    var all = items[..<dots].enumerated().filter { first + $0.offset <= end }.map(\.element)
    let next = series.first + 1
    if next <= end { all += (next...end).map(series.item) }
    return (all + items[(dots + 2)...], extent)
  }
}

/// Items that differ in one number.
private struct Series {
  let first: Int
  let last: Notation
  private let template: Notation

  init?(from a: Notation, to b: Notation) {
    var ends: (Int, Notation)?
    guard let template = Series.common(a, b, &ends), let ends else { return nil }
    (self.template, first, last) = (template, ends.0, ends.1)
  }

  func item(_ number: Int) -> Notation { template.replacing("#", with: .number(number)) }

  /// The items with # where they differ.
  private static func common(_ a: Notation, _ b: Notation, _ ends: inout (Int, Notation)?) -> Notation? {
    if a == b { return b }
    let (a, b) = (a.splitDigits(like: b), b.splitDigits(like: a))
    if let first = a.wholeNumber, b.wholeNumber != nil || b.symbol != nil {
      if let ends, ends.0 != first || ends.1 != b { return nil }
      ends = (first, b)
      return .symbol("#")
    }
    let (x, y) = (a.parts, b.parts)
    guard x.count == y.count, !x.isEmpty else { return nil }
    var parts: [Notation] = []
    for (x, y) in zip(x, y) {
      guard let part = common(x, y, &ends) else { return nil }
      parts.append(part)
    }
    // Everything but the parts must be the same.
    func blank(_ notation: Notation) -> Notation { notation.mapParts { _ in Notation(.dots) } }
    guard blank(a) == blank(b) else { return nil }
    var rest = parts.makeIterator()
    return b.mapParts { _ in rest.next()! }
  }
}
