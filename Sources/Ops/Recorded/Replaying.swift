// What was recorded, run through once more in any algebra: in formulas, in instructions.

extension RecordedFunction {
  /// The value of every node in an algebra of tensors.
  ///
  /// - Parameters:
  ///   - x: the inputs.
  ///   - constant: a constant tensor of the recording in the algebra.
  package func values<T: TensorAlgebra>(_ x: [T], constant: (_ tensor: Variable<Element>) -> T) -> [T] {
    guard x.count == inputs.count else { fatalError("RecordedFunction: \(x.count) inputs for \(inputs.count)") }
    var values = x
    values.reserveCapacity(tape.count)
    for node in x.count..<tape.count {
      if tape.tag(of: node).code == Tag.Leaf.constant.rawValue {
        values.append(constant(tape.anyHandle(node)))
      } else {
        values.append(operation(at: node, values))
      }
    }
    return values
  }

  func operation<T: TensorAlgebra>(at node: Int, _ values: [T]) -> T {
    let tag = tape.tag(of: node)
    guard let rule = Catalog.kind(of: tag.code) else { fatalError("operation \(tag.code) is unknown") }
    let operands = tape.inputs(of: node).map { Self.operand($0, values) }
    return rule.applied(to: operands, options: tag.isTensor ? tape.tensors[tape.tensorIndex(of: node)].options : nil)
  }

  /// An input of a node among the values of the nodes.
  package static func operand<T: Algebra>(_ input: Input, _ values: [T]) -> T {
    switch input {
    case .number(let number): .number(number)
    case .scalar(let node), .tensor(let node, _): values[node]
    }
  }

  /// The results among the values of the nodes.
  package func results<T: TensorAlgebra>(_ values: [T], constant: (_ tensor: Variable<Element>) -> T) -> [T] {
    outputs.map { $0.node.map { values[$0] } ?? .number(Double($0.unreportedValue)) }
  }
}
