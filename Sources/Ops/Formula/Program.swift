/// A text of formulas: statements `name = expression`, function definitions, and an output.
///
/// ```swift
/// let program = try Program(parsing: "u = w*x; ŷ = u + b; e = ŷ - y; c = e^2")
/// program.freeNames                                 // ["w", "x", "b", "y"]
/// program.output.formula                            // e²
/// ```
///
/// Statements are separated by `;` or line ends (inside brackets a line end is a blank), `#` starts a comment. The
/// last statement is the output and may be an expression without a name. `f(x) = 1/(1 + exp(-x))` defines a function.
/// Parsing looks at the grammar alone; ``resolved(inputs:functions:)`` looks up the names.
public struct Program: Sendable, Hashable {
  /// `u = w*x`, or an expression alone.
  public struct Statement: Sendable, Hashable {
    /// nil for an expression without a name, the last statement.
    public let name: String?
    /// The right side.
    public let formula: Formula
    let location: Location
    /// Of `f(x) = body`, which is no statement but a line like them; else none.
    var parameters: [String] = []

    var isDefinition: Bool { !parameters.isEmpty }
  }

  /// The statements, and between them the definitions of functions, in the order of the text.
  let lines: [Statement]
  /// All of them in the order of the text, definitions of functions left out; there is at least one.
  public let statements: [Statement]

  /// The last statement.
  public var output: Statement { statements.last! }

  /// - Parameters:
  ///   - text: the statements.
  ///   - sizes: how far sums to a name run: `sum(i in 1...n, x[i]^2)` with `["n": 3]` is of three terms. A statement `n = 3`
  ///     says it as well.
  /// - Throws: ``ParseError``: a mistake of grammar, no statement at all, brackets nested deeper than 200 levels,
  ///   a line of more than 100,000 bytes.
  /// - Complexity: linear in the length of the text.
  public init(parsing text: String, sizes: [String: Int] = [:]) throws(ParseError) {
    try self.init(parsing: SourceText(text), sizes: sizes)
  }

  /// - Parameter needsOutput: whether definitions of functions alone are too little.
  package init(
    parsing source: SourceText, sizes: [String: Int] = [:], needsOutput: Bool = true
  ) throws(ParseError) {
    var parser = try Parser(source, sizes: sizes)
    self.init(try parser.program(needsOutput: needsOutput))
  }

  init(_ lines: [Statement]) { (self.lines, statements) = (lines, lines.filter { !$0.isDefinition }) }

  /// The names that statements define, in their order.
  public var names: [String] { statements.compactMap(\.name) }

  /// The names that are used and nowhere defined, in the order of the text: the inputs that the program needs.
  ///
  /// The constants `pi`, `π`, `e`, `inf` and `nan` are not among them unless a statement defines the name.
  public var freeNames: [String] {
    let known = Set(names).union(Scope.constants)
    return lines.flatMap { line in
      line.formula.names.filter { !known.contains($0) && !line.parameters.contains($0) }
    }.withoutRepetitions
  }
}

extension Parser {
  fileprivate mutating func program(needsOutput: Bool) throws(ParseError) -> [Program.Statement] {
    var lines: [Program.Statement] = []
    skipSeparators()
    while current.kind != .end {
      if let unnamed = lines.last, unnamed.name == nil {
        throw unnamed.location.error(
          "only the last statement may be without a name; write name = expression")
      }
      lines.append(try isDefinition ? definition() : statement())
      guard isEnd(current) else { throw unexpectedBehindStatement }
      skipSeparators()
    }
    guard needsOutput ? lines.contains(where: { !$0.isDefinition }) : !lines.isEmpty else {
      throw here.error(
        "no formula here; expected a statement such as c = (w*x - y)^2", expected: "a statement")
    }
    return lines
  }

  private var isSeparator: Bool { current.kind == .newline || current.isSymbol(";") }

  private mutating func skipSeparators() {
    while isSeparator { advance() }
  }

  private var unexpectedBehindStatement: ParseError {
    current.isSymbol("=")
      ? here.error("only a name can stand on the left of '='", found: current.shown)
      : unexpectedBehindExpression("the end of the statement")
  }

  private mutating func statement() throws(ParseError) -> Program.Statement {
    let location = here
    guard case .name(let name) = current.kind, peek(1).isSymbol("=") else {
      return Program.Statement(name: nil, formula: try expression(), location: location)
    }
    advance(by: 2)
    let formula = try expression()
    if let size = formula.constant.flatMap({ Int(exactly: $0) }) { sizes[name] = size }
    return Program.Statement(name: name, formula: formula, location: location)
  }

  /// `f(…) =`, told from a call by what follows the parenthesis.
  private var isDefinition: Bool {
    guard case .name = current.kind, peek(1).isSymbol("(") else { return false }
    let end = rest.prefix { !$0.isSymbol(")") && !isEnd($0) }.count
    return peek(end).isSymbol(")") && peek(end + 1).isSymbol("=")
  }

  private func isEnd(_ token: Token) -> Bool {
    token.kind == .newline || token.kind == .end || token.isSymbol(";")
  }

  private mutating func definition() throws(ParseError) -> Program.Statement {
    let location = here
    let name = try takeName("a name")
    advance()
    var parameters: [String] = []
    repeat {
      let start = here
      let parameter = try takeName("the name of a parameter")
      if parameters.contains(parameter) {
        throw start.error("the parameter \(parameter.quoted) is named twice")
      }
      parameters.append(parameter)
    } while take(",")
    guard take(")") else { throw unexpected("',' or ')'") }
    advance()
    return Program.Statement(name: name, formula: try expression(), location: location, parameters: parameters)
  }
}
