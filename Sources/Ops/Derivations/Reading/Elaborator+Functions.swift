// Functions of the language and of the document.

extension Elaborator {
  func function(
    _ name: String, _ scripts: Notation.Scripts, _ arguments: [Notation], _ notation: Notation, _ bindings: Bindings
  ) throws(Obstacle) -> Term {
    if name == "indicator" { return try indicator(arguments[0], bindings) }
    if let call = try languageCall(name, scripts, arguments, notation, bindings) { return call }
    let terms = try terms(arguments.flatMap(\.listed), bindings)
    guard !terms.isEmpty else { throw error("\(name) needs an argument", at: notation) }
    if scripts.above?.wholeNumber == -1, let inverse = Self.inverses[name] {
      return try function(inverse, of: terms, notation)
    }
    var value =
      scripts.primes == 0
      ? try function(name, of: terms, notation)
      : try derivative(
        ofFunction: { (x) throws(Obstacle) in try self.function(name, of: [x], notation) }, at: terms[0],
        scripts.primes, notation)
    if let below = scripts.below, name == "log" {
      value = try elementwise(.divide, value, each("log", try term(below, bindings)), notation)
    }
    if let above = scripts.above {
      if above.isTransposeSign { return transposed(value) }
      value = try elementwise(.power, value, try term(above, bindings), notation)
    }
    return value
  }

  private static let inverses = [
    "sin": "asin", "cos": "acos", "tan": "atan", "sinh": "asinh", "cosh": "acosh", "tanh": "atanh",
  ]
  private static let reciprocals = ["cot": "tan", "sec": "cos", "csc": "sin", "coth": "tanh", "sech": "cosh"]
  private static let spellings = [
    "⟨⟩": "dot", "arcsin": "asin", "arccos": "acos", "arctan": "atan", "ln": "log", "lg": "log10",
  ]

  private func function(_ written: String, of terms: [Term], _ notation: Notation) throws(Obstacle) -> Term {
    let name = Self.spellings[written] ?? written
    let x = terms[0]
    if let other = Self.reciprocals[name] { return try elementwise(.divide, .number(1), each(other, x), notation) }
    let call = Formula(.call(name, terms.map { .init($0.formula) }))
    switch name {
    case "logit": return each("log", try elementwise(.divide, x, try plus(.number(1), x, true, notation), notation))
    case "vec":
      return x.rank == 2 && isTrial ? Term(formula: .call("reshape", x.formula, .number(-1)), shape: [Extent()]) : x
    case "max" where terms.count == 1, "min" where terms.count == 1, "logsumexp", "sum", "mean", "norm", "var", "std":
      return Term(formula: .call(name, x.formula))
    case "det", "trace":
      guard x.rank == 2, x.shape[0].join(x.shape[1]) else {
        throw error("\(name) of shape \(x.shownShape)", at: notation)
      }
      return Term(formula: .call(name, x.formula))
    case "softmax", "diag":
      guard x.rank > 0 else { throw error("\(name) of a number", at: notation) }
      if name == "softmax" { return each(name, x) }
      return Term(formula: .call(name, x.formula), shape: x.rank == 1 ? [x.shape[0], x.shape[0]] : [x.shape[0]])
    // ⟨a, b⟩ of numbers is a vector.
    case "dot" where written == "⟨⟩" && terms.allSatisfy(\.isNumber):
      return Term(formula: Formula(.list(terms.map(\.formula))), shape: [Extent(terms.count)])
    case "dot":
      guard terms.count == 2 else { throw error("a product of two is expected", at: notation) }
      let shape = try common(x, terms[1], "a product", notation)
      return Term(formula: shape.isEmpty ? Formula(.binary(.times, x.formula, terms[1].formula)) : call)
    case "where":
      guard terms.count == 3 else { throw error("where takes a condition and two values", at: notation) }
      return Term(formula: call, shape: try common(terms[1], terms[2], name, notation))
    default: break
    }
    guard let signature = Language.functions[name] else { throw error("no function \(written.quoted)", at: notation) }
    guard signature.counts.contains(terms.count) else {
      throw error(
        "\(name) takes \(counted(signature.counts.lowerBound, "argument")), found \(terms.count)", at: notation)
    }
    var shape = x
    for other in terms.dropFirst() { shape.shape = try common(shape, other, name, notation) }
    return shape.shaped(call)
  }

