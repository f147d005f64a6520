// What the operations on tensors of a tape are told besides their operands.

extension Tape {
  /// Keeps options as long as the tensor that is recorded next.
  package func keep(_ options: UnsafeRawBufferPointer) -> UnsafeRawPointer {
    let memory = arena.pointee.take(bytes: options.count)
    if let base = options.baseAddress { memory.copyMemory(from: base, byteCount: options.count) }
    return UnsafeRawPointer(memory)
  }

  /// Keeps indices below `extent`; negative ones count from the end.
  package func keep(_ indices: [Int], below extent: Int, _ operation: String) -> IndexList {
    let memory = arena.pointee.take(bytes: 4 * indices.count).bindMemory(to: Int32.self, capacity: indices.count)
    for (place, index) in indices.enumerated() {
      memory[place] = Int32(index.wrapped(below: extent, operation))
    }
    return IndexList(base: memory, count: Int32(indices.count))
  }
}

extension Int {
  /// As an index counted from 0; negative ones count from the end.
  package func wrapped(below extent: Int, _ operation: String) -> Int {
    guard (-extent..<extent).contains(self) else { fatalError("\(operation): no index \(self) among \(extent)") }
    return self < 0 ? self + extent : self
  }
}
