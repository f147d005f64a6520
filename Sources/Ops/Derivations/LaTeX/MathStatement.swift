/// One statement of a formula: an expression, or expressions with relations between them.
struct MathStatement {
  struct Relation: Hashable {
    let sign: String
    let place: Int
  }

  /// One more than there are relations.
  var parts: [Notation]
  var relations: [Relation] = []
  /// Begins with a relation: what stands on its left is the end of the statement before.
  var isContinuation = false
  var tag: String?

  /// `(t = 0, 1, …)`
  var isRemark: Bool {
    guard relations.isEmpty, case .group(let items, .round) = parts[0].form else { return false }
    return items.contains { if case .relation = $0.form { true } else { false } }
  }

  /// From the first character to the one behind the last.
  var range: Range<Int> {
    let start = isContinuation ? relations[0].place : parts[0].start
    return start..<max(start, parts[parts.count - 1].end)
  }
}

/// What a span holds: statements and what could not be read of it.
enum Reading {
  case statement(MathStatement)
  case unread(ParseError, Range<Int>)
}

extension NotationParser {
  /// Statements are separated by commas, words, arrows, rows and wide blanks.
  mutating func statements() -> [Reading] {
    var readings: [Reading] = []
    skipSeparators(&readings)
    while !isAtEnd {
      let start = index
      do throws(ParseError) {
        let statement = try statement()
        if !isTag(statement, &readings) { readings.append(.statement(statement)) }
        guard isSeparator || isAtEnd else { throw unexpected("an operator or a relation") }
      } catch {
        if case .statement(let partial)? = readings.last, partial.range.lowerBound >= tokens[start].start {
          readings.removeLast()
        }
        recover(from: start)
        readings.append(.unread(error, tokens[start].start..<max(tokens[start].start + 1, peek(-1).end)))
      }
      skipSeparators(&readings)
    }
    return readings
  }

  private mutating func statement() throws(ParseError) -> MathStatement {
    var statement = MathStatement(parts: [])
    if relation(current.kind) != nil {
      statement.isContinuation = true
      statement.parts = [Notation(.words(""), current.start, current.start)]
    } else {
      statement.parts = [try expression()]
    }
    skip(.symbol("&"))
    while true {
      let place = current.start
      guard let sign = takeRelation() else { return statement }
      statement.relations.append(MathStatement.Relation(sign: sign, place: place))
      skip(.row, .symbol("&"))
      statement.parts.append(try expression())
      skip(.symbol("&"))
    }
  }

  private var isSeparator: Bool {
    switch current.kind {
    case .row, .gap, .text, .tag, .command("Rightarrow"), .command("and"): true
    case .symbol(let symbol): ",;.:&".contains(symbol)
    case .begin(let name): Self.transparent.contains(name)
    case .end: true
    default: false
    }
  }

  private static let transparent = LaTeXVocabulary.environments.union(["alignedat", "cases", "dcases", "subequations"])
  /// That begin with their columns in braces.
  private static let columned: Set<String> = ["alignat", "alignedat", "IEEEeqnarray"]

  private mutating func skipSeparators(_ readings: inout [Reading]) {
    while isSeparator {
      if case .begin(let name) = current.kind, name == "cases", !isSystem { return }
      if case .tag(let tag) = current.kind { attach(tag, to: &readings) }
      if case .begin(let name) = current.kind, Self.columned.contains(name), peek(1).isSymbol("{") {
        while !current.isSymbol("}"), !isAtEnd { advance() }
      }
      advance()
    }
  }

  /// Equations in a brace, not a value by cases: no row has a condition in words, and nothing is said of the whole.
  private var isSystem: Bool {
    var (place, depth) = (index + 1, 1)
    while place < tokens.count, depth > 0 {
      switch tokens[place].kind {
      case .begin: depth += 1
      case .end: depth -= 1
      case .text where depth == 1: return false
      default: break
      }
      place += 1
    }
    return place == tokens.count || relation(tokens[place].kind) == nil
  }

