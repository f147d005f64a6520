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
  /// Per member its operands.
  private let operands: [[Source]]
  private let workspace: UnsafeMutablePointer<Workspace>
  private var values: [Strip] = []
  private var gradients: [Strip?] = []

  private enum Source {
    case member(Int)
    case outside(Strip, node: UInt32)
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
      return (0..<record.inputCount).map { place in
        let node = record.inputs[place]
        if node == TensorRecord.number { return .outside(Strip(number: record.number), node: node) }
        if tape.tag(of: Int(node)).isTensor, let member = chain.place(of: tape.tensorIndex(of: node)) {
          return .member(member)
        }
        return .outside(tape.strip(ofUniform: node), node: node)
      }
    }
  }

  /// Calls `body` with each block of the root's value in turn.
  mutating func forEachBlock(_ body: (inout ChainRun, _ value: Strip, _ start: Int) -> Void) {
    let arena = workspace.pointee.blocks
    let position = arena.pointee.position
    for start in stride(from: 0, to: chain.shape.count, by: chainBlock) {
      workspace.begin(min(chainBlock, chain.shape.count - start))
      compute(start)
      body(&self, values[values.count - 1], start)
      arena.pointee.rewind(to: position)
    }
  }

  private mutating func compute(_ start: Int) {
    values.removeAll(keepingCapacity: true)
    for (rule, sources) in zip(rules, operands) {
      let x = strips(sources, start)
      values.append(filled { rule.value(strips: x) })
    }
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

  /// A block of its own with what `value` computes.
  private func filled(_ value: () -> Strip) -> Strip {
    let bytes = workspace.pointee.columns * MemoryLayout<Element>.size
    let out = Strip(workspace.pointee.blocks.pointee.take(bytes: bytes), .full, workspace)
    workspace.withTemporaries { workspace.fill(out, value) }
    return out
  }
}

// MARK: - Walking back through a chain

extension ChainRun {
  /// Sends a block of the root's gradient to the operands from outside: `receive` gets each contribution.
  mutating func sendBack(
    _ upstream: Strip, _ start: Int, _ isWanted: (UInt32) -> Bool, _ receive: (Strip, _ node: UInt32) -> Void
  ) {
    gradients.removeAll(keepingCapacity: true)
    gradients.append(contentsOf: repeatElement(nil, count: rules.count))
    gradients[rules.count - 1] = upstream.block(start)
    for place in rules.indices.reversed() {
      guard let g = gradients[place] else { continue }
      workspace.withTemporaries {
        let locals = rules[place].locals(strips: strips(operands[place], start), values[place])
        for (source, local) in zip(operands[place], [locals.a, locals.b, locals.c]) {
          switch source {
          case .member(let member): gradients[member] = sum(gradients[member], product(local, g))
          case .outside(_, let node):
            if node != TensorRecord.number, isWanted(node) { receive(product(local, g), node) }
          }
        }
      }
    }
  }

  private func product(_ local: Strip, _ g: Strip) -> Strip {
    local.isNumber && local.number == 1 ? g : filled { .chain(local, g) }
  }

  private func sum(_ a: Strip?, _ b: Strip) -> Strip {
    guard let a else { return b }
    return filled { a + b }
  }
}

// MARK: - Where chains are used

extension Tape {
  /// Computes the root of a chain of several operations into memory.
  func evaluateChain(_ chain: Chain) {
    let y = Strip(newBuffer(chain.shape).base!, .full, workspace)
    var run = ChainRun(chain, on: self)
    run.forEachBlock { _, value, start in value.copy(into: y.block(start)) }
    tensors.pointer(chain.members.last!).pointee.base = y.base
  }

  /// Σ of a deferred tensor, which is not stored: the sums of blocks are themselves summed pairwise.
  func sumOfChain(_ chain: Chain) -> Double {
    var sums: [Double] = []
    var run = ChainRun(chain, on: self)
    run.forEachBlock { _, value, _ in sums.append(value.sum(in: workspace)) }
    return sums.withUnsafeBufferPointer { ck_sum_f64($0.count, $0.baseAddress) }
  }

  /// The gradients below a chain, block by block, from the gradient of its root.
  func sendBackChain(_ chain: Chain, _ upstream: TensorGradient, into gradients: Gradients<Element>) {
    let upstream = strip(upstream)
    var run = ChainRun(chain, on: self)
    var targets: [UInt32: ChainTarget] = [:]
    run.forEachBlock { run, _, start in
      run.sendBack(upstream, start, isWanted) { contribution, node in
        targets[node, default: target(of: node, chain.shape, gradients)].add(contribution, start, workspace)
      }
    }
    for (node, target) in targets.sorted(by: { $0.key < $1.key }) { add(target.gradient, to: node, gradients) }
  }

  private func target(of node: UInt32, _ shape: Shape, _ gradients: Gradients<Element>) -> ChainTarget {
    let isLarge = tag(of: Int(node)).isTensor && tensors.pointer(tensorIndex(of: node)).pointee.shape == shape
    return ChainTarget(elements: isLarge ? Strip(gradients.take(shape.count), .full, workspace) : nil)
  }

  /// An operand of a chain: with as many elements as the result, or a single number.
  fileprivate func strip(ofUniform node: UInt32) -> Strip {
    let operand = operand(node)
    return operand.isNumber || operand.count == 1
      ? Strip(number: operand.first) : Strip(operand.base!, .full, workspace)
  }
}

/// The gradient of a tensor, or of a single number, that receives its contributions block by block.
private struct ChainTarget {
  let elements: Strip?
  private var total = 0.0
  /// Elements that have received something.
  private var filled = 0

  init(elements: Strip?) { self.elements = elements }

  mutating func add(_ contribution: Strip, _ start: Int, _ workspace: UnsafeMutablePointer<Workspace>) {
    guard let block = elements?.block(start) else {
      total += contribution.sum(in: workspace)
      return
    }
    if filled == start {
      contribution.copy(into: block)
      filled += workspace.pointee.columns
    } else {
      workspace.fill(block) { block + contribution }
    }
  }

  var gradient: TensorGradient {
    elements.map { TensorGradient(owning: $0.base!) } ?? TensorGradient(number: total)
  }
}
