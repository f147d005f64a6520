/// A word of the language with its place.
struct Token {
  enum Kind: Equatable {
    case number(Double)
    case name(String)
    /// `²`, `¹⁰`, `⁻¹`: an exponent.
    case superscript(Double)
    /// Operators and punctuation, in one spelling each: `·` and `×` are "*", `**` is "^", `ᵀ` is "'".
    case symbol(String)
    /// What stands between two quotation marks.
    case text(String)
    /// The end of a line outside brackets.
    case newline
    case end
  }

  let kind: Kind
  /// As it stands in the source.
  let text: String
  let offset: Int

  /// nil for what is no name.
  var name: String? { if case .name(let name) = kind { name } else { nil } }

  func isSymbol(_ symbol: String) -> Bool { kind == .symbol(symbol) }

  /// Whether it raises what stands before it.
  var isPower: Bool { if case .superscript = kind { true } else { isSymbol("^") } }

  /// For "found …" in messages.
  var shown: String {
    switch kind {
    case .newline: "the end of the line"
    case .end: "the end of the text"
    default: text.quoted
    }
  }
}

/// Cuts a text into tokens, in one pass over its characters.
struct Lexer {
  /// A longer line is a data file by mistake: it is refused before anything is done with it.
  static let longestLine = 100_000

  private let source: SourceText
  private let characters: [Character]
  private var position = 0
  /// Inside brackets a line may end without ending the statement.
  private var openBrackets = 0

  static func tokens(of source: SourceText) throws(ParseError) -> [Token] {
    try checkLineLength(of: source)
    var lexer = Lexer(source)
    var tokens: [Token] = []
    repeat {
      tokens.append(try lexer.token())
    } while tokens.last!.kind != .end
    return tokens
  }

  private init(_ source: SourceText) {
    self.source = source
    characters = Array(source.text)
  }

  private static func checkLineLength(of source: SourceText) throws(ParseError) {
    let text = source.text
    for line in text.utf8.split(separator: UInt8(ascii: "\n")) where line.count > longestLine {
      let offset = text.distance(from: text.startIndex, to: line.startIndex)
      throw Location(source: source, offset: offset).error("a line longer than \(longestLine) bytes")
    }
  }

  private mutating func token() throws(ParseError) -> Token {
    skipBlanksAndComments()
    guard position < characters.count else { return take(0, .end) }
    let character = characters[position]
    if character.isNewline { return take(1, .newline) }
    if character.isDigit || (character == "." && peek(1)?.isDigit == true) { return try number() }
    if character.superscript != nil { return try superscript() }
    if character.isNameStart { return name() }
    if character == "\"" { return try quotation() }
    return try symbol(character)
  }

  private mutating func take(_ length: Int, _ kind: Token.Kind) -> Token {
    let text = String(characters[position..<position + length])
    defer { position += length }
    return Token(kind: kind, text: text, offset: position)
  }

  private func peek(_ distance: Int) -> Character? {
    position + distance < characters.count ? characters[position + distance] : nil
  }

  private func error(_ message: String, found: String, suggestion: String? = nil) -> ParseError {
    Location(source: source, offset: position).error(message, found: found, suggestion: suggestion)
  }

  /// A byte order mark, which some editors put at the start, counts as a blank.
  private mutating func skipBlanksAndComments() {
    while position < characters.count {
      let character = characters[position]
      if character == "#" {
        while position < characters.count, !characters[position].isNewline { position += 1 }
      } else if character.isNewline ? openBrackets > 0 : character.isWhitespace || character == "\u{FEFF}" {
        position += 1
      } else {
        return
      }
    }
  }

  /// `12`, `1.5`, `.5`, `1e-3`. An `e` without digits behind it is the start of a name.
  private mutating func number() throws(ParseError) -> Token {
    var length = digits(from: 0)
    // The limits of `1...n` are two numbers.
    if peek(length) == ".", peek(length + 1) != "." { length = digits(from: length + 1) }
    if peek(length) == "e" || peek(length) == "E" {
      let sign = peek(length + 1) == "-" || peek(length + 1) == "+" ? 1 : 0
      let end = digits(from: length + 1 + sign)
      if end > length + 1 + sign { length = end }
    }
    let text = String(characters[position..<position + length])
    return take(length, .number(try value(of: text, as: text)))
  }

