// What was recorded, recorded once more on a tape.

extension RecordedFunction {
  /// The function on variables of another tape, on which it is recorded: to compose it with others, to ask for derivatives
  /// of higher order, or to train its inputs in place.
  ///
  /// Shapes and rules are known, so that it takes no longer than recording the closure. Inputs of other shapes go through the
  /// rules once more: a function of numbers broadcasts over tensors.
  @specialized(where Element == Double)
  @specialized(where Element == Float)
  public func callAsFunction(_ x: [Variable<Element>]) -> Variable<Element> {
    guard let tape = x.first(where: { $0.isRecorded })?.tape else {
      return Variable(value(at: x.map(\.unreportedValue)))
    }
    let output = output
    let values = replay(x, on: tape) { [recorded = self.tape] node in
      let constant = recorded.anyHandle(node)
      return tape.constant(constant.unreportedTensor, constant.name)
    }
    return output.node.map { values[$0] } ?? output
  }

  /// The value of every node, recorded on a tape.
  ///
  /// - Parameters:
  ///   - x: the inputs.
  ///   - constant: a node that is a constant tensor, on the tape.
  @specialized(where Element == Double)
  @specialized(where Element == Float)
  fileprivate func replay(
    _ x: [Variable<Element>], on target: Tape<Element>, constant: (_ node: Int) -> Variable<Element>
  ) -> [Variable<Element>] {
    guard x.count == inputs.count else { fatalError("RecordedFunction: \(x.count) inputs for \(inputs.count)") }
    let isAsRecorded = inputs.indices.allSatisfy { x[$0].shape == inputs[$0].shape }
    var values = x
    values.reserveCapacity(tape.count)
    for step in steps {
      switch step {
      case .constant(let node): values.append(constant(node))
      case .tensor(_, let known) where isAsRecorded: values.append(target.record(known, on: values))
      case .scalar(let node), .tensor(let node, _): values.append(operation(at: node, values))
      }
    }
    return values
  }

  func makeSteps() -> [ReplayStep] {
    (inputs.count..<tape.count).map { node in
      let tag = tape.tag(of: node)
      if tag.code == Tag.Leaf.constant.rawValue { return .constant(node) }
      guard tag.isTensor else { return .scalar(node) }
      return .tensor(node, RecordedOperation(tape.tensors[tape.tensorIndex(of: node)], on: tape))
    }
  }
}

/// What recording a node once more takes.
enum ReplayStep {
  case constant(Int)
  case scalar(Int)
  case tensor(Int, RecordedOperation)
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
    let values = function.replay(inputs, on: tape) { constants[$0]! }
    return function.outputs.map { $0.node.map { values[$0] } ?? $0 }
  }
}
