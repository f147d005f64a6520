import Kernels

// Chains of elementwise operations on large tensors, computed block by block: a value that only the next operation of
// the chain reads never goes to memory, and the backward walk computes it again rather than store it. What remains of
// mean((σ(w·x + b) − y)²) over ten million elements is the traffic of its inputs and of the gradients asked for.

/// From this many elements on, an elementwise operation waits until its value is needed. Smaller tensors stay in the
/// second-level cache, where computing twice costs more than storing.
let fusionThreshold = 1 << 17

/// Elements per block of a chain: half a dozen values and gradients at a time fill half the second-level cache.
private let chainBlock = 4096

/// Blocks for which a thread is worth waking: some 50 µs of work.
private let blocksWorthAThread = 8

/// Elementwise operations computed together, in recording order: the last is the root, which the others only lead to.
struct Chain {
  let members: [Int]
  let shape: Shape

  var blocks: Int { (shape.count + chainBlock - 1) / chainBlock }

  /// Which member an operand is; nil where it stands outside.
  func place(of tensor: Int) -> Int? { members.firstIndex(of: tensor) }
}

// MARK: - Which operations belong together

extension Tape {
  /// Whether a tensor waits for somebody to need its value.
  func isDeferred(_ index: Int) -> Bool {
    let record = tensors.pointer(index)
    guard record.pointee.base == nil else { return false }
    if case .elementwise = Catalog.kind(of: record.pointee.code) { return true }
    return false
  }

  /// The chain that ends in `root`, if only of itself; nil where it cannot be cut into blocks.
  ///
  /// A deferred operand joins if nobody but members reads it: otherwise its value is needed elsewhere too, and its
  /// gradient is complete only later in the walk. Candidates are taken from the highest down, so that all members
  /// that read one have been seen before it is judged.
  func chain(endingIn root: Int) -> Chain? {
    guard isUniform(root) else { return nil }
    let shape = tensors.pointer(root).pointee.shape
    var members = [root]
    var readers: [Int: UInt32] = [:]
    for operand in deferredOperands(of: root) { readers[operand, default: 0] += 1 }
    while let candidate = readers.keys.max(), let seen = readers.removeValue(forKey: candidate) {
      let record = tensors.pointer(candidate)
      guard record.pointee.consumers == seen, record.pointee.shape == shape, isUniform(candidate) else {
        continue
      }
      members.append(candidate)
      for operand in deferredOperands(of: candidate) { readers[operand, default: 0] += 1 }
    }
    return Chain(members: members.reversed(), shape: shape)
  }

  private func deferredOperands(of index: Int) -> [Int] {
    let record = tensors.pointer(index)
    return (0..<record.pointee.inputs.count).compactMap { place in
      guard case .tensor(_, let operand) = input(place, of: record), isDeferred(operand) else { return nil }
      return operand
    }
  }

  /// Whether all operands have the shape of the result or are single numbers: only then can blocks be cut.
  private func isUniform(_ index: Int) -> Bool {
    let record = tensors.pointer(index)
    return (0..<record.pointee.inputs.count).allSatisfy { place in
      guard case .tensor(_, let operand) = input(place, of: record) else { return true }
      let shape = tensors.pointer(operand).pointee.shape
      return shape == record.pointee.shape || shape.count == 1
    }
  }
}

// MARK: - Computing a chain

/// Where the elements of a chain's root are.
enum Root {
  /// Nowhere: a block of them lives as long as it is worked on.
  case temporary
  /// To be computed into memory.
  case stored(UnsafeMutableRawPointer)
  /// In memory already.
  case known(UnsafeMutableRawPointer)
}

/// A chain with its operands at hand, for computing one block after the other on one thread.
struct ChainRun<Element: Real> {
  private let rules: [any ElementwiseRule.Type]
  /// Per member its operands.
  private let operands: [[Source]]
  let workspace: UnsafeMutablePointer<Workspace>
  private let root: Root
  private var values: [Strip] = []
  private var gradients: [Strip?] = []

  private enum Source {
    case member(Int)
    /// An operand from outside, and which of the targets its gradient goes to.
    case outside(Strip, target: Int?)
  }

  /// - Parameter targets: the operands from outside whose gradient is wanted.
  init(
    _ chain: Chain, on tape: Tape<Element>, in workspace: UnsafeMutablePointer<Workspace>, _ root: Root,
    targets: [Int]
  ) {
    self.workspace = workspace
    self.root = root
    rules = chain.members.map { index in
      guard case .elementwise(let rule) = Catalog.kind(of: tape.tensors.pointer(index).pointee.code) else {
        fatalError("chain: operation \(tape.tensors.pointer(index).pointee.code) is not elementwise")
      }
      return rule
    }
    operands = chain.members.map { index in
      let record = tape.tensors.pointer(index)
      return (0..<record.pointee.inputs.count).map { place in
        let input = tape.input(place, of: record)
        if case .tensor(_, let index) = input, let member = chain.place(of: index) { return .member(member) }
        return .outside(
          tape.strip(ofUniform: input, in: workspace), target: input.node.flatMap { targets.firstIndex(of: $0) })
      }
    }
  }

