// Fractions, derivatives and gradients.

extension NotationParser {
  mutating func fraction(from start: Int) throws(ParseError) -> Notation {
    advance()
    // \frac12 is one half.
    if case .number(let digits) = current.kind, digits.count == 2, digits.allSatisfy(\.isASCIIDigit) {
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
    var depth = 0
    repeat {
      if current.isSymbol("{") { depth += 1 }
      if current.isSymbol("}") { depth -= 1 }
      guard !isAtEnd else { throw unexpected("'}'") }
      advance()
    } while depth > 0
    return first + 1..<index - 1
  }

  /// Where `\over` stands in the group that begins here.
  func placeOfOver() -> Int? {
    var (depth, place) = (0, index)
    while place < tokens.count {
      if tokens[place].isSymbol("{") { depth += 1 }
      if tokens[place].isSymbol("}") {
        if depth == 0 { return nil }
        depth -= 1
      }
      if depth == 0, tokens[place].isCommand("over") { return place }
      place += 1
    }
    return nil
  }

  mutating func overFraction(_ over: Int, from start: Int) throws(ParseError) -> Notation {
    let above = index..<over
    var (depth, place) = (0, over + 1)
    while place < tokens.count, depth > 0 || !tokens[place].isSymbol("}") {
      if tokens[place].isSymbol("{") { depth += 1 }
      if tokens[place].isSymbol("}") { depth -= 1 }
      place += 1
    }
    guard place < tokens.count else { throw unexpected("'}'") }
    index = place + 1
    return try fraction(above, over + 1..<place, from: start)
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
  fileprivate func parsed(_ range: Range<Int>) throws(ParseError) -> Notation {
    var inner = inner(range)
    let notation = try inner.expression()
    guard inner.isAtEnd else { throw inner.unexpected("an operator or '}'") }
    return notation
  }

  private func inner(_ range: Range<Int>) -> NotationParser {
    let end = tokens[min(range.upperBound, tokens.count - 1)].start
    let finish = LaTeXToken(kind: .finish, start: end, end: end)
    return NotationParser(span, Array(tokens[range]) + [finish], isFunction: isFunction)
  }

  /// What an operator such as `d/dx` acts on: a bracket, a call with what is multiplied by juxtaposition, a product.
  private mutating func operand() throws(ParseError) -> Notation? {
    guard startsFactor else { return nil }
    let start = current.start
    if current.isSymbol("(") || current.isSymbol("[") || current.kind == .brace(open: true) { return try factor() }
    var product = try factor()
    while startsFactor {
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
    var rest = first + 1
    var order = 1
    if rest < range.upperBound, parser.tokens[rest].isSymbol("^") {
      var digits = rest + 1
      if digits < range.upperBound, parser.tokens[digits].isSymbol("{") { digits += 1 }
      guard digits < range.upperBound, case .number(let text) = parser.tokens[digits].kind, let value = Int(text) else {
        return nil
      }
      order = value
      rest = digits + 1
      if rest < range.upperBound, parser.tokens[rest].isSymbol("}") { rest += 1 }
    }
    self.order = order
    name = nil
    guard rest < range.upperBound else { return }
    if parser.tokens[rest].isOperator { return nil }
    name = try parser.parsed(rest..<range.upperBound)
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
    guard let below else { return (base, order) }
    return (Notation(.scripts(base, below: below, above: nil, primes: 0), start, end), order)
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
    guard current.isSymbol("/"), index + 1 < tokens.count, isDifferentialSign(index + 1) else {
      return made(.differential(name), from: start)
    }
    guard let derivative = try derivativeOnTheLine(first, from: start) else {
      return made(.differential(name), from: start)
    }
    return derivative
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
    defer { if index == first + 1 { index = first } }
    if take("^") { _ = try atom() }
    if !current.isSymbol("/") {
      guard (try? factor()) != nil else {
        index = first
        return nil
      }
    }
    guard current.isSymbol("/"), isDifferentialSign(index + 1),
      let derivative = try derivativeOnTheLine(first, from: start)
    else {
      index = first
      return nil
    }
    return derivative
  }

  /// Reads on behind the `/`; what stands above it are the tokens from `first`.
  private mutating func derivativeOnTheLine(_ first: Int, from start: Int) throws(ParseError) -> Notation? {
    let slash = index
    var names: [Notation] = []
    advance()
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
    if base.form.canBeNamed {
      let names = try self.scripts(keepingTranspose: true)
      if names != Notation.Scripts() {
        base = made(.scripts(base, below: names.below, above: names.above, primes: names.primes), from: inner)
      }
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

extension Notation.Form {
  var canBeNamed: Bool { if case .symbol = self { true } else { false } }
}
