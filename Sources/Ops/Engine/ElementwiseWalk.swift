import ChainruleKernels

// The backward walk at an elementwise operation: each operand gets upstream · local.

extension Tape {
  @specialized(where Element == Double)
  @specialized(where Element == Float)
  func sendBack(_ rule: any ElementwiseRule.Type, _ index: Int, into gradients: Gradients<Element>) {
    let record = tensors.pointer(index)
    let count = record.pointee.shape.count
    workspace.begin(count)
    workspace.withTemporaries {
      let x = strips(record)
      let y = workspace.strip(record.pointee.base!, count)
      let arrived = gradients[tensor: index]
      let g = strip(arrived)
      var (a, b, c) = (target(record, 0), target(record, 1), target(record, 2))
      let isWhole = a.isPart(of: count) || b.isPart(of: count) || c.isPart(of: count)
      workspace.forEachBlock(isWhole: isWhole) { start in
        let locals = rule.locals(strips: x.block(start), y.block(start))
        let g = g.block(start)
        if a.isWanted { receive(&a, locals.a, g, start, record, gradients) }
        if b.isWanted { receive(&b, locals.b, g, start, record, gradients) }
        if c.isWanted { receive(&c, locals.c, g, start, record, gradients) }
      }
      if a.isWanted { add(a.contribution(arrived), to: a.node, gradients) }
      if b.isWanted { add(b.contribution(arrived), to: b.node, gradients) }
      if c.isWanted { add(c.contribution(arrived), to: c.node, gradients) }
    }
  }

  /// The gradient of a result as a strip.
  func strip(_ gradient: TensorGradient) -> Strip {
    gradient.base.map { Strip($0, .full, workspace) } ?? Strip(number: gradient.number)
  }

  @inline(__always)
  private func target(_ record: UnsafeMutablePointer<TensorRecord>, _ place: Int) -> Target {
    guard let node = record.pointee.inputs.node(place) else { return Target() }
    guard tag(of: node).isTensor else { return Target(node: node, count: 1) }
    let operand = tensors.pointer(tensorIndex(of: node))
    return operand.pointee.isDifferentiated ? Target(node: node, count: operand.pointee.shape.count) : Target()
  }

  /// The part of a block: upstream · local, summed where the operand was repeated.
  @inline(__always)
  private func receive(
    _ target: inout Target, _ local: Strip, _ g: Strip, _ start: Int,
    _ record: UnsafeMutablePointer<TensorRecord>, _ gradients: Gradients<Element>
  ) {
    let count = record.pointee.shape.count
    if target.count == count, local.isNumber, local.number == 1 {
      target.passesUpstream = true
    } else if target.count == count, local.isNumber, g.isNumber {
      target.number = .chain(local.number, g.number)
    } else if target.count == 1 {
      target.number += Strip.chain(local, g).sum(in: workspace)
    } else {
      let out = target.base ?? gradients.take(target.count)
      target.base = out
      if target.count == count {
        workspace.fill(Strip(out, .full, workspace).block(start)) { .chain(local, g) }
      } else {
        reduce(.chain(local, g), of: target.node, record, into: out)
      }
    }
  }

  /// Sums a product over the axes along which the operand was repeated.
  private func reduce(
    _ product: Strip, of node: Int, _ record: UnsafeMutablePointer<TensorRecord>,
    into out: UnsafeMutableRawPointer
  ) {
    product.expanded(in: workspace).buffer(record.pointee.shape).sum(
      into: Strip(out, .full, workspace).buffer(tensors.pointer(tensorIndex(of: node)).pointee.shape))
  }
}

/// What goes back to one operand, block by block.
private struct Target {
  var node = 0
  /// Elements of the operand; negative where no gradient is wanted.
  var count = -1
  var isWanted: Bool { count >= 0 }
  /// Whether the operand was repeated: its gradient is summed from all elements of the result.
  func isPart(of total: Int) -> Bool { count > 1 && count < total }

  /// Whether it is the upstream gradient itself: where the local gradient is the number 1, as that of + is.
  var passesUpstream = false
  /// Elements, or where there are none one number: for all elements, or the sum for an operand that is one.
  var base: UnsafeMutableRawPointer?
  var number = 0.0

  func contribution(_ upstream: TensorGradient) -> TensorGradient {
    if passesUpstream { return upstream.shared }
    return base.map { TensorGradient(owning: $0) } ?? TensorGradient(number: number)
  }
}

extension TensorGradient {
  /// The same elements, of which somebody else is the owner.
  var shared: TensorGradient { base.map { TensorGradient($0, isOwned: false) } ?? self }
}

extension Strip {
  /// Σ of all elements, as often as they are repeated.
  func sum(in workspace: UnsafeMutablePointer<Workspace>) -> Double {
    let repetitions = Double(workspace.pointee.count(.full) / Swift.max(workspace.pointee.count(layout), 1))
    return isNumber ? number * repetitions : ck_sum(isSingle, count, base) * repetitions
  }
}
