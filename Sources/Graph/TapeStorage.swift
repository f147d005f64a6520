/// The memory of a tape: what was recorded, in arrays that grow and are reused.
///
/// For a node `i` the tape holds its value and its tag. The inputs of all nodes stand one behind the other in
/// recording order, each with its local gradient; a node's tag says how many are its own, so the walk, which
/// goes strictly backwards, needs no offsets. Literal operands (`2 * x`) stand in a third sequence that only
/// inspection and higher derivatives read. Per operation in `Double`: 10 bytes, and 12 per input.
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
  /// A handle of an older generation, but at least `since`, is valid where its index is below `floor`.
  @usableFromInline package var since: UInt32 = 1
  @usableFromInline package var floor: UInt32 = 0

  @usableFromInline package var count = 0
  @usableFromInline package var capacity = 0
  @usableFromInline package var values: UnsafeMutablePointer<Element>
  @usableFromInline package var tags: UnsafeMutablePointer<UInt16>

  @usableFromInline package var inputCount = 0
  @usableFromInline package var inputs: UnsafeMutablePointer<UInt32>
  @usableFromInline package var locals: UnsafeMutablePointer<Element>

  @usableFromInline package var literalCount = 0
  @usableFromInline package var literals: UnsafeMutablePointer<Element>

  /// The tape that fills this storage, for the paths that need more than the arrays.
  package var owner: Unmanaged<Tape<Element>>?

  init(generation: UInt32) {
    self.generation = generation
    fast = 0
    values = emptyBlock(of: Element.self)
    tags = emptyBlock(of: UInt16.self)
    inputs = emptyBlock(of: UInt32.self)
    locals = emptyBlock(of: Element.self)
    literals = emptyBlock(of: Element.self)
  }

  /// The largest number of nodes: the highest bit of a handle's index marks tensors.
  static var limit: Int { 1 << 31 }

  /// Makes room for at least one more node. Every node may bring three inputs and one literal, so that one
  /// comparison with `capacity` guards all five arrays; what is not used is never touched.
  @inline(never)
  @usableFromInline
  package mutating func grow() {
    guard count < Self.limit else { fatalError("tape: more than 2^31 nodes") }
    capacity = Swift.max(1024, capacity * 2)
    reallocate(&values, count: capacity)
    reallocate(&tags, count: capacity)
    reallocate(&inputs, count: 3 * capacity)
    reallocate(&locals, count: 3 * capacity)
    reallocate(&literals, count: capacity)
  }

  func releaseBlocks() {
    release(values)
    release(tags)
    release(inputs)
    release(locals)
    release(literals)
  }
}

extension TapeStorage {
  /// Records a node without inputs.
  @inlinable
  package mutating func record(_ tag: Tag, _ value: Element) -> UInt32 {
    if count == capacity { grow() }
    let node = count
    values[node] = value
    tags[node] = tag.rawValue
    count = node &+ 1
    return UInt32(truncatingIfNeeded: node)
  }

  /// Adds an input to the node just recorded, whose tag counts it.
  package mutating func append(_ input: UInt32, _ local: Element) {
    inputs[inputCount] = input
    locals[inputCount] = local
    inputCount += 1
  }

  /// Adds the literal operand of the node just recorded.
  package mutating func append(literal: Element) {
    literals[literalCount] = literal
    literalCount += 1
  }

  /// Records a node with one input.
  @inlinable
  @inline(__always)
  package mutating func record(_ tag: Tag, _ value: Element, _ a: UInt32, _ da: Element) -> UInt32 {
    if count == capacity { grow() }
    // All loads before the first store: the compiler must assume that a store may change the header.
    let (node, slot) = (count, inputCount)
    let (values, tags, inputs, locals) = (values, tags, inputs, locals)
    count = node &+ 1
    inputCount = slot &+ 1
    values[node] = value
    tags[node] = tag.rawValue
    inputs[slot] = a
    locals[slot] = da
    return UInt32(truncatingIfNeeded: node)
  }

  /// Records a node with one input and a literal operand.
  @inlinable
  @inline(__always)
  package mutating func record(
    _ tag: Tag, _ value: Element, _ a: UInt32, _ da: Element, literal: Element
  ) -> UInt32 {
    if count == capacity { grow() }
    literals[literalCount] = literal
    literalCount &+= 1
    return record(tag, value, a, da)
  }

  /// Records a node with two inputs.
  @inlinable
  @inline(__always)
  package mutating func record(
    _ tag: Tag, _ value: Element, _ a: UInt32, _ da: Element, _ b: UInt32, _ db: Element
  ) -> UInt32 {
    if count == capacity { grow() }
    let (node, slot) = (count, inputCount)
    let (values, tags, inputs, locals) = (values, tags, inputs, locals)
    count = node &+ 1
    inputCount = slot &+ 2
    values[node] = value
    tags[node] = tag.rawValue
    inputs[slot] = a
    inputs[slot &+ 1] = b
    locals[slot] = da
    locals[slot &+ 1] = db
    return UInt32(truncatingIfNeeded: node)
  }
}

extension TapeStorage {
  /// Whether a variable is a scalar recorded since the last rewind, on a tape that records: what it carries is
  /// then its value, and no other check is needed.
  @inlinable @inline(__always)
  package func isCurrent(_ x: Variable<Element>) -> Bool { (x.place ^ fast) >> 32 == 0 }

  /// The value of a variable that needs no closer look: of a current one, or of one that stood before the last
  /// rewind (a parameter, say) and may have been updated.
  @inlinable @inline(__always)
  package func current(_ x: Variable<Element>) -> Element? {
    if isCurrent(x) { return x.carried }
    if x.index < floor, x.generation >= since, fast != 0 { return values[Int(x.index)] }
    return nil
  }
}
