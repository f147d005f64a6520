/// The grammar of LaTeX mathematics: tokens to notation.
///
/// A name followed by brackets is a call if it is known to be a function, else a product: `f(x)`, `η(y - z)`.
struct NotationParser {
  /// Deeper brackets than anybody writes.
  static let deepestNesting = 100

  let span: MathSpan
  let tokens: [LaTeXToken]
  let isFunction: (String) -> Bool
  var index = 0
  private var nesting = 0
  /// Inside of |…| the next bar closes.
  var isInBars = false
  var isInNorm = false
  /// In a matrix or cases, where `&` and `\\` separate cells.
  var isInCells = false

  init(_ span: MathSpan, _ tokens: [LaTeXToken], isFunction: @escaping (String) -> Bool) {
    (self.span, self.tokens, self.isFunction) = (span, tokens, isFunction)
  }
}

// MARK: - Tokens

extension NotationParser {
  var current: LaTeXToken { tokens[index] }
  var isAtEnd: Bool { current.kind == .finish }

  func peek(_ distance: Int) -> LaTeXToken { tokens[max(0, min(index + distance, tokens.count - 1))] }

  mutating func advance() { index = min(index + 1, tokens.count - 1) }

  mutating func take(_ symbol: Character) -> Bool { take(.symbol(symbol)) }

  mutating func take(_ kind: LaTeXToken.Kind) -> Bool {
    guard current.kind == kind else { return false }
    advance()
    return true
  }

  mutating func skip(_ kinds: LaTeXToken.Kind...) {
    while kinds.contains(current.kind) { advance() }
  }

  func error(_ message: String) -> ParseError { span.error(message, at: current.start) }

  func unexpected(_ expected: String) -> ParseError {
    span.place(current.start).error(
      "expected \(expected), found \(current.shown)", expected: expected, found: current.shown)
  }

  func made(_ form: Notation.Form, from start: Int) -> Notation { Notation(form, start, peek(-1).end) }

  /// The token that stands here, as a symbol.
  mutating func symbol(_ name: String, from start: Int) -> Notation {
    advance()
    return made(.symbol(name), from: start)
  }
}

// MARK: - Sums and products

extension NotationParser {
  /// Terms with signs between them.
  mutating func expression() throws(ParseError) -> Notation {
    nesting += 1
    defer { nesting -= 1 }
    guard nesting <= Self.deepestNesting else { throw error("nested deeper than \(Self.deepestNesting) levels") }
    let start = current.start
    var addends: [Notation.Addend] = []
    repeat {
      skipCellMarks()
      var isNegative = false
      while let sign = sign { isNegative = isNegative != sign; advance(); skipCellMarks() }
      addends.append(Notation.Addend(isNegative: isNegative, term: try term()))
      continueOnNextRow()
    } while sign != nil
    return addends.count == 1 && !addends[0].isNegative ? addends[0].term : made(.sum(addends), from: start)
  }

  /// `&` shows where rows are aligned, wherever it stands.
  private mutating func skipCellMarks() {
    if !isInCells { skip(.symbol("&")) }
  }

  /// Whether a sign stands here, and a negative one.
  private var sign: Bool? {
    switch current.kind {
    case .symbol("+"): false
    case .symbol("-"): true
    default: nil
    }
  }

  /// A row that begins with an operator goes on with the expression of the row before.
  private mutating func continueOnNextRow() {
    if isInCells { return }
    var distance = 0
    while [.row, .symbol("&"), .gap].contains(peek(distance).kind) { distance += 1 }
    guard tokens[index..<index + distance].contains(where: { $0.kind == .row }) else { return }
    if peek(distance).isSymbol("+") || peek(distance).isSymbol("-") { index += distance }
  }

  /// Factors side by side or with a sign of multiplication.
  mutating func term() throws(ParseError) -> Notation {
    let start = current.start
    var product = try factor()
    while true {
      if take("/") {
        let divisor = try factor()
        product = made(.fraction(product, divisor), from: start)
      } else if let joint = takeJoint() {
        let isNegative = take("-")
        let right = try factor()
        let signed = isNegative ? made(.sum([.init(isNegative: true, term: right)]), from: start) : right
        product = made(.product(product, joint, signed), from: start)
      } else if isEvaluationBar {
        advance()
        let scripts = try scripts()
        product = made(.evaluated(product, below: scripts.below, above: scripts.above), from: start)
      } else if startsFactor {
        let right = try factor()
        product = made(.product(product, .adjacent, right), from: start)
      } else {
        return product
      }
    }
  }

  private mutating func takeJoint() -> Notation.Joint? {
    let joint: Notation.Joint? =
      switch current.kind {
      case .command("cdot"): .dot
      case .command("times"): .times
      case .symbol("*"), .command("*"): .star
      case .command("odot"), .command("circ"): current.isCommand("odot") ? .elementwise : .compose
      case .command("otimes"): .kronecker
      case .symbol("@"): .at
      default: nil
      }
    guard let joint else { return nil }
    advance()
    skipCellMarks()
    return joint
  }

  private var isEvaluationBar: Bool {
    current.isSymbol("|") && !isInBars && (peek(1).isSymbol("_") || peek(1).isSymbol("^"))
  }

  /// Whether something stands here that can be multiplied with what stands before it.
  var startsFactor: Bool {
    switch current.kind {
    case .letter, .number: true
    case .symbol("("), .symbol("["), .symbol("{"): true
    case .symbol("|"): !isInBars && !isEvaluationBar
    case .doubleBar: !isInNorm
    case .brace(let open): open
    case .begin(let name): name.hasSuffix("matrix") || name == "cases" || name == "array"
    case .command(let name): Self.startingCommands.contains(name) || isFunctionCommand(name)
    default: false
    }
  }

  private static let startingCommands: Set<String> = Set(LaTeXVocabulary.accents.keys).union([
    "frac", "sum", "prod", "partial", "nabla", "dd", "mathbf", "mathrm", "mathcal", "mathbb", "mathfrak", "mathscr",
    "operatorname", "dots", "infty", "mathbbm", "top", "underbrace", "overbrace", "cancel", "boxed", "prime", "mathop",
    "binom", "lfloor", "lceil", "langle", "Reals", "star", "dagger", "emptyset", "argmin", "arg", "int", "rm", "Re",
    "mathbfit", "underline", "textcolor", "bmod", "neg",
  ])

  /// Whether an opening bracket stands here.
  var startsBracket: Bool { [.symbol("("), .symbol("["), .brace(open: true)].contains(current.kind) }

  func isFunctionCommand(_ name: String) -> Bool {
    LaTeXVocabulary.function(name) != nil || LaTeXVocabulary.formulaFunctions.contains(name)
  }
}
