// Operations that are not kept but recorded again when the backward walk comes to them.

extension Tape {
  /// Records the result of operations that were forgotten.
  ///
  /// - Parameters:
  ///   - inputs: the nodes they were computed from.
  ///   - again: records them again.
  ///   - replay: records Σ upstream · result again.
  package func recordForgotten(
    _ name: String, _ value: Tensor<Element>, isTensor: Bool, inputs: [Int],
    again: @escaping () -> Variable<Element>, replay: @escaping (_ upstream: Variable<Element>) -> Variable<Element>
  ) -> Variable<Element> {
    let result: Variable<Element>
    if isTensor {
      let buffer = newBuffer(value.shape)
      _ = buffer.elements(Element.self).update(fromContentsOf: value.elements)
      result = recordTensor(
        code: Tag.Leaf.custom.rawValue, shape: value.shape, isDifferentiated: !inputs.isEmpty, base: buffer.base)
    } else {
      result = handle(storage.pointee.record(Tag(code: Tag.Leaf.custom.rawValue, inputs: 0), value.elements[0]))
    }
    let operation = CustomOperation(
      name: name, inputs: inputs, locals: [], formulas: [], recorded: nil, replay: replay, again: again)
    custom.set(operation, for: result.handle.node)
    return result
  }

  /// The nodes of before `low` from which later ones were computed and whose gradient is wanted.
  package func inputs(since low: Int) -> [Int] {
    var found: Set<Int> = []
    for node in low..<count {
      for case let input? in inputs(of: node).map(\.node) where input < low { found.insert(input) }
    }
    return found.filter(isDifferentiated).sorted()
  }

  /// Records the operations again, walks back through them alone, and forgets them again.
  ///
  /// The walk looks at what was recorded again and at their inputs only: its cost does not depend on how much stands before.
  func replay(_ operation: CustomOperation<Element>, at node: Int, _ gradients: Gradients<Element>) {
    guard let replay = operation.replay else { return }
    checkUnchanged(node)
    let start = mark()
    defer { rewind(to: start) }
    let upstream: Variable<Element>
    if tag(of: node).isTensor {
      guard gradients[tensor: tensorIndex(of: node)].hasArrived else { return }
      upstream = constant(gradients.tensor(of: tensorHandle(node)))
    } else {
      guard gradients.buffer[node] != 0 else { return }
      upstream = Variable(gradients.buffer[node])
    }
    let root = replay(upstream)
    let own = freshGradients()
    own.clear(nodes: count, since: start.count, and: operation.inputs, of: self)
    own.seed(root, 1)
    walk(from: checkedNode(root, operation.name), downTo: start.count, own)
    for input in operation.inputs {
      if tag(of: input).isTensor {
        gradients.add(tensor: tensorIndex(of: input), of: own)
      } else {
        gradients.buffer[input] += own.buffer[input]
      }
    }
  }
}
