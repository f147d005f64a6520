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

  /// Where a tensor node stands in the list of tensors: kept where a scalar keeps its value.
  @inlinable
  package func tensorIndex(of node: Int) -> Int {
    let slot = UnsafeRawPointer(storage.pointee.entries + node)
    return Int(slot.load(as: UInt32.self))
  }

  /// Records a tensor node.
  @inlinable
  package func recordTensor(
    code: UInt16, inputs: TensorInputs = TensorInputs(), shape: Shape, options: UnsafeRawPointer? = nil,
    isDifferentiated: Bool, base: UnsafeMutableRawPointer?
  ) -> Variable<Element> {
    let node = storage.pointee.record(Tag(code: code, literal: .tensor, inputs: 0), 0)
    let slot = UnsafeMutableRawPointer(storage.pointee.entries + node)
    slot.storeBytes(of: UInt32(tensors.count), as: UInt32.self)
    tensors.append().initialize(
      to: TensorRecord(
        node: node, code: code, inputs: inputs, shape: shape, options: options,
        isDifferentiated: isDifferentiated, base: base))
    return tensorHandle(node)
  }

  @inlinable
  package func tensorHandle(_ node: Int) -> Variable<Element> {
    Variable(storage: storage, carried: 0, handle: Handle(tensor: node, generation: storage.pointee.generation))
  }

  /// The handle of any node as of now.
  @specialized(where Element == Double)
  @specialized(where Element == Float)
  package func anyHandle(_ node: Int) -> Variable<Element> {
    tag(of: node).isTensor ? tensorHandle(node) : handle(node)
  }

  /// An input as a variable.
  package func variable(_ input: Input) -> Variable<Element> {
    switch input {
    case .number(let number): Variable(Element(number))
    case .scalar(let node): handle(node)
    case .tensor(let node, _): tensorHandle(node)
    }
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

  /// An input as kernels take it: a scalar as a plain number.
  @inlinable @inline(__always)
  package func buffer(of input: Input) -> Buffer {
    switch input {
    case .number(let number): Buffer(number: number)
    case .scalar(let node): Buffer(number: Double(storage.pointee.entries[node].value))
    case .tensor(_, let index): buffer(ofTensor: index)
    }
  }

  /// Memory for the elements of a tensor, with any contents.
  @inlinable
  package func newBuffer(_ shape: Shape) -> Buffer {
    let precision = Precision(Element.self)
    return Buffer(
      base: arena.pointee.take(bytes: shape.count * precision.bytes), shape: shape, precision: precision,
      workspace: workspace)
  }
}
