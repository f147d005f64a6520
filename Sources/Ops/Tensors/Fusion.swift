import Kernels

// Chains of elementwise operations on large tensors, computed block by block: a value that only the next operation of
// the chain reads never goes to memory, and the backward walk computes it again rather than store it. What remains of
// mean((σ(w·x + b) − y)²) over ten million elements is the traffic of its inputs and of the gradients asked for.

/// From this many elements on, an elementwise operation waits until its value is needed. Smaller tensors stay in the
/// second-level cache, where computing twice costs more than storing.
let fusionThreshold = 1 << 17

/// Elements per block of a chain: half a dozen values and gradients at a time fill half the second-level cache.
private let chainBlock = 4096

/// Elementwise operations computed together, in recording order: the last is the root, which the others only lead to.
struct Chain {
  let members: [Int]
  let shape: Shape

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

  /// The chain that ends in `root`.
  ///
  /// A deferred operand joins if nobody but members reads it: otherwise its value is needed elsewhere too, and its
  /// gradient is complete only later in the walk. Candidates are taken from the highest down, so that all members
  /// that read one have been seen before it is judged.
  func chain(endingIn root: Int) -> Chain {
    let shape = tensors.pointer(root).pointee.shape
    var members = [root]
    var readers: [Int: UInt32] = [:]
    guard isUniform(root) else { return Chain(members: members, shape: shape) }
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
    let record = tensors[index]
    return (0..<record.inputCount).compactMap { place in
      let node = record.inputs[place]
      guard node != TensorRecord.number, tag(of: Int(node)).isTensor else { return nil }
      let operand = tensorIndex(of: node)
      return isDeferred(operand) ? operand : nil
    }
  }

  /// Whether all operands have the shape of the result, or are single numbers: only then can blocks be cut.
  private func isUniform(_ index: Int) -> Bool {
    let record = tensors[index]
    return (0..<record.inputCount).allSatisfy { place in
      let node = record.inputs[place]
      guard node != TensorRecord.number, tag(of: Int(node)).isTensor else { return true }
      let shape = tensors.pointer(tensorIndex(of: node)).pointee.shape
      return shape == record.shape || shape == .scalar
    }
  }
}

// MARK: - Computing a chain

/// A chain with its operands at hand, for computing one block after the other.
struct ChainRun<Element: Real> {
  private let chain: Chain
  private let rules: [any ElementwiseRule.Type]
  /// Per member its operands: from outside, or nil for the value of an earlier member.
  private let operands: [Operands<Source>]
  private let workspace: UnsafeMutablePointer<Workspace>
  private var values: [Buffer] = []
  private var gradients: [Buffer?] = []

  private enum Source {
    case member(Int)
    case outside(Buffer, node: UInt32)
  }

  init(_ chain: Chain, on tape: Tape<Element>) {
    self.chain = chain
    workspace = tape.workspace
    rules = chain.members.map { index in
      guard case .elementwise(let rule) = Catalog.kind(of: tape.tensors.pointer(index).pointee.code) else {
        fatalError("chain: operation \(tape.tensors.pointer(index).pointee.code) is not elementwise")
      }
      return rule
    }
    operands = chain.members.map { index in
      let record = tape.tensors[index]
      return Operands(
        (0..<record.inputCount).map { place in
          let node = record.inputs[place]
          if node == TensorRecord.number { return .outside(Buffer(number: record.number), node: node) }
          if tape.tag(of: Int(node)).isTensor, let member = chain.place(of: tape.tensorIndex(of: node)) {
            return .member(member)
          }
          return .outside(tape.operand(node).unboxed, node: node)
        })
    }
  }

  /// Calls `body` with each block of the root's value in turn.
  mutating func forEachBlock(_ body: (inout ChainRun, _ value: Buffer, _ start: Int, _ length: Int) -> Void) {
    let arena = workspace.pointee.blocks
    let position = arena.pointee.position
    var start = 0
    while start < chain.shape.count {
      let length = min(chainBlock, chain.shape.count - start)
      compute(start, length)
      body(&self, values[values.count - 1], start, length)
      arena.pointee.rewind(to: position)
      start += length
    }
  }

  private mutating func compute(_ start: Int, _ length: Int) {
    values.removeAll(keepingCapacity: true)
    for (rule, sources) in zip(rules, operands) {
      let y = newBlock(length)
      rule.evaluate(sources.map { block($0, start, length) }, into: y)
      values.append(y)
    }
  }

  private func block(_ source: Source, _ start: Int, _ length: Int) -> Buffer {
    switch source {
    case .member(let place): values[place]
    case .outside(let buffer, _): buffer.block(start, length)
    }
  }

