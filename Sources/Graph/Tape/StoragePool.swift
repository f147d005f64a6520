/// The addresses of tape storages whose tape was released, for reuse by the next tape.
///
/// A storage's address is never given back to the allocator: a variable may outlive its tape and must find a
/// generation there that differs from its own. All storages have one size, whatever their number type.
enum StoragePool {
  private struct Address: @unchecked Sendable { let pointer: UnsafeMutableRawPointer }
  private static let idle = Locked<[Address]>([])

  static func take<Element>(_ type: Element.Type) -> UnsafeMutablePointer<TapeStorage<Element>> {
    let reused = idle.withLock { $0.popLast() }?.pointer
    let layout = MemoryLayout<TapeStorage<Element>>.self
    let memory = reused ?? .allocate(byteCount: layout.size, alignment: layout.alignment)
    let generation = reused.map { $0.load(as: UInt32.self) } ?? 0
    let storage = memory.bindMemory(to: TapeStorage<Element>.self, capacity: 1)
    storage.initialize(to: TapeStorage(generation: generation))
    return storage
  }

  static func give<Element>(_ storage: UnsafeMutablePointer<TapeStorage<Element>>) {
    storage.pointee.releaseBlocks()
    let address = Address(pointer: UnsafeMutableRawPointer(storage))
    idle.withLock { $0.append(address) }
  }
}
