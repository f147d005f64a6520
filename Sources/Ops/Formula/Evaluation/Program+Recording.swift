extension Program {
  /// The program ready to be recorded again and again on a tape, on variables that are scalars or tensors.
  ///
  /// ```swift
  /// let program = try Program(parsing: "r = y - a*x; J = sum(r^2)")
  /// let record = try program.recorder(of: ["a", "x", "y"], on: tape)
  /// try record(["a": a, "x": x, "y": y]).output.backward()
  /// ```
  /// - Throws: ``ParseError`` where a name is unknown; each recording where shapes do not fit.
  public func recorder(
    of inputs: Set<String>, on tape: Tape<Double>
  ) throws(ParseError) -> (_ inputs: [String: Variable<Double>]) throws(ParseError) -> Evaluation<Variable<Double>> {
    let steps = ProgramSteps(try checked(inputs: inputs))
    let forms: TensorForms<Variable<Double>> = { (form, part) throws(ParseError) in
      try tensorForm(form.isStructural ? form.map { $0.isRecorded ? $0 : tape.constant($0.value) } : form, part)
    }
    return { (inputs) throws(ParseError) in
      let values = try steps.evaluate(input: { inputs[$0] }, tensors: forms)
      return Evaluation(statements: steps.statements.map { ($0.name, values[$0.step]) })
    }
  }
}

extension Formula.Form {
  /// Whether it works on whole tensors, which numbers without a tape are not. In `x^2` and the like they stay plain
  /// numbers: no gradient is computed for them.
  fileprivate var isStructural: Bool {
    switch self {
    case .list, .transpose, .slice, .binary(.matmul, _, _): true
    case .call(let name, _): Language.tensorFunctions[name] != nil
    default: false
    }
  }
}

extension Variable: TensorLanguage where Element: Number {
  var extents: [Int] { shape.dimensions }
  static func product(_ a: Variable, _ b: Variable) -> Variable { matmul(a, b) }
  func sum(over axes: [Int], keeping: Bool) -> Variable { sum(axes, keepingDimensions: keeping) }
  func largest(over axes: [Int], keeping: Bool) -> Variable { max(axes, keepingDimensions: keeping) }
  func reshaped(as shape: [Int]) -> Variable { reshaped(to: Shape(shape)) }
  func axes(inOrder order: [Int]) -> Variable { permuted(order) }
  func part(from start: [Int], count: [Int]) -> Variable { sliced(start, zip(start, count).map { $0 + $1 }) }
  static func joined(_ parts: [Variable], axis: Int) -> Variable { concatenated(parts, along: axis) }
}
