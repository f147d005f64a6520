/// One link of a text `A = B ≤ C`: a claim, and what it speaks of that the program does not have.
struct ClaimLink {
  var claim: Claim
  /// The arguments of `f'(a*b)` with the names that stand for them, see ``PrimedCalls``.
  var arguments: [Program.Statement] = []
  /// What is small in `A ≈ B in h`.
  var small: String?
  /// Whether sums are written out in it.
  var hasSeries = false

  /// Whether it needs more than the names of the program.
  var addsToProgram: Bool { !arguments.isEmpty || small != nil }
  /// Whether the claim says less than what was written, or in more words.
  var isShownAsWritten: Bool { addsToProgram || hasSeries }

  /// Every link, read or not: a side that cannot be read does not keep the others from it.
  static func chain(parsing source: SourceText, in scope: Scope) -> [Result<ClaimLink, ParseError>] {
    do throws(ParseError) {
      var parser = try Parser(source, sizes: scope.sizes)
      // What is small need not stand in the program.
      let scope = scope.adding(parser.smallNames)
      parser.differentiable = scope
      return try parser.links(in: scope)
    } catch {
      return [.failure(error)]
    }
  }
}

extension Parser {
  /// What stands between two signs.
  private struct Side {
    let formula: Formula
    /// The only thing that stands there.
    var derivative: Derivative?
  }

  fileprivate mutating func links(in scope: Scope) throws(ParseError) -> [Result<ClaimLink, ParseError>] {
    var sides = [side(in: scope, isFirst: true)]
    var signs: [Token] = []
    while Self.isSign(current) {
      signs.append(takeToken())
      sides.append(side(in: scope, isFirst: false))
    }
    let small = try smallName(isNeeded: signs.contains { $0.isSymbol("≈") })
    guard !signs.isEmpty else {
      _ = try sides[0].get()
      throw unexpectedBehindExpression("'='")
    }
    let arguments = try primed.arguments.map { (name, formula) throws(ParseError) in
      var scope = scope
      // Of a name the statement has a value of its own, not the same one.
      let value = if case .name = formula.form { Formula(.binary(.plus, formula, 0)) } else { formula }
      let place = formula.location ?? here
      return Program.Statement(name: name, formula: try scope.resolve(value), location: place)
    }
    var links: [Result<ClaimLink, ParseError>] = []
    for (place, sign) in signs.enumerated() {
      let (left, right) = (sides[place], sides[place + 1])
      // One that two links share is told of once.
      if case .failure = left, case .failure? = links.last, case .success = right { continue }
      links.append(
        Result { () throws(ParseError) in
          let (a, b) = (try left.get(), try right.get())
          var link = ClaimLink(
            claim: sign.claim(a.derivative, a.formula, b.formula, small), arguments: arguments,
            hasSeries: termCount > 0)
          if sign.isSymbol("≈") { link.small = small }
          return link
        })
    }
    return links
  }

  private mutating func side(in scope: Scope, isFirst: Bool) -> Result<Side, ParseError> {
    let start = index
    do throws(ParseError) {
      if isFirst, let derivative = try Derivative(tokens: leftSide, source, scope.names) {
        skipSide()
        return .success(Side(formula: derivative.formula, derivative: derivative))
      }
      let formula = try expression(.sum)
      guard Self.isSign(current) || current.kind == .end || current.kind == .name("in") else {
        throw unexpectedBehindExpression(isFirst ? "'='" : "the end of the claim")
      }
      var scope = scope.adding(primed.arguments.map(\.name))
      return .success(Side(formula: try scope.resolve(formula)))
    } catch {
      rewind(to: start)
      skipSide()
      return .failure(error)
    }
  }

  /// The tokens before the first sign.
  private var leftSide: [Token] { Array(rest.prefix { !Self.isSign($0) && $0.kind != .end }) }

  /// To the next sign outside of brackets.
  private mutating func skipSide() {
    var depth = 0
    while current.kind != .end, depth > 0 || !(Self.isSign(current) || current.kind == .name("in")) {
      if ["(", "[", "{"].contains(where: current.isSymbol) { depth += 1 }
      if [")", "]", "}"].contains(where: current.isSymbol) { depth -= 1 }
      advance()
    }
  }

  /// The name that the text ends with, behind `in`.
  fileprivate var smallNames: [String] {
    let last = rest.count - 2
    guard last > 1, peek(last - 1).kind == .name("in"), case .name(let name) = peek(last).kind else { return [] }
    return [name]
  }

  /// The h of `A ≈ B in h`.
  private mutating func smallName(isNeeded: Bool) throws(ParseError) -> String? {
    var name: String?
    if isNeeded, current.kind == .name("in") {
      advance()
      name = try takeName("the name of what is small")
    }
    guard current.kind == .end else { throw unexpectedBehindExpression("the end of the claim") }
    if isNeeded, name == nil { throw here.error("approximately equal in what? Write A ≈ B in h for what is small") }
    return name
  }

  private static func isSign(_ token: Token) -> Bool {
    guard case .symbol(let symbol) = token.kind else { return false }
    return symbol == "=" || symbol == "≈" || Formula.Comparison(rawValue: symbol) != nil
  }
}

extension Token {
  /// What it says of two sides.
  fileprivate func claim(_ derivative: Derivative?, _ a: Formula, _ b: Formula, _ small: String?) -> Claim {
    guard case .symbol(let symbol) = kind else { return .identity(a, b) }
    if symbol == "≈", let small { return .identity(a.jet(in: small), b.jet(in: small)) }
    let comparison = Formula.Comparison(rawValue: symbol)
    if let comparison, comparison != .equal { return .relation(a, comparison, b) }
    return derivative?.claim(b) ?? .identity(a, b)
  }
}

extension Formula {
  /// Its value and its derivative by a number.
  fileprivate func jet(in name: String) -> Formula {
    Formula(.list([self, Formula(.derivative(self, by: [.name(name)]))]))
  }
}
