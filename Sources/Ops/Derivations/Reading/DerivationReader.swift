/// Reads the formulas of a document in their order: first what each defines or declares, then what each claims.
package final class DerivationReader {
  /// One statement with all that was found out when it was read.
  struct Entry {
    let statement: MathStatement
    let span: MathSpan
    let position: Lexicon.Position
    var definition: Lexicon.Definition?
    var isDeclaration = false
    /// What stands on the left of a statement that begins with a relation.
    var continued: Notation?
    var expectedRefutation: String?
  }

  enum Item {
    case entry(Entry)
    case unread(ParseError, MathSpan, Range<Int>)
  }

  let lexicon = Lexicon()
  /// What keeps a definition from being read.
  var unreadable: [Int: Obstacle] = [:]
  private(set) var items: [Item] = []
  private var functions: Set<String> = []
  private var order = 0
  private var formula = 0
  private var section = 0
  private var expectation: String?
  private var skips = false
  private var last: Notation?
  let declarations: [SideText]

  /// - Parameter declarations: of a file beside the document or of the command line; the lines behind `# 1.4` count from
  ///   the heading on that begins with 1.4 or contains it.
  package init(_ document: [DocumentItem], declarations: [String] = []) throws(ParseError) {
    self.declarations = declarations.map(SideText.init)
    for side in self.declarations { try declare(side.start) }
    let sections = Self.functions(of: document)
    functions = sections[0]
    for item in document { try read(item, sections) }
  }

  private func read(_ item: DocumentItem, _ sections: [Set<String>]) throws(ParseError) {
    switch item {
    case .heading(_, let title):
      section += 1
      for side in declarations { try declare(side.lines(for: title)) }
      functions.formUnion(sections[section])
    case .declaration(let text, let place):
      do throws(ParseError) {
        try declare([(text, place)])
      } catch {
        let span = MathSpan(text, at: place, isDisplay: false)
        items.append(.unread(error, span, 0..<text.count))
      }
    case .math(let span): read(span)
    }
  }

  /// The functions that each section defines; a name followed by brackets is a call from its section on.
  private static func functions(of document: [DocumentItem]) -> [Set<String>] {
    var sections: [Set<String>] = [[]]
    for item in document {
      switch item {
      case .heading: sections.append([])
      case .math(let span):
        guard let tokens = try? LaTeXLexer.tokens(of: span) else { continue }
        sections[sections.count - 1].formUnion(NotationParser.functions(in: tokens, span))
      case .declaration: break
      }
    }
    return sections
  }

  private static let usualFunctions: Set<String> = ["f", "g", "σ"]

  private func isFunction(_ name: String) -> Bool { functions.contains(name) || Self.usualFunctions.contains(name) }

  private func nextPosition() -> Lexicon.Position {
    order += 1
    return Lexicon.Position(order: order, formula: formula, section: section)
  }

  // MARK: Formulas

  private func read(_ span: MathSpan) {
    formula += 1
    if skips {
      skips = false
      return
    }
    let expected = expectation
    expectation = nil
    let tokens: [LaTeXToken]
    do throws(ParseError) {
      tokens = try LaTeXLexer.tokens(of: span)
    } catch {
      items.append(.unread(error, span, 0..<span.text.count))
      return
    }
    var parser = NotationParser(span, tokens, isFunction: isFunction)
    let readings = parser.statements()
    if !readings.isEmpty, case .statement(let first) = readings[0], !first.isContinuation { last = nil }
    var pending: [Notation] = []
    for reading in readings {
      switch reading {
      case .unread(let error, let range): items.append(.unread(error, span, range))
      case .statement(let statement):
        for part in statement.parts { lexicon.learn(from: part) }
        let entry = register(statement, span, expected, &pending)
        items.append(.entry(entry))
        if !statement.isRemark { last = statement.parts[statement.parts.count - 1] }
      }
    }
  }

  /// What a statement declares or defines.
  private func register(
    _ statement: MathStatement, _ span: MathSpan, _ expected: String?, _ pending: inout [Notation]
  ) -> Entry {
    var entry = Entry(statement: statement, span: span, position: nextPosition(), expectedRefutation: expected)
    if statement.isContinuation {
      entry.continued = last
      return entry
    }
    guard let relation = statement.relations.first else {
      // `w, b \in \mathbb{R}`: the first of several names.
      if use(statement.parts[0]) != nil { pending.append(statement.parts[0]) } else { pending = [] }
      return entry
    }
    if relation.sign == "∈" || (statement.relations.count == 1 && isBound(statement)) {
      entry.isDeclaration = declare(pending + [statement.parts[0]], relation.sign, statement.parts[1], entry.position)
    } else if relation.sign == "=" || relation.sign == ":=" {
      entry.definition = define(statement.parts[0], statement.parts[1], entry.position, span)
    }
    pending = []
    return entry
  }

  func use(_ notation: Notation) -> NameUse? {
    let position = Lexicon.Position(order: order, formula: formula, section: section)
    return NameUse(
      notation, isNamed: { _ in false }, isLayered: { [lexicon] in lexicon.isLayered($0, at: position) })
  }

  /// `z = wx + b`, `f(x, y) = …`
  private func define(
    _ left: Notation, _ right: Notation, _ position: Lexicon.Position, _ span: MathSpan
  ) -> Lexicon.Definition? {
    if case .call(let function, let arguments) = left.form, case .call(let name, _)? = Optional(left.form), name == function {
      return define(function, arguments, right, position, span)
    }
    guard let use = use(left), use.primes == 0, !use.isTransposed, !use.isInverse, use.base.first?.isLetter == true else { return nil }
    let key = Self.key(use)
    // σ^2 is a name where it is defined as one.
    if use.power != nil {
      guard case .scripts(let base, let below, let above?, 0) = left.form, below == nil, let name = base.symbol, name != "e",
        above.wholeNumber == 2, let letter = name.first, !letter.isASCII || name.count > 1
      else { return nil }
      var named = NameUse(base, isNamed: { _ in false }, isLayered: { _ in false })!
      named.mark = above
      return lexicon.define(named, name + "^" + above.text, parameters: nil, .notation(right), at: position, in: span)
    }
    if let value = right.numericValue {
      if lexicon.definition(key, at: position) == nil { give(key, value, position) }
      return nil
    }
    if right.isListOfEntries(of: use.base) { return nil }
    if case .matrix = right.form {
      if lexicon.shape(key, at: position) != nil { return nil }
      if use.mark?.isLayer == true, lexicon.shape("\(use.base)^ℓ", at: position) != nil { return nil }
    }
    return lexicon.define(use, key, parameters: nil, .notation(right), at: position, in: span)
  }

  private func give(_ key: String, _ value: Double, _ position: Lexicon.Position) {
    if let extent = lexicon.knownSize(key), let size = Int(exactly: value), size > 0 { extent.fix(size) }
    lexicon.declare(key, .given(value), at: position)
  }

  private func define(
    _ function: Notation, _ arguments: [Notation], _ body: Notation, _ position: Lexicon.Position, _ span: MathSpan
  ) -> Lexicon.Definition? {
    guard let use = use(function), use.primes == 0, use.power == nil, !use.isTransposed else { return nil }
    let isPlain = arguments.allSatisfy { self.use($0).map { $0.power == nil && !$0.isTransposed } ?? false }
    if isPlain {
      return lexicon.define(use, Self.key(use), parameters: arguments, .notation(body), at: position, in: span)
    }
    // G(yŷ) = …: a function of one number, whatever it is called.
    guard arguments.count == 1, case .product = arguments[0].form else { return nil }
    let parameter = Notation.symbol("argument")
    let general = body.replacing(arguments[0], with: parameter)
    return lexicon.define(use, Self.key(use), parameters: [parameter], .notation(general), at: position, in: span)
  }

  /// The key of a name where layers are letters: `z_j^ℓ` is `z_j^ℓ`.
  static func key(_ use: NameUse) -> String {
    var key = use.base
    if !use.below.isEmpty { key += "_" + use.below.map(\.text).joined() }
    if let mark = use.mark { key += "^" + mark.text }
    return key
  }

  // MARK: Declarations of the text

  /// `\lambda > 0`, `t \geq 1`
  private func isBound(_ statement: MathStatement) -> Bool {
    guard ["<", ">", "≤", "≥"].contains(statement.relations[0].sign), let use = use(statement.parts[0]),
      statement.parts[1].numericValue != nil
    else { return false }
    return use.power == nil && lexicon.definition(Self.key(use), at: Lexicon.Position(order: order, formula: formula, section: section)) == nil
  }

  private func declare(_ names: [Notation], _ sign: String, _ right: Notation, _ position: Lexicon.Position) -> Bool {
    var known = false
    for name in names {
      guard let use = use(name) else { continue }
      let key = Self.key(use)
      if let shape = shape(right) {
        lexicon.declare(key, .shape(shape), at: position)
        known = true
      } else if let values = values(sign, right) {
        declare(name, values, position)
        known = true
      }
    }
    return known || sign == "∈"
  }

  /// `\mathbb{R}^{n \times d}`
  private func shape(_ right: Notation) -> [Extent]? {
    switch right.form {
    case .symbol("ℝ"), .symbol("R"): return []
    case .scripts(let base, nil, let above?, 0) where base.symbol == "ℝ" || base.symbol == "R":
      var factors: [Notation] = []
      func split(_ notation: Notation) {
        if case .product(let a, .times, let b) = notation.form { split(a); split(b) } else { factors.append(notation) }
      }
      split(above.unbracketed)
      if factors == [.symbol("+")] { return [] }
      var shape: [Extent] = []
      for factor in factors {
        if let size = factor.wholeNumber { shape.append(Extent(size)) }
        else if let name = factor.symbol { shape.append(lexicon.size(name)) }
        else if case .sum(let addends) = factor.form, addends.count == 2, let name = addends[0].term.symbol,
          let shift = addends[1].term.wholeNumber { shape.append(lexicon.size(name, plus: addends[1].isNegative ? -shift : shift)) }
        else if let name = factor.plainName { shape.append(lexicon.size(name)) }
        else { return nil }
      }
      return shape
    default: return nil
    }
  }

  private func values(_ sign: String, _ right: Notation) -> Formula.Domain.Values? {
    if let bound = right.numericValue {
      return sign == ">" || sign == "≥" ? .interval(bound + 0.0625...bound + 2) : .interval(bound - 2...bound - 0.0625)
    }
    guard case .group(let items, let bracket) = right.form else { return nil }
    let numbers = items.compactMap(\.numericValue)
    guard numbers.count == items.count, !numbers.isEmpty else { return nil }
    if bracket == .curly { return .set(numbers) }
    return numbers.count == 2 && numbers[0] < numbers[1] ? .interval(numbers[0]...numbers[1]) : nil
  }
}