  /// Calls `body` with each block of the root's value in turn.
  mutating func forEachBlock(
    from first: Int, to end: Int, of count: Int, _ body: (inout ChainRun, _ value: Strip, _ block: Int) -> Void
  ) {
    let arena = workspace.pointee.blocks
    let position = arena.pointee.position
    for block in first..<end {
      let start = block * chainBlock
      workspace.begin(min(chainBlock, count - start))
      compute(start)
      body(&self, values[values.count - 1], block)
      arena.pointee.rewind(to: position)
    }
  }

  private mutating func compute(_ start: Int) {
    values.removeAll(keepingCapacity: true)
    for place in 0..<rules.count - 1 { values.append(value(of: place, start)) }
    switch root {
    case .temporary: values.append(value(of: rules.count - 1, start))
    case .stored(let base):
      values.append(value(of: rules.count - 1, start, in: base + start * MemoryLayout<Element>.size))
    case .known(let base): values.append(Strip(base, .full, workspace).block(start))
    }
  }

  private func value(of place: Int, _ start: Int, in memory: UnsafeMutableRawPointer? = nil) -> Strip {
    let x = strips(operands[place], start)
    return filled(memory) { rules[place].value(strips: x) }
  }

  private func strips(_ sources: [Source], _ start: Int) -> Strips {
    func strip(_ place: Int) -> Strip {
      guard place < sources.count else { return 0 }
      switch sources[place] {
      case .member(let place): return values[place]
      case .outside(let strip, _): return strip.block(start)
      }
    }
    return Strips(strip(0), strip(1), strip(2))
  }

  /// A block with what `value` computes: in memory of its own where none is given.
  private func filled(_ memory: UnsafeMutableRawPointer? = nil, _ value: () -> Strip) -> Strip {
    let bytes = workspace.pointee.columns * MemoryLayout<Element>.size
    let out = Strip(memory ?? workspace.pointee.blocks.pointee.take(bytes: bytes), .full, workspace)
    workspace.withTemporaries { workspace.fill(out, value) }
    return out
  }
}

// MARK: - Walking back through a chain

extension ChainRun {
  /// Sends a block of the root's gradient to the targets.
  mutating func sendBack(_ upstream: Strip, _ block: Int, into targets: [ChainTarget]) {
    let start = block * chainBlock
    gradients.removeAll(keepingCapacity: true)
    gradients.append(contentsOf: repeatElement(nil, count: rules.count + targets.count))
    gradients[rules.count - 1] = upstream.on(workspace).block(start)
    for place in rules.indices.reversed() {
      guard let g = gradients[place] else { continue }
      workspace.withTemporaries {
        let locals = rules[place].locals(strips: strips(operands[place], start), values[place])
        for (source, local) in zip(operands[place], [locals.a, locals.b, locals.c]) {
          switch source {
          case .member(let member): add(local, g, to: member, nil)
          case .outside(_, let target?): add(local, g, to: rules.count + target, targets[target].memory(of: block))
          case .outside(_, nil): break
          }
        }
      }
    }
    for (place, target) in targets.enumerated() {
      target.take(gradients[rules.count + place] ?? 0, block, in: workspace)
    }
  }

  /// Adds upstream · local to a gradient, in the given memory if there is any.
  private mutating func add(_ local: Strip, _ g: Strip, to place: Int, _ memory: UnsafeMutableRawPointer?) {
    let before = gradients[place]
    let isUpstream = local.isNumber && local.number == 1
    let product = isUpstream ? g : filled(before == nil ? memory : nil) { .chain(local, g) }
    gradients[place] = before.map { sum in filled(memory) { sum + product } } ?? product
  }
}

/// The gradient of a tensor, or of a single number, that receives its contributions block by block.
struct ChainTarget {
  /// The elements, or for a single number its sum over each block.
  let base: UnsafeMutableRawPointer
  let isNumber: Bool
  let precision: Precision

  func memory(of block: Int) -> UnsafeMutableRawPointer? {
    isNumber ? nil : base + block * chainBlock * precision.bytes
  }

  fileprivate func take(_ gradient: Strip, _ block: Int, in workspace: UnsafeMutablePointer<Workspace>) {
    if let memory = memory(of: block) {
      gradient.copy(into: Strip(memory, .full, workspace))
    } else {
      base.assumingMemoryBound(to: Double.self)[block] = gradient.sum(in: workspace)
    }
  }
}

// MARK: - Where chains are used

extension Tape {
  /// Computes the root of a chain of several operations into memory.
  func evaluateChain(_ chain: Chain) {
    let y = newBuffer(chain.shape).base!
    forEachBlock(of: chain, .stored(y)) { _, _, _ in }
    tensors.pointer(chain.members.last!).pointee.base = y
  }

