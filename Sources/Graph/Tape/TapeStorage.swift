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
  /// The generation while scalar operations may be recorded without further checks, else none, which no handle bears:
  /// a new handle is this with its node.
  @usableFromInline package private(set) var fast = Handle.none
  /// A handle of an older generation, but at least that of `since`, is valid where its node is below `floor`.
  /// While operations may not be recorded without further checks, `floor` is 0.
  @usableFromInline var since = Handle(generation: 1)
  @usableFromInline var floor: UInt32 = 0

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
    entries = emptyBlock(of: Entry<Element>.self)
    tags = emptyBlock(of: UInt16.self)
    triples = emptyBlock(of: Triple<Element>.self)
  }

  /// Makes room for at least one more node.
  @inline(never)
  @usableFromInline
  package mutating func grow() {
    guard count < Handle.nodeLimit else { fatalError("tape: more than 2^31 nodes") }
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
  /// An input of a node that has so many, with its local gradient.
  func input(_ position: Int, of node: Int) -> (node: Int, local: Element) {
    let entry = entries[node]
    if Tag(rawValue: tags[node]).inputs < 3 {
      return position == 0 ? (Int(entry.a), entry.da) : (Int(entry.b), entry.db)
    }
    let (inputs, locals) = (triples[Int(entry.a)].inputs, triples[Int(entry.a)].locals)
    return switch position {
    case 0: (Int(inputs.0), locals.0)
    case 1: (Int(inputs.1), locals.1)
    default: (Int(inputs.2), locals.2)
    }
  }

  /// The literal operand of a node that has one.
  package func literal(of node: Int) -> Element { entries[node].db }

  // MARK: Recording

  /// Records a node without inputs.
  @inlinable @inline(__always)
  package mutating func record(_ tag: Tag, _ value: Element) -> Int {
    if count == capacity { grow() }
    // All loads before the first store: the compiler must assume that a store may change the header.
    let (node, entries, tags) = (count, entries, tags)
    count = node &+ 1
    tags[node] = tag.rawValue
    entries[node].value = value
    return node
  }

  /// Records a node with one input, and its literal operand if it has one.
  @inlinable @inline(__always)
  package mutating func record(
    _ tag: Tag, _ value: Element, _ a: Int, _ da: Element, literal: Element? = nil
  ) -> Int {
    if count == capacity { grow() }
    let (node, entries, tags) = (count, entries, tags)
    count = node &+ 1
    tags[node] = tag.rawValue
    entries[node].value = value
    entries[node].da = da
    if let literal { entries[node].db = literal }
    entries[node].a = UInt32(truncatingIfNeeded: a)
    return node
  }

  /// Records a node with two inputs.
  @inlinable @inline(__always)
  package mutating func record(
    _ tag: Tag, _ value: Element, _ a: Int, _ da: Element, _ b: Int, _ db: Element
  ) -> Int {
    if count == capacity { grow() }
    let (node, entries, tags) = (count, entries, tags)
    count = node &+ 1
    tags[node] = tag.rawValue
    entries[node].value = value
    entries[node].da = da
    entries[node].db = db
    entries[node].a = UInt32(truncatingIfNeeded: a)
    entries[node].b = UInt32(truncatingIfNeeded: b)
    return node
  }

  /// Records a node with up to three inputs, and its literal operand if it has one.
  package mutating func record(
    _ tag: Tag, _ value: Element, _ inputs: [(node: Int, local: Element)], literal: Element
  ) -> Int {
    switch inputs.count {
    case 0: return record(tag, value)
    case 1: return record(tag, value, inputs[0].node, inputs[0].local, literal: literal)
    case 2: return record(tag, value, inputs[0].node, inputs[0].local, inputs[1].node, inputs[1].local)
    default: return record(tag, value, keep(inputs), 0)
    }
  }

  /// Keeps three inputs aside: where they stand.
  private mutating func keep(_ inputs: [(node: Int, local: Element)]) -> Int {
    reserve(&triples, tripleCount + 1, &tripleCapacity, least: 64)
    triples[tripleCount] = Triple(
      inputs: (UInt32(inputs[0].node), UInt32(inputs[1].node), UInt32(inputs[2].node)),
      locals: (inputs[0].local, inputs[1].local, inputs[2].local))
    tripleCount += 1
    return tripleCount - 1
  }

  // MARK: The fast path

  /// Lets scalar operations be recorded without further checks, also on what stood below `floor` before the last rewind.
  mutating func openFastPath(below floor: Int) {
    (fast, self.floor) = (Handle(generation: generation), UInt32(truncatingIfNeeded: floor))
  }

  mutating func closeFastPath() { (fast, floor) = (.none, 0) }

  /// Whether a variable is a scalar recorded since the last rewind, on a tape that records: what it carries is
  /// then its value, and no other check is needed.
  @inlinable @inline(__always)
  package func isCurrent(_ x: Variable<Element>) -> Bool { x.handle.isScalar(of: fast) }

  /// The node of a scalar or tensor that was recorded since the last rewind or stood before it, on a tape that records.
  @inlinable @inline(__always)
  package func standingNode(_ x: Variable<Element>) -> Int? {
    let handle = x.handle.withoutMarks
    return handle.isScalar(of: fast) || handle.isScalar(since: since, below: floor) ? handle.scalarNode : nil
  }

  /// The value of a variable that needs no closer look: of a current one, or of one that stood before the last
  /// rewind (a parameter, say) and may have been updated.
  @inlinable @inline(__always)
  package func current(_ x: Variable<Element>) -> Element? {
    if isCurrent(x) { return x.carried }
    if x.handle.isScalar(since: since, below: floor) { return entries[x.handle.scalarNode].value }
    return nil
  }

  /// Whether operations are recorded without further checks.
  @inlinable @inline(__always)
  package var isFast: Bool { fast.bits != 0 }
}
