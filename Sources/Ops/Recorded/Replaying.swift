// What was recorded, run through once more: in variables, in formulas, in any algebra.

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

  private func operation<T: TensorAlgebra>(at node: Int, _ values: [T]) -> T {
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

  /// The function on variables of another tape, on which it is recorded: to compose it with others, or to ask for
  /// derivatives of higher order.
  public func callAsFunction(_ x: [Variable<Element>]) -> Variable<Element> {
    guard let tape = x.lazy.compactMap(\.tape).first else {
      return Variable(value(at: x.map(\.unreportedValue)))
    }
    let values = values(x) { tape.constant($0.unreportedTensor, $0.name) }
    return output.node.map { values[$0] } ?? output
  }
}

/// A tape on which a function is evaluated again and again: the inputs and the constants stay, the rest is rewound.
struct Workplace<Element: Number> {
  let tape = Tape<Element>()
  let inputs: [Variable<Element>]
  private let constants: [Int: Variable<Element>]
  private let start: Mark

  init(_ function: RecordedFunction<Element>) {
    inputs = function.inputs.map { [tape] in tape.leaf($0.unreportedTensor) }
    let recorded = function.tape
    let fixed = (0..<recorded.count).filter { recorded.tag(of: $0).code == Tag.Leaf.constant.rawValue }
    constants = Dictionary(
      uniqueKeysWithValues: fixed.map { [tape] in ($0, tape.constant(recorded.anyHandle($0).unreportedTensor)) })
    start = tape.mark()
  }

  /// Evaluates the function at other inputs: the results, valid until the next time.
  func run(_ function: RecordedFunction<Element>, at x: [Tensor<Element>]) -> [Variable<Element>] {
    guard x.count == inputs.count else { fatalError("RecordedFunction: \(x.count) inputs for \(inputs.count)") }
    tape.rewind(to: start)
    for (input, value) in zip(inputs, x) {
      if input.isTensor { tape.update(input, to: value) } else { tape.update(input, to: value.elements[0]) }
    }
    let values = function.values(inputs) { constants[$0.node!]! }
    return function.outputs.map { $0.node.map { values[$0] } ?? $0 }
  }
}
