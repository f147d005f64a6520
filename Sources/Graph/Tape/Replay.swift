// Operations that are not kept but recorded again when the backward walk comes to them.

extension Tape {
  /// Records the result of operations that were forgotten, to be recorded again by `replay`.
  ///
  /// - Parameter inputs: the nodes they were computed from.
  package func recordForgotten(
    _ name: String, _ value: Tensor<Element>, isTensor: Bool, inputs: [UInt32],
    replay: @escaping (_ upstream: Variable<Element>) -> Variable<Element>
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
    custom[result.index & 0x7FFF_FFFF] = CustomOperation(
      name: name, inputs: inputs, locals: [], formulas: [], recorded: nil, replay: replay)
    return result
  }

  /// The nodes of before `low` from which later ones were computed and whose gradient is wanted.
  package func inputs(since low: Int) -> [UInt32] {
    var inputs: Set<Int> = []
    for node in low..<count {
      inputs.formUnion(storage.pointee.inputs(of: node).map(\.node))
      inputs.formUnion(tensorInputs(of: node))
      inputs.formUnion((custom[UInt32(node)]?.inputs ?? []).map(Int.init))
    }
    return inputs.filter { $0 < low && isDifferentiated($0) }.map { UInt32($0) }.sorted()
  }

  private func isDifferentiated(_ node: Int) -> Bool {
    let tag = tag(of: node)
    if tag.isTensor { return tensors.pointer(tensorIndex(of: UInt32(node))).pointee.isDifferentiated }
    return tag.code != Tag.Leaf.constant.rawValue
  }

  /// Records the operations again, walks back through them alone, and forgets them again.
  func replay(_ operation: CustomOperation<Element>, at node: UInt32, _ gradients: Gradients<Element>) {
    guard let replay = operation.replay else { return }
    let start = mark()
    defer { rewind(to: start) }
    let upstream: Variable<Element>
    if tag(of: Int(node)).isTensor {
      guard gradients[tensor: tensorIndex(of: node)].hasArrived else { return }
      upstream = constant(gradients.tensor(of: tensorHandle(node)))
    } else {
      guard gradients.buffer[Int(node)] != 0 else { return }
      upstream = Variable(gradients.buffer[Int(node)])
    }
    let own = freshGradients()
    walk(from: replay(upstream), seed: 1, downTo: start.count, own)
    for input in operation.inputs {
      if tag(of: Int(input)).isTensor {
        gradients.add(tensor: tensorIndex(of: input), of: own)
      } else {
        gradients.buffer[Int(input)] += own.buffer[Int(input)]
      }
    }
  }
}
