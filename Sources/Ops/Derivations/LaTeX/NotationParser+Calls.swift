// Functions, sums over indices, matrices.

extension NotationParser {
  /// `f(x, y)`, if what was read names a function of the document.
  mutating func call(of name: Notation, from start: Int, always: Bool = false) throws(ParseError) -> Notation? {
    guard current.isSymbol("("), always || isCallable(name) else { return nil }
    let arguments = try bracketed()
    return made(.call(name, arguments), from: start)
  }

  private func isCallable(_ name: Notation) -> Bool {
    switch name.form {
    case .symbol(let symbol): isFunction(symbol)
    case .scripts(let base, _, _, _): base.symbol.map(isFunction) == true || isFunction(name.withoutPrimes.text)
    case .group(let items, .round): items.count == 1 && items[0].isComposition(isFunction)
    default: false
    }
  }

  /// A function of the language: with arguments in brackets, or with the factors that follow it.
  mutating func function(_ name: String, from start: Int) throws(ParseError) -> Notation {
    if current.kind != .symbol("_"), current.kind != .symbol("^"), !startsFactor, !current.isSymbol("-") {
      throw unexpected("an argument of \(name)")
    }
    let scripts = try scripts()
    if let big = Notation.BigOperator(rawValue: name), scripts.below != nil, name == "max" || name == "min" {
      let body = try term()
      return made(.big(big, below: scripts.below, above: nil, body), from: start)
    }
    let arguments = startsBracket ? try bracketed() : [try bareArgument()]
    return made(.function(name, scripts, arguments), from: start)
  }

  /// What stands in brackets.
  mutating func bracketed() throws(ParseError) -> [Notation] {
    let group = try atom()
    guard case .group(let items, _) = group.form else { return [group] }
    return items
  }

  /// Factors up to the next function, bracket or sign: `\sin 2x \cos y` is sin(2x)·cos(y).
  private mutating func bareArgument() throws(ParseError) -> Notation {
    let start = current.start
    if take("-") {
      let inner = try bareArgument()
      return made(.sum([.init(isNegative: true, term: inner)]), from: start)
    }
    var product = try factor()
    if case .big = product.form { return product }
    while startsFactor, !startsFunction, !current.isSymbol("(") {
      let right = try factor()
      product = made(.product(product, .adjacent, right), from: start)
    }
    return product
  }

  private var startsFunction: Bool {
    if case .command(let name) = current.kind {
      return isFunctionCommand(name) || ["sum", "prod", "operatorname", "frac"].contains(name)
    }
    return false
  }

  mutating func root(from start: Int) throws(ParseError) -> Notation {
    let degree = current.isSymbol("[") ? try bracketed() : []
    guard degree.count <= 1 else { throw unexpected("one degree of a root") }
    let inner = current.isSymbol("{") || current.isSymbol("(") ? try atom() : try singleArgument()
    return made(.root(inner.unbracketed, degree: degree.first), from: start)
  }

  /// `\sum_{i=1}^n`: its body is one term.
  mutating func big(_ sign: Notation.BigOperator, from start: Int) throws(ParseError) -> Notation {
    advance()
    let scripts = try scripts()
    let body = try term()
    return made(.big(sign, below: scripts.below, above: scripts.above, body), from: start)
  }
}

// MARK: - Environments

extension NotationParser {
  mutating func environment(_ name: String, from start: Int) throws(ParseError) -> Notation {
    advance()
    let outer = (isInBars, isInNorm, isInCells)
    (isInBars, isInNorm, isInCells) = (false, false, true)
    defer { (isInBars, isInNorm, isInCells) = outer }
    if name == "cases" || name == "rcases" { return try cases(name, from: start) }
    guard name.hasSuffix("matrix") || name == "array" else {
      throw span.error("no environment '\(name)' is known here", at: start)
    }
    let rows = try rows(name)
    let matrix = made(.matrix(rows), from: start)
    switch name {
    case "vmatrix": return made(.function("det", Notation.Scripts(), [matrix]), from: start)
    case "Vmatrix": return made(.norm(matrix), from: start)
    default: return matrix
    }
  }

  /// Cells are separated by `&`, and by commas in `[w_0, w_1]`.
  private mutating func rows(_ name: String) throws(ParseError) -> [[Notation]] {
    var rows: [[Notation]] = [[]]
    while current.kind != .end(name) {
      switch current.kind {
      case .row: if !rows[rows.count - 1].isEmpty { rows.append([]) }; advance()
      case .symbol("&"), .symbol(","), .gap: advance()
      case .finish: throw unexpected("'\\end{\(name)}'")
      default: rows[rows.count - 1].append(try condition())
      }
    }
    advance()
    if rows.last?.isEmpty == true { rows.removeLast() }
    return rows
  }

  private mutating func cases(_ name: String, from start: Int) throws(ParseError) -> Notation {
    var cases: [Notation.Case] = []
    while current.kind != .end(name) {
      let value = try condition()
      var condition: Notation?
      while current.kind != .row, current.kind != .end(name) {
        switch current.kind {
        case .symbol("&"), .symbol(","), .gap, .symbol("."), .symbol(";"): advance()
        case .text(let words):
          advance()
          if Self.isOtherwise(words), condition == nil { condition = made(.words("otherwise"), from: current.start) }
        case .finish: throw unexpected("'\\end{\(name)}'")
        case .letter("o") where spelledOtherwise: index += 9
        default:
          let next = try self.condition()
          condition = condition.map { Notation(.product($0, .adjacent, next)) } ?? next
        }
      }
      if current.kind == .row { advance() }
      cases.append(Notation.Case(value: value, condition: condition))
    }
    advance()
    guard !cases.isEmpty else { throw span.error("cases without a case", at: start) }
    return made(.cases(cases), from: start)
  }

  private var spelledOtherwise: Bool {
    "otherwise".enumerated().allSatisfy { peek($0).kind == .letter(String($1)) }
  }

  private static func isOtherwise(_ words: String) -> Bool {
    ["otherwise", "else", "其他", "其它", "否则"].contains { words.lowercased().contains($0) }
  }
}

extension Notation {
  /// Without the primes of a derivative: the name of the function itself.
  var withoutPrimes: Notation {
    guard case .scripts(let base, let below, let above, let primes) = form, primes > 0 else { return self }
    return base.scripted(below: below, above: above, at: self)
  }

  fileprivate func isComposition(_ isFunction: (String) -> Bool) -> Bool {
    guard case .product(let f, .compose, let g) = form else { return false }
    return [f, g].allSatisfy { $0.symbol.map(isFunction) == true }
  }
}
