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
  @usableFromInline
  package struct Header {
    @usableFromInline var buffer: UnsafeMutablePointer<Element>
    var capacity = 0
    /// Of tensor nodes, by their index in the list of the tape.
    @usableFromInline var tensors: UnsafeMutablePointer<TensorGradient>
    var tensorCapacity = 0
    @usableFromInline var tensorCount = 0
    init() { (buffer, tensors) = (emptyBlock(of: Element.self), emptyBlock(of: TensorGradient.self)) }
  }
  @usableFromInline let header = UnsafeMutablePointer.holding(Header())

  @inlinable package var buffer: UnsafeMutablePointer<Element> { header.pointee.buffer }
  /// How many nodes the tape had when it was walked.
  @exclusivity(unchecked) public private(set) var count = 0
  @exclusivity(unchecked) private var storage: UnsafeMutablePointer<TapeStorage<Element>>?
  /// That of the tape when it was walked.
  @exclusivity(unchecked) private var generation: UInt32 = 0

  var tensors: UnsafeMutablePointer<TensorGradient> { header.pointee.tensors }
  private(set) var tensorCount: Int {
    get { header.pointee.tensorCount }
    set { header.pointee.tensorCount = newValue }
  }
  @exclusivity(unchecked) private var workspace: UnsafeMutablePointer<Workspace>?
  @usableFromInline package let arena: UnsafeMutablePointer<Arena> = .holding(Arena())

  deinit {
    release(buffer)
    release(tensors)
    header.deallocate()
    freeArena(arena)
  }

  /// Which nodes the output of the walk depends on; nil while nobody asked.
  @exclusivity(unchecked) var ancestors: [Bool]?

  var isEmpty: Bool { count == 0 }

  /// The upstream gradient of a scalar: ∂output/∂variable, and 0 where the output does not depend on it.
  ///
  /// - Precondition: the variable stands on the tape that was walked.
  /// - Complexity: O(1).
  public subscript(variable: Variable<Element>) -> Element {
    let node = checkedNode(variable)
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
    guard variable.isTensor else { return Tensor([self[node: node]], shape: .scalar) }
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
    guard completed(index, on: tape).hasArrived else { return nil }
    let shape = variable.shape
    if tensors[index].isNumber { tensors[index] = spelledOut(tensors[index].number, shape.count) }
    return Buffer(
      base: tensors[index].base!, shape: shape, precision: Precision(Element.self), workspace: workspace)
  }

  /// The gradient of a tensor; that of an operation inside a chain is computed now.
  package func completed(_ index: Int, on tape: Tape<Element>) -> TensorGradient {
    let chain = Int(self[tensor: index].chain)
    if chain > 0 { tape.engine.unfold(chain, tape, self) }
    return self[tensor: index]
  }

  /// One number for all elements, as the gradient of a sum is, written out now that somebody looks.
  private func spelledOut(_ number: Double, _ count: Int) -> TensorGradient {
    let base = take(count)
    UnsafeMutableBufferPointer(start: base.assumingMemoryBound(to: Element.self), count: count)
      .update(repeating: Element(number))
    return TensorGradient(owning: base)
  }

  private func checkedNode(_ variable: Variable<Element>) -> Int {
    let tape = variable.liveTape("gradients")
    guard variable.storage == storage else { fatalError(Staleness.twoTapes("gradients")) }
    let node = tape.checkedNode(variable, "gradients")
    guard tape.isCurrent(generation, below: node + 1) else { fatalError(Staleness.overwritten(node)) }
    return node
  }

  /// The upstream gradient of a node by its index; 0 for a node recorded after the walk.
  public subscript(node node: Int) -> Element { node < count ? buffer[node] : 0 }

  /// Makes it ready for a walk over the nodes since `low`, all of them unless told otherwise. Of what stands before, only
  /// the given nodes may be asked for.
  package func clear(nodes: Int, since low: Int = 0, and inputs: [Int] = [], of tape: Tape<Element>) {
    reserve(nodes: nodes)
    Graph.clear(buffer + low, count: nodes - low)
    count = nodes
    ancestors = nil
    storage = tape.storage
    generation = tape.storage.pointee.generation
    workspace = tape.workspace
    arena.pointee.rewindAll()
    tensorCount = tape.tensors.count
    reserve(tensors: tensorCount)
    let lowTensor = low == 0 ? 0 : tape.tensors.lastIndex(through: low - 1) + 1
    Graph.clear(tensors + lowTensor, count: tensorCount - lowTensor)
    for input in inputs {
      if case .tensor(_, let index) = tape.input(input) { tensors[index] = TensorGradient() }
      buffer[input] = 0
    }
  }

  private func reserve(nodes: Int) { Graph.reserve(&header.pointee.buffer, nodes, &header.pointee.capacity) }

  private func reserve(tensors: Int) {
    Graph.reserve(&header.pointee.tensors, tensors, &header.pointee.tensorCapacity)
  }

  /// The gradient of the output itself.
  func seed(_ root: Variable<Element>, _ seed: Element) {
    guard root.isTensor, let tape = root.tape else {
      buffer[root.handle.node] = seed
      return
    }
    self[tensor: tape.tensorIndex(of: root.handle.node)] = TensorGradient(number: Double(seed))
  }

  /// Sets the gradient of a node to something else.
  func replace(_ node: Int, by gradient: Tensor<Element>, on tape: Tape<Element>) {
    guard case .tensor(_, let index) = tape.input(node) else { return buffer[node] = gradient.elements[0] }
    let base = take(gradient.elements.count)
    base.copyMemory(from: gradient.elements, byteCount: gradient.elements.count * MemoryLayout<Element>.size)
    tensors[index] = TensorGradient(owning: base)
  }

  /// Memory for so many elements, with any contents.
  @inlinable
  package func take(_ count: Int) -> UnsafeMutableRawPointer {
    arena.pointee.take(bytes: count * MemoryLayout<Element>.size)
  }

  @inlinable
  package subscript(tensor index: Int) -> TensorGradient {
    get { index < header.pointee.tensorCount ? header.pointee.tensors[index] : TensorGradient() }
    set { header.pointee.tensors[index] = newValue }
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

  /// The tape that was walked, while it is there.
  var walked: Tape<Element>? { storage?.pointee.owner?.takeUnretainedValue() }
  /// How many of the nodes that were walked stand to this day.
  func standing(on tape: Tape<Element>) -> Int { tape.standing(since: generation) }

  /// Drops the gradients of nodes that a rewind took off the tape: others stand there now.
  private func forgetRewound() {
    guard let tape = walked else { return }
    let standing = standing(on: tape)
    guard standing < count else { return }
    count = standing
    tensorCount = min(
      tensorCount, standing == 0 ? 0 : tape.tensors.lastIndex(through: standing - 1) + 1)
  }

  private func addTensors(of other: Gradients) {
    reserve(tensors: other.tensorCount)
    if other.tensorCount > tensorCount {
      Graph.clear(tensors + tensorCount, count: other.tensorCount - tensorCount)
      tensorCount = other.tensorCount
    }
    for index in 0..<other.tensorCount { add(tensor: index, of: other) }
  }

  /// Adds another walk's gradient of one tensor.
  ///
  /// Where both went through the same chain, what arrived at its root is added up, and the rest follows from it.
  func add(tensor index: Int, of other: Gradients) {
    guard let tape = walked else { return }
    if tensors[index].chain != other.tensors[index].chain {
      if tensors[index].isNothing {
        return tensors[index] = TensorGradient(insideChain: Int(other.tensors[index].chain))
      }
      _ = (completed(index, on: tape), other.completed(index, on: tape))
    }
    guard other.tensors[index].hasArrived else { return }
    let count = tape.tensors.pointer(index).pointee.shape.count
    let (ours, theirs) = (tensors[index], other.tensors[index])
    let sum = take(count)
    let elements = sum.assumingMemoryBound(to: Element.self)
    for element in 0..<count { elements[element] = ours[element] + theirs[element] }
    tensors[index] = TensorGradient(owning: sum)
  }

  /// Makes it as if nothing had been walked.
  func empty() { count = 0 }
}

extension Tape {
  /// Gradients to fill: memory of earlier ones where nobody but the tape holds them any more.
  package func freshGradients() -> Gradients<Element> {
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
