extension RecordedFunction where Element == Double {
  /// The output of a program as a function of its inputs, in the given order.
  ///
  /// ```swift
  /// let program = try Program(parsing: "c = (w*x - y)^2")
  /// let f = try RecordedFunction(program, at: [("w", 5), ("x", 1), ("y", 2)])
  /// f.value(at: [4, 1, 2])  // 4
  /// ```
  /// A program reads no values: it is the same function everywhere.
  /// - Throws: ``ParseError`` where the program cannot be computed from these inputs.
  public convenience init(_ program: Program, at inputs: [(name: String, value: Double)]) throws(ParseError) {
    try self.init(program, at: inputs.map { ($0.name, Tensor($0.value)) })
  }

  /// Inputs of any rank.
  public convenience init(_ program: Program, at inputs: [(name: String, value: Tensor<Double>)]) throws(ParseError) {
    let recorded = try RecordedProgram(program, at: inputs)
    do throws(RecordingError) {
      try self.init(from: recorded.inputs.map(\.variable), to: [recorded.evaluation.output])
    } catch { fatalError("a program has neither hooks nor operations of one's own: \(error)") }
    withExtendedLifetime(recorded) {}
  }
}
