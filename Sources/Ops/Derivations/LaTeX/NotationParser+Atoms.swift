// What factors begin with.

extension NotationParser {
  mutating func atom() throws(ParseError) -> Notation {
    let (token, start) = (current, current.start)
    switch token.kind {
    case .number(let text):
      advance()
      return made(.number(text), from: start)
    case .letter(let name):
      if name == "d", let derivative = try slashDerivative() { return derivative }
      guard name.count > 1, peek(1).isSymbol("("),
        LaTeXVocabulary.functions.contains(name) || Language.functions[name] != nil
      else { return symbol(name, from: start) }
      advance()
      return name == "sqrt" ? try root(from: start) : try function(name, from: start)
    case .symbol("("), .symbol("["), .brace(open: true): return try group()
    case .symbol("{"): return try braces()
    case .symbol("|"):
      return try barred(\.isInBars, "the closing bar of the one at", Notation.Form.bars)
    case .doubleBar:
      return try barred(\.isInNorm, "the closing bars of those at", Notation.Form.norm)
    case .command(let name): return try command(name, from: start)
    case .begin(let name): return try environment(name, from: start)
    case .symbol(".") where peek(1).isSymbol(".") && peek(2).isSymbol("."):
      index += 3
      return made(.dots, from: start)
    case .text(let words) where isNameOfWords(words):
      return symbol(words.filter { !$0.isWhitespace }, from: start)
    default: throw unexpected("a formula")
    }
  }

  /// `W_\text{new}`: a word without blanks.
  private func isNameOfWords(_ words: String) -> Bool {
    let name = words.filter { !$0.isWhitespace }
    return !name.isEmpty && name.allSatisfy { $0.isLetter || $0.isNumber } && name == words.drop(while: \.isWhitespace)
  }

  private mutating func command(_ name: String, from start: Int) throws(ParseError) -> Notation {
    if isFunctionCommand(name) {
      advance()
      return name == "sqrt"
        ? try root(from: start) : try function(LaTeXVocabulary.function(name) ?? name, from: start)
    }
    if let accent = LaTeXVocabulary.accents[name] { return try accented(accent, from: start) }
    if let sign = LaTeXVocabulary.signs[name] { return symbol(sign, from: start) }
    switch name {
    case "frac": return try fraction(from: start)
    case "binom": throw error("binomial coefficients are not read")
    case "partial": return try differential(from: start)
    case "dd":
      return try slashDerivative() ?? symbol("d", from: start)
    case "nabla": return try gradient(from: start)
    case "sum", "prod": return try big(name == "sum" ? .sum : .prod, from: start)
    case "mathbf", "mathrm", "mathcal", "mathbb", "mathfrak", "mathscr", "mathbbm", "rm", "operatorname", "mathop":
      return try styled(name, from: start)
    case "underbrace", "overbrace", "boxed", "underline", "cancel":
      advance()
      let inner = try singleArgument()
      if name.hasSuffix("brace") { _ = try scripts() }
      return inner
    case "dots":
      advance()
      return made(.dots, from: start)
    case "int": throw error("integrals are not read")
    case "arg", "argmin": throw error("arguments of extrema are not read")
    case "langle", "lfloor", "lceil":
      advance()
      let function = ["langle": "⟨⟩", "lfloor": "floor"][name] ?? "ceil"
      return try closed(by: .command("r" + name.dropFirst()), from: start) {
        .function(function, Notation.Scripts(), $0)
      }
    default: throw error("no command '\\\(name)' is known")
    }
  }

  // MARK: Groups

  private mutating func braces() throws(ParseError) -> Notation {
    let start = current.start
    advance()
    let outer = isInCells
    isInCells = false
    defer { isInCells = outer }
    // {a \over b}, also of derivatives.
    if let over = placeOfOver() { return try overFraction(over, from: start) }
    if take("}") { return made(.words(""), from: start) }
    let inner = try expression()
    guard take("}") else { throw unexpected("'}'") }
    return made(.group([inner], .none), from: start)
  }

  /// (a, b), [a, b], \{a, b\}; conditions may stand in them.
  private mutating func group() throws(ParseError) -> Notation {
    let (opening, start) = (current, current.start)
    advance()
    switch opening.kind {
    case .symbol("("): return try closed(by: .symbol(")"), from: start) { .group($0, .round) }
    case .symbol("["): return try closed(by: .symbol("]"), from: start) { .group($0, .square) }
    default: return try closed(by: .brace(open: false), from: start) { .group($0, .curly) }
    }
  }

