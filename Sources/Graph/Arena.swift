/// Memory for the elements of tensors: handed out front to back, taken back all at once.
///
/// What was handed out stays at its address until the arena is rewound. The blocks are kept, so that the second
/// round of the same requests allocates nothing.
package struct Arena {
  private struct Block {
    let base: UnsafeMutableRawPointer
    let size: Int
  }
  private var blocks: [Block] = []
  private var block = 0
  private var offset = 0

  /// A cache line, and the width of the widest vector register.
  package static let alignment = 64
  /// The smallest block asked from the system; larger tensors get blocks of their own size.
  private static let blockSize = 1 << 20

  package init() {}

  package struct Position: Sendable {
    fileprivate let block: Int
    fileprivate let offset: Int
  }

  package var position: Position { Position(block: block, offset: offset) }

  package mutating func rewind(to position: Position) {
    block = position.block
    offset = position.offset
  }

  package mutating func rewindAll() { rewind(to: Position(block: 0, offset: 0)) }

  /// The next `bytes`, with any contents.
  package mutating func take(bytes: Int) -> UnsafeMutableRawPointer {
    let size = (max(bytes, 1) + Self.alignment - 1) & ~(Self.alignment - 1)
    while block < blocks.count {
      if offset + size <= blocks[block].size {
        defer { offset += size }
        return blocks[block].base + offset
      }
      block += 1
      offset = 0
    }
    blocks.append(Block(base: allocateBlock(max(size, Self.blockSize)), size: max(size, Self.blockSize)))
    offset = size
    return blocks[block].base
  }

  package func release() {
    for block in blocks { releaseBlock(block.base) }
  }

  /// Bytes handed out, with what was left over at the ends of full blocks.
  package var used: Int { blocks.prefix(block).reduce(offset) { $0 + $1.size } }

  /// Bytes held, in use or not.
  package var capacity: Int { blocks.reduce(0) { $0 + $1.size } }
}

/// An arena at an address of its own: buffers refer to it.
package func newArena() -> UnsafeMutablePointer<Arena> {
  let arena = UnsafeMutablePointer<Arena>.allocate(capacity: 1)
  arena.initialize(to: Arena())
  return arena
}
