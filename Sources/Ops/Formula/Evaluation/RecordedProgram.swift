/// A program recorded on a tape: every statement's node bears its name.
///
/// ```swift
/// let program = try Program(parsing: "u = w*x; ŷ = u + b; e = ŷ - y; c = e^2")
/// let recorded = try RecordedProgram(program, at: [("w", 5), ("x", 1), ("b", 1), ("y", 2)])
/// let gradients = recorded.output.backward()
/// gradients[recorded["w"]!]  // 8
/// ```
public struct RecordedProgram {
  public let tape: Tape<Double>
  /// The inputs as parameters of the tape, in the given order.
  public let inputs: [(name: String, variable: Variable<Double>)]
  public let evaluation: Evaluation<Variable<Double>>

  /// - Throws: ``ParseError`` where the program cannot be computed from these inputs.
  public init(_ program: Program, at inputs: [(name: String, value: Double)]) throws(ParseError) {
    let steps = Steps(try program.checked(inputs: Set(inputs.map(\.name))))
    let tape = Tape<Double>()
    let leaves = inputs.map { (name: $0.name, variable: tape.parameter($0.value, $0.name)) }
    let byName = Dictionary(leaves.map { ($0.name, $0.variable) }, uniquingKeysWith: { $1 })
    let values = try steps.evaluate(
      input: { byName[$0] },
      each: { index, value in
        guard let name = steps.steps[index].name else { return value }
        return value.isRecorded ? value.named(name) : tape.constant(value.value, name)
      })
    (self.tape, self.inputs) = (tape, leaves)
    evaluation = Evaluation(
      statements: steps.statements.map { statement in
        let value = values[statement.step]
        return (statement.name, value.isRecorded ? value : tape.constant(value.value, statement.name))
      })
  }

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
  /// - Parameter output: a statement; the last one if left out.
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
    let variables = recorded.inputs.map(\.variable)
    var hessian: [String: [String: Double]] = [:]
    for (input, slope) in zip(recorded.inputs, root.recordedGradients(by: variables)) {
      let second = slope.isRecorded ? slope.backward() : nil
      let row = recorded.inputs.map { ($0.name, second?[$0.variable] ?? 0) }
      hessian[input.name] = Dictionary(row, uniquingKeysWith: { $1 })
    }
    return hessian
  }
}

extension RecordedProgram {
  /// The variable of a statement, or of the last one.
  /// - Throws: ``ParseError`` where there is no such statement.
  public func output(named name: String?) throws(ParseError) -> Variable<Double> {
    guard let name else { return output }
    if let variable = self[name] { return variable }
    let known = Set(evaluation.statements.compactMap(\.name)).union(inputs.map(\.name))
    throw Location(source: SourceText(name), offset: 0)
      .error("no statement \(name.quoted)", suggestion: suggestion(for: name, among: known))
  }
}
