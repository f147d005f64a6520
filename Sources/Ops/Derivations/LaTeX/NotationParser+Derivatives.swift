// Fractions, derivatives and gradients.

extension NotationParser {
  mutating func fraction(from start: Int) throws(ParseError) -> Notation {
    advance()
    // \frac12 is one half.
    if case .number(let digits) = current.kind, digits.count == 2, digits.allSatisfy(\.isDigit) {
      advance()
      return made(.fraction(Notation(.number("\(digits.first!)")), Notation(.number("\(digits.last!)"))), from: start)
    }
    let (above, below) = (try tokensOfArgument(), try tokensOfArgument())
    return try fraction(above, below, from: start)
  }

  /// The tokens of one argument, a group or a single token.
  private mutating func tokensOfArgument() throws(ParseError) -> Range<Int> {
    let first = index
    guard current.isSymbol("{") else {
      _ = try atom()
      return first..<index
    }
    index = place(from: first + 1) { $0.isSymbol("}") } ?? tokens.count - 1
    guard take("}") else { throw unexpected("'}'") }
    return first + 1..<index - 1
  }

  /// The next place in the same braces where a token stands that is looked for; the closing brace is the last of them.
  private func place(from start: Int, where isMeant: (LaTeXToken) -> Bool) -> Int? {
    var depth = 0
    for place in start..<tokens.count {
      if depth == 0, isMeant(tokens[place]) { return place }
      if tokens[place].isSymbol("{") { depth += 1 }
      if tokens[place].isSymbol("}") { depth -= 1 }
      if depth < 0 { return nil }
    }
    return nil
  }

  /// Where `\over` stands in the group that begins here.
  func placeOfOver() -> Int? { place(from: index) { $0.isCommand("over") } }

  mutating func overFraction(_ over: Int, from start: Int) throws(ParseError) -> Notation {
    let above = index..<over
    guard let close = place(from: over + 1, where: { $0.isSymbol("}") }) else { throw unexpected("'}'") }
    index = close + 1
    return try fraction(above, over + 1..<close, from: start)
  }

  private mutating func fraction(
    _ above: Range<Int>, _ below: Range<Int>, from start: Int
  ) throws(ParseError) -> Notation {
    guard let names = try differentials(below), var numerator = try Differential(above, of: self) else {
      let (a, b) = (try parsed(above), try parsed(below))
      return made(.fraction(a, b), from: start)
    }
    guard let by = numerator.names(below: names) else {
      throw span.error("a derivative of order \(numerator.order) by \(counted(names.count, "name"))", at: start)
    }
    if numerator.name == nil { numerator.name = try operand() }
    return made(.derivative(of: numerator.name, by: by), from: start)
  }

  /// The whole of some tokens as one expression.
  private func parsed(_ range: Range<Int>) throws(ParseError) -> Notation {
    var inner = inner(range)
    return try inner.whole()
  }

  fileprivate mutating func whole() throws(ParseError) -> Notation {
    let notation = try expression()
    guard isAtEnd else { throw unexpected("an operator or '}'") }
    return notation
  }

  fileprivate func inner(_ range: Range<Int>) -> NotationParser {
    let end = tokens[min(range.upperBound, tokens.count - 1)].start
    let finish = LaTeXToken(kind: .finish, start: end, end: end)
    return NotationParser(span, Array(tokens[range]) + [finish], isFunction: isFunction)
  }

  /// What an operator such as `d/dx` acts on: a bracket, a call with what is multiplied by juxtaposition, a product.
  private mutating func operand() throws(ParseError) -> Notation? {
    guard startsFactor else { return nil }
    let start = current.start
    let isBracketed = startsBracket
    var product = try factor()
    while !isBracketed, startsFactor {
      let right = try factor()
      product = made(.product(product, .adjacent, right), from: start)
    }
    return product
  }

  /// The names below the line: `∂w`, `∂x ∂y`, `∂x^2`; nil if these are no differentials.
  private func differentials(_ range: Range<Int>) throws(ParseError) -> [Notation]? {
    var (names, place) = ([Notation](), range.lowerBound)
    while place < range.upperBound {
      guard isDifferentialSign(place), place + 1 < range.upperBound, !tokens[place + 1].isOperator else { return nil }
      var inner = inner(place + 1..<range.upperBound)
      names.append(try inner.factor())
      place += 1 + inner.index
    }
    return names.isEmpty || names.count > 4 ? nil : names
  }

  func isDifferentialSign(_ place: Int) -> Bool {
    tokens[place].isCommand("partial") || tokens[place].kind == .letter("d") || tokens[place].isCommand("dd")
  }
}

/// `∂C`, `∂²f`, `d`: what stands above the line.
private struct Differential {
  let order: Int
  var name: Notation?