extension Notation {
  /// A number with its sign.
  var numericValue: Double? {
    switch form {
    case .number(let text): Double(text)
    case .sum(let addends) where addends.count == 1: addends[0].term.numericValue.map { addends[0].isNegative ? -$0 : $0 }
    case .group(let items, .none) where items.count == 1: items[0].numericValue
    default: nil
    }
  }

  /// `[w_0, …, w_d]^T`, for w: notation, not a definition.
  func isListOfEntries(of base: String) -> Bool {
    switch form {
    case .scripts(let inner, nil, let above?, 0): return above.isTransposeSign && inner.isListOfEntries(of: base)
    case .matrix, .group(_, .square), .group(_, .round):
      var isOwn = false
      forEachPart { part in
        if case .scripts(let inner, _?, _, _) = part.form, inner.symbol == base { isOwn = true }
      }
      return isOwn
    default: return false
    }
  }

  fileprivate var plainName: String? { items.allSatisfy { $0.symbol != nil } ? text : nil }

  /// With another notation in place of every part that is written like it.
  func replacing(_ part: Notation, with other: Notation) -> Notation {
    if self == part || unbracketedProduct == part { return other }
    let parts = parts
    return parts.isEmpty ? self : with(parts: parts.map { $0.replacing(part, with: other) })
  }

