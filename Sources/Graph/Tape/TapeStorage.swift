/// The memory of a tape: what was recorded, in arrays that grow and are reused.
///
/// For a node `i` the tape holds an entry (its value, and its inputs with their local gradients) and a tag. Every node
/// takes the same room, 34 bytes in `Double`, so that recording keeps one counter and any node is found by its index.
/// The rare operation of three inputs keeps them aside.
///
/// A storage lives at one address for good: releasing a tape empties it and keeps it for the next tape, so that
/// a variable that outlived its tape meets another generation, never freed memory.
@frozen
public struct TapeStorage<Element: Real> {
  /// Counts rewinds, resets and in-place updates. Must stand first: `StoragePool` reads it untyped.
  @usableFromInline package var generation: UInt32
  /// `generation` in the upper half while scalar operations may be recorded without further checks, else 0, which
  /// no handle bears: a new handle is this plus its index.
  @usableFromInline package var fast: UInt64
  /// A handle of an older generation, but at least that of `since`, is valid where its index is below `floor`.
  /// While operations may not be recorded without further checks, `floor` is 0.
  @usableFromInline package var since: UInt64 = 1 << 32
  @usableFromInline package var floor: UInt32 = 0

  @usableFromInline package var count = 0
  @usableFromInline package var capacity = 0
  @usableFromInline package var entries: UnsafeMutablePointer<Entry<Element>>
  @usableFromInline package var tags: UnsafeMutablePointer<UInt16>

  package var tripleCount = 0
  private var tripleCapacity = 0
  package var triples: UnsafeMutablePointer<Triple<Element>>

  /// The tape that fills this storage, for the paths that need more than the arrays.
  @usableFromInline package var owner: Unmanaged<Tape<Element>>?

  init(generation: UInt32) {
    self.generation = generation
    fast = 0
    entries = emptyBlock(of: Entry<Element>.self)
    tags = emptyBlock(of: UInt16.self)
    triples = emptyBlock(of: Triple<Element>.self)
  }

  /// The largest number of nodes: the highest bit of a handle's index marks tensors.
  static var limit: Int { 1 << 31 }

  /// Makes room for at least one more node.
  @inline(never)
  @usableFromInline
  package mutating func grow() {
    guard count < Self.limit else { fatalError("tape: more than 2^31 nodes") }
    capacity = Swift.max(1024, capacity * 2)
    reallocate(&entries, count: capacity)
    reallocate(&tags, count: capacity)
  }

  func releaseBlocks() {
    release(entries)
    release(tags)
    release(triples)
  }
}

extension TapeStorage {
  /// Where the value of a node stands.
  package func value(at node: some BinaryInteger) -> UnsafeMutablePointer<Element> {
    UnsafeMutableRawPointer(entries + Int(node)).assumingMemoryBound(to: Element.self)
  }

  /// The inputs of a node, each with its local gradient.
  package func inputs(of node: Int) -> [(node: Int, local: Element)] {
    let entry = entries[node]
    switch tags[node] & 3 {
    case 0: return []
    case 1: return [(Int(entry.a), entry.da)]
    case 2: return [(Int(entry.a), entry.da), (Int(entry.b), entry.db)]
    default:
      let (inputs, locals) = (triples[Int(entry.a)].inputs, triples[Int(entry.a)].locals)
      return [(Int(inputs.0), locals.0), (Int(inputs.1), locals.1), (Int(inputs.2), locals.2)]
    }
  }

  /// The literal operand of a node that has one.
  package func literal(of node: Int) -> Element { entries[node].db }
}

extension TapeStorage {
  /// Records a node without inputs.
  @inlinable @inline(__always)
  package mutating func record(_ tag: Tag, _ value: Element) -> UInt32 {
    if count == capacity { grow() }
    // All loads before the first store: the compiler must assume that a store may change the header.
    let (node, entries, tags) = (count, entries, tags)
    count = node &+ 1
    tags[node] = tag.rawValue
    entries[node].value = value
    return UInt32(truncatingIfNeeded: node)
  }

  /// Records a node with one input, and its literal operand if it has one.
  @inlinable @inline(__always)
  package mutating func record(
    _ tag: Tag, _ value: Element, _ a: UInt32, _ da: Element, literal: Element? = nil
  ) -> UInt32 {
    if count == capacity { grow() }
    let (node, entries, tags) = (count, entries, tags)
    count = node &+ 1
    tags[node] = tag.rawValue
    entries[node].value = value
    entries[node].da = da
    if let literal { entries[node].db = literal }
    entries[node].a = a
    return UInt32(truncatingIfNeeded: node)
  }

  /// Records a node with two inputs.
  @inlinable @inline(__always)
  package mutating func record(
    _ tag: Tag, _ value: Element, _ a: UInt32, _ da: Element, _ b: UInt32, _ db: Element
  ) -> UInt32 {
    if count == capacity { grow() }
    let (node, entries, tags) = (count, entries, tags)
    count = node &+ 1
    tags[node] = tag.rawValue
    entries[node].value = value
    entries[node].da = da
    entries[node].db = db
    entries[node].a = a
    entries[node].b = b
    return UInt32(truncatingIfNeeded: node)
  }

  /// Records a node with up to three inputs, and its literal operand if it has one.
  package mutating func record(
    _ tag: Tag, _ value: Element, _ inputs: [(node: UInt32, local: Element)], literal: Element
  ) -> UInt32 {
    switch inputs.count {
    case 0: return record(tag, value)
    case 1: return record(tag, value, inputs[0].node, inputs[0].local, literal: literal)
    case 2: return record(tag, value, inputs[0].node, inputs[0].local, inputs[1].node, inputs[1].local)
    default: return record(tag, value, place(inputs), 0)
    }
  }

  /// Keeps three inputs aside.
  private mutating func place(_ inputs: [(node: UInt32, local: Element)]) -> UInt32 {
    if tripleCount == tripleCapacity {
      tripleCapacity = Swift.max(64, 2 * tripleCapacity)
      reallocate(&triples, count: tripleCapacity)
    }
    triples[tripleCount] = Triple(
      inputs: (inputs[0].node, inputs[1].node, inputs[2].node),
      locals: (inputs[0].local, inputs[1].local, inputs[2].local))
    tripleCount += 1
    return UInt32(tripleCount - 1)
  }
}

extension TapeStorage {
  /// Whether a variable is a scalar recorded since the last rewind, on a tape that records: what it carries is
  /// then its value, and no other check is needed.
  @inlinable @inline(__always)
  package func isCurrent(_ x: Variable<Element>) -> Bool { (x.place ^ fast) >> 32 == 0 }

  /// The node of a scalar or tensor that was recorded since the last rewind or stood before it, on a tape that records.
  @inlinable @inline(__always)
  package func standingNode(_ x: Variable<Element>) -> UInt32? {
    let (place, node) = (x.place & 0x7FFF_FFFF_FFFF_FFFF, x.index & 0x7FFF_FFFF)
    if (place ^ fast) >> 32 == 0 || (node < floor && place >= since) { return node }
    return nil
  }

  /// The value of a variable that needs no closer look: of a current one, or of one that stood before the last
  /// rewind (a parameter, say) and may have been updated.
  @inlinable @inline(__always)
  package func current(_ x: Variable<Element>) -> Element? {
    if isCurrent(x) { return x.carried }
    if x.index < floor, x.place >= since { return entries[Int(x.index)].value }
    return nil
  }
}
