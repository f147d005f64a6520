// Functions of the language and of the document.

extension Elaborator {
  func function(_ name: String, _ scripts: Notation.Scripts, _ arguments: [Notation]) throws(Obstacle) -> Term {
    if name == "indicator" { return try indicator(arguments[0]) }
    if let call = try languageCall(name, scripts, arguments) { return call }
    let terms = try terms(arguments.flatMap(\.listed))
    guard !terms.isEmpty else { throw error("\(name) needs an argument") }
    if scripts.above?.wholeNumber == -1, let inverse = Self.inverses[name] { return try function(inverse, of: terms) }
    var value =
      scripts.primes == 0
      ? try function(name, of: terms)
      : try derivative(
        ofFunction: { (x) throws(Obstacle) in try self.function(name, of: [x]) }, at: terms[0], scripts.primes)
    if let below = scripts.below, name == "log" {
      value = try elementwise(.divide, value, each("log", try term(below)))
    }
    if let above = scripts.above {
      if above.isTransposeSign { return transposed(value) }
      value = try elementwise(.power, value, try term(above))
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

  private func function(_ written: String, of terms: [Term]) throws(Obstacle) -> Term {
    let name = Self.spellings[written] ?? written
    let x = terms[0]
    if let other = Self.reciprocals[name] { return try elementwise(.divide, .number(1), each(other, x)) }
    let call = Formula(.call(name, terms.map { .init($0.formula) }))
    switch name {
    case "logit": return each("log", try elementwise(.divide, x, try plus(.number(1), x, true)))
    case "vec":
      return x.rank == 2 && isTrial ? Term(formula: .call("reshape", x.formula, .number(-1)), shape: [Extent()]) : x
    case "max" where terms.count == 1, "min" where terms.count == 1, "logsumexp", "sum", "mean", "norm", "var", "std":
      return Term(formula: .call(name, x.formula))
    case "det", "trace":
      guard x.rank == 2, x.shape[0].join(x.shape[1]) else { throw error("\(name) of shape \(x.shownShape)") }
      return Term(formula: .call(name, x.formula))
    case "softmax", "diag":
      guard x.rank > 0 else { throw error("\(name) of a number") }
      if name == "softmax" { return each(name, x) }
      return Term(formula: .call(name, x.formula), shape: x.rank == 1 ? [x.shape[0], x.shape[0]] : [x.shape[0]])
    // ⟨a, b⟩ of numbers is a vector.
    case "dot" where written == "⟨⟩" && terms.allSatisfy(\.isNumber):
      return Term(formula: Formula(.list(terms.map(\.formula))), shape: [Extent(terms.count)])
    case "dot":
      guard terms.count == 2 else { throw error("a product of two is expected") }
      let shape = try common(x, terms[1], "a product")
      return Term(formula: shape.isEmpty ? Formula(.binary(.times, x.formula, terms[1].formula)) : call)
    case "where":
      guard terms.count == 3 else { throw error("where takes a condition and two values") }
      return Term(formula: call, shape: try common(terms[1], terms[2], name))
    default: break
    }
    guard let signature = Language.functions[name] else { throw error("no function \(written.quoted)") }
    guard signature.counts.contains(terms.count) else {
      throw error("\(name) takes \(counted(signature.counts.lowerBound, "argument")), found \(terms.count)")
    }
    var shape = x
    for other in terms.dropFirst() { shape.shape = try common(shape, other, name) }
    return shape.shaped(call)
  }

  // MARK: Functions of the document

  func call(_ function: Notation, _ written: [Notation]) throws(Obstacle) -> Term {
    let arguments = try expanded(written).items
    if case .group(let items, _) = function.form, case .product(let f, .compose, let g)? = items.first?.form {
      let inner = Notation(.call(g, arguments), notation.start, notation.end)
      return try call(f, [inner])
    }
    guard let use = use(function) else { throw error("no function", at: function) }
    if let partial = try partial(use, function, arguments) { return partial }
    if use.primes > 0 {
      guard arguments.count == 1 else { throw error("a prime on a function of several arguments", at: function) }
      var plain = use
      plain.primes = 0
      let bare = function.withoutPrimes
      if isOwnCall(plain, arguments) {
        return try derivative(of: try call(bare, arguments), by: try term(arguments[0]), use.primes)
      }
      let value = try derivative(
        ofFunction: { (x) throws(Obstacle) in try self.value(plain, bare, [x]) },
        of: definition(plain)?.parameters?.first?.text ?? "t", at: try term(arguments[0]), use.primes)
      return try raised(value, use)
    }
    var plain = use
    (plain.power, plain.isTransposed, plain.isInverse) = (nil, false, false)
    if isFactor(plain, arguments) {
      let factor = try raised(try at(function).name(plain), use)
      return try product(factor, .adjacent, try term(arguments[0]))
    }
    let value: Term
    if isOwnCall(plain, arguments) {
      value = try at(function).name(plain)
      try checkArguments(plain, arguments, of: value)
    } else {
      value = try self.value(plain, function, try terms(arguments))
    }
    return try raised(value, use)
  }

  /// `f_x(x, y)`, `f_{xy}(x, y)`: derivatives by what the function is called with.
  private func partial(_ use: NameUse, _ function: Notation, _ arguments: [Notation]) throws(Obstacle) -> Term? {
    guard let letters = use.partialLetters, use.power == nil, definition(use) == nil else { return nil }
    let isFunction = definition(NameUse(base: use.base))?.parameters != nil || "fg".contains(use.base)
    guard isFunction, case .scripts(let base, _, _, 0) = function.form else { return nil }
    guard letters.allSatisfy({ letter in arguments.contains { $0.symbol == letter } }) else {
      throw error("what \(function.text) is; a partial derivative is written ∂f/∂x", at: function)
    }
    var value = try call(base, arguments)
    for letter in letters { value = try derivative(of: value, by: try term(.symbol(letter)), 1) }
    return value
  }

  /// `f_t (1 - f_t)`, where f_t was defined without arguments: a product.
  private func isFactor(_ use: NameUse, _ arguments: [Notation]) -> Bool {
    !use.below.isEmpty && arguments.count == 1 && self.use(arguments[0]) == nil && definition(use)?.isValue ?? false
  }

  /// `C(W)`, where C was defined as a function of W: the name C.
  private func isOwnCall(_ use: NameUse, _ arguments: [Notation]) -> Bool {
    guard parameters.isEmpty, let definition = definition(use) else { return false }
    if case .opaque(let names) = definition.body, names.isEmpty { return false }
    guard let parameters = definition.parameters else { return true }
    return parameters.map(\.text) == arguments.map(\.text)
  }

  /// `f(t)`, where f = x^2: its value elsewhere than at x is not what was defined.
  private func checkArguments(_ use: NameUse, _ arguments: [Notation], of value: Term) throws(Obstacle) {
    guard definition(use)?.isValue ?? false else { return }
    for argument in arguments {
      let name = try term(argument).origin?.name
      guard let name, self.use(argument) != nil, draft.reads(value.formula, name) else {
        throw error(
          "\(use.base) was defined without arguments, and does not depend on '\(argument.text)'", at: argument)
      }
    }
  }

  func definition(_ use: NameUse) -> Lexicon.Definition? { (try? key(of: use)).flatMap(definition) }

  /// The value of a function at some arguments.
  private func value(_ use: NameUse, _ function: Notation, _ arguments: [Term]) throws(Obstacle) -> Term {
    if let definition = definition(use) {
      if case .notation(let body) = definition.body, let parameters = definition.parameters {
        guard parameters.count == arguments.count else {
          throw error("\(use.base) takes \(counted(parameters.count, "argument")), found \(arguments.count)")
        }
        // f(u) = f(v) defines nothing.
        let key = "call \(definition.id)"
        guard draft.active.insert(key).inserted else { throw .circle(use.base) }
        defer { draft.active.remove(key) }
        var inner = self
        inner.parameters = Dictionary(zip(parameters.map(\.text), arguments), uniquingKeysWith: { $1 })
        return try inner.term(body)
      }
      if case .opaque(let own) = definition.body, own.isEmpty { return opaqueCall(use, arguments) }
      return try at(function).name(use)
    }
    let isSigmoid = use.base == "σ" && use.below.isEmpty && use.mark == nil && arguments.count == 1
    if case .opaque? = self.definition(use.base)?.body { return opaqueCall(use, arguments) }
    return isSigmoid ? each("sigmoid", arguments[0]) : opaqueCall(use, arguments)
  }

  /// A function of which nothing is known: of plain names it is a value that one can differentiate by.
  private func opaqueCall(_ use: NameUse, _ arguments: [Term]) -> Term {
    let letters = use.below.map { item in
      item.symbol.flatMap { indices[$0]?.value }.map(String.init) ?? item.text
    }
    let key = ([use.base] + letters).joined(separator: "_")
    let call = key + "(" + arguments.map { $0.formula.description }.joined(separator: ", ") + ")"
    if let known = draft.opaqueCalls[call] { return known }
    var value = opaque(key, arguments)
    if arguments.allSatisfy({ $0.origin != nil }) { value = named(value, key, at: Notation(.dots)) }
    draft.opaqueCalls[call] = value
    draft.opaqueCalls[key] = value
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
      let coefficient = draft.input("\(key)_\(number)", shape: x.isNumber ? shape : x.shape).formula
      return x.isNumber ? times(coefficient, power) : .call("sum", times(coefficient, power))
    }
    var sum = draft.input("\(key)_0", shape: shape).formula
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
