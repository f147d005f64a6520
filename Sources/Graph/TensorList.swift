/// The tensor nodes of a tape, in recording order.
package struct TensorList {
  private var records = emptyBlock(of: TensorRecord.self)
  private var capacity = 0
  package private(set) var count = 0
  /// The first record that may still be waiting to be computed.
  package var firstPending = 0
  /// Deferred tensors before this one belong to parameters that have changed since.
  package private(set) var firstComputable = 0

  package mutating func append(_ record: TensorRecord) -> Int {
    if count == capacity {
      capacity = max(64, 2 * capacity)
      reallocate(&records, count: capacity)
    }
    records[count] = record
    count += 1
    return count - 1
  }

  package subscript(index: Int) -> TensorRecord {
    get { records[index] }
    nonmutating set { records[index] = newValue }
  }

  /// A record in place: it is too large to copy for a look at one field.
  package func pointer(_ index: Int) -> UnsafeMutablePointer<TensorRecord> { records + index }

  mutating func cut(to length: Int) {
    count = length
    firstPending = min(firstPending, length)
    firstComputable = min(firstComputable, length)
  }

  /// Values still to be computed from the parameters as they were can no longer be.
  package mutating func parametersChanged() { firstComputable = count }

  /// The last tensor at or below a node, or −1.
  func lastIndex(through node: UInt32) -> Int {
    var index = count - 1
    while index >= 0, records[index].node > node { index -= 1 }
    return index
  }

  func release() { Graph.release(records) }
}

extension Tape {
  @specialized(where Element == Double)
  @specialized(where Element == Float)
  package func evaluatePending() {
    while tensors.firstPending < tensors.count {
      if tensors[tensors.firstPending].base == nil { vocabulary.evaluate(tensors.firstPending, on: self) }
      tensors.firstPending += 1
    }
  }

  /// The place in the list of a tensor node: kept where a scalar keeps its value.
  @specialized(where Element == Double)
  @specialized(where Element == Float)
  package func tensorIndex(of node: UInt32) -> Int {
    let slot = UnsafeRawPointer(storage.pointee.values + Int(node))
    return Int(slot.load(as: UInt32.self))
  }

  /// Records a tensor node; `record` is completed by its node number.
  @specialized(where Element == Double)
  @specialized(where Element == Float)
  package func recordTensor(
    code: UInt16, inputs: SIMD4<UInt32> = .zero, inputCount: Int = 0, number: Double = 0, shape: Shape,
    attributes: Attributes = Attributes(), isDifferentiated: Bool, base: UnsafeMutableRawPointer?
  ) -> Variable<Element> {
    let node = storage.pointee.record(Tag(code: code, literal: .tensor, inputs: 0), 0)
    let index = tensors.append(
      TensorRecord(
        node: node, code: code, inputs: inputs, inputCount: inputCount, number: number, shape: shape,
        attributes: attributes, isDifferentiated: isDifferentiated, base: base))
    let slot = UnsafeMutableRawPointer(storage.pointee.values + Int(node))
    slot.storeBytes(of: UInt32(index), as: UInt32.self)
    return tensorHandle(node)
  }

  @specialized(where Element == Double)
  @specialized(where Element == Float)
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
  @specialized(where Element == Double)
  @specialized(where Element == Float)
  package func buffer(ofTensor index: Int) -> Buffer {
    if tensors.pointer(index).pointee.base == nil { vocabulary.evaluate(index, on: self) }
    let record = tensors.pointer(index)
    guard let base = record.pointee.base else { fatalError("tensor: not computed") }
    return Buffer(
      base: base, shape: record.pointee.shape, precision: Precision(Element.self), workspace: workspace)
  }

  /// The value of any node as kernels take it: a scalar as a plain number.
  @specialized(where Element == Double)
  @specialized(where Element == Float)
  package func operand(_ node: UInt32) -> Buffer {
    tag(of: Int(node)).isTensor
      ? buffer(ofTensor: tensorIndex(of: node))
      : Buffer(number: Double(storage.pointee.values[Int(node)]))
  }

  /// Memory for the elements of a tensor, with any contents.
  @specialized(where Element == Double)
  @specialized(where Element == Float)
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
