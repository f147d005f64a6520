/// Takes what leads from some nodes of a tape to others over to a tape of its own: nothing that is not needed, every
/// expression once, constants as their values.
struct Extraction<Element: Number> {
  let source: Tape<Element>
  let target = Tape<Element>()
  let inputs: [Variable<Element>]
  private var taken: [Int: Taken] = [:]
  private var known: [Expression: Variable<Element>] = [:]

  /// What became of a node.
  private enum Taken {
    /// It depends on the inputs.
    case depending(Variable<Element>)
    /// It does not, and was not used yet.
    case fixed
    case constant(Variable<Element>)
  }

  /// An operation on operands of the target.
  private struct Expression: Hashable {
    let code: UInt16
    let operands: [Operand]
    /// As bytes: what differs in nothing but padding counts as different.
    let options: [UInt8]
  }

  private enum Operand: Hashable {
    case node(Int)
    case number(UInt64)
  }

  init(_ source: Tape<Element>, from inputs: [Variable<Element>]) {
    self.source = source
    self.inputs = inputs.map { [target] in target.leaf($0.unreportedTensor, $0.name) }
    for (variable, input) in zip(inputs, self.inputs) {
      taken[source.checkedNode(variable, "RecordedFunction")] = .depending(input)
    }
  }

  /// A variable of the source on the target.
  mutating func taken(_ variable: Variable<Element>) throws(RecordingError) -> Variable<Element> {
    guard variable.isRecorded else { return variable }
    let root = source.checkedNode(variable, "RecordedFunction")
    try take(root)
    return operand(source.input(root))
  }

  private mutating func take(_ root: Int) throws(RecordingError) {
    let isNeeded = source.ancestors(of: root)
    for node in 0...root where isNeeded[node] && taken[node] == nil { taken[node] = try take(node: node) }
  }

  private mutating func take(node: Int) throws(RecordingError) -> Taken {
    let inputs = source.inputs(of: node)
    guard inputs.contains(where: { $0.node.map(depends) ?? false }) else { return .fixed }
    if source.hooks[node] != nil { throw .hook(source.label(of: node)) }
    if let own = source.custom[node] { return try expand(own) }
    return .depending(written(node, inputs.map { operand($0) }))
  }

  private func depends(_ node: Int) -> Bool { if case .depending? = taken[node] { true } else { false } }

  /// Operations that were forgotten are recorded once more, taken over, and forgotten again.
  private mutating func expand(_ own: CustomOperation<Element>) throws(RecordingError) -> Taken {
    guard let again = own.again else { throw .customOperation(own.name) }
    let (start, low) = (source.mark(), source.count)
    defer {
      source.rewind(to: start)
      for node in taken.keys where node >= low { taken[node] = nil }
    }
    return .depending(try taken(again()))
  }

  private mutating func operand(_ input: Input) -> Variable<Element> {
    guard let node = input.node else { return source.variable(input) }
    switch taken[node] {
    case .depending(let variable), .constant(let variable): return variable
    case .fixed, nil:
      let value = source.variable(input)
      let constant =
        value.isTensor ? target.constant(value.unreportedTensor, value.name) : Variable(value.unreportedValue)
      taken[node] = .constant(constant)
      return constant
    }
  }

  /// The operation of a node on operands of the target, unless it stands there already.
  private mutating func written(_ node: Int, _ operands: [Variable<Element>]) -> Variable<Element> {
    let code = source.tag(of: node).code
    let options = source.tag(of: node).isTensor ? source.tensors[source.tensorIndex(of: node)].options : nil
    guard let rule = Catalog.kind(of: code) else { fatalError("operation \(code) is unknown") }
    let key = Expression(code: code, operands: operands.map(Self.operand), options: rule.bytes(options))
    if let variable = known[key] { return variable }
    let variable = rule.applied(to: operands, options: rule.kept(options, on: target))
    if let name = source.name(of: node) { variable.named(name) }
    known[key] = variable
    return variable
  }

  private static func operand(_ variable: Variable<Element>) -> Operand {
    variable.node.map { .node($0) } ?? .number(Double(variable.unreportedValue).bitPattern)
  }
}

extension Tape where Element: Number {
  /// How messages call a node.
  fileprivate func label(of node: Int) -> String { name(of: node) ?? "node \(node) (\(operationName(of: node)))" }
}

// MARK: - Rules that are known only at run time

extension Catalog.Kind {
  /// The rule on operands of any algebra of tensors.
  func applied<T: TensorAlgebra>(to operands: [T], options: UnsafeRawPointer?) -> T {
    switch self {
    case .elementwise(let rule): rule.value(of: operands)
    case .tensor(let rule): rule.applied(to: operands, options!)
    }
  }
}

extension TensorRule {
  fileprivate static func applied<T: TensorAlgebra>(to operands: [T], _ options: UnsafeRawPointer) -> T {
    T.apply(Self.self, Operands(list: operands), options.load(as: Options.self))
  }
}