  /// nil if the tokens are no differential.
  init?(_ range: Range<Int>, of parser: NotationParser) throws(ParseError) {
    guard let first = range.first, parser.isDifferentialSign(first) else { return nil }
    var rest = parser.inner(first + 1..<range.upperBound)
    var written: Int? = 1
    if rest.take("^") {
      let isInBraces = rest.take("{")
      written = rest.wholeNumber()
      if isInBraces { rest.skip(.symbol("}")) }
    }
    guard let order = written, !rest.current.isOperator else { return nil }
    self.order = order
    name = rest.isAtEnd ? nil : try rest.whole()
  }

  /// As many names as the order says: `∂x^2` is x twice in a second derivative, and the name x² in a first one.
  func names(below: [Notation]) -> [Notation]? {
    if below.count == order { return below }
    let split = below.flatMap { name in
      let (base, order) = name.splitOrder
      return [Notation](repeating: base, count: order)
    }
    return split.count == order ? split : nil
  }
}

extension LaTeXToken {
  fileprivate var isOperator: Bool {
    switch kind {
    case .symbol(let symbol): "+-*/^=<>)],".contains(symbol)
    case .command(let name): ["cdot", "times", "odot", "circ"].contains(name)
    default: false
    }
  }
}

extension Notation {
  /// `x^2` below the line: x twice. `w^\ell` is a name.
  fileprivate var splitOrder: (Notation, Int) {
    guard case .scripts(let base, let below, let above?, 0) = form, case .number(let text) = above.unbracketed.form,
      let order = Int(text), (2...4).contains(order)
    else { return (self, 1) }
    return (base.scripted(below: below, above: nil, at: self), order)
  }
}

// MARK: - On the line

extension NotationParser {
  /// `\partial C / \partial w`, or `∂w` by itself.
  mutating func differential(from start: Int) throws(ParseError) -> Notation {
    let first = index
    advance()
    if take("^") { _ = try atom() }
    let name = try factor()
    return try derivativeOnTheLine(first, from: start) ?? made(.differential(name), from: start)
  }

  /// `dC/dw`, where d is followed by a name; else nil, and d is a letter.
  mutating func slashDerivative() throws(ParseError) -> Notation? {
    let (first, start) = (index, current.start)
    switch peek(1).kind {
    case .letter, .command("mathbf"): break
    case .symbol("^"): guard case .number = peek(2).kind else { return nil }
    case .command(let name): guard LaTeXVocabulary.accents[name] != nil else { return nil }
    case .symbol("/"): break
    default: return nil
    }
    advance()
    if take("^") { _ = try atom() }
    if current.isSymbol("/") || (try? factor()) != nil, let derivative = try derivativeOnTheLine(first, from: start) {
      return derivative
    }
    index = first
    return nil
  }

  /// Reads on behind the `/`, if one stands here; what stands above it are the tokens from `first`.
  private mutating func derivativeOnTheLine(_ first: Int, from start: Int) throws(ParseError) -> Notation? {
    let slash = index
    var names: [Notation] = []
    guard take("/") else { return nil }
    while isDifferentialSign(index), !peek(1).isOperator, peek(1).kind != .finish {
      advance()
      names.append(try factor())
    }
    guard !names.isEmpty, var above = try Differential(first..<slash, of: self), let by = above.names(below: names)
    else {
      index = slash
      return nil
    }
    if above.name == nil { above.name = try operand() }
    return made(.derivative(of: above.name, by: by), from: start)
  }

  /// `\nabla_w^2 f(w)`: binds tighter than a transpose behind it.
  mutating func gradient(from start: Int) throws(ParseError) -> Notation {
    advance()
    let scripts = try scripts()
    var order = 1
    if let above = scripts.above {
      guard let value = above.wholeNumber, (1...2).contains(value) else {
        throw span.error("expected '2' above '\\nabla', for the Hessian", at: start)
      }
      order = value
    }
    guard startsFactor else { return made(.gradient(of: .symbol(""), by: scripts.below, order: order), from: start) }
    let (first, inner) = (index, current.start)
    var base = try atom()
    if base.symbol != nil {
      base = attaching(try self.scripts(keepingTranspose: true), to: base, from: inner)
      if let call = try call(of: base, from: inner, always: true) { base = call }
    }
    // \nabla_x x^T A x: the gradient of x alone is not meant, nor that of a number.
    if let by = scripts.below, base.isPrefix || base == by {
      index = first
      base = try operand() ?? base
    }
    return made(.gradient(of: base, by: scripts.below, order: order), from: start)
  }
}

extension Notation {
  fileprivate var isPrefix: Bool {
    switch form {
    case .number, .fraction: true
    default: false
    }
  }
}
