/// The grammar of expressions, by precedence climbing: one level of the text costs three calls.
struct Parser {
  /// Deeper brackets than anybody writes; optimized, they fit into the smallest stack that threads get (512 kB).
  static let deepestNesting = 200

  let source: SourceText
  private let tokens: [Token]
  private(set) var index = 0
  private var nesting = 0
  /// Only in conditions: a text that is one, and the first argument of `where(condition, a, b)`.
  var comparisonsAllowed = false
  /// What `dc/dw` can be about; nil where there are no derivatives, which only claims have.
  var differentiable: Scope?
  /// What `f'(x)` is about, while a claim is read.
  var primed = PrimedCalls()
  /// How long a sum to `n` is.
  var sizes: [String: Int]
  /// The letters that the sums around run over.
  var indices: [String: SeriesIndex] = [:]
  var termCount = 0

  init(_ source: SourceText, sizes: [String: Int] = [:]) throws(ParseError) {
    (self.source, self.sizes) = (source, sizes)
    tokens = try Lexer.tokens(of: source)
  }
}

// MARK: - Tokens

extension Parser {
  var current: Token { tokens[index] }
  var here: Location { location(of: current) }

  func location(of token: Token) -> Location { Location(source: source, offset: token.offset) }

  /// The tokens that are still to be read, with the end.
  var rest: ArraySlice<Token> { tokens[index...] }

  func peek(_ distance: Int) -> Token { tokens[max(0, min(index + distance, tokens.count - 1))] }

  /// The last token is the end, and stays.
  mutating func advance(by count: Int = 1) { index = min(index + count, tokens.count - 1) }

  /// Back to where something begins that is read once more.
  mutating func rewind(to start: Int) { index = start }

  /// The token that stands here, which then is the one before.
  mutating func takeToken() -> Token {
    defer { advance() }
    return current
  }

  mutating func take(_ symbol: String) -> Bool {
    guard current.isSymbol(symbol) else { return false }
    advance()
    return true
  }

  mutating func takeName(_ expected: String) throws(ParseError) -> String {
    guard case .name(let name) = current.kind else { throw unexpected(expected) }
    advance()
    return name
  }

  func unexpected(_ expected: String, hint: String = "", suggestion: String? = nil) -> ParseError {
    here.error(
      "expected \(expected), found \(current.shown)\(hint)", expected: expected, found: current.shown,
      suggestion: suggestion)
  }

  /// Behind a complete expression. Two operands side by side are the usual mistake: `2x`, `(a)(b)`.
  func unexpectedBehindExpression(_ expected: String) -> ParseError {
    if case .superscript = peek(-1).kind, current.isSymbol("("), case .name(let function) = peek(-2).kind {
      return unexpected("an operator", suggestion: "\(function)(…)\(peek(-1).text)")
    }
    let startsOperand =
      switch current.kind {
      case .number, .name: true
      default: current.isSymbol("(")
      }
    return startsOperand
      ? unexpected("an operator or \(expected)", hint: "; a product is written with '*'")
      : unexpected(expected)
  }

  mutating func close(_ bracket: String, opened: Token) throws(ParseError) {
    guard !take(bracket) else { return }
    throw unexpectedBehindExpression(
      "'\(bracket)' for the '\(opened.text)' at \(location(of: opened))")
  }
}

// MARK: - Expressions

extension Parser {
  /// An expression of operators that bind at least as tightly as `minimum`.
  mutating func expression(_ minimum: Formula.Precedence = .comparison) throws(ParseError) -> Formula {
    nesting += 1
    defer { nesting -= 1 }
    guard nesting <= Self.deepestNesting else {
      throw here.error("nested deeper than \(Self.deepestNesting) levels")
    }
    var left = try operand()
    var isComparison = false
    while case .symbol(let symbol) = current.kind {
      let location = here
      if let infix = Formula.Operator(rawValue: symbol), infix.precedence >= minimum {
        advance()
        // ^ is right associative, the others take only tighter operators on their right.
        let right = try expression(infix == .power ? .power : infix.precedence.tighter)
        left = Formula(.binary(infix, left, right), at: location)
      } else if let infix = Formula.Comparison(rawValue: symbol), minimum == .comparison {
        guard !isComparison else {
          throw location.error("comparisons cannot be chained", found: current.shown)
        }
        left = try comparison(infix, left)
        isComparison = true
      } else {
        break
      }
    }
    return left
  }

  /// An expression in a list, a call or a sum: what may be compared around them may not be in it.
  mutating func inner(comparisonsAllowed: Bool = false) throws(ParseError) -> Formula {
    let outer = self.comparisonsAllowed
    self.comparisonsAllowed = comparisonsAllowed
    defer { self.comparisonsAllowed = outer }
    return try expression()
  }

  private mutating func comparison(
    _ symbol: Formula.Comparison, _ left: Formula
  ) throws(ParseError) -> Formula {
    let location = here
    guard comparisonsAllowed else {
      throw unexpected(
        "an operator", hint: "; comparisons stand only in the condition of where(condition, a, b)")
    }
    advance()
    return Formula(.comparison(symbol, left, try expression(.sum)), at: location)
  }

