// Derivatives as terms of claims: `2*dL/da`, `dC/dp*dp/dq`, `d(x*y)/dx`.

extension Parser {
  /// The derivative that starts here; nil, with nothing taken, where something else does.
  mutating func derivative() throws(ParseError) -> Formula? {
    guard let scope = differentiable else { return nil }
    if let derivative = try derivativeOfName(scope.names) { return derivative }
    return try derivativeOfFormula(scope)
  }

  /// `dc/dw`, `∂²c/∂w∂b`
  private mutating func derivativeOfName(_ known: Set<String>) throws(ParseError) -> Formula? {
    guard isMark(current), let bar = (1...4).first(where: { peek($0).isSymbol("/") }) else { return nil }
    let above = (0..<bar).map { peek($0) }
    guard above.allSatisfy(isPartOfName) else { return nil }
    // A second derivative has a longer denominator; what is no derivative with it may be one without.
    for order in [2, 1] {
      guard let count = denominatorLength(from: bar + 1, order) else { continue }
      let tokens = above + (bar...bar + count).map { peek($0) }
      guard let found = try Derivative(tokens: tokens, source, known), found.by.count == order else { continue }
      return try take(tokens.count, Formula(.name(found.of), at: here), found.by)
    }
    return nil
  }

  /// `d(x*y)/dx`, `∂²(x·y)/∂x∂y`
  private mutating func derivativeOfFormula(_ scope: Scope) throws(ParseError) -> Formula? {
    guard let (order, length) = markBeforeBracket, !scope.isFunction(current.text) else { return nil }
    guard let bar = closing(length).map({ $0 + 1 }), peek(bar).isSymbol("/") else { return nil }
    guard let count = denominatorLength(from: bar + 1, order) else { return nil }
    let below = (bar + 1...bar + count).map { peek($0) }
    let place = location(of: below[0])
    guard let by = try Derivative.names(below: below[...], order: order, scope.names, at: place) else { return nil }
    let (start, opened) = (here, peek(length))
    advance(by: length + 1)
    let of = try expression(.sum)
    try close(")", opened: opened)
    return try take(1 + count, of, by, at: start)
  }

  /// Where the bracket is closed that is opened there.
  private func closing(_ opening: Int) -> Int? {
    var (place, depth) = (opening, 0)
    while peek(place).kind != .end {
      if peek(place).isSymbol("(") { depth += 1 }
      if peek(place).isSymbol(")") { depth -= 1 }
      if depth == 0 { return place }
      place += 1
    }
    return nil
  }

  private mutating func take(
    _ count: Int, _ of: Formula, _ by: [String], at start: Location? = nil
  ) throws(ParseError) -> Formula {
    let start = start ?? here
    advance(by: count)
    guard !current.isPower else {
      throw here.error("a power of a derivative is written (dc/dw)^2", found: current.shown)
    }
    return Formula(.derivative(of, by: by.map { Formula(.name($0), at: start) }), at: start)
  }

  /// Order and length of `d`, `∂`, `d2`, `∂²` in front of a bracket.
  private var markBeforeBracket: (order: Int, length: Int)? {
    let isDerivative = current.isSymbol("∂") || current.kind == .name("d")
    if isDerivative, peek(1).isSymbol("(") { return (1, 1) }
    if isDerivative, peek(1).kind == .superscript(2), peek(2).isSymbol("(") { return (2, 2) }
    return current.kind == .name("d2") && peek(1).isSymbol("(") ? (2, 1) : nil
  }

  /// How many tokens `dw`, `∂w` or, for a second derivative, `dwdb`, `∂w∂b`, `dw2`, `∂w²`, `dw^2` are; nil for none of them.
  private func denominatorLength(from start: Int, _ order: Int) -> Int? {
    guard let end = endOfDifferential(start) else { return nil }
    guard order == 2 else { return end - start }
    if peek(end).kind == .superscript(2) { return end + 1 - start }
    if peek(end).isSymbol("^"), peek(end + 1).kind == .number(2) { return end + 2 - start }
    return (endOfDifferential(end) ?? end) - start
  }

  private func endOfDifferential(_ start: Int) -> Int? {
    if peek(start).isSymbol("∂"), case .name = peek(start + 1).kind { return start + 2 }
    return isMark(peek(start)) && !peek(start).isSymbol("∂") ? start + 1 : nil
  }

  private func isMark(_ token: Token) -> Bool {
    if case .name(let name) = token.kind { return name.hasPrefix("d") }
    return token.isSymbol("∂")
  }

  private func isPartOfName(_ token: Token) -> Bool {
    switch token.kind {
    case .name, .number, .superscript: true
    default: token.isSymbol("∂") || token.isSymbol("^")
    }
  }
}
