/// Turns LaTeX mathematics into tokens.
///
/// Commands for sizes, spaces and styles are passed over, Greek letters become letters, and Unicode mathematics is read as
/// the commands that it stands for: `∂` as `\partial`, `x²` as `x^{2}`.
struct LaTeXLexer {
  /// In declarations people write words as in programs: `exp(x)` is a call there, in LaTeX a product of four letters.
  let wordsAreNames: Bool
  private let span: MathSpan
  private let characters: [Character]
  private var position = 0
  private var tokens: [LaTeXToken] = []
  /// How much the commands of the document came to, which may call one another.
  private var expansions = 0
  private var depth = 0

  /// In a declaration with commands words are functions where brackets follow.
  private let isDeclaration: Bool

  static func tokens(of span: MathSpan, isDeclaration: Bool = false) throws(ParseError) -> [LaTeXToken] {
    var lexer = LaTeXLexer(span, isDeclaration)
    try lexer.read()
    return lexer.tokens
  }

  private init(_ span: MathSpan, _ isDeclaration: Bool) {
    (self.span, self.isDeclaration) = (span, isDeclaration)
    wordsAreNames = isDeclaration && !span.text.contains("\\")
    characters = Array(span.text)
  }

  private mutating func read() throws(ParseError) {
    while position < characters.count { try token() }
    add(.finish, from: position)
  }

  private mutating func add(_ kind: LaTeXToken.Kind, from start: Int) {
    tokens.append(LaTeXToken(kind: kind, start: start, end: position))
  }

  private mutating func token() throws(ParseError) {
    let (start, character) = (position, characters[position])
    if character == "\\" { return try command() }
    if character == "%" { return skip { !$0.isNewline } }
    position += 1
    if character.isWhitespace || character == "~" || character == "$" { return }
    if character.isDigit || (character == "." && peek?.isDigit == true) { return number(from: start) }
    if let name = LaTeXVocabulary.commands[character] { return try command(name, from: start) }
    if let raised = character.superscript { return superscript(raised, from: start) }
    if ("₀"..."₉").contains(character), let lowered = character.wholeNumberValue {
      return spelled([.symbol("_"), .symbol("{"), .number("\(lowered)"), .symbol("}")], from: start)
    }
    if character == "ᵀ" { return spelled([.symbol("^"), .command("top")], from: start) }
    if character.isLetter || character == "_" && wordsAreNames && (start == 0 || !characters[start - 1].isLetter) {
      return letter(from: start)
    }
    guard LaTeXVocabulary.symbols.contains(character) else {
      throw span.error("nothing is known of the sign \(String(character).quoted)", at: start)
    }
    add(.symbol(LaTeXVocabulary.spelling[character] ?? character), from: start)
  }

  private var peek: Character? { peek(0) }
  private func peek(_ distance: Int) -> Character? {
    position + distance < characters.count ? characters[position + distance] : nil
  }

  private mutating func spelled(_ kinds: [LaTeXToken.Kind], from start: Int) {
    for kind in kinds { add(kind, from: start) }
  }

  private mutating func skip(while isSkipped: (Character) -> Bool) {
    while let next = peek, isSkipped(next) { position += 1 }
  }

  private mutating func number(from start: Int) {
    while let next = peek,
      next.isDigit || (next == "." && peek(1)?.isDigit == true && !characters[start..<position].contains("."))
    {
      position += 1
    }
    if wordsAreNames, isExponent { position += 2 }
    while wordsAreNames, characters[start..<position].contains("e"), peek?.isDigit == true { position += 1 }
    add(.number(String(characters[start..<position])), from: start)
  }

  private var isExponent: Bool {
    peek == "e" && (peek(1) == "-" || peek(1) == "+") && peek(2)?.isDigit == true
  }

  private mutating func letter(from start: Int) {
    if wordsAreNames {
      skip { ($0.isLetter || $0.isDigit) && $0.superscript == nil && $0 != "ᵀ" }
      // A word that is subscripted with another: the whole word belongs to it.
      if tokens.last?.isSymbol("_") == true {
        let word = String(characters[start..<position])
        return spelled([.symbol("{"), .letter(word), .symbol("}")], from: start)
      }
    }
    if isDeclaration, !wordsAreNames { takeFunctionWord(from: start) }
    add(.letter(String(characters[start..<position])), from: start)
  }

  private mutating func takeFunctionWord(from start: Int) {
    let word = characters[start...].prefix(while: \.isLetter)
    guard characters[word.endIndex...].first == "(", Language.functions[String(word)] != nil else { return }
    position = word.endIndex
  }

  /// `x²³` is one exponent, and so is `x⁻¹`.
  private mutating func superscript(_ first: Character, from start: Int) {
    var digits = String(first)
    while let next = peek?.superscript { digits.append(next); position += 1 }
    let sign = digits.hasPrefix("-") ? [LaTeXToken.Kind.symbol("-")] : []
    spelled([.symbol("^"), .symbol("{")] + sign + [.number(digits.filter { $0 != "-" }), .symbol("}")], from: start)
  }
}

// MARK: - Commands