  private func digits(from start: Int) -> Int {
    var end = start
    while peek(end)?.isDigit == true { end += 1 }
    return end
  }

  private func value(of digits: String, as text: String) throws(ParseError) -> Double {
    guard let value = Double(digits), value.isFinite else {
      throw error("the number \(text.quoted) is larger than the largest one, 1.8e308", found: text.quoted)
    }
    return value
  }

  private mutating func superscript() throws(ParseError) -> Token {
    var length = 1
    while peek(length)?.superscript?.isDigit == true { length += 1 }
    let text = String(characters[position..<position + length])
    let digits = String(text.map { $0.superscript! })
    if digits == "-" {
      throw error("a superscript minus without a number", found: text.quoted)
    }
    return take(length, .superscript(try value(of: digits, as: text)))
  }

  private mutating func name() -> Token {
    var length = 1
    while peek(length)?.isNamePart == true { length += 1 }
    return take(length, .name(String(characters[position..<position + length])))
  }

  private mutating func quotation() throws(ParseError) -> Token {
    var length = 1
    while let next = peek(length), next != "\"", !next.isNewline { length += 1 }
    guard peek(length) == "\"" else { throw error("no '\"' ends this text before its line does", found: "'\"'") }
    return take(length + 1, .text(String(characters[position + 1..<position + length])))
  }

  private mutating func symbol(_ character: Character) throws(ParseError) -> Token {
    if let next = peek(1), "<>=!".contains(character), next == "=" {
      return take(2, .symbol(String([character, next])))
    }
    // As programmers write powers.
    if character == "*", peek(1) == "*" { return take(2, .symbol("^")) }
    if character == "~", peek(1) == "=" { return take(2, .symbol("≈")) }
    if character == ".", peek(1) == ".", peek(2) == "." || peek(2) == "<" {
      return take(3, .symbol(peek(2) == "." ? "..." : "..<"))
    }
    guard let symbol = Self.symbols[character] else {
      let shown = String(character).quoted
      throw error("unexpected character \(shown)", found: shown, suggestion: character.asciiLookalike)
    }
    if "([{".contains(character) { openBrackets += 1 }
    if ")]}".contains(character) { openBrackets = max(0, openBrackets - 1) }
    return take(1, .symbol(symbol))
  }

  /// Every symbol of one character, also as it comes from a paper or a word processor.
  private static let symbols: [Character: String] = {
    var symbols = [Character: String](
      uniqueKeysWithValues: "+-*/@⊙^()[]{},;:=<>'∂≈".map { ($0, String($0)) })
    let synonyms = [
      ("·×⋅", "*"), ("÷", "/"), ("−", "-"), ("ᵀ", "'"), ("≤", "<="), ("≥", ">="), ("≠", "!="), ("…", "..."),
    ]
    for (spellings, symbol) in synonyms {
      for spelling in spellings { symbols[spelling] = symbol }
    }
    return symbols
  }()
}

extension Character {
  /// The digits of numbers are the ASCII ones; names take digits of any script.
  var isDigit: Bool { isASCII && isWholeNumber }

  /// Letters of any script. `ᵀ` counts as a letter in Unicode, here it transposes.
  var isNameStart: Bool { (isLetter || self == "_") && self != "ᵀ" && superscript == nil }

  var isNamePart: Bool { isNameStart || (isWholeNumber && superscript == nil) }

  /// The character that a superscript raises: `²` is 2.
  var superscript: Character? { isASCII ? nil : Self.superscripts[self] }

  private static let superscripts: [Character: Character] = Dictionary(
    uniqueKeysWithValues: zip("⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "0123456789-"))

  /// The superscript of a digit.
  var raised: Character? { "⁰¹²³⁴⁵⁶⁷⁸⁹".first { $0.superscript == self } }

  /// What was probably meant: full-width forms from Chinese and Japanese keyboards, and typographic quotes.
  fileprivate var asciiLookalike: String? {
    let scalar = unicodeScalars.first!.value
    if (0xFF01...0xFF5E).contains(scalar) { return String(Unicode.Scalar(UInt8(scalar - 0xFEE0))) }
    switch self {
    case "’", "′": return "'"
    case "“", "”": return "\""
    case "√": return "sqrt(…)"
    case "|": return "abs(…)"
    case "∞": return "inf"
    default: return nil
    }
  }
}
