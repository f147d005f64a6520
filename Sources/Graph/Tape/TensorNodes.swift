// The nodes of a tape that are tensors.

extension Tape {
  @specialized(where Element == Double)
  @specialized(where Element == Float)
  package func evaluatePending() {
    while tensors.firstPending < tensors.count {
      if tensors.pointer(tensors.firstPending).pointee.base == nil {
        engine.evaluate(tensors.firstPending, self)
      }
      tensors.firstPending += 1
    }
  }

  /// The place in the list of a tensor node: kept where a scalar keeps its value.
  @inlinable
  package func tensorIndex(of node: UInt32) -> Int {
    let slot = UnsafeRawPointer(storage.pointee.entries + Int(node))
    return Int(slot.load(as: UInt32.self))
  }

  /// Notes that a parameter is changed now.
  package func noteChange(of node: UInt32) {
    tensors.parametersChanged()
    let now = tensors.tick()
    if tag(of: Int(node)).isTensor {
      tensors.pointer(tensorIndex(of: node)).pointee.stamp = now
    } else {
      storage.pointee.entries[Int(node)].stamp = now
    }
  }

  /// Whether a node is a parameter that was changed after a tensor had been computed from it.
  package func isChanged(_ node: UInt32, since tensor: Int) -> Bool {
    let tag = tag(of: Int(node))
    guard tag.code == Tag.Leaf.parameter.rawValue else { return false }
    let changed =
      tag.isTensor
      ? tensors.pointer(tensorIndex(of: node)).pointee.stamp : storage.pointee.entries[Int(node)].stamp
    return changed > tensors.pointer(tensor).pointee.stamp
  }

  /// Records a tensor node.
  @inlinable
  package func recordTensor(
    code: UInt16, inputs: SIMD4<UInt32> = .zero, inputCount: Int = 0, number: Double = 0, shape: Shape,
    attributes: UnsafePointer<Attributes>? = nil, isDifferentiated: Bool, base: UnsafeMutableRawPointer?
  ) -> Variable<Element> {
    let node = storage.pointee.record(Tag(code: code, literal: .tensor, inputs: 0), 0)
    let slot = UnsafeMutableRawPointer(storage.pointee.entries + Int(node))
    slot.storeBytes(of: UInt32(tensors.count), as: UInt32.self)
    tensors.append().initialize(
      to: TensorRecord(
        node: node, code: code, inputs: inputs, inputCount: inputCount, number: number, shape: shape,
        attributes: attributes, isDifferentiated: isDifferentiated, stamp: tensors.tick(), base: base))
    return tensorHandle(node)
  }

  @inlinable
  package func tensorHandle(_ node: UInt32) -> Variable<Element> {
    let mark: UInt64 = 1 << 31
    return Variable(
      storage: storage, carried: 0,
      place: (UInt64(storage.pointee.generation) | mark) << 32 | UInt64(node) | mark)
  }

  /// The handle of any node as of now.
  @specialized(where Element == Double)
  @specialized(where Element == Float)
  package func anyHandle(_ node: UInt32) -> Variable<Element> {
    tag(of: Int(node)).isTensor ? tensorHandle(node) : handle(node)
  }

  /// The elements of a tensor, computed now if they were not yet.
  @inlinable
  package func buffer(ofTensor index: Int) -> Buffer {
    if tensors.pointer(index).pointee.base == nil { evaluate(tensor: index) }
    let record = tensors.pointer(index)
    return Buffer(
      base: record.pointee.base!, shape: record.pointee.shape, precision: Precision(Element.self),
      workspace: workspace)
  }

  @inline(never) @usableFromInline
  func evaluate(tensor index: Int) {
    engine.evaluate(index, self)
    if tensors.pointer(index).pointee.base == nil { fatalError("tensor: not computed") }
  }

  /// The value of any node as kernels take it: a scalar as a plain number.
  @inlinable
  package func operand(_ node: UInt32) -> Buffer {
    tag(of: Int(node)).isTensor
      ? buffer(ofTensor: tensorIndex(of: node))
      : Buffer(number: Double(storage.pointee.entries[Int(node)].value))
  }

  /// Memory for the elements of a tensor, with any contents.
  @inlinable
  package func newBuffer(_ shape: Shape) -> Buffer {
    let precision = Precision(Element.self)
    return Buffer(
      base: arena.pointee.take(bytes: shape.count * precision.bytes), shape: shape, precision: precision,
      workspace: workspace)
  }

  /// The nodes a tensor was computed from; none for other nodes.
  package func tensorInputs(of node: Int) -> [Int] {
    guard tag(of: node).isTensor else { return [] }
    let record = tensors[tensorIndex(of: UInt32(node))]
    return (0..<record.inputCount).map { record.inputs[$0] }.filter { $0 != TensorRecord.number }.map(
      Int.init)
  }
}
