#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Grows `block` to hold `count` elements, keeping what is there.
///
/// Large blocks are moved by the kernel (`mremap` inside `realloc`), not copied, and a page that was never
/// written takes no memory: a tape may ask for far more than it will use.
func reallocate<T: BitwiseCopyable>(_ block: inout UnsafeMutablePointer<T>, count: Int) {
  let bytes = max(count, 1) * MemoryLayout<T>.stride
  guard let grown = realloc(block, bytes) else { fatalError("tape: out of memory (\(bytes) bytes asked)") }
  adviseHugePages(grown, bytes)
  block = grown.bindMemory(to: T.self, capacity: count)
}

/// Makes room for `count` elements where there is less: for twice as many as before, so that growing costs little.
func reserve<T: BitwiseCopyable>(
  _ block: inout UnsafeMutablePointer<T>, _ count: Int, _ capacity: inout Int, least: Int = 0
) {
  guard count > capacity else { return }
  capacity = max(count, least, 2 * capacity)
  reallocate(&block, count: capacity)
}

/// An empty block for `reallocate` to grow.
func emptyBlock<T: BitwiseCopyable>(of type: T.Type) -> UnsafeMutablePointer<T> {
  guard let block = malloc(16) else { fatalError("tape: out of memory") }
  return block.bindMemory(to: type, capacity: 1)
}

func release(_ block: UnsafeMutableRawPointer) { free(block) }

extension UnsafeMutablePointer {
  /// A value at an address of its own.
  static func holding(_ value: Pointee) -> UnsafeMutablePointer {
    let pointer = allocate(capacity: 1)
    pointer.initialize(to: value)
    return pointer
  }

  /// Gives back the address of one value.
  func discard() {
    deinitialize(count: 1)
    deallocate()
  }
}

/// Asks for 2 MiB pages: one page fault instead of 512 where the arena grows into new memory.
package func adviseHugePages(_ block: UnsafeMutableRawPointer, _ bytes: Int) {
  #if os(Linux)
    let page = 2 << 20
    guard bytes >= 2 * page else { return }
    let start = (UInt(bitPattern: block) + UInt(page - 1)) & ~UInt(page - 1)
    let end = (UInt(bitPattern: block) + UInt(bytes)) & ~UInt(page - 1)
    guard start < end else { return }
    madvise(UnsafeMutableRawPointer(bitPattern: start), Int(end - start), MADV_HUGEPAGE)
  #endif
}

/// Sets `count` elements to 0: the bits of zero are zeros in every `Real`.
func clear<T: BitwiseCopyable>(_ block: UnsafeMutablePointer<T>, count: Int) {
  memset(block, 0, count * MemoryLayout<T>.stride)
}

/// A block for tensors, aligned to cache lines, on large pages where it is large.
func allocateBlock(_ bytes: Int) -> UnsafeMutableRawPointer {
  guard let block = aligned_alloc(Arena.alignment, bytes) else {
    fatalError("tape: out of memory (\(bytes) bytes asked)")
  }
  adviseHugePages(block, bytes)
  return block
}