  private var unbracketedProduct: Notation {
    if case .group(let items, .round) = form, items.count == 1 { items[0] } else { self }
  }
}

// MARK: - Declarations of comments

extension DerivationReader {
  private func declare(_ texts: [(String, Location)]) throws(ParseError) {
    for (text, place) in texts {
      let reader = DeclarationReader(isFunction: isFunction)
      for (declaration, span) in try reader.declarations(in: text, at: place) { try declare(declaration, span) }
    }
  }

  private func declare(_ declaration: Declaration, _ span: MathSpan) throws(ParseError) {
    let position = nextPosition()
    switch declaration {
    case .shape(let names, let sizes, let origin, let values):
      let shape = sizes.map { size in
        size.name.map { lexicon.size($0, plus: size.offset) } ?? Extent(size.offset)
      }
      for key in keys(names) {
        lexicon.declare(key, .shape(shape), at: position)
        if let values { lexicon.declare(key, .values(values), at: position) }
        if let origin { lexicon.declare(key, .origin(origin), at: position) }
      }
    case .values(let names, let values): for name in names { declare(name, values, position) }
    case .parts(let names, let wholes, let origin):
      guard names.count == wholes.count || wholes.count == 1 else {
        throw span.error("\(counted(names.count, "name")) for parts of \(wholes.count)", at: 0)
      }
      for (place, name) in names.enumerated() {
        guard let part = use(name), let whole = use(wholes[wholes.count == 1 ? 0 : place]) else { continue }
        let key = part.base + (part.mark?.familyIndex != nil ? "^" : "")
        lexicon.declare(key, .part(of: whole), at: position)
        if let origin { lexicon.declare(whole.base, .origin(origin), at: position) }
        if let origin { lexicon.declare(part.base, .origin(origin), at: position) }
      }
    case .functions(let names, let arguments):
      for name in names {
        guard let use = use(name) else { continue }
        functions.insert(use.base)
        let bare = NameUse(.symbol(use.base), isNamed: { _ in false }, isLayered: { _ in false })!
        lexicon.define(bare, use.base, parameters: nil, .opaque(arguments), at: position, in: span)
      }
    case .definition(let statement):
      if case .call(let function, _) = statement.parts[0].form, let use = use(function) { functions.insert(use.base) }
      if define(statement.parts[0], statement.parts[1], position, span) == nil, statement.parts[1].numericValue == nil {
        throw span.error("only a name can stand on the left of '='", at: 0)
      }
    case .by(let name): lexicon.declareDerivatives(by: name, at: position)
    case .layers(let layers): lexicon.layers = layers
    case .refuted(let why): expectation = why
    case .skip: skips = true
    case .new:
      lexicon.forgetAll(at: position)
      functions = []
    }
  }

