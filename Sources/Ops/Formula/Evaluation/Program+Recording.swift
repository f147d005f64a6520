extension Program {
  /// The program ready to be recorded again and again on a tape, on variables that are scalars or tensors.
  ///
  /// ```swift
  /// let program = try Program(parsing: "r = y - a*x; J = sum(r^2)")
  /// let record = try program.recorder(of: ["a", "x", "y"], on: tape)
  /// try record(["a": a, "x": x, "y": y]).output.backward()
  /// ```
  /// - Throws: ``ParseError`` where a name is unknown; each recording where shapes do not fit.
  public func recorder<Element: Number>(
    of inputs: Set<String>, on tape: Tape<Element>
  ) throws(ParseError) -> (_ inputs: [String: Variable<Element>]) throws(ParseError) -> Evaluation<Variable<Element>> {
    let steps = ProgramSteps(try checked(inputs: inputs))
    let forms = tape.tensorForms(steps)
    return { (inputs) throws(ParseError) in
      let values = try steps.evaluate(input: { inputs[$0] }, tensors: forms)
      return Evaluation(statements: steps.statements.map { ($0.name, values[$0.step]) })
    }
  }
}
