/// Records every operation as it happens, so that it can be walked backwards.
///
/// A tape grows with each operation on its variables. Nothing is freed until `rewind(to:)` or `reset()`, which
/// keep the memory for the next round: a training loop allocates nothing after its first step.
///
/// ```swift
/// let tape = Tape<Double>()
/// let w = tape.parameter(5, "w"), x = tape.constant(1, "x")
/// let u = (w * x).named("u")
/// u.backward()[w]  // 1
/// ```
/// A tape and its variables belong to one thread at a time. Variables do not keep their tape alive: hold the
/// tape for as long as they are used.
public final class Tape<Element: Real> {
  @usableFromInline package let storage: UnsafeMutablePointer<TapeStorage<Element>>
  /// What inspection asks for the names and formulas of operations.
  package let vocabulary: any Vocabulary
  let engine: TensorEngine<Element>

  // A tape belongs to one thread at a time, and nothing calls back while these are accessed: to check for it at run time
  // took a tenth of the time of operations on small tensors.
  @exclusivity(unchecked) package var names = NodeTable<String>()
  /// What a backward walk does with the gradients of nodes before it goes on.
  @exclusivity(unchecked) package var hooks = NodeTable<[(Tensor<Element>) -> Tensor<Element>]>()
  @exclusivity(unchecked) package var custom = NodeTable<CustomOperation<Element>>()
  @exclusivity(unchecked) package var rewinds: [Rewind] = []
  @exclusivity(unchecked) package var idleGradients: [Gradients<Element>] = []
  @exclusivity(unchecked) package var depthWithoutRecording = 0
  @usableFromInline package let tensors = TensorList()
  @usableFromInline package let workspace: UnsafeMutablePointer<Workspace>
  @usableFromInline package let arena: UnsafeMutablePointer<Arena> = .holding(Arena())

  @exclusivity(unchecked) package var watch: (any Watch<Element>)? {
    didSet { openFastPath() }
  }

  package init(vocabulary: any Vocabulary, engine: TensorEngine<Element>) {
    storage = StoragePool.take(Element.self)
    workspace = .holding(Workspace(Precision(Element.self)))
    self.vocabulary = vocabulary
    self.engine = engine
    storage.pointee.owner = Unmanaged.passUnretained(self)
    beginGeneration()
    // To this tape, all that an earlier one recorded in the same memory is cut off.
    remember(Rewind(generation: storage.pointee.generation, low: 0))
  }

  deinit {
    storage.pointee.owner = nil
    storage.pointee.closeFastPath()
    StoragePool.give(storage)
    tensors.release()
    freeWorkspace(workspace)
    freeArena(arena)
  }

  /// How many nodes stand on the tape.
  public var count: Int { storage.pointee.count }

  /// Whether operations are being recorded: false inside `withoutRecording`.
  public var isRecording: Bool { depthWithoutRecording == 0 }

  /// Scalar operations may skip all checks but one while this holds.
  package func openFastPath() {
    if isRecording && watch == nil {
      storage.pointee.openFastPath(below: rewinds.last?.low ?? 0)
    } else {
      storage.pointee.closeFastPath()
    }
  }

  /// From here on, variables of before are looked up in the tape instead of trusted.
  ///
  /// After 2³¹ rewinds generations start over, and the earlier ones no longer compare: they are forgotten, so that
  /// what still stands stays valid. A variable that was stale before may then go undetected.
  package func advanceGeneration() {
    beginGeneration()
    openFastPath()
  }

  func beginGeneration() {
    let last = storage.pointee.generation
    storage.pointee.generation = Handle.generation(after: last)
    if storage.pointee.generation < last { rewinds.removeAll() }
  }
}

// MARK: - Leaves

extension Tape {
  /// A leaf whose gradient is wanted. Its value may be changed by `update`.
  ///
  /// - Complexity: O(1).
  public func parameter(_ value: Element, _ name: String? = nil) -> Variable<Element> {
    leaf(value, name, .parameter)
  }

  /// A leaf that is given, such as a datum.
  ///
  /// Its upstream gradient is computed like that of any scalar node.
  public func constant(_ value: Element, _ name: String? = nil) -> Variable<Element> {
    leaf(value, name, .constant)
  }

  private func leaf(_ value: Element, _ name: String?, _ code: Tag.Leaf) -> Variable<Element> {
    let node = storage.pointee.record(Tag(code: code.rawValue, inputs: 0), value)
    storage.pointee.entries[node].updated = .none
    let variable = handle(node)
    if let name { names.set(name, for: node) }
    report(node)
    return variable
  }

  /// Sets the value of a parameter in place.
  ///
  /// The nodes already computed from it keep their values: rewind and compute them again.
  /// - Precondition: it is a parameter, and a scalar or a tensor of one element.
  @specialized(where Element == Double)
  @specialized(where Element == Float)
  public func update(_ parameter: Variable<Element>, to value: Element) {
    let node = changing(parameter, "update")
    guard !parameter.isTensor else { return setNumber(of: parameter, value) }
    storage.pointee.entries[node].value = value
    if parameter.handle.generation == storage.pointee.generation { advanceGeneration() }
  }

  /// The handle of a scalar node as of now.
  package func handle(_ node: Int) -> Variable<Element> {
    Variable(
      storage: storage, carried: storage.pointee.entries[node].value,
      handle: Handle(scalar: node, Handle(generation: storage.pointee.generation)))
  }
}

extension Tag {
  /// The codes below every operation's.
  @frozen
  @usableFromInline
  package enum Leaf: UInt16 {
    case parameter, constant
    /// A node whose operation is kept by the tape: see `CustomOperation`.
    case custom
    package static let firstOperation: UInt16 = 8
  }
}