  // MARK: Functions of the document

  func call(
    _ function: Notation, _ written: [Notation], _ notation: Notation, _ bindings: Bindings
  ) throws(Obstacle) -> Term {
    let arguments = try expanded(written, notation).items
    if case .group(let items, _) = function.form, case .product(let f, .compose, let g)? = items.first?.form {
      let inner = Notation(.call(g, arguments), notation.start, notation.end)
      return try call(f, [inner], notation, bindings)
    }
    guard let use = use(function) else { throw error("no function", at: function) }
    if let partial = try partial(use, function, arguments, notation, bindings) { return partial }
    if use.primes > 0 {
      guard arguments.count == 1 else { throw error("a prime on a function of several arguments", at: function) }
      var plain = use
      plain.primes = 0
      let bare = function.withoutPrimes
      if isOwnCall(plain, arguments, bindings) {
        return try derivative(
          of: try call(bare, arguments, notation, bindings), by: try term(arguments[0], bindings), use.primes, notation)
      }
      let value = try derivative(
        ofFunction: { (x) throws(Obstacle) in try self.value(plain, bare, [x], notation, bindings) },
        of: definition(plain, bindings)?.parameters?.first?.text ?? "t", at: try term(arguments[0], bindings),
        use.primes, notation)
      return try raised(value, use, notation, bindings)
    }
    var plain = use
    (plain.power, plain.isTransposed, plain.isInverse) = (nil, false, false)
    if isFactor(plain, arguments, bindings) {
      let factor = try raised(try name(plain, function, bindings), use, notation, bindings)
      return try product(factor, .adjacent, try term(arguments[0], bindings), notation)
    }
    let value: Term
    if isOwnCall(plain, arguments, bindings) {
      value = try name(plain, function, bindings)
      try checkArguments(plain, arguments, of: value, bindings)
    } else {
      value = try self.value(plain, function, try terms(arguments, bindings), notation, bindings)
    }
    return try raised(value, use, notation, bindings)
  }

  /// `f_x(x, y)`, `f_{xy}(x, y)`: derivatives by what the function is called with.
  private func partial(
    _ use: NameUse, _ function: Notation, _ arguments: [Notation], _ notation: Notation, _ bindings: Bindings
  ) throws(Obstacle) -> Term? {
    guard let letters = use.partialLetters, use.power == nil, definition(use, bindings) == nil else { return nil }
    let isFunction = definition(NameUse(base: use.base), bindings)?.parameters != nil || "fg".contains(use.base)
    guard isFunction, case .scripts(let base, _, _, 0) = function.form else { return nil }
    guard letters.allSatisfy({ letter in arguments.contains { $0.symbol == letter } }) else {
      throw error("what \(function.text) is; a partial derivative is written ∂f/∂x", at: function)
    }
    var value = try call(base, arguments, notation, bindings)
    for letter in letters { value = try derivative(of: value, by: try term(.symbol(letter), bindings), 1, notation) }
    return value
  }

  /// `f_t (1 - f_t)`, where f_t was defined without arguments: a product.
  private func isFactor(_ use: NameUse, _ arguments: [Notation], _ bindings: Bindings) -> Bool {
    !use.below.isEmpty && arguments.count == 1 && self.use(arguments[0]) == nil
      && definition(use, bindings)?.isValue ?? false
  }

  /// `C(W)`, where C was defined as a function of W: the name C.
  private func isOwnCall(_ use: NameUse, _ arguments: [Notation], _ bindings: Bindings) -> Bool {
    guard bindings.parameters.isEmpty, let definition = definition(use, bindings) else { return false }
    if case .opaque(let names) = definition.body, names.isEmpty { return false }
    guard let parameters = definition.parameters else { return true }
    return parameters.map(\.text) == arguments.map(\.text)
  }

  /// `f(t)`, where f = x^2: its value elsewhere than at x is not what was defined.
  private func checkArguments(
    _ use: NameUse, _ arguments: [Notation], of value: Term, _ bindings: Bindings
  ) throws(Obstacle) {
    guard definition(use, bindings)?.isValue ?? false else { return }
    for argument in arguments {
      let name = try term(argument, bindings).origin?.name
      guard let name, self.use(argument) != nil, reads(value.formula, name) else {
        throw error(
          "\(use.base) was defined without arguments, and does not depend on '\(argument.text)'", at: argument)
      }
    }
  }

