extension RecordedFunction {
  /// The results as instructions, and of a function with one result, which is a number, its gradient by some inputs.
  ///
  /// - Parameter seed: the upstream gradient of the result itself; 1 unless given.
  ///
  /// The backward walk is read in the algebra of traces: nothing is recorded or computed for it.
  package func traced(
    in trace: Trace, _ x: [Traced], gradientBy wanted: [Int], seed: Traced? = nil
  ) -> (results: [Traced], gradients: [Traced]) {
    Trace.$current.withValue(trace) { traced(x, wanted, seed) }
  }

  private func traced(_ x: [Traced], _ wanted: [Int], _ seed: Traced?) -> (results: [Traced], gradients: [Traced]) {
    let constant = { (tensor: Variable<Element>) in
      Trace.current!.constant(tensor.unreportedTensor.elements.map { Double($0) }, tensor.shape, name: tensor.name)
    }
    let values = values(x, constant: constant)
    let results = outputs.map { output in
      output.node.map { values[$0] } ?? Traced(number: Double(output.unreportedValue))
    }
    guard !wanted.isEmpty else { return (results, []) }
    let shapes = wanted.map { inputs[$0].shape }
    guard let root = output.node, output.shape.count == 1 else {
      if output.isRecorded { fatalError("gradient: the value must be a scalar, not a tensor of shape \(output.shape)") }
      return (results, shapes.map { Traced(number: 0, $0) })
    }
    var walk = AlgebraicWalk<Element, Traced>(
      tape, operand: { Self.operand($0, values) }, custom: { own, _, _ in fatalError("\(own.name) is of your own") })
    let gradients = walk.gradients(
      of: root, seed: seed ?? Traced(number: 1, output.shape), by: wanted.map { inputs[$0].node })
    return (results, zip(gradients, shapes).map { ($0 ?? 0).stretched(to: $1) })
  }

  /// The inputs in a trace, in their order.
  package func tracedInputs(in trace: Trace) -> [Traced] {
    inputs.enumerated().map { trace.input($0, $1.shape) }
  }
}
