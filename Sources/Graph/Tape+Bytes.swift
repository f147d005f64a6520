extension Tape {
  /// The memory that the recorded nodes fill; a tape keeps more, to reuse it.
  ///
  /// Of a scalar operation in `Double`: 10 bytes, 12 per input, 8 for a literal operand. The elements of tensors are
  /// counted with the blocks they stand in.
  /// - Complexity: O(blocks of the arena).
  public var bytes: Int {
    let element = MemoryLayout<Element>.stride
    let storage = storage.pointee
    return storage.count * (element + MemoryLayout<UInt16>.stride)
      + storage.inputCount * (element + MemoryLayout<UInt32>.stride)
      + storage.literalCount * element
      + arena.pointee.used
  }
}
