// Derivatives as terms.

extension Elaborator {
  /// `\frac{\partial^2 f}{\partial x \partial y}`
  func derivative(_ of: Notation?, _ by: [Notation]) throws(Obstacle) -> Term {
    guard let of else { throw error("a derivative of nothing") }
    var value = try function(of)
    for name in by.reversed() { value = try at(name).derivative(of: value, by: try target(name), 1) }
    return value
  }

  /// What is differentiated; a function without its arguments is meant at those that it was defined or called with.
  private func function(_ notation: Notation) throws(Obstacle) -> Term {
    if let use = use(notation.unbracketed), use.below.isEmpty, let known = draft.opaqueCalls[use.base] { return known }
    return try term(notation)
  }

  private func target(_ notation: Notation) throws(Obstacle) -> Term {
    let inner = notation.unbracketed
    if case .scripts(let base, let below, let above?, 0) = inner.form, above.isTransposeSign {
      return try target(below.map { Notation(.scripts(base, below: $0, above: nil, primes: 0)) } ?? base)
    }
    return try term(inner)
  }

  /// The derivative of a value by a name: its shape is that of the value, then that of the name.
  func derivative(of value: Term, by name: Term, _ order: Int) throws(Obstacle) -> Term {
    guard let origin = name.origin else { throw error("a derivative by something that is no name") }
    if let own = value.origin, own.name != origin.name, draft.inputs.contains(where: { $0.name == own.name }) {
      throw error("nothing says how \(own.name) depends on \(origin.name)")
    }
    var value = value
    for _ in 0..<order {
      let whole = Formula(.derivative(value.formula, by: [.name(origin.name)]))
      let kept = [Formula.Index](repeating: .range(nil, nil), count: value.rank)
      let formula = origin.indices.isEmpty ? whole : Formula(.slice(whole, kept + origin.indices))
      value = Term(formula: formula, shape: value.shape + name.shape)
    }
    return value
  }

  /// The derivative of a function at an argument, element by element where that is a tensor.
  func derivative(
    ofFunction function: (Term) throws(Obstacle) -> Term, of parameter: String = "t", at argument: Term, _ order: Int
  ) throws(Obstacle) -> Term {
    let x = named(argument, parameter)
    let value = try function(x)
    if argument.rank > 0, value.rank == argument.rank {
      // σ'(z) of a vector: the derivative of the sum has each element's own derivative.
      var sum = value
      for _ in 0..<order { sum = try derivative(of: Term(formula: .call("sum", sum.formula)), by: x, 1) }
      return Term(formula: sum.formula, shape: argument.shape, isRow: argument.isRow)
    }
    return try derivative(of: value, by: x, order)
  }

  // MARK: Primes

  /// `y'`, `f'`, `C''`
  func primed(_ use: NameUse) throws(Obstacle) -> Term {
    var plain = use
    plain.primes = 0
    let value = try at(notation.withoutPrimes).name(plain)
    if let parameters = definition(plain)?.parameters, let parameter = parameters.first, parameters.count == 1 {
      return try derivative(of: value, by: try term(parameter), use.primes)
    }
    return try raised(try primed(value, use.primes), plain)
  }

  /// `(…)'`: by what the document declares, else by the only input.
  func primed(_ value: Term, _ order: Int) throws(Obstacle) -> Term {
    try derivative(of: value, by: try variable(of: value), order)
  }

  func variable(of value: Term) throws(Obstacle) -> Term {
    if let by = lexicon.derivativesAreBy(at: position) { return try term(by) }
    let read = draft.namesRead(by: value.formula).filter { name in draft.inputs.contains { $0.name == name } }
    if let own = value.origin, read == [own.name] { throw error("nothing says what \(own.name) depends on") }
    guard read.count == 1, let only = draft.inputs.first(where: { $0.name == read[0] }) else {
      throw error(
        "a derivative by which of \(read.isEmpty ? "no names" : read.joined(separator: ", "))? 'by x' in a comment says it"
      )
    }
    return .name(only.name, only.shape)
  }

  // MARK: Gradients

  /// `\nabla_w C(w)`; without a name below by the arguments of the function.
  func gradient(_ of: Notation, _ by: Notation?, _ order: Int) throws(Obstacle) -> Term {
    if of.symbol == "" { throw error("a gradient of nothing") }
    if let by { return try derivative(of: try function(of), by: try target(by), order) }
    if case .call(let function, let arguments) = of.form, let use = use(function) {
      return try gradient(use, function, arguments, of, order)
    }
    let value = try function(of)
    if let use = use(of), let parameters = definition(use)?.parameters {
      return try gradient(of: value, by: parameters, order)
    }
    return try primed(value, order)
  }

  private func gradient(
    _ use: NameUse, _ function: Notation, _ arguments: [Notation], _ of: Notation, _ order: Int
  ) throws(Obstacle) -> Term {
    let parameters = definition(use)?.parameters
    let isOwn = parameters.map { $0.map(\.text) == arguments.map(\.text) } ?? false
    if arguments.count != 1 || isOwn && self.parameters.isEmpty {
      return try gradient(of: try term(of), by: arguments, order)
    }
    let x = named(try term(arguments[0]), parameters?.first?.text ?? "t")
    var inner = self
    inner.parameters["argument of the gradient"] = x
    let called = Notation(.call(function, [.symbol("argument of the gradient")]), of.start, of.end)
    let value = try inner.term(called)
    return try derivative(of: value, by: x, order)
  }

  /// By several numbers: the list of the derivatives.
  private func gradient(of value: Term, by names: [Notation], _ order: Int) throws(Obstacle) -> Term {
    if names.count == 1 { return try derivative(of: value, by: try target(names[0]), order) }
    let parts = try names.map { (name) throws(Obstacle) in try derivative(of: value, by: try target(name), 1) }
    guard order == 1, parts.allSatisfy(\.isNumber) else {
      throw error("a gradient by several names that are no numbers")
    }
    return Term(formula: Formula(.list(parts.map(\.formula))), shape: [Extent(parts.count)])
  }
}