  func definition(_ use: NameUse, _ bindings: Bindings) -> Lexicon.Definition? {
    (try? key(of: use, bindings)).flatMap(definition)
  }

  /// The value of a function at some arguments.
  private func value(
    _ use: NameUse, _ function: Notation, _ arguments: [Term], _ notation: Notation, _ bindings: Bindings
  ) throws(Obstacle) -> Term {
    if let definition = definition(use, bindings) {
      if case .notation(let body) = definition.body, let parameters = definition.parameters {
        guard parameters.count == arguments.count else {
          throw error(
            "\(use.base) takes \(counted(parameters.count, "argument")), found \(arguments.count)", at: notation)
        }
        // f(u) = f(v) defines nothing.
        let key = "call \(definition.id)"
        guard active.insert(key).inserted else { throw .circle(use.base) }
        defer { active.remove(key) }
        var inner = bindings
        inner.parameters = Dictionary(zip(parameters.map(\.text), arguments), uniquingKeysWith: { $1 })
        return try term(body, inner)
      }
      if case .opaque(let own) = definition.body, own.isEmpty { return opaqueCall(use, arguments, bindings) }
      return try name(use, function, bindings)
    }
    let isSigmoid = use.base == "σ" && use.below.isEmpty && use.mark == nil && arguments.count == 1
    if case .opaque? = self.definition(use.base)?.body { return opaqueCall(use, arguments, bindings) }
    return isSigmoid ? each("sigmoid", arguments[0]) : opaqueCall(use, arguments, bindings)
  }

  /// A function of which nothing is known: of plain names it is a value that one can differentiate by.
  private func opaqueCall(_ use: NameUse, _ arguments: [Term], _ bindings: Bindings) -> Term {
    let letters = use.below.map { item in
      item.symbol.flatMap { bindings.indices[$0]?.value }.map(String.init) ?? item.text
    }
    let key = ([use.base] + letters).joined(separator: "_")
    let call = key + "(" + arguments.map { $0.formula.description }.joined(separator: ", ") + ")"
    if let known = opaqueCalls[call] { return known }
    var value = opaque(key, arguments)
    if arguments.allSatisfy({ $0.origin != nil }) { value = named(value, key, at: Notation(.dots)) }
    opaqueCalls[call] = value
    opaqueCalls[key] = value
    return value
  }

  /// Any differentiable function, by its Taylor polynomial of third order with coefficients that are inputs: what holds
  /// for all of them at all points holds for every function whose derivatives up to the third are meant.
  ///
  /// Of numbers it may be a vector; of vectors and matrices it is a number.
  func opaque(_ key: String, _ arguments: [Term], _ shape: [Extent] = []) -> Term {
    func times(_ a: Formula, _ b: Formula) -> Formula { Formula(.binary(.times, a, b)) }
    func power(_ a: Formula, _ n: Double) -> Formula { Formula(.binary(.power, a, .number(n))) }
    func plus(_ a: Formula, _ b: Formula) -> Formula { Formula(.binary(.plus, a, b)) }
    func part(_ number: String, _ x: Term, _ power: Formula) -> Formula {
      let coefficient = input("\(key)_\(number)", shape: x.isNumber ? shape : x.shape).formula
      return x.isNumber ? times(coefficient, power) : .call("sum", times(coefficient, power))
    }
    var sum = input("\(key)_0", shape: shape).formula
    var linear: Formula?
    for (place, x) in arguments.enumerated() {
      let name = arguments.count == 1 ? "" : "x\(place + 1)"
      sum = plus(plus(sum, part(name + "1", x, x.formula)), part(name + "2", x, power(x.formula, 2)))
      let next = part(name + "3", x, x.formula)
      linear = linear.map { plus($0, next) } ?? next
    }
    if let linear { sum = plus(sum, power(linear, 3)) }
    return Term(formula: sum, shape: shape)
  }
}

extension Notation {
  /// `\max\{0, x\}` has two arguments.
  fileprivate var listed: [Notation] {
    if case .group(let items, .curly) = form { items } else { [self] }
  }
}
