/// What a node was computed from, in the order of its formula. Reading them allocates nothing.
package struct Inputs<Element: Real>: RandomAccessCollection {
  private enum Kind {
    case scalar(Tag), tensor(TensorInputs), custom(CustomOperation<Element>)
  }
  private let tape: Tape<Element>
  private let node: Int
  private let kind: Kind

  package var startIndex: Int { 0 }
  package let endIndex: Int

  fileprivate init(_ tape: Tape<Element>, _ node: Int) {
    (self.tape, self.node) = (tape, node)
    let tag = tape.tag(of: node)
    if tag.code == Tag.Leaf.custom.rawValue, let operation = tape.custom[node] {
      (kind, endIndex) = (.custom(operation), operation.inputs.count)
    } else if tag.isTensor {
      let inputs = tape.tensors.pointer(tape.tensorIndex(of: node)).pointee.inputs
      (kind, endIndex) = (.tensor(inputs), inputs.count)
    } else {
      (kind, endIndex) = (.scalar(tag), tag.inputs + (tag.literal == .none ? 0 : 1))
    }
  }

  package subscript(position: Int) -> Input {
    switch kind {
    case .custom(let operation): tape.input(operation.inputs[position])
    case .tensor(let inputs): tape.input(position, of: inputs)
    case .scalar(let tag):
      slot(position, tag).map { .scalar(tape.storage.pointee.input($0, of: node).node) }
        ?? .number(Double(tape.storage.pointee.literal(of: node)))
    }
  }

  /// The local gradient ∂node/∂input; nil for a plain number, and where a tensor or forgotten operations are between: it
  /// is a matrix then, or was not kept.
  package func local(_ position: Int) -> Element? {
    switch kind {
    case .custom(let operation): operation.replay == nil ? operation.locals[position] : nil
    case .tensor: nil
    case .scalar(let tag): slot(position, tag).map { tape.storage.pointee.input($0, of: node).local }
    }
  }

  /// Which of the inputs with a local gradient; nil for the literal.
  private func slot(_ position: Int, _ tag: Tag) -> Int? {
    switch tag.literal {
    case .left: position == 0 ? nil : position - 1
    case .right: position == tag.inputs ? nil : position
    case .none, .tensor: position
    }
  }
}

extension Tape {
  /// What a node of any kind was computed from; nothing for a leaf.
  package func inputs(of node: Int) -> Inputs<Element> { Inputs(self, node) }

  /// An input by its node.
  @inlinable @inline(__always)
  package func input(_ node: Int) -> Input {
    tag(of: node).isTensor ? .tensor(node, at: tensorIndex(of: node)) : .scalar(node)
  }

  /// One of the inputs of an operation on tensors.
  ///
  /// - Precondition: it has so many.
  @inlinable @inline(__always)
  package func input(_ position: Int, of inputs: TensorInputs) -> Input {
    guard let node = inputs.node(position) else { return .number(inputs.number) }
    return input(node)
  }

  @inlinable @inline(__always)
  package func input(_ position: Int, of record: UnsafeMutablePointer<TensorRecord>) -> Input {
    guard let node = record.pointee.inputs.node(position) else { return .number(record.pointee.inputs.number) }
    return input(node)
  }

  /// Whether a gradient is wanted for a node: no constant, and of a tensor only where a parameter stands below it.
  @inlinable @inline(__always)
  package func isDifferentiated(_ node: Int) -> Bool {
    let tag = tag(of: node)
    if tag.isTensor { return tensors.pointer(tensorIndex(of: node)).pointee.isDifferentiated }
    return tag.code != Tag.Leaf.constant.rawValue
  }
}
