/// The upstream gradient of every node, from one backward walk or the sum of several.
///
/// ```swift
/// let gradients = c.backward()
/// gradients[w]  // ∂c/∂w
/// ```
/// It stays as it is when the tape is rewound. When nobody holds it any more, the tape reuses its memory for the
/// next walk.
public final class Gradients<Element: Real> {
  /// What the backward walk reads and writes; at an address of its own, as the tape's tensors are.
  struct Header {
    var buffer = emptyBlock(of: Element.self)
    var capacity = 0
    /// Of tensor nodes, by their place in the tape's list: nil where nothing has arrived.
    var tensors = emptyBlock(of: Buffer?.self)
    var tensorCapacity = 0
    var tensorCount = 0
  }
  private let header: UnsafeMutablePointer<Header>

  package var buffer: UnsafeMutablePointer<Element> { header.pointee.buffer }
  /// How many nodes the tape had when it was walked.
  public private(set) var count = 0
  private var storage: UnsafeMutablePointer<TapeStorage<Element>>?
  /// That of the tape when it was walked.
  private var generation: UInt32 = 0

  var tensors: UnsafeMutablePointer<Buffer?> { header.pointee.tensors }
  private(set) var tensorCount: Int {
    get { header.pointee.tensorCount }
    set { header.pointee.tensorCount = newValue }
  }
  private var workspace: UnsafeMutablePointer<Workspace>?
  package let arena: UnsafeMutablePointer<Arena> = newArena()

  init() {
    header = .allocate(capacity: 1)
    header.initialize(to: Header())
  }
  deinit {
    release(buffer)
    release(tensors)
    header.deallocate()
    freeArena(arena)
  }

  var isEmpty: Bool { count == 0 }

  /// The upstream gradient of a scalar: ∂output/∂variable, and 0 where the output does not depend on it.
  ///
  /// - Precondition: the variable stands on the tape that was walked.
  /// - Complexity: O(1).
  public subscript(variable: Variable<Element>) -> Element {
    let node = Int(checkedNode(variable))
    guard variable.isTensor else { return self[node: node] }
    guard variable.shape.count == 1 else {
      fatalError("gradients: shape \(variable.shape) is no scalar: ask for tensor(of:)")
    }
    return tensor(of: variable).elements[0]
  }

  /// The upstream gradient of a tensor, in its shape; zeros where the output does not depend on it.
  ///
  /// - Precondition: the variable stands on the tape that was walked, and a parameter stands below it: the
  ///   gradients of data are not computed.
  public func tensor(of variable: Variable<Element>) -> Tensor<Element> {
    let node = checkedNode(variable)
    guard variable.isTensor else { return Tensor([self[node: Int(node)]], shape: .scalar) }
    let result = withElements(of: variable) { Tensor(Array($0), shape: variable.shape) }
    return result ?? Tensor(Array(repeating: 0, count: variable.shape.count), shape: variable.shape)
  }

  /// The elements of a tensor's upstream gradient where they stand; nil where the output does not depend on it.
  public func withElements<R>(
    of variable: Variable<Element>, _ body: (UnsafeMutableBufferPointer<Element>) throws -> R
  ) rethrows -> R? {
    try buffer(of: variable).map { try body($0.elements(Element.self)) }
  }

  @specialized(where Element == Double)
  @specialized(where Element == Float)
  package func buffer(of variable: Variable<Element>) -> Buffer? {
    let tape = variable.liveTape("gradients")
    let index = tape.tensorIndex(of: checkedNode(variable))
    guard tape.tensors.pointer(index).pointee.isDifferentiated else {
      fatalError(
        "gradients: \(variable.name ?? "the tensor") is data; make it a parameter to ask for its gradient")
    }
    guard index < tensorCount, let buffer = tensors[index] else { return nil }
    return buffer.isNumber ? spelledOut(buffer, at: index, variable.shape) : buffer
  }

  /// One number for all elements, as the gradient of a sum is, written out now that somebody looks.
  private func spelledOut(_ number: Buffer, at index: Int, _ shape: Shape) -> Buffer {
    let buffer = newBuffer(shape)
    buffer.elements(Element.self).update(repeating: Element(number.number))
    tensors[index] = buffer
    return buffer
  }

  private func checkedNode(_ variable: Variable<Element>) -> UInt32 {
    let tape = variable.liveTape("gradients")
    guard variable.storage == storage else { fatalError(Staleness.twoTapes("gradients")) }
    let node = tape.checkedNode(variable, "gradients")
    guard tape.isCurrent(generation, below: Int(node) + 1) else { fatalError(Staleness.overwritten(node)) }
    return node
  }

