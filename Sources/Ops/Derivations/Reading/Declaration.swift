/// One line of a comment that says what the text leaves open.
///
/// ```
/// X: [n, d]; W, x: [d+1] from 0      shapes, with names for sizes; the number of the first entry, of the last axes
/// y in {-1, 1}; λ in [0.1, 2]        values
/// x^{(i)}, y^{(i)}: rows of X, Y     a name for parts of another
/// w_j: entries of W
/// u_k, b_k: names                    k is a label in them, no index
/// f, g: functions; C: function of a^3
/// σ(x) = 1/(1 + exp(-x))             a definition
/// by W                               what a prime and ∇ differentiate by
/// ℓ in 2...4                         the layers that are tested
/// refuted: why                       the next formula is expected to be wrong
/// skip                               passes the next formula over
/// new                                forgets all names
/// ```
enum Declaration {
  case shape([Notation], [Size], origin: [Int]?, Formula.Domain.Values?)
  case values([Notation], Formula.Domain.Values)
  case parts([Notation], of: [Notation], origin: [Int]?)
  case functions([Notation], of: [Notation])
  case labels([Notation])
  case definition(MathStatement)
  case by(Notation)
  case layers(ClosedRange<Int>)
  case refuted(String)
  case skip
  case new

  /// `n`, `d + 1`, `3`
  struct Size {
    let name: String?
    let offset: Int
  }
}

/// Reads the text of a comment.
struct DeclarationReader {
  let isFunction: (String) -> Bool

  /// The declarations, each with the place where it begins.
  func declarations(in text: String, at start: Location) throws(ParseError) -> [(Declaration, MathSpan)] {
    try Self.lines(text).map { (line, offset) throws(ParseError) in
      let span = MathSpan(
        line, at: Location(source: start.source, offset: start.offset + offset), isDisplay: false)
      return (try declaration(span), span)
    }
  }

  /// Separated by semicolons and line ends, without remarks behind `#`; each with its place.
  private static func lines(_ text: String) -> [(String, Int)] {
    Array(text).split(whereSeparator: \.isNewline).flatMap { $0.prefix { $0 != "#" }.split(separator: ";") }
      .map { $0.drop(while: \.isWhitespace) }.filter { !$0.isEmpty }.map { (String($0), $0.startIndex) }
  }

  private func declaration(_ span: MathSpan) throws(ParseError) -> Declaration {
    let text = span.text.trimmed
    if text == "new" { return .new }
    if text == "skip" { return .skip }
    if let why = text.behind("refuted") { return .refuted(why.drop { $0 == ":" || $0 == " " }.description) }
    if let name = text.behind("by ") { return .by(try names(String(name), in: span)[0]) }
    if let layers = Self.layers(text) { return .layers(layers) }
    if let colon = Self.colon(in: text) {
      return try declaration(of: String(text[..<colon]), text[text.index(after: colon)...].trimmed, span)
    }
    if let (left, values) = try domain(text, span) { return .values(try names(left, in: span), values) }
    return .definition(try definition(span))
  }

  // MARK: Parts

  private func declaration(of left: String, _ right: String, _ span: MathSpan) throws(ParseError) -> Declaration {
    let names = try names(left, in: span)
    var rest = right
    var origin: [Int]?
    if let from = rest.firstRange(of: "from ") {
      origin = rest[from.upperBound...].split(separator: ",").compactMap { Int($0.trimmed) }
      rest = rest[..<from.lowerBound].trimmed
    }
    if let wholes = rest.behind("rows of ") ?? rest.behind("entries of ") {
      return .parts(names, of: try self.names(String(wholes), in: span), origin: origin)
    }
    if let of = rest.behind("functions of ") ?? rest.behind("function of ") {
      return .functions(names, of: try self.names(String(of), in: span))
    }
    if rest == "function" || rest == "functions" { return .functions(names, of: []) }
    if rest == "name" || rest == "names" { return .labels(names) }
    if rest == "number" || rest == "numbers" { return .shape(names, [], origin: nil, nil) }
    guard rest.hasPrefix("["), let close = rest.firstIndex(of: "]") else {
      throw span.error(
        "expected a shape such as [n, d], 'number', 'rows of X', 'entries of W', 'function' or 'name' behind ':'",
        at: span.text.count - right.count)
    }
    let sizes = try sizes(String(rest[rest.index(after: rest.startIndex)..<close]), span)
    let behind = rest[rest.index(after: close)...].trimmed
    guard !behind.isEmpty else { return .shape(names, sizes, origin: origin, nil) }
    guard let (_, values) = try domain("v " + behind, span) else {
      throw span.error("expected 'in' or 'from' behind the shape, found \(behind.quoted)", at: 0)
    }
    return .shape(names, sizes, origin: origin, values)
  }

