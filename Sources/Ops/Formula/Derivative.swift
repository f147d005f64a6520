/// The left side of a claim about a derivative, `dc/dw` or `∂²c/∂w∂b`, read letter by letter: `dwdb` is one name
/// to the lexer, and only the names in scope tell that it means `w` and `b`.
struct Derivative {
  let of: String
  /// One name, or two for a second derivative.
  let by: [String]

  /// nil if the tokens are no derivative: then they are an expression.
  ///
  /// - Throws: if they can only be a derivative and a name in it is unknown, or if they can be read in two ways.
  init?(tokens: [Token], _ source: SourceText, _ known: Set<String>) throws(ParseError) {
    guard let bar = tokens.firstIndex(where: { $0.isSymbol("/") }) else { return nil }
    let (above, below) = (Letters(tokens[..<bar]), Letters(tokens[(bar + 1)...]))
    guard let (of, order) = above.numerator, below.startsWithMark else { return nil }

    let readings = order == 1 ? below.first : below.second
    let good = known.contains(of) ? readings.filter { $0.allSatisfy(known.contains) } : []
    let isQuotient = known.contains(above.text) && known.contains(below.text)
    let start = Location(source: source, offset: tokens[0].offset)
    let denominator = Location(source: source, offset: tokens[bar + 1].offset)

    if readings.isEmpty, order == 2, known.contains(of), !below.first.isEmpty {
      throw denominator.error("a second derivative is written d2c/dw2 or d2c/dwdb")
    }
    if readings.isEmpty || (isQuotient && good.isEmpty) { return nil }
    if isQuotient {
      throw start.error("\(above.text)/\(below.text) is also a quotient of two names; write ∂ for d")
    }
    guard known.contains(of) else {
      throw start.error("no name \(of.quoted)", suggestion: suggestion(for: of, among: known))
    }
    guard let reading = good.first else { throw Self.unknown(in: readings[0], known, denominator) }
    guard good.count == 1 else {
      throw denominator.error("\(below.text.quoted) can be read in several ways; write ∂ for d")
    }
    (self.of, by) = (of, reading)
  }

  private static func unknown(in reading: [String], _ known: Set<String>, _ place: Location) -> ParseError {
    let name = reading.first { !known.contains($0) }!
    return place.error("no name \(name.quoted)", suggestion: nearest(to: name, among: known))
  }
}

/// The characters of some tokens without the blanks between them.
private struct Letters {
  let text: String
  private let characters: ArraySlice<Character>

  init(_ tokens: ArraySlice<Token>) {
    text = tokens.map(\.text).joined()
    characters = Array(text)[...]
  }

  /// Name and order of `dc`, `∂c`, `d2c`, `∂²c`, `d^2c`.
  var numerator: (name: String, order: Int)? {
    guard startsWithMark else { return nil }
    let behind = characters.dropFirst()
    for two in Self.twos where behind.starts(with: two) {
      return name(behind.dropFirst(two.count)).map { ($0, 2) }
    }
    return name(behind).map { ($0, 1) }
  }

  var startsWithMark: Bool { characters.first.map(Self.isMark) ?? false }

  /// The readings of `dw`.
  var first: [[String]] { name(characters.dropFirst()).map { [[$0]] } ?? [] }

  /// The readings of `dw2` and `dwdb`. Names may contain the letter d: `dadd` is `a`, `d` or… the names decide.
  var second: [[String]] {
    let behind = characters.dropFirst()
    var readings: [[String]] = []
    for two in Self.twos where behind.suffix(two.count).elementsEqual(two) {
      if let name = name(behind.dropLast(two.count)) { readings.append([name, name]) }
    }
    for mark in behind.indices where Self.isMark(behind[mark]) {
      if let first = name(behind[..<mark]), let second = name(behind[(mark + 1)...]) {
        readings.append([first, second])
      }
    }
    return readings
  }

  private static let twos: [[Character]] = [["2"], ["²"], ["^", "2"]]

  private static func isMark(_ character: Character) -> Bool { character == "d" || character == "∂" }

  private func name(_ characters: ArraySlice<Character>) -> String? {
    guard characters.first?.isNameStart == true, characters.allSatisfy(\.isNamePart) else { return nil }
    return String(characters)
  }
}

// MARK: - Inside a formula

extension Derivative {
  /// `∂c/∂w` as a term.
  var formula: Formula { Formula(.derivative(.name(of), by: by.map { .name($0) })) }
}

extension Parser {
  /// `dc/dw`, `∂²c/∂w∂b` or `d(w*x)/dw` where an operand stands; nil where none of these begins.
  ///
  /// - Parameter known: the names in scope; `dc` is a name if it is among them.
  mutating func derivative(_ known: Set<String>) throws(ParseError) -> Formula? {
    let start = here
    guard let above = numeratorLength else { return try derivativeOfBrackets(known) }
    let below = denominatorLength(behind: above + 1)
    guard peek(above).isSymbol("/"), below > 0 else { return nil }
    let tokens = (0..<above + 1 + below).map(peek)
    do throws(ParseError) {
      guard let derivative = try Derivative(tokens: tokens, source, known) else { return nil }
      for _ in tokens { advance() }
      return Formula(derivative.formula.form, at: start)
    } catch {
      // `data/depth` with one of the two unknown is a quotient all the same.
      if known.contains(current.text), !known.contains(peek(2).text) { return nil }
      throw error
    }
  }

  /// How many tokens `dc`, `∂c`, `∂²c`, `d²c` takes.
  private var numeratorLength: Int? {
    if isMarkedName(current) { return 1 }
    let isRaised = isSuperscript(peek(1))
    guard current.isSymbol("∂") || isRaised && current.kind == .name("d") else { return nil }
    let name = isRaised ? 2 : 1
    return isName(peek(name)) ? name + 1 : nil
  }

  /// How many tokens `dw`, `dw²`, `∂w`, `∂w∂b`, `∂w²` takes.
  private func denominatorLength(behind start: Int) -> Int {
    var length = 0
    if isMarkedName(peek(start)) { length = 1 }
    while peek(start + length).isSymbol("∂"), isName(peek(start + length + 1)) { length += 2 }
    return length > 0 && isSuperscript(peek(start + length)) ? length + 1 : length
  }

  private mutating func derivativeOfBrackets(_ known: Set<String>) throws(ParseError) -> Formula? {
    let isMark = current.isSymbol("∂") || current.kind == .name("d") && !known.contains("d")
    guard isMark, peek(1).isSymbol("(") else { return nil }
    let (start, opening) = (here, peek(1))
    advance()
    advance()
    let inner = try expression(.sum)
    try close(")", opened: opening)
    guard take("/") else { throw unexpected("'/' and what is differentiated by") }
    let below = denominatorLength(behind: 0)
    let text = (0..<below).map { peek($0).text }.joined()
    guard below > 0, let name = [text.dropFirst()].first.map(String.init), known.contains(name) else {
      throw unexpected("what is differentiated by, such as dx", suggestion: known.sorted().first.map { "d" + $0 })
    }
    for _ in 0..<below { advance() }
    return Formula(.derivative(inner, by: [.name(name)]), at: start)
  }

  private func isMarkedName(_ token: Token) -> Bool {
    if case .name(let name) = token.kind { name.count > 1 && name.hasPrefix("d") } else { false }
  }

  private func isName(_ token: Token) -> Bool { if case .name = token.kind { true } else { false } }
  private func isSuperscript(_ token: Token) -> Bool { if case .superscript = token.kind { true } else { false } }
}
