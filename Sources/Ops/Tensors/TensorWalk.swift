import Kernels

// The backward walk at a tensor node.

extension Tape {
  /// Sends the upstream gradient of a tensor through its rule to its operands.
  func sendBack(_ index: Int, into gradients: Gradients<Element>) {
    let record = tensors[index]
    guard record.isDifferentiated, record.inputCount > 0, let g = gradients[tensor: index] else { return }
    let wanted = wanted(record)
    let x = operands(of: record)
    let y = buffer(ofTensor: index)
    let memory = GradientMemory(
      arena: gradients.arena, precision: Precision(Element.self), workspace: workspace)
    workspace.pointee.arena = gradients.arena
    let back: Contributions<Buffer>
    switch Catalog.kind(of: record.code) {
    case .elementwise(let rule): back = rule.pullback(g, x, y, wanted, memory)
    case .tensor(let rule):
      back = owned(rule.pullback(buffers: g, x, y, record.attributes, wanted), beside: [g, x.a, x.b, x.c, y])
    case nil: fatalError("operation \(record.code) is unknown")
    }
    if let a = back.a { add(a, to: record.inputs[0], gradients, memory) }
    if let b = back.b { add(b, to: record.inputs[1], gradients, memory) }
    if let c = back.c { add(c, to: record.inputs[2], gradients, memory) }
  }

  private func wanted(_ record: TensorRecord) -> Wanted {
    func isWanted(_ place: Int) -> Bool {
      guard place < record.inputCount, record.inputs[place] != TensorRecord.number else { return false }
      let node = record.inputs[place]
      let tag = tag(of: Int(node))
      return !tag.isTensor || tensors.pointer(tensorIndex(of: node)).pointee.isDifferentiated
    }
    return Wanted(a: isWanted(0), b: isWanted(1), c: isWanted(2))
  }

  /// upstream(operand) += contribution. The first one is taken as it is: nothing is cleared, nothing copied.
  private func add(
    _ contribution: Buffer, to node: UInt32, _ gradients: Gradients<Element>, _ memory: GradientMemory
  ) {
    guard tag(of: Int(node)).isTensor else {
      gradients.buffer[Int(node)] += Element(contribution.first)
      return
    }
    let index = tensorIndex(of: node)
    guard let sum = gradients[tensor: index] else {
      gradients[tensor: index] = contribution
      return
    }
    let shape = tensors.pointer(index).pointee.shape
    let target = sum.isOwned && !sum.isNumber ? sum : memory(shape)
    workspace.pointee.destination = nil
    if sum.isNumber || contribution.isNumber {
      target.inScratch { (sum.reshaped(shape) + contribution).copy(into: target) }
    } else if target.precision == .single {
      ck_add_f32(target.count, sum.single, contribution.single, target.single)
    } else {
      ck_add_f64(target.count, sum.double, contribution.double, target.double)
    }
    gradients[tensor: index] = target
  }

  /// A contribution is owned by whom it goes to, unless it is the memory of something else.
  private func owned(_ back: Contributions<Buffer>, beside others: [Buffer?]) -> Contributions<Buffer> {
    func mark(_ buffer: Buffer?, _ siblings: [Buffer?]) -> Buffer? {
      guard var buffer else { return nil }
      buffer.isOwned = !(others + siblings).contains { $0?.base == buffer.base }
      return buffer
    }
    return Contributions(
      mark(back.a, [back.b, back.c]), mark(back.b, [back.a, back.c]), mark(back.c, [back.a, back.b]))
  }
}
