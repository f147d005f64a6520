import ChainruleKernels

// A chain backwards: its values once more, block by block, and with them what it sends to the operands from outside.

extension ChainRun {
  /// Sends a block of the root's gradient to the targets.
  mutating func sendBack(_ upstream: Strip, _ block: Int, into targets: [ChainTarget]) {
    let start = block * Chain.block
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
    isNumber ? nil : base + block * Chain.block * precision.bytes
  }

  func take(_ gradient: Strip, _ block: Int, in workspace: UnsafeMutablePointer<Workspace>) {
    if let memory = memory(of: block) {
      gradient.copy(into: Strip(memory, .full, workspace))
    } else {
      base.assumingMemoryBound(to: Double.self)[block] = gradient.sum(in: workspace)
    }
  }
}

extension Tape {
  /// The gradients below a chain, block by block, from the gradient of its root.
  func sendBack(_ chain: Chain, _ upstream: TensorGradient, into gradients: Gradients<Element>) {
    if chain.members[0] < tensors.firstComputable { chain.members.forEach(checkUnchanged(tensor:)) }
    let upstream = strip(upstream)
    let nodes = wantedOperands(of: chain)
    let targets = nodes.map { target(of: $0, chain, gradients) }
    let root = tensors.pointer(chain.root).pointee.base.map(Root.known) ?? .temporary
    forEachBlock(of: chain, root, targets: nodes) { run, _, block in run.sendBack(upstream, block, into: targets) }
    for (node, target) in zip(nodes, targets) {
      let sum = { ck_sum_f64(chain.blocks, target.base.assumingMemoryBound(to: Double.self)) }
      add(target.isNumber ? TensorGradient(number: sum()) : TensorGradient(owning: target.base), to: node, gradients)
    }
    for member in chain.members.dropLast() {
      gradients[tensor: member] = TensorGradient(insideChain: chain.root)
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
}
