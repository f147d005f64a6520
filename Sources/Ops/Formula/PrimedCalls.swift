/// The calls `f'(x)` of a claim: derivatives of functions that the program defines, each at a name of its own that has the
/// value of the argument.
///
/// `f'(a*b)` becomes ∂f(t)/∂t, where `t = a*b` is one more statement of the program. So the derivative follows the argument
/// only, and not what else in the body of f depends on a or b.
struct PrimedCalls {
  private(set) var arguments: [(name: String, formula: Formula)] = []

  /// The name that stands for an argument.
  mutating func name(for argument: Formula, in scope: Scope) -> String {
    if let known = arguments.first(where: { $0.formula == argument }) { return known.name }
    let taken = scope.names.union(arguments.map(\.name))
    let names = ["t"] + (1...arguments.count + 1 + taken.count).map { "t_\($0)" }
    let name = names.first { !taken.contains($0) && !scope.isFunction($0) && !Scope.constants.contains($0) }!
    arguments.append((name, argument))
    return name
  }
}

extension Parser {
  /// `f'(x)`, `f''(x)` behind the name; nil where something else stands there.
  mutating func primedCall(of name: String, at location: Location) throws(ParseError) -> Formula? {
    let order = rest.prefix { $0.isSymbol("'") }.count
    guard order > 0, peek(order).isSymbol("("), let scope = differentiable else { return nil }
    guard scope.isFunction(name) else {
      // A matrix may be transposed in front of a bracket, where a sign is missing.
      if scope.names.contains(name) { return nil }
      throw location.error("no function \(name.quoted)")
    }
    guard order <= 2 else { throw here.error("derivatives of functions are read to the second order") }
    advance(by: order)
    let opening = takeToken()
    let place = here
    let argument = try expression()
    guard !current.isSymbol(",") else {
      throw location.error("a prime of several arguments does not say by which the derivative is meant")
    }
    try close(")", opened: opening)
    guard !argument.hasDerivative else { throw place.error("an argument that has a derivative in it") }
    let t = Formula.name(primed.name(for: argument, in: scope))
    let value = Formula(.call(name, [Formula.Argument(t)]), at: location)
    guard scope.isElementwise(name) else {
      return Formula(.derivative(value, by: Array(repeating: t, count: order)), at: location)
    }
    // σ'(z) of a vector: the derivative of the sum has each element's own derivative.
    return (0..<order).reduce(value) { inner, _ in
      let sum = Formula(.call("sum", [Formula.Argument(inner)]), at: location)
      return Formula(.derivative(sum, by: [t]), at: location)
    }
  }
}

extension Formula {
  /// Whether a derivative stands in it.
  var hasDerivative: Bool { firstPart { if case .derivative = $0.form { true } else { false } } != nil }
}
