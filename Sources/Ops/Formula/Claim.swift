/// A statement about a program that can be true or false.
///
/// ```
/// dc/dw = 2*e*x              ∂c/∂w = 2*e*x           first derivative, gradient, Jacobian
/// d2c/dw2 = 2*x^2            ∂²c/∂w² = 2*x²          second derivative, Hessian
/// d2c/dwdb = 2*x             ∂²c/∂w∂b = 2*x          mixed second derivative
/// y' = 2*x                                           of a number: its derivative by the only input
/// A = B                      A == B                  an identity
/// ```
public enum Claim: Sendable, Hashable {
  case gradient(of: String, by: String, Formula)
  case second(of: String, by: String, and: String, Formula)
  case identity(Formula, Formula)

  /// Parses a claim and looks up its names, written out like a resolved program.
  ///
  /// `dc/dw` is a derivative if `c` and `w` are names in scope; only then can `dwdb` be taken apart.
  ///
  /// - Parameter scope: ``Program/scope(inputs:functions:)`` of the program that the claim is about.
  public init(parsing text: String, in scope: Scope) throws(ParseError) {
    try self.init(parsing: SourceText(text), in: scope)
  }

  package init(parsing source: SourceText, in scope: Scope) throws(ParseError) {
    var scope = scope
    var parser = try Parser(source)
    try parser.checkNoPrimedFunction()
    if let left = try Derivative(tokens: parser.leftSide, source, scope.names) {
      let right = try scope.resolve(try parser.rightSide(behind: left))
      self =
        left.by.count == 1
        ? .gradient(of: left.of, by: left.by[0], right)
        : .second(of: left.of, by: left.by[0], and: left.by[1], right)
    } else {
      let left = try parser.expression(.sum)
      let right = try parser.rightSide()
      self = .identity(try scope.resolve(left), try scope.resolve(right))
    }
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
    }
  }
}

extension Parser {
  /// The tokens before the equals sign.
  fileprivate var leftSide: [Token] {
    var tokens: [Token] = []
    while !isEquals(peek(tokens.count)), peek(tokens.count).kind != .end { tokens.append(peek(tokens.count)) }
    return tokens
  }

  /// `f'(x)`: only statements have derivatives here.
  fileprivate func checkNoPrimedFunction() throws(ParseError) {
    guard case .name(let name) = current.kind, peek(1).isSymbol("'"), peek(2).isSymbol("(") else { return }
    throw here.error(
      "the derivative of a function is claimed of a statement: give the program y = \(name)(x), and claim dy/dx or y'")
  }

  fileprivate mutating func rightSide(behind left: Derivative) throws(ParseError) -> Formula {
    while !isEquals(current), current.kind != .end { advance() }
    return try rightSide()
  }

  fileprivate mutating func rightSide() throws(ParseError) -> Formula {
    guard take("=") || take("==") else { throw unexpectedBehindExpression("'='") }
    let formula = try expression(.sum)
    guard current.kind == .end else { throw unexpectedBehindExpression("the end of the claim") }
    return formula
  }

  private func isEquals(_ token: Token) -> Bool { token.isSymbol("=") || token.isSymbol("==") }
}
// 1
// 2