  /// The values of a part are those of the whole: `y^{(i)}` of Y.
  private func declare(_ name: Notation, _ values: Formula.Domain.Values, _ position: Lexicon.Position) {
    guard let use = use(name) else { return }
    lexicon.declare(Self.key(use), .values(values), at: position)
    let part = use.base + (use.mark?.familyIndex != nil ? "^" : "")
    if let whole = lexicon.whole(part, at: position) { lexicon.declare(Self.key(whole), .values(values), at: position) }
  }

  private func keys(_ names: [Notation]) -> [String] {
    names.compactMap { use($0) }.map(Self.key)
  }
}

/// A text of declarations beside a document.
struct SideText {
  private var sections: [(title: String, lines: [(String, Location)])] = [("", [])]

  init(_ text: String) {
    let source = SourceText(text)
    var offset = 0
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      if line.first == "#" {
        sections.append((line.drop { $0 == "#" || $0 == " " }.description, []))
      } else {
        sections[sections.count - 1].lines.append((String(line), Location(source: source, offset: offset)))
      }
      offset += line.count + 1
    }
  }

  /// What is in force from the beginning.
  var start: [(String, Location)] { sections[0].lines }

  /// What is in force from a heading on.
  func lines(for title: String) -> [(String, Location)] {
    sections.dropFirst().filter { title.containsWord($0.title) }.flatMap(\.lines)
  }
}

extension String {
  /// Whether a word stands in it that is no part of a longer one: 3.1 is not in "3.1.2".
  fileprivate func containsWord(_ word: String) -> Bool {
    guard !word.isEmpty else { return false }
    let (text, word) = (Array(self), Array(word))
    func isPart(_ place: Int) -> Bool {
      guard text.indices.contains(place) else { return false }
      return text[place].isASCIIDigit || (text[place] == "." && text.indices.contains(place + 1) && text[place + 1].isASCIIDigit)
    }
    return text.indices.contains { start in
      text[start...].starts(with: word) && !isPart(start + word.count) && !(start > 0 && isPart(start - 1) && word[0].isNumber)
    }
  }
}
