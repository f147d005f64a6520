// What stands above and below the line.

extension NotationParser {
  /// One factor with its scripts, primes and arguments.
  mutating func factor() throws(ParseError) -> Notation {
    let start = current.start
    let atom = try atom()
    var base = attaching(try scripts(), to: atom, from: start)
    // Behind the name of a function its arguments, and what is written above these.
    if let call = try call(of: base, from: start) {
      base = attaching(try scripts(), to: call, from: start)
    }
    while current.isSymbol("^") || current.isSymbol("_") || current.isSymbol("'") {
      base = attaching(try scripts(), to: base, from: start)
    }
    return base
  }

  mutating func attaching(_ scripts: Notation.Scripts, to base: Notation, from start: Int) -> Notation {
    guard scripts != Notation.Scripts() else { return base }
    return made(.scripts(base, below: scripts.below, above: scripts.above, primes: scripts.primes), from: start)
  }

  /// `_{…}`, `^{…}` and primes, each once, in any order.
  ///
  /// - Parameter keepingTranspose: leaves `^T` to whoever is outside.
  mutating func scripts(keepingTranspose: Bool = false) throws(ParseError) -> Notation.Scripts {
    var scripts = Notation.Scripts()
    while true {
      if current.isSymbol("'") || current.isSymbol("\"") {
        scripts.primes += current.isSymbol("'") ? 1 : 2
        advance()
      } else if current.isSymbol("_"), scripts.below == nil {
        advance()
        scripts.below = try script()
      } else if current.isSymbol("^"), scripts.above == nil {
        let mark = index
        advance()
        let above = try script()
        if keepingTranspose, above.isTransposeSign {
          index = mark
          return scripts
        }
        if let primes = above.primes { scripts.primes += primes } else { scripts.above = above }
      } else {
        return scripts
      }
    }
  }

  /// A single token or a group in braces; of `x^23` the whole number, though for LaTeX only the 2 is above.
  private mutating func script() throws(ParseError) -> Notation {
    let start = current.start
    guard take("{") else {
      if let sign = loneSign { return symbol(sign, from: start) }
      return try atom()
    }
    // In a script that names something a lone sign is a sign: W^{*}, f^{+}.
    if peek(1).isSymbol("}"), let sign = loneSign {
      advance()
      return symbol(sign, from: start)
    }
    if let indices = try programIndices() { return made(.indices(indices), from: start) }
    let outer = (isInBars, isInNorm, isInCells)
    (isInBars, isInNorm, isInCells) = (false, false, false)
    defer { (isInBars, isInNorm, isInCells) = outer }
    // A^{\circ 2}: element by element.
    if take(.command("circ")) {
      let exponent = try expression()
      guard take("}") else { throw unexpected("'}'") }
      return made(.product(.symbol("∘"), .compose, exponent), from: start)
    }
    var items: [Notation] = []
    while !current.isSymbol("}") {
      items.append(try condition())
      skip(.symbol(","), .row, .symbol(";"), .gap)
      if isAtEnd { break }
    }
    guard take("}") else { throw unexpected("'}'") }
    return items.count == 1 ? items[0] : made(.group(items, .none), from: start)
  }

  /// `X_{[1:, 0]}`: what programs write in brackets, counted from 0; nil for other scripts in square brackets.
  private mutating func programIndices() throws(ParseError) -> [Formula.Index]? {
    guard current.isSymbol("[") else { return nil }
    let mark = index
    advance()
    var indices: [Formula.Index] = []
    repeat {
      let from = wholeNumber()
      if take(":") {
        indices.append(.range(from, wholeNumber()))
      } else if let from {
        indices.append(.element(from))
      }
    } while take(",")
    if !indices.isEmpty, take("]"), take("}") { return indices }
    index = mark
    return nil
  }

  mutating func wholeNumber() -> Int? {
    guard case .number(let text) = current.kind, let number = Int(text) else { return nil }
    advance()
    return number
  }

  private var loneSign: String? {
    switch current.kind {
    case .symbol("*"), .command("*"), .command("star"): "*"
    case .symbol("+"): "+"
    case .symbol("-"): "-"
    case .command("dagger"): "†"
    default: nil
    }
  }

  /// An expression or relation.
  mutating func condition() throws(ParseError) -> Notation {
    let start = current.start
    if case .text(let words) = current.kind, words.contains(where: \.isLetter) {
      advance()
      return made(.words(words), from: start)
    }
    skip(.text(""))
    var left = try expression()
    while let relation = takeRelation() {
      let right = try expression()
      left = made(.relation(left, relation, right), from: start)
    }
    return left
  }

  /// A sign between the sides of an equation.
  mutating func takeRelation() -> String? {
    guard let relation = relation(current.kind) else { return nil }
    if current.isSymbol(":") {
      guard peek(1).isSymbol("=") else { return nil }
      advance()
    }
    if current.isSymbol("<") || current.isSymbol(">"), peek(1).isSymbol("=") {
      defer { advance(); advance() }
      return current.isSymbol("<") ? "≤" : "≥"
    }
    advance()
    return relation
  }

  func relation(_ kind: LaTeXToken.Kind) -> String? {
    switch kind {
    case .symbol("="): "="
    case .symbol("<"): "<"
    case .symbol(">"): ">"
    case .symbol(":"): ":="
    case .command("not"): "≠"
    case .command(let name): LaTeXVocabulary.relations[name]
    default: nil
    }
  }
}

extension Notation {
  /// `\prime`, `\prime\prime`
  fileprivate var primes: Int? {
    switch form {
    case .symbol("prime"): 1
    case .product(let a, .adjacent, let b): a.primes.flatMap { a in b.primes.map { a + $0 } }
    default: nil
    }
  }
}
