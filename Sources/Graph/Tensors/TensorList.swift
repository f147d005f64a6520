/// The tensor nodes of a tape, in recording order.
///
/// The list stands at an address of its own: as a stored property of the tape, each access to it would be checked
/// for exclusivity at run time, which took a sixth of the time of a small tensor's operations.
@frozen
@usableFromInline
package struct TensorList {
  @usableFromInline
  @frozen
  struct Header {
    @usableFromInline var records: UnsafeMutablePointer<TensorRecord>
    @usableFromInline var capacity = 0
    @usableFromInline var count = 0
    @usableFromInline var firstPending = 0
    @usableFromInline var firstComputable = 0
    init() { records = emptyBlock(of: TensorRecord.self) }
  }
  @usableFromInline let header: UnsafeMutablePointer<Header>

  init() { header = .holding(Header()) }

  @inlinable package var count: Int { header.pointee.count }

  /// The first record that may still be waiting to be computed.
  var firstPending: Int {
    get { header.pointee.firstPending }
    nonmutating set { header.pointee.firstPending = newValue }
  }

  /// Deferred tensors before this one belong to parameters that have changed since.
  @inlinable package var firstComputable: Int { header.pointee.firstComputable }

  /// Makes room for one more record at the end, with any contents.
  @inlinable
  package func append() -> UnsafeMutablePointer<TensorRecord> {
    if header.pointee.count == header.pointee.capacity { grow() }
    defer { header.pointee.count += 1 }
    return header.pointee.records + header.pointee.count
  }

  @inline(never) @usableFromInline
  func grow() {
    reserve(&header.pointee.records, count + 1, &header.pointee.capacity, least: 64)
  }

  package subscript(index: Int) -> TensorRecord { header.pointee.records[index] }

  /// A record in place: it is too large to copy for a look at one field.
  @inlinable
  package func pointer(_ index: Int) -> UnsafeMutablePointer<TensorRecord> { header.pointee.records + index }

  func cut(to length: Int) {
    header.pointee.count = length
    header.pointee.firstPending = min(header.pointee.firstPending, length)
    header.pointee.firstComputable = min(header.pointee.firstComputable, length)
  }

  /// Values still to be computed from the parameters as they were can no longer be.
  func parametersChanged() { header.pointee.firstComputable = header.pointee.count }

  /// The last tensor at or below a node, or −1.
  func lastIndex(through node: Int) -> Int {
    var index = count - 1
    while index >= 0, header.pointee.records[index].node > node { index -= 1 }
    return index
  }

  func release() {
    Graph.release(header.pointee.records)
    header.deallocate()
  }
}