  private func sizes(_ text: String, _ span: MathSpan) throws(ParseError) -> [Declaration.Size] {
    var sizes: [Declaration.Size] = []
    for item in text.split(separator: ",") {
      let parts = item.split(separator: "+").map { $0.trimmed }
      if parts.count == 1, let size = Int(parts[0]), (1...1000).contains(size) {
        sizes.append(.init(name: nil, offset: size))
      } else if parts.count <= 2, let name = parts.first, name.first?.isLetter == true,
        let offset = parts.count == 1 ? 0 : Int(parts[1])
      {
        sizes.append(.init(name: name, offset: offset))
      } else {
        throw span.error("expected a size such as n, d+1 or 3, found \(item.trimmed.quoted)", at: 0)
      }
    }
    return sizes
  }

  /// `y in {-1, 1}`, also with ∈.
  private func domain(_ text: String, _ span: MathSpan) throws(ParseError) -> (String, Formula.Domain.Values)? {
    for sign in [" in ", " ∈ ", "\\in "] {
      guard let place = text.firstRange(of: sign) else { continue }
      let right = text[place.upperBound...].filter { $0 != "+" }.replacing("\\{", with: "{").replacing("\\}", with: "}")
      do {
        guard let values = try Formula.Domain(parsing: "v in " + right).values else { return nil }
        return (String(text[..<place.lowerBound]), values)
      } catch {
        throw span.error("expected {…} or [a, b] behind 'in': \(error.message)", at: 0)
      }
    }
    return nil
  }

  private func names(_ text: String, in span: MathSpan) throws(ParseError) -> [Notation] {
    let part = MathSpan(text, at: span.start, isDisplay: false)
    let tokens = try LaTeXLexer.tokens(of: part, isDeclaration: true)
    var parser = NotationParser(part, tokens, isFunction: { _ in false })
    var names: [Notation] = []
    repeat { names.append(try parser.factor()) } while parser.take(",")
    guard parser.isAtEnd else { throw parser.unexpected("',' or the end of the names") }
    return names
  }

  private func definition(_ span: MathSpan) throws(ParseError) -> MathStatement {
    let tokens = try LaTeXLexer.tokens(of: span, isDeclaration: true)
    let own = NotationParser.functions(in: tokens, span)
    var parser = NotationParser(span, tokens, isFunction: { own.contains($0) || isFunction($0) })
    let readings = parser.statements()
    guard case .statement(let statement)? = readings.first, readings.count == 1, statement.relations.first?.sign == "="
    else {
      if case .unread(let error, _)? = readings.first { throw error }
      throw span.error("nothing is declared here; expected 'X: [n, d]', 'y in {-1, 1}' or a definition", at: 0)
    }
    return statement
  }

  private static func layers(_ text: String) -> ClosedRange<Int>? {
    for word in ["ℓ in ", "\\ell in ", "ℓ: ", "\\ell: "] {
      guard let range = text.behind(word), let dots = range.firstRange(of: "..."),
        let first = Int(range[..<dots.lowerBound].trimmed),
        let last = Int(range[dots.upperBound...].trimmed),
        first <= last, last - first < 10
      else { continue }
      return first...last
    }
    return nil
  }

  /// The colon that separates names from what is said of them: in no bracket, before any sign of equality.
  private static func colon(in text: String) -> String.Index? {
    var depth = 0
    for place in text.indices {
      switch text[place] {
      case "(", "[", "{": depth += 1
      case ")", "]", "}": depth -= 1
      case "=": return nil
      case ":", "：": if depth == 0 { return place }
      default: break
      }
    }
    return nil
  }
}

extension String {
  fileprivate func behind(_ prefix: String) -> Substring? { hasPrefix(prefix) ? dropFirst(prefix.count) : nil }
}