  /// The upstream gradient of a node by its index; 0 for a node recorded after the walk.
  public subscript(node node: Int) -> Element { node < count ? buffer[node] : 0 }

  func clear(nodes: Int, of tape: Tape<Element>) {
    reserve(nodes: nodes)
    Graph.clear(buffer, count: nodes)
    count = nodes
    storage = tape.storage
    generation = tape.storage.pointee.generation
    workspace = tape.workspace
    arena.pointee.rewindAll()
    tensorCount = tape.tensors.count
    reserve(tensors: tensorCount)
    for index in 0..<tensorCount { tensors[index] = nil }
  }

  private func reserve(nodes: Int) {
    guard nodes > header.pointee.capacity else { return }
    header.pointee.capacity = max(nodes, 2 * header.pointee.capacity)
    reallocate(&header.pointee.buffer, count: header.pointee.capacity)
  }

  private func reserve(tensors: Int) {
    guard tensors > header.pointee.tensorCapacity else { return }
    header.pointee.tensorCapacity = max(tensors, 2 * header.pointee.tensorCapacity)
    reallocate(&header.pointee.tensors, count: header.pointee.tensorCapacity)
  }

  /// The gradient of the output itself.
  func seed(_ root: Variable<Element>, _ seed: Element) {
    guard root.isTensor, let tape = root.tape else {
      buffer[Int(root.index)] = seed
      return
    }
    let fresh = newBuffer(root.shape)
    fresh.elements(Element.self)[0] = seed
    self[tensor: tape.tensorIndex(of: root.index & 0x7FFF_FFFF)] = fresh
  }

  /// Memory for a gradient, with any contents.
  @specialized(where Element == Double)
  @specialized(where Element == Float)
  package func newBuffer(_ shape: Shape) -> Buffer {
    let precision = Precision(Element.self)
    let base = arena.pointee.take(bytes: shape.count * precision.bytes)
    return Buffer(base: base, shape: shape, precision: precision, isOwned: true, workspace: workspace)
  }

  package subscript(tensor index: Int) -> Buffer? {
    get { index < tensorCount ? tensors[index] : nil }
    set { tensors[index] = newValue }
  }

  func add(_ other: Gradients) {
    guard storage == other.storage else { fatalError(Staleness.twoTapes("backward(into:)")) }
    forgetRewound()
    generation = other.generation
    reserve(nodes: other.count)
    if other.count > count { Graph.clear(buffer + count, count: other.count - count) }
    count = max(count, other.count)
    for node in 0..<other.count { buffer[node] += other.buffer[node] }
    addTensors(of: other)
  }

  /// Drops the gradients of nodes that a rewind took off the tape: others stand in their places now.
  private func forgetRewound() {
    guard let tape = storage?.pointee.owner?.takeUnretainedValue() else { return }
    let standing = tape.standing(since: generation)
    guard standing < count else { return }
    count = standing
    tensorCount = min(
      tensorCount, standing == 0 ? 0 : tape.tensors.lastIndex(through: UInt32(standing) - 1) + 1)
  }

  private func addTensors(of other: Gradients) {
    reserve(tensors: other.tensorCount)
    while tensorCount < other.tensorCount {
      tensors[tensorCount] = nil
      tensorCount += 1
    }
    for index in 0..<other.tensorCount { add(tensor: index, of: other) }
  }

  /// Adds another walk's gradient of one tensor.
  func add(tensor index: Int, of other: Gradients) {
    guard let theirs = other.tensors[index] else { return }
    let ours = tensors[index]
    let sum = newBuffer(theirs.shape)
    let elements = sum.elements(Element.self)
    for place in elements.indices { elements[place] = (ours?[place] ?? 0) + theirs[place] }
    tensors[index] = sum
  }

  /// Makes it as if nothing had been walked.
  func empty() { count = 0 }
}

extension Tape {
  /// Gradients to fill: memory of earlier ones where nobody but the tape holds them any more.
  func freshGradients() -> Gradients<Element> {
    for slot in idleGradients.indices where isKnownUniquelyReferenced(&idleGradients[slot]) {
      idleGradients[slot].empty()
      return idleGradients[slot]
    }
    let fresh = Gradients<Element>()
    // Four in use at a time are remembered; somebody who keeps more pays an allocation for each.
    if idleGradients.count < 4 { idleGradients.append(fresh) }
    return fresh
  }
}

extension Buffer {
  /// An element, or the number that stands for all.
  fileprivate subscript<Element: Real>(place: Int) -> Element {
    isNumber ? Element(number) : elements(Element.self)[place]
  }
}