  /// Signs bind looser than powers and tighter than products: `-x^2` is `-(x^2)`, `-a*b` is `(-a)*b`.
  private mutating func operand() throws(ParseError) -> Formula {
    let location = here
    if take("-") { return Formula(.negative(try expression(.power)), at: location) }
    if take("+") { return try expression(.power) }
    return try postfixed(try primary())
  }

  private mutating func primary() throws(ParseError) -> Formula {
    if let derivative = try derivative() { return derivative }
    let token = current
    switch token.kind {
    case .number(let value):
      advance()
      return Formula(.number(value), at: location(of: token))
    case .name(let name):
      advance()
      let location = location(of: token)
      if let derivative = try primedCall(of: name, at: location) { return derivative }
      if current.isSymbol("(") { return name == "einsum" ? try einsum(at: location) : try call(name, at: location) }
      return Formula(indices[name].map { .number(Double($0.value)) } ?? .name(name), at: location)
    case .symbol("("):
      advance()
      let inner = try expression()
      try close(")", opened: token)
      return inner
    case .symbol("["):
      return try list()
    default:
      throw unexpected("an expression")
    }
  }

  private mutating func postfixed(_ operand: Formula) throws(ParseError) -> Formula {
    var operand = operand
    while true {
      let location = here
      if case .superscript(let exponent) = current.kind {
        advance()
        operand = Formula(.binary(.power, operand, Formula(.number(exponent), at: location)), at: location)
        try checkSinglePower()
      } else if take("'") {
        operand = Formula(.transpose(operand), at: location)
      } else if current.isSymbol("[") {
        operand = Formula(.slice(operand, try elements()), at: location)
      } else {
        return operand
      }
    }
  }

  /// `x²^3`: the type setting says (x²)^3, the right associative `^` says x^(2^3).
  private func checkSinglePower() throws(ParseError) {
    if current.isPower {
      throw here.error("a power of a power can be read in two ways; write parentheses", found: current.shown)
    }
  }
}

// MARK: - Calls, lists, slices

extension Parser {
  private mutating func call(_ name: String, at location: Location) throws(ParseError) -> Formula {
    let opening = takeToken()
    if let series = try series(name, at: location, opened: opening) { return series }
    var arguments: [Formula.Argument<Formula>] = []
    while !current.isSymbol(")") {
      arguments.append(try argument(of: name, after: arguments))
      if !take(",") { break }
    }
    try close(")", opened: opening)
    return Formula(.call(name, sized(arguments, of: name)), at: location)
  }

  private mutating func argument(
    of function: String, after earlier: [Formula.Argument<Formula>]
  ) throws(ParseError) -> Formula.Argument<Formula> {
    let isCondition = function == "where" && earlier.isEmpty
    guard case .name(let label) = current.kind, peek(1).isSymbol("=") else {
      if let option = earlier.last?.label {
        throw here.error("an argument without a name behind the option '\(option)'")
      }
      return Formula.Argument(try inner(comparisonsAllowed: isCondition))
    }
    if earlier.contains(where: { $0.label == label }) {
      throw here.error("the option \(label.quoted) is given twice")
    }
    advance(by: 2)
    return Formula.Argument(try inner(comparisonsAllowed: isCondition), label: label)
  }

  private mutating func list() throws(ParseError) -> Formula {
    let opening = takeToken()
    var elements: [Formula] = []
    repeat {
      let start = here
      let element = try inner()
      try checkRow(element, behind: elements.first, at: start)
      elements.append(element)
    } while take(",")
    try close("]", opened: opening)
    return Formula(.list(elements), at: location(of: opening))
  }

  private func checkRow(_ row: Formula, behind first: Formula?, at start: Location) throws(ParseError) {
    guard case .list(let first)? = first?.form, case .list(let row) = row.form else { return }
    if row.count != first.count {
      throw start.error("this row has \(counted(row.count, "element")), the first one has \(first.count)")
    }
  }

  /// A whole number with or without a sign, nil if none stands here.
  mutating func wholeNumber() throws(ParseError) -> Int? {
    let isNegative = take("-")
    guard case .number(let value) = current.kind else {
      if isNegative { throw unexpected("a whole number") }
      return nil
    }
    guard let whole = Int(exactly: value), value <= 0x1p53 else { throw unexpected("a whole number") }
    advance()
    return isNegative ? -whole : whole
  }
}

extension Formula {
  /// An expression alone, such as `(w*x - t)^2`; names are not looked up.
  ///
  /// - Throws: ``ParseError`` with the place and what was expected there.
  /// - Complexity: linear in the length of the text.
  public init(parsing text: String) throws(ParseError) {
    var parser = try Parser(SourceText(text))
    self = try parser.expression()
    guard parser.current.kind == .end else { throw parser.unexpectedBehindExpression("the end of the text") }
  }
}