extension LaTeXLexer {
  private mutating func command() throws(ParseError) {
    let start = position
    position += 1
    guard let next = peek else { throw span.error("a backslash with nothing behind it", at: start) }
    guard next.isASCII, next.isLetter else { return try sign(next, from: start) }
    skip { $0.isASCII && $0.isLetter }
    let name = String(characters[start + 1..<position])
    if let macro = span.macros[name] { return try expand(macro, name, from: start) }
    if peek == "*" { position += LaTeXVocabulary.starred.contains(name) ? 1 : 0 }
    try command(LaTeXVocabulary.aliases[name] ?? name, from: start)
  }

  /// The tokens of a command that the document defines stand where it stands.
  private mutating func expand(_ macro: Macro, _ name: String, from start: Int) throws(ParseError) {
    var text = macro.body
    for number in 0..<macro.argumentCount {
      text = text.replacing("#\(number + 1)", with: try argument(of: name, from: start))
    }
    expansions += 1 + text.count
    guard expansions < 10_000, depth < 30 else {
      throw span.error("'\\\(name)' is too long when written out", at: start)
    }
    var inner = LaTeXLexer(
      MathSpan(text, at: span.place(start), isDisplay: span.isDisplay, macros: span.macros), isDeclaration)
    (inner.expansions, inner.depth) = (expansions, depth + 1)
    try inner.read()
    expansions = inner.expansions
    for token in inner.tokens.dropLast() { add(token.kind, from: start) }
  }

  private mutating func command(_ name: String, from start: Int) throws(ParseError) {
    if LaTeXVocabulary.ignored.contains(name) { return }
    if LaTeXVocabulary.gaps.contains(name) { return add(.gap, from: start) }
    if let letter = LaTeXVocabulary.letters[name] { return add(.letter(letter), from: start) }
    switch name {
    case "begin", "end":
      let environment = try argument(of: name, from: start).filter { $0 != "*" }
      if name == "begin", environment == "array" || environment == "alignedat" { _ = optionalArgument() }
      add(name == "begin" ? .begin(environment) : .end(environment), from: start)
    case "text", "textrm", "textbf", "textit", "mbox", "textnormal", "intertext":
      try words(argument(of: name, from: start), from: start)
    case "tag": add(.tag(try argument(of: name, from: start)), from: start)
    case "label", "vspace", "hspace", "phantom", "color", "ref", "eqref", "cite":
      _ = try argument(of: name, from: start)
    case "left", "right", "middle": delimiter()
    case "lVert", "rVert", "Vert": add(.doubleBar, from: start)
    case "lvert", "rvert", "vert", "mid": add(.symbol("|"), from: start)
    case "lbrace": add(.brace(open: true), from: start)
    case "rbrace": add(.brace(open: false), from: start)
    case "lbrack": add(.symbol("["), from: start)
    case "rbrack": add(.symbol("]"), from: start)
    case "newline", "cr": add(.row, from: start)
    default: add(.command(name), from: start)
    }
  }

  /// `\left.` and `\right.` show nothing.
  private mutating func delimiter() {
    skip { $0 == " " }
    if peek == "." { position += 1 }
  }

  private mutating func sign(_ sign: Character, from start: Int) throws(ParseError) {
    position += 1
    switch sign {
    case "\\":
      add(.row, from: start)
      skip { $0 == " " }
      if peek == "[", peek(1)?.isNumber == true { _ = optionalArgument("[", "]") }
    case "{": add(.brace(open: true), from: start)
    case "}": add(.brace(open: false), from: start)
    case "|": add(.doubleBar, from: start)
    case ",", "!", ":", ">", ";", " ", "/", "\n", "(", ")", "[", "]": break
    case "_", "&", "%", "#", "$": add(.symbol(sign), from: start)
    default: throw span.error("no command '\\\(sign)'", at: start)
    }
  }

  /// The text in braces behind a command.
  private mutating func argument(of name: String, from start: Int) throws(ParseError) -> String {
    skip { $0.isWhitespace || $0 == "*" }
    guard let text = optionalArgument() else { throw span.error("'{' is missing behind '\\\(name)'", at: start) }
    return text
  }

  private mutating func optionalArgument(_ open: Character = "{", _ close: Character = "}") -> String? {
    guard peek == open else { return nil }
    var (end, depth) = (position, 0)
    while end < characters.count {
      if characters[end] == open { depth += 1 }
      if characters[end] == close { depth -= 1 }
      if depth == 0 { break }
      end += 1
    }
    guard end < characters.count else { return nil }
    defer { position = end + 1 }
    return String(characters[position + 1..<end])
  }

  /// Words between formulas are words; a word for a function is that function, a single letter is a letter.
  private mutating func words(_ text: String, from start: Int) throws(ParseError) {
    let word = text.filter { !$0.isWhitespace && $0 != "$" }
    if let function = LaTeXVocabulary.function(word) { return add(.command(function), from: start) }
    let isName = word.count == 1 && word.allSatisfy { $0.isLetter && $0.isASCII }
    add(isName ? .letter(word) : .text(text), from: start)
  }
}
