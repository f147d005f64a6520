extension Tape {
  /// The memory that the recorded nodes fill; a tape keeps more, to reuse it.
  ///
  /// Of a scalar operation in `Double`: 34 bytes, and 40 more for the rare one of three inputs. The elements of tensors
  /// are counted with the blocks they stand in.
  /// - Complexity: O(blocks of the arena).
  public var bytes: Int {
    let storage = storage.pointee
    return storage.count * (MemoryLayout<Entry<Element>>.stride + MemoryLayout<UInt16>.stride)
      + storage.tripleCount * MemoryLayout<Triple<Element>>.stride
      + arena.pointee.used
  }
}
