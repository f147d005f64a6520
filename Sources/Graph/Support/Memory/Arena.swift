/// Memory for the elements of tensors: handed out front to back, taken back all at once.
///
/// What was handed out stays at its address until the arena is rewound, and so does the arena: buffers refer to it. The blocks are kept, so that the second
/// round of the same requests allocates nothing.
@usableFromInline
package struct Arena {
  private struct Block {
    let base: UnsafeMutableRawPointer
    let size: Int
  }
  private var blocks: [Block] = []
  /// The block in use: where it begins, what comes next and how much is left.
  @usableFromInline var block = 0
  @usableFromInline var start: UnsafeMutableRawPointer?
  @usableFromInline var next: UnsafeMutableRawPointer?
  @usableFromInline var room = 0

  /// A cache line, and the width of the widest vector register.
  @inlinable static var alignment: Int { 64 }
  /// The smallest block asked from the system; larger tensors get blocks of their own size.
  private static let blockSize = 1 << 20

  package init() {}

  @frozen
  @usableFromInline
  package struct Position: Sendable, BitwiseCopyable {
    @usableFromInline let block: Int
    @usableFromInline let offset: Int
    @inlinable init(block: Int, offset: Int) { (self.block, self.offset) = (block, offset) }
  }

  @inlinable
  package var position: Position {
    guard let start, let next else { return Position(block: 0, offset: 0) }
    return Position(block: block, offset: next - start)
  }

  @inlinable
  package mutating func rewind(to position: Position) {
    if position.block != block { enter(position.block) }
    guard let start, let next else { return }
    room += next - (start + position.offset)
    self.next = start + position.offset
  }

  package mutating func rewindAll() { rewind(to: Position(block: 0, offset: 0)) }

  @inline(never) @usableFromInline
  mutating func enter(_ block: Int) {
    self.block = block
    (start, next, room) = (blocks[block].base, blocks[block].base, blocks[block].size)
  }

  /// The next `bytes`, with any contents.
  @inlinable
  package mutating func take(bytes: Int) -> UnsafeMutableRawPointer {
    let size = (Swift.max(bytes, 1) + Self.alignment - 1) & ~(Self.alignment - 1)
    guard let base = next, size <= room else { return takeFromNextBlock(size) }
    next = base + size
    room -= size
    return base
  }

  @inline(never) @usableFromInline
  mutating func takeFromNextBlock(_ size: Int) -> UnsafeMutableRawPointer {
    while block + 1 < blocks.count {
      enter(block + 1)
      if size <= room { return take(bytes: size) }
    }
    blocks.append(Block(base: allocateBlock(max(size, Self.blockSize)), size: max(size, Self.blockSize)))
    enter(blocks.count - 1)
    return take(bytes: size)
  }

  fileprivate func release() {
    for block in blocks { Graph.release(block.base) }
  }

  /// Bytes handed out, with what was left over at the ends of full blocks.
  package var used: Int { blocks.prefix(block + 1).reduce(-room) { $0 + $1.size } }

  /// Bytes held, in use or not.
  package var capacity: Int { blocks.reduce(0) { $0 + $1.size } }
}

func freeArena(_ arena: UnsafeMutablePointer<Arena>) {
  arena.pointee.release()
  arena.discard()
}