  private func newBlock(_ length: Int) -> Buffer {
    let precision = Precision(Element.self)
    return Buffer(
      base: workspace.pointee.blocks.pointee.take(bytes: length * precision.bytes),
      shape: Shape(vector: length), precision: precision, workspace: workspace)
  }
}

// MARK: - Walking back through a chain

extension ChainRun {
  /// Sends a block of the root's gradient to the operands from outside: `receive` gets each contribution.
  mutating func sendBack(
    _ upstream: Buffer, _ start: Int, _ length: Int, _ isWanted: (UInt32) -> Bool,
    _ receive: (Buffer, _ node: UInt32) -> Void
  ) {
    let memory = GradientMemory(
      arena: workspace.pointee.blocks, precision: Precision(Element.self), workspace: workspace)
    gradients.removeAll(keepingCapacity: true)
    gradients.append(contentsOf: repeatElement(nil, count: rules.count))
    gradients[rules.count - 1] = upstream.block(start, length)
    for place in rules.indices.reversed() {
      guard let g = gradients[place] else { continue }
      let sources = operands[place]
      func wanted(_ source: Source?) -> Bool {
        switch source {
        case .member: true
        case .outside(_, let node): node != TensorRecord.number && isWanted(node)
        case nil: false
        }
      }
      let back = rules[place].pullback(
        g, sources.map { block($0, start, length) }, values[place],
        Wanted(a: wanted(sources.a), b: wanted(sources.b), c: wanted(sources.c)), memory)
      for (source, contribution) in [(sources.a, back.a), (sources.b, back.b), (sources.c, back.c)] {
        guard let contribution, let source else { continue }
        switch source {
        case .member(let member): gradients[member] = sum(gradients[member], contribution, length)
        case .outside(_, let node): receive(contribution, node)
        }
      }
    }
  }

  private func sum(_ a: Buffer?, _ b: Buffer, _ length: Int) -> Buffer {
    guard let a else { return b }
    let out = newBlock(length)
    out.inScratch { out.fill { a + b } }
    return out
  }
}

// MARK: - Where chains are used

extension Tape {
  /// Computes the root of a chain of several operations into memory.
  func evaluateChain(_ chain: Chain) {
    let y = newBuffer(chain.shape)
    var run = ChainRun(chain, on: self)
    run.forEachBlock { _, value, start, length in value.copy(into: y.block(start, length)) }
    tensors.pointer(chain.members.last!).pointee.base = y.base
  }

  /// Σ of a deferred tensor, which is not stored: the sums of blocks are themselves summed pairwise.
  func sumOfChain(_ chain: Chain) -> Double {
    var sums: [Double] = []
    var run = ChainRun(chain, on: self)
    run.forEachBlock { _, value, _, _ in sums.append(value.sum) }
    return sums.withUnsafeBufferPointer { ck_sum_f64($0.count, $0.baseAddress) }
  }

  /// The gradients below a chain, block by block, from the gradient of its root.
  func sendBackChain(_ chain: Chain, _ upstream: Buffer, into gradients: Gradients<Element>) {
    var run = ChainRun(chain, on: self)
    var targets: [UInt32: ChainTarget] = [:]
    run.forEachBlock { run, _, start, length in
      run.sendBack(upstream, start, length, isWanted) { contribution, node in
        targets[node, default: target(of: node, chain.shape, gradients)].add(contribution, start, length)
      }
    }
    let memory = GradientMemory(
      arena: gradients.arena, precision: Precision(Element.self), workspace: workspace)
    for (node, target) in targets.sorted(by: { $0.key < $1.key }) {
      add(target.elements ?? Buffer(number: target.total), to: node, gradients, memory)
    }
  }

  private func target(of node: UInt32, _ shape: Shape, _ gradients: Gradients<Element>) -> ChainTarget {
    let isLarge = tag(of: Int(node)).isTensor && tensors.pointer(tensorIndex(of: node)).pointee.shape == shape
    return ChainTarget(elements: isLarge ? gradients.newBuffer(shape) : nil)
  }
}

/// The gradient of a tensor, or of a single number, that receives its contributions block by block.
private struct ChainTarget {
  var elements: Buffer?
  var total = 0.0
  private var filled = 0

  init(elements: Buffer?) { self.elements = elements }

  mutating func add(_ contribution: Buffer, _ start: Int, _ length: Int) {
    guard let block = elements?.block(start, length) else {
      total += contribution.first
      return
    }
    if filled == start {
      contribution.copy(into: block)
      filled += length
    } else {
      block.inScratch { (block + contribution).copy(into: block) }
    }
  }
}
