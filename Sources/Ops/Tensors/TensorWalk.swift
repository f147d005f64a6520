import Kernels

// The backward walk at a tensor node.

extension Tape {
  /// Sends the upstream gradient of a tensor through its rule to its operands.
  @specialized(where Element == Double)
  @specialized(where Element == Float)
  func sendBack(_ index: Int, into gradients: Gradients<Element>) {
    guard tensors.pointer(index).pointee.isDifferentiated, tensors.pointer(index).pointee.inputCount > 0,
      let g = gradients[tensor: index]
    else { return }
    let record = tensors.pointer(index).pointee
    let kind = Catalog.kind(of: record.code)
    if record.shape.count >= fusionThreshold, case .elementwise = kind {
      let chain = chain(endingIn: index)
      if chain.members.count > 1 || record.base == nil { return sendBackChain(chain, g, into: gradients) }
    }
    let wanted = wanted(record)
    let readsValues = kind?.pullbackReadsValues ?? true
    let x = readsValues ? operands(of: record) : operandShapes(of: record)
    let y = readsValues ? buffer(ofTensor: index) : Buffer(number: .nan).reshaped(record.shape)
    let memory = GradientMemory(
      arena: gradients.arena, precision: Precision(Element.self), workspace: workspace)
    workspace.pointee.arena = gradients.arena
    let back: Contributions<Buffer>
    switch kind {
    case .elementwise(let rule): back = rule.pullback(g, x, y, wanted, memory)
    case .tensor(let rule):
      let g = g.isNumber && !rule.readsNumbers ? memory(y.shape, filledWith: g) : g
      back = owned(rule.pullback(buffers: g, x, y, record.attributes, wanted), g, x, y)
    case nil: fatalError("operation \(record.code) is unknown")
    }
    if let a = back.a { add(a, to: record.inputs[0], gradients, memory) }
    if let b = back.b { add(b, to: record.inputs[1], gradients, memory) }
    if let c = back.c { add(c, to: record.inputs[2], gradients, memory) }
  }

  private func wanted(_ record: TensorRecord) -> Wanted {
    func isWanted(_ place: Int) -> Bool {
      guard place < record.inputCount, record.inputs[place] != TensorRecord.number else { return false }
      return self.isWanted(record.inputs[place])
    }
    return Wanted(a: isWanted(0), b: isWanted(1), c: isWanted(2))
  }

  /// The gradients of scalars are always wanted, those of tensors where a parameter stands below.
  func isWanted(_ node: UInt32) -> Bool { !tag(of: Int(node)).isTensor || isDifferentiated(node) }

  /// Operands of which a pullback reads the shape only.
  private func operandShapes(of record: TensorRecord) -> Operands<Buffer> {
    func operand(_ place: Int) -> Buffer {
      let node = record.inputs[place]
      let isTensor = node != TensorRecord.number && tag(of: Int(node)).isTensor
      return Buffer(number: .nan).reshaped(
        isTensor ? tensors.pointer(tensorIndex(of: node)).pointee.shape : .scalar)
    }
    return Operands(
      operand(0), record.inputCount > 1 ? operand(1) : nil, record.inputCount > 2 ? operand(2) : nil)
  }

  /// upstream(operand) += contribution. The first one is taken as it is: nothing is cleared, nothing copied.
  func add(
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
  private func owned(
    _ back: Contributions<Buffer>, _ g: Buffer, _ x: Operands<Buffer>, _ y: Buffer
  ) -> Contributions<Buffer> {
    func mark(_ buffer: Buffer?, _ one: Buffer?, _ other: Buffer?) -> Buffer? {
      guard var buffer, let base = buffer.base else { return buffer }
      // A view begins anywhere within what it shows.
      let isShared =
        g.holds(base) || y.holds(base) || x.a.holds(base) || x.b?.holds(base) == true
        || x.c?.holds(base) == true || one?.holds(base) == true || other?.holds(base) == true
      buffer.isOwned = !isShared
      return buffer
    }
    return Contributions(
      mark(back.a, back.b, back.c), mark(back.b, back.a, back.c), mark(back.c, back.a, back.b))
  }
}

extension Buffer {
  fileprivate func holds(_ address: UnsafeMutableRawPointer) -> Bool {
    guard let base else { return false }
    return base <= address && address <= base + count * precision.bytes
  }
}

extension GradientMemory {
  fileprivate func callAsFunction(_ shape: Shape, filledWith number: Buffer) -> Buffer {
    let result = self(shape)
    number.copy(into: result)
    return result
  }
}
