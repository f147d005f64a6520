/// A derivative in a claim, `dc/dw` or `∂²c/∂w∂b`, read letter by letter: `dwdb` is one name to the lexer, and only the
/// names in scope tell that it means `w` and `b`.
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
    // Of `dist/dx` with a name `dist` the expression gives the better error.
    if readings.isEmpty || (good.isEmpty && known.contains(above.text)) { return nil }
    if isQuotient {
      throw start.error("\(above.text)/\(below.text) is also a quotient of two names; write ∂ for d")
    }
    guard known.contains(of) else {
      throw start.error("no name \(of.quoted)", suggestion: suggestion(for: of, among: known))
    }
    (self.of, by) = (of, try Self.onlyReading(good, of: readings, below, known, denominator))
  }

  /// The names below the bar, where a formula stands above: `d(x*y)/dx`.
  static func names(
    below tokens: ArraySlice<Token>, order: Int, _ known: Set<String>, at place: Location
  ) throws(ParseError) -> [String]? {
    let below = Letters(tokens)
    let readings = order == 1 ? below.first : below.second
    guard below.startsWithMark, !readings.isEmpty else { return nil }
    return try onlyReading(readings.filter { $0.allSatisfy(known.contains) }, of: readings, below, known, place)
  }

  private static func onlyReading(
    _ good: [[String]], of readings: [[String]], _ below: Letters, _ known: Set<String>, _ place: Location
  ) throws(ParseError) -> [String] {
    guard let reading = good.first else { throw unknown(in: readings[0], known, place) }
    guard good.count == 1 else {
      throw place.error("\(below.text.quoted) can be read in several ways; write ∂ for d")
    }
    return reading
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
