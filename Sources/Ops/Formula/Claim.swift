/// A statement about a program that can be true or false.
///
/// ```
/// dc/dw = 2*e*x              ∂c/∂w = 2*e*x           first derivative, gradient, Jacobian
/// d2c/dw2 = 2*x^2            ∂²c/∂w² = 2*x²          second derivative, Hessian
/// d2c/dwdb = 2*x             ∂²c/∂w∂b = 2*x          mixed second derivative
/// y' = 2*x                                           of a number: its derivative by the only input
/// A = B                      A == B                  an identity
/// A >= B                     A ≥ B, <, <=, >, !=     a relation
/// ```
/// A derivative may also stand inside a side, as a factor or a term: `dC/dw = dC/dp*dp/dw`, `2*da/dx = d(a*x)/dx - a`.
public enum Claim: Sendable, Hashable {
  case gradient(of: String, by: String, Formula)
  case second(of: String, by: String, and: String, Formula)
  case identity(Formula, Formula)
  /// Of every element with its counterpart; what equal sides mean for it is said in Docs/Conventions.md.
  case relation(Formula, Formula.Comparison, Formula)

  /// Parses a claim and looks up its names, written out like a resolved program.
  ///
  /// `dc/dw` is a derivative if `c` and `w` are names in scope; only then can `dwdb` be taken apart.
  ///
  /// - Parameters:
  ///   - text: one claim; a chain `A = B = C` is several.
  ///   - scope: ``Program/scope(inputs:functions:)`` of the program that the claim is about.
  public init(parsing text: String, in scope: Scope) throws(ParseError) {
    try self.init(parsing: SourceText(text), in: scope)
  }

  package init(parsing source: SourceText, in scope: Scope) throws(ParseError) {
    let links = try Self.chain(parsing: source, in: scope)
    guard links.count == 1 else {
      throw Location(source: source, offset: 0).error("a chain of \(links.count) claims stands where one is expected")
    }
    self = links[0]
  }

  /// `A = B ≤ C`: every link is a claim of its own.
  package static func chain(parsing source: SourceText, in scope: Scope) throws(ParseError) -> [Claim] {
    var scope = scope
    var parser = try Parser(source)
    parser.differentiable = scope
    try parser.checkNoPrimedFunction()
    let derivative = try Derivative(tokens: parser.leftSide, source, scope.names)
    var left: Formula?
    if derivative == nil {
      left = try scope.resolve(try parser.expression(.sum))
    } else {
      parser.skipLeftSide()
    }
    var links: [Claim] = []
    repeat {
      let sign = try parser.takeRelation()
      let right = try scope.resolve(try parser.expression(.sum))
      if let derivative, left == nil, sign == nil {
        links.append(derivative.claim(right))
      } else {
        let a = left ?? derivative!.formula
        links.append(sign.map { .relation(a, $0, right) } ?? .identity(a, right))
      }
      left = right
    } while parser.current.kind != .end
    return links
  }
}

extension Derivative {
  fileprivate func claim(_ right: Formula) -> Claim {
    by.count == 1 ? .gradient(of: of, by: by[0], right) : .second(of: of, by: by[0], and: by[1], right)
  }
}

extension Claim: CustomStringConvertible {
  /// `∂c/∂w = 2·e·x`
  public var description: String { text(in: .standard) }
  /// `dc/dw = 2*e*x`
  public var ascii: String { text(in: .ascii) }

  public func text(in notation: Formula.Notation) -> String {
    let (d, two) = notation == .ascii ? ("d", "2") : ("∂", "²")
    return switch self {
    case .gradient(let c, let w, let right): "\(d)\(c)/\(d)\(w) = \(right.text(in: notation))"
    case .second(let c, let w, let b, let right):
      "\(d)\(two)\(c)/\(d)\(w)\(w == b ? two : d + b) = \(right.text(in: notation))"
    case .identity(let left, let right): "\(left.text(in: notation)) = \(right.text(in: notation))"
    case .relation(let left, let sign, let right):
      "\(left.text(in: notation)) \(sign.text(in: notation)) \(right.text(in: notation))"
    }
  }
}

extension Formula.Comparison {
  func text(in notation: Formula.Notation) -> String {
    switch self {
    case .lessOrEqual where notation != .ascii: "≤"
    case .greaterOrEqual where notation != .ascii: "≥"
    case .notEqual where notation != .ascii: "≠"
    default: rawValue
    }
  }

  /// Whether it holds of two numbers, of which the difference is known to be not 0.
  func holds(ofSign sign: Double) -> Bool {
    switch self {
    case .less, .lessOrEqual: sign < 0
    case .greater, .greaterOrEqual: sign > 0
    case .equal: false
    case .notEqual: true
    }
  }

  var admitsEquality: Bool { self == .lessOrEqual || self == .greaterOrEqual || self == .equal }
}

extension Parser {
  /// The tokens before the first relation.
  fileprivate var leftSide: [Token] {
    var tokens: [Token] = []
    while relation(peek(tokens.count)) == nil, peek(tokens.count).kind != .end { tokens.append(peek(tokens.count)) }
    return tokens
  }

  fileprivate mutating func skipLeftSide() {
    while relation(current) == nil, current.kind != .end { advance() }
  }

  /// `f'(x)`: only statements have derivatives here.
  fileprivate func checkNoPrimedFunction() throws(ParseError) {
    guard case .name(let name) = current.kind, peek(1).isSymbol("'"), peek(2).isSymbol("(") else { return }
    throw here.error(
      "the derivative of a function is claimed of a statement: give the program y = \(name)(x), and claim dy/dx or y'")
  }

  /// - Returns: nil for equality.
  fileprivate mutating func takeRelation() throws(ParseError) -> Formula.Comparison? {
    guard let relation = relation(current) else { throw unexpectedBehindExpression("'='") }
    advance()
    return relation == .equal ? nil : relation
  }

  private func relation(_ token: Token) -> Formula.Comparison? {
    guard case .symbol(let symbol) = token.kind else { return nil }
    return symbol == "=" ? .equal : Formula.Comparison(rawValue: symbol)
  }
}
