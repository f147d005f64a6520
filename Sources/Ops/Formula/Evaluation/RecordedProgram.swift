/// A program recorded on a tape: every statement's node bears its name.
///
/// ```swift
/// let program = try Program(parsing: "u = w*x; ŷ = u + b; e = ŷ - y; c = e^2")
/// let recorded = try RecordedProgram(program, at: [("w", 5), ("x", 1), ("b", 1), ("y", 2)])
/// let gradients = recorded.output.backward()
/// gradients[recorded["w"]!]  // 8
/// ```
public struct RecordedProgram {
  /// The tape that the program is recorded on; it lives as long as this.
  public let tape: Tape<Double>
  /// The inputs as parameters of the tape, in the given order.
  public let inputs: [(name: String, variable: Variable<Double>)]
  /// The variable of every statement, in the order of the program.
  public let evaluation: Evaluation<Variable<Double>>
  private let outputLocation: Location

  /// - Throws: ``ParseError`` where the program cannot be computed from these inputs.
  public init(_ program: Program, at inputs: [(name: String, value: Double)]) throws(ParseError) {
    try self.init(program, at: inputs.map { ($0.name, Tensor($0.value)) })
  }

  /// Inputs of any rank: numbers, vectors, matrices.
  /// - Throws: ``ParseError``, also where shapes do not fit.
  public init(_ program: Program, at inputs: [(name: String, value: Tensor<Double>)]) throws(ParseError) {
    let steps = ProgramSteps(try program.checked(inputs: Set(inputs.map(\.name))))
    let tape = Tape<Double>()
    let leaves = inputs.map { (name: $0.name, variable: tape.input($0.value, $0.name)) }
    let byName = Dictionary(leaves.map { ($0.name, $0.variable) }, uniquingKeysWith: { $1 })
    let values = try steps.evaluate(
      input: { byName[$0] }, tensors: tape.tensorForms(steps),
      each: { index, value in
        guard let name = steps.steps[index].name else { return value }
        return value.isRecorded ? value.named(name) : tape.constant(value.value, name)
      })
    (self.tape, self.inputs, outputLocation) = (tape, leaves, program.output.location)
    evaluation = Evaluation(
      statements: steps.statements.map { statement in
        let value = values[statement.step]
        return (statement.name, value.isRecorded ? value : tape.constant(value.value, statement.name))
      })
  }

  /// The variable of the last statement.
  public var output: Variable<Double> { evaluation.output }

  /// The variable of a statement or an input.
  public subscript(name: String) -> Variable<Double>? {
    evaluation[name] ?? inputs.first { $0.name == name }?.variable
  }
}

extension Program {
  /// The value of the output and its derivative by every input.
  ///
  /// ```swift
  /// let program = try Program(parsing: "u = w*x; ŷ = u + b; e = ŷ - y; c = e^2")
  /// let (value, gradient) = try program.valueWithGradient(at: ["w": 5, "x": 1, "b": 1, "y": 2])
  /// value          // 16
  /// gradient["w"]  // 8
  /// ```
  /// - Parameters:
  ///   - inputs: values of all names that no statement defines.
  ///   - output: a statement; the last one if left out.
  /// - Throws: ``ParseError``: also where there is no statement of that name.
  public func valueWithGradient(
    at inputs: [String: Double], output: String? = nil
  ) throws(ParseError) -> (value: Double, gradient: [String: Double]) {
    let recorded = try RecordedProgram(self, at: inputs.sorted { $0.key < $1.key }.map { ($0.key, $0.value) })
    let root = try recorded.output(named: output)
    let gradients = root.backward()
    let pairs = recorded.inputs.map { ($0.name, gradients[$0.variable]) }
    return (root.value, Dictionary(pairs, uniquingKeysWith: { $1 }))
  }

  /// The second derivatives of the output by every pair of inputs.
  ///
  /// - Returns: `["w"]["b"]` is ∂²c/∂w∂b.
  /// - Throws: ``ParseError``, as `valueWithGradient`.
  public func hessian(
    at inputs: [String: Double], output: String? = nil
  ) throws(ParseError) -> [String: [String: Double]] {
    let recorded = try RecordedProgram(self, at: inputs.sorted { $0.key < $1.key }.map { ($0.key, $0.value) })
    let root = try recorded.output(named: output)
    let rows = recorded.inputs.map { row in
      let entries = recorded.inputs.map { column in
        (column.name, recorded.hessian(root, by: row.variable, column.variable).elements[0])
      }
      return (row.name, Dictionary(entries, uniquingKeysWith: { $1 }))
    }
    return Dictionary(rows, uniquingKeysWith: { $1 })
  }
}

extension Tape<Double> {
  fileprivate func input(_ value: Tensor<Double>, _ name: String) -> Variable<Double> {
    value.shape.rank == 0 ? parameter(value.elements[0], name) : parameter(value, name)
  }
}

extension RecordedProgram {
  /// The variable of a statement, or of the last one, to walk backwards from.
  /// - Throws: ``ParseError`` where there is no such statement, or it is no number.
  public func output(named name: String?) throws(ParseError) -> Variable<Double> {
    let place = name.map { SourceText($0).start } ?? outputLocation
    guard let variable = name.map({ self[$0] }) ?? output else {
      let text = name ?? ""
      let known = Set(evaluation.statements.compactMap(\.name)).union(inputs.map(\.name))
      throw place.error("no statement \(text.quoted)", suggestion: suggestion(for: text, among: known))
    }
    guard variable.shape.count == 1 else {
      throw place.error(
        "the output has shape \(variable.shape); gradients need a number, such as its sum")
    }
    return variable
  }

  /// The second derivatives of an output by two inputs: by each element of the first, a tensor of the second.
  public func hessian(
    _ output: Variable<Double>, by first: Variable<Double>, _ second: Variable<Double>
  ) -> Tensor<Double> {
    let slope = output.recordedGradients(by: [first])[0]
    let shape = Shape(first.shape.dimensions + second.shape.dimensions)
    guard slope.isRecorded else { return Tensor(repeating: 0, shape: shape) }
    let flat = slope.isTensor ? slope.reshaped(to: [first.shape.count]) : slope
    let rows = (0..<first.shape.count).map { place in
      (slope.isTensor ? flat.sliced([AxisRange(place..<place + 1)]) : flat).backward().tensor(of: second)
        .elements
    }
    return Tensor(rows.flatMap { $0 }, shape: shape)
  }
}