  /// `(1.2)` at the end of a line is the number of the formula.
  private func isTag(_ statement: MathStatement, _ readings: inout [Reading]) -> Bool {
    guard statement.relations.isEmpty, !readings.isEmpty,
      case .number(let number)? = statement.parts[0].single(in: .round)?.form
    else { return false }
    attach(number, to: &readings)
    return true
  }

  private func attach(_ tag: String, to readings: inout [Reading]) {
    guard case .statement(var last)? = readings.last else { return }
    last.tag = tag
    readings[readings.count - 1] = .statement(last)
  }

  /// Behind an error: on to the next separator that stands in no bracket.
  private mutating func recover(from start: Int) {
    var (place, depth) = (start, 0)
    while place < tokens.count - 1 {
      switch tokens[place].kind {
      case .symbol("{"), .symbol("("), .symbol("["), .begin, .brace(open: true): depth += 1
      case .symbol("}"), .symbol(")"), .symbol("]"), .end, .brace(open: false): depth -= 1
      case .row, .gap, .text, .symbol(","), .command("Rightarrow"):
        if depth <= 0, place >= index, place > start {
          index = place
          return
        }
      default: break
      }
      place += 1
    }
    index = tokens.count - 1
  }
}

// MARK: - Functions that a formula defines

extension NotationParser {
  /// The names in front of `(…) =`: what a formula defines, or claims, for the values of some arguments.
  static func functions(in tokens: [LaTeXToken], _ span: MathSpan) -> Set<String> {
    var names: Set<String> = []
    for place in tokens.indices where tokens[place].isNameStart && (place == 0 || tokens[place - 1].endsStatement) {
      var parser = NotationParser(span, tokens, isFunction: { _ in false })
      parser.index = place
      guard let name = try? parser.nameAlone(), parser.current.isSymbol("("), parser.isDefinition else { continue }
      if case .scripts(_, _, let above?, _) = name.form, above.wholeNumber != nil { continue }
      names.insert(name.text)
      if case .scripts(let base, _, _, _) = name.form, let symbol = base.symbol { names.insert(symbol) }
    }
    return names
  }

  private mutating func nameAlone() throws(ParseError) -> Notation {
    let start = current.start
    let base = try atom()
    return attaching(try scripts(), to: base, from: start).withoutPrimes
  }

  /// Brackets with names, then a sign of equality.
  private var isDefinition: Bool {
    var (place, depth) = (index, 0)
    repeat {
      switch tokens[place].kind {
      case .symbol("("), .symbol("{"), .symbol("["): depth += 1
      case .symbol(")"), .symbol("}"), .symbol("]"): depth -= 1
      case .symbol("+"), .symbol("-"), .symbol("*"), .symbol("/"), .finish, .row, .command("cdot"), .command("frac"):
        if depth == 1 { return false }
      case .number: if depth == 1 { return false }
      default: break
      }
      place += 1
    } while depth > 0 && place < tokens.count
    while place < tokens.count, tokens[place].isSymbol("&") || tokens[place].kind == .gap { place += 1 }
    guard place < tokens.count else { return false }
    return tokens[place].isSymbol("=") || tokens[place].isCommand(":=") || tokens[place].isCommand("equiv")
      || (tokens[place].isSymbol(":") && place + 1 < tokens.count && tokens[place + 1].isSymbol("="))
  }
}

extension LaTeXToken {
  fileprivate var isNameStart: Bool {
    switch kind {
    case .letter: true
    case .command(let name):
      LaTeXVocabulary.accents[name] != nil || ["mathbf", "mathrm", "mathcal", "operatorname", "mathbb"].contains(name)
    default: false
    }
  }

  fileprivate var endsStatement: Bool {
    switch kind {
    case .row, .gap, .text, .begin, .symbol("&"), .symbol(","), .symbol(";"), .symbol("="), .command("Rightarrow"): true
    default: false
    }
  }
}
