// Rules run over arrays block by block.

/// Elements per block: three or four blocks of `Float` fit the first-level cache of 32 KiB together.
let blockLength = 2048

extension Buffer {
  /// Whether there is nothing to be cut: a rule may run over the whole.
  @inline(__always)
  var isOneBlock: Bool { count <= blockLength }

  /// Computes `result` block by block: `body` gets the place of a block and its length.
  @inline(__always)
  func forEachBlock(_ body: (_ start: Int, _ length: Int) -> Void) {
    guard let workspace else { return }
    let scratch = workspace.pointee.scratch
    let (arena, position) = (workspace.pointee.arena, scratch.pointee.position)
    let (wanted, wantedCount) = (workspace.pointee.destination, workspace.pointee.destinationCount)
    workspace.pointee.arena = scratch
    var start = 0
    while start < count {
      let length = Swift.min(blockLength, count - start)
      body(start, length)
      workspace.pointee.destination = nil
      scratch.pointee.rewind(to: position)
      start += length
    }
    workspace.pointee.arena = arena
    (workspace.pointee.destination, workspace.pointee.destinationCount) = (wanted, wantedCount)
  }

  /// Fills this buffer with what `value` computes, directly where it can.
  @inline(__always)
  func fill(_ value: () -> Buffer) {
    guard let workspace else { return }
    (workspace.pointee.destination, workspace.pointee.destinationCount) = (base, count)
    value().copy(into: self)
    workspace.pointee.destination = nil
  }

  /// Whether a rule over `self` and these operands may run block by block: all have one shape, or are numbers.
  @inline(__always)
  func isUniform(_ a: Buffer, _ b: Buffer) -> Bool {
    (a.isNumber || a.shape == shape) && (b.isNumber || b.shape == shape)
  }

  /// Runs `body` with temporaries in scratch memory, for operands that cannot be cut into blocks.
  @inline(__always)
  func inScratch<R>(_ body: () -> R) -> R {
    guard let workspace else { return body() }
    let scratch = workspace.pointee.scratch
    let (arena, position) = (workspace.pointee.arena, scratch.pointee.position)
    workspace.pointee.arena = scratch
    defer {
      workspace.pointee.arena = arena
      workspace.pointee.destination = nil
      scratch.pointee.rewind(to: position)
    }
    return body()
  }
}
