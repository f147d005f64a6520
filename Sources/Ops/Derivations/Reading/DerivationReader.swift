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
  var functions: Set<String> = []
  var order = 0
  var formula = 0
  var section = 0
  var expectation: String?
  var skips = false
  var last: Notation?
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

  func isFunction(_ name: String) -> Bool { functions.contains(name) || LaTeXVocabulary.usualFunctions.contains(name) }

  func nextPosition() -> Lexicon.Position {
    order += 1
    return position
  }

  var position: Lexicon.Position {
    Lexicon.Position(order: order, formula: formula, section: section, region: lexicon.region)
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
        for part in statement.parts { lexicon.learn(from: part, at: position) }
        let entry = register(statement, span, expected, &pending)
        items.append(.entry(entry))
        if !statement.isRemark { last = statement.parts[statement.parts.count - 1] }
      }
    }
  }

  /// What a statement declares or defines.
  func register(
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
}