  mutating func closed(
    by closing: LaTeXToken.Kind, from start: Int, _ form: ([Notation]) -> Notation.Form
  ) throws(ParseError) -> Notation {
    let outer = (isInBars, isInNorm, isInCells)
    (isInBars, isInNorm) = (false, false)
    defer { (isInBars, isInNorm, isInCells) = outer }
    var items: [Notation] = []
    while current.kind != closing {
      items.append(try condition())
      skip(.symbol(","), .symbol(";"), .gap)
      if current.kind != closing, !startsFactor, !current.isSymbol("-"), !current.isSymbol("+"), !isWords, !isDots {
        throw unexpected("the closing bracket of the one at \(span.place(start))")
      }
    }
    advance()
    return made(form(items), from: start)
  }

  private var isWords: Bool { if case .text = current.kind { true } else { false } }
  private var isDots: Bool { current.isSymbol(".") && peek(1).isSymbol(".") }

  /// |…| or ‖…‖, with the same sign on both sides.
  private mutating func barred(
    _ isInside: WritableKeyPath<NotationParser, Bool>, _ closing: String, _ form: (Notation) -> Notation.Form
  ) throws(ParseError) -> Notation {
    let bar = current
    advance()
    let outer = self[keyPath: isInside]
    self[keyPath: isInside] = true
    defer { self[keyPath: isInside] = outer }
    let inner = try expression()
    guard take(bar.kind) else { throw unexpected("\(closing) \(span.place(bar.start))") }
    return made(form(inner), from: bar.start)
  }

  // MARK: Accents and styles

  /// An argument: a group in braces or one token.
  mutating func singleArgument() throws(ParseError) -> Notation {
    let argument = current.isSymbol("{") ? try braces() : try atom()
    return argument.single(in: .none) ?? argument
  }

  private mutating func accented(_ accent: String, from start: Int) throws(ParseError) -> Notation {
    advance()
    let inner = try singleArgument()
    switch inner.form {
    case .symbol(let name): return made(.symbol(name + accent), from: start)
    case .scripts(let base, let below, let above, let primes):
      guard let name = base.symbol else { break }
      return made(.scripts(.symbol(name + accent), below: below, above: above, primes: primes), from: start)
    case .words, .product: return made(.symbol(inner.text + accent), from: start)
    default: break
    }
    throw span.error("an accent over something that is no name", at: start)
  }

  /// `\mathbb{I}[y = k]` is 1 where the condition holds, else 0.
  private mutating func indicator(_ name: String, from start: Int) throws(ParseError) -> Notation {
    let symbol = made(.symbol(name), from: start)
    guard name == "𝕀" || name == "𝟏", startsBracket else { return symbol }
    let condition = try bracketed()
    return made(.function("indicator", Notation.Scripts(), condition), from: start)
  }

  /// Fonts are dropped, but for calligraphic letters: L and \mathcal{L} are two in every text.
  private mutating func styled(_ style: String, from start: Int) throws(ParseError) -> Notation {
    advance()
    let inner = style == "rm" ? try expression() : try singleArgument()
    if let text = inner.plainText {
      if let function = LaTeXVocabulary.function(text) {
        let hasArgument = startsFactor || current.isSymbol("_")
        if text.count > 1, hasArgument || style == "operatorname" { return try self.function(function, from: start) }
      }
      switch style {
      case "mathcal", "mathscr": return made(.symbol(text.inScript), from: start)
      case "mathbb", "mathbbm": return try indicator(LaTeXVocabulary.blackboard[text] ?? text, from: start)
      case "mathbf" where text == "1": return try indicator("𝟏", from: start)
      default: break
      }
      if style == "operatorname" || style == "mathop", text.count > 1 {
        if Language.functions[text] != nil, !isFunction(text) { return try function(text, from: start) }
        guard isFunction(text) else { throw span.error("no function \(text.quoted)", at: start) }
      }
      if style != "mathbf", text.count > 1 || style == "operatorname" { return made(.symbol(text), from: start) }
    }
    return Notation(inner.form, start, inner.end)
  }
}

extension Notation {
  /// Letters and digits side by side.
  fileprivate var plainText: String? {
    switch form {
    case .symbol(let text), .number(let text): text
    case .words(let text): text.filter { !$0.isWhitespace }
    case .product(let a, .adjacent, let b): a.plainText.flatMap { a in b.plainText.map { a + $0 } }
    default: nil
    }
  }
}

extension String {
  /// Calligraphic letters: ℒ for L.
  fileprivate var inScript: String {
    let early: [Character: Character] = [
      "B": "ℬ", "E": "ℰ", "F": "ℱ", "H": "ℋ", "I": "ℐ", "L": "ℒ", "M": "ℳ", "R": "ℛ",
    ]
    return String(
      map { letter in
        if let known = early[letter] { return known }
        guard let code = letter.asciiValue, (65...90).contains(code) else { return letter }
        return Character(Unicode.Scalar(0x1D49C + UInt32(code) - 65)!)
      })
  }
}
