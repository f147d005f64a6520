/// The values of a program's statements.
public struct Evaluation<Value> {
  /// In the order of the program; the last may be without a name.
  public let statements: [(name: String?, value: Value)]

  /// The value of the last statement.
  public var output: Value { statements.last!.value }

  /// The value of a statement.
  public subscript(name: String) -> Value? { statements.last { $0.name == name }?.value }
}

extension Program {
  /// Computes every statement in any algebra.
  ///
  /// ```swift
  /// let program = try Program(parsing: "u = w*x; c = (u - 2)^2")
  /// try program.evaluate(["w": 5.0, "x": 1]).output                              // 9
  /// try program.evaluate(["w": Dual(5.0, tangent: 1), "x": 1]).output.tangent    // 6
  /// try program.evaluate(["w": Formula.name("a"), "x": 1]).output                // (a - 2)²
  /// ```
  /// - Throws: ``ParseError``: a name without a value, an unknown function, vectors where numbers are expected.
  /// - Complexity: one operation of the algebra per operation of the program.
  public func evaluate<A: Algebra>(_ inputs: [String: A]) throws(ParseError) -> Evaluation<A> {
    let steps = ProgramSteps(try checked(inputs: Set(inputs.keys)))
    let values = try steps.evaluate(input: { inputs[$0] })
    return Evaluation(statements: steps.statements.map { ($0.name, values[$0.step]) })
  }

  /// The program with its names looked up, where the only names from outside are those given.
  package func checked(inputs: Set<String>) throws(ParseError) -> Program {
    let known = inputs.union(names)
    for statement in statements {
      try statement.formula.forEachPart { (part) throws(ParseError) in
        guard case .name(let name) = part.form, !known.contains(name), !Scope.constants.contains(name),
          Language.functions[name] == nil, suggestion(for: name, among: known) == nil
        else { return }
        throw part.error("\(name.quoted) has no value; give it one: \(name)=…")
      }
    }
    return try resolved(inputs: inputs, functions: Language.functions)
  }
}