  /// Σ of a deferred tensor, which is not stored: the sums of blocks are themselves summed pairwise.
  func sumOfChain(_ chain: Chain) -> Double {
    withUnsafeTemporaryAllocation(of: Double.self, capacity: chain.blocks) { sums in
      forEachBlock(of: chain, .temporary) { run, value, block in sums[block] = value.sum(in: run.workspace) }
      return ck_sum_f64(sums.count, sums.baseAddress)
    }
  }

  /// The gradients below a chain, block by block, from the gradient of its root.
  func sendBackChain(_ chain: Chain, _ upstream: TensorGradient, into gradients: Gradients<Element>) {
    if chain.members[0] < tensors.firstComputable { chain.members.forEach(checkUnchanged(tensor:)) }
    let upstream = strip(upstream)
    let nodes = wantedOperands(of: chain)
    let targets = nodes.map { target(of: $0, chain, gradients) }
    let root = tensors.pointer(chain.members.last!).pointee.base.map(Root.known) ?? .temporary
    forEachBlock(of: chain, root, targets: nodes) { run, _, block in run.sendBack(upstream, block, into: targets) }
    for (node, target) in zip(nodes, targets) {
      let sum = { ck_sum_f64(chain.blocks, target.base.assumingMemoryBound(to: Double.self)) }
      add(target.isNumber ? TensorGradient(number: sum()) : TensorGradient(owning: target.base), to: node, gradients)
    }
    for member in chain.members.dropLast() {
      gradients[tensor: member] = TensorGradient(insideChain: chain.members.last!)
    }
  }

  /// The gradients inside a chain, which the walk went through without storing them: the walk once more, through each
  /// of its operations by itself.
  func unfold(_ root: Int, _ gradients: Gradients<Element>) {
    let members = (0..<root).filter { Int(gradients[tensor: $0].chain) == root } + [root]
    for member in members where tensors.pointer(member).pointee.base == nil { evaluate(member) }
    let own = freshGradients()
    own.clear(nodes: count, of: self)
    own[tensor: root] = gradients[tensor: root].shared
    for member in members.reversed() {
      guard case .elementwise(let rule) = Catalog.kind(of: tensors.pointer(member).pointee.code) else { continue }
      sendBack(rule, member, into: own)
    }
    for member in members.dropLast() {
      gradients[tensor: member] = copied(own[tensor: member], tensors.pointer(member).pointee.shape.count, gradients)
    }
  }

  private func copied(_ gradient: TensorGradient, _ count: Int, _ gradients: Gradients<Element>) -> TensorGradient {
    guard let base = gradient.base else { return gradient }
    let copy = gradients.take(count)
    copy.copyMemory(from: base, byteCount: count * MemoryLayout<Element>.size)
    return TensorGradient(owning: copy)
  }

  /// Calls `body` with each block of the root's value, each thread with a range of them: whatever the number of threads,
  /// the blocks are the same, and with them the bits.
  private func forEachBlock(
    of chain: Chain, _ root: Root, targets: [Int] = [],
    _ body: (inout ChainRun<Element>, _ value: Strip, _ block: Int) -> Void
  ) {
    let parts = max(1, min(ComputeThreads.count, chain.blocks / blocksWorthAThread))
    var runs = (0..<parts).map { ChainRun(chain, on: self, in: workspace.ofThread($0), root, targets: targets) }
    runs.withUnsafeMutableBufferPointer { runs in
      let runs = runs
      inParts(parts) { part in
        runs[part].forEachBlock(
          from: part * chain.blocks / parts, to: (part + 1) * chain.blocks / parts, of: chain.shape.count, body)
      }
    }
  }

  /// The operands of a chain, from outside, whose gradient is wanted, in recording order.
  private func wantedOperands(of chain: Chain) -> [Int] {
    var nodes: Set<Int> = []
    for index in chain.members {
      let record = tensors[index]
      for place in 0..<record.inputs.count {
        guard let node = record.inputs.node(place), isWanted(node) else { continue }
        if case .tensor(_, let index) = input(node), chain.place(of: index) != nil { continue }
        nodes.insert(node)
      }
    }
    return nodes.sorted()
  }

  private func target(of node: Int, _ chain: Chain, _ gradients: Gradients<Element>) -> ChainTarget {
    let isLarge = tag(of: node).isTensor && tensors.pointer(tensorIndex(of: node)).pointee.shape == chain.shape
    let base =
      isLarge ? gradients.take(chain.shape.count) : gradients.arena.pointee.take(bytes: chain.blocks * 8)
    return ChainTarget(base: base, isNumber: !isLarge, precision: workspace.pointee.precision)
  }

  /// An operand of a chain: with as many elements as the result, or a single number.
  fileprivate func strip(ofUniform input: Input, in workspace: UnsafeMutablePointer<Workspace>) -> Strip {
    let operand = buffer(of: input)
    return operand.isNumber || operand.count == 1
      ? Strip(number: operand.first) : Strip(operand.base!, .full, workspace)
  }
}
