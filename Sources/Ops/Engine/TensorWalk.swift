import ChainruleKernels

// The backward walk at a tensor node.

extension Tape {
  /// Sends the upstream gradient of a tensor through its rule to its operands.
  @specialized(where Element == Double)
  @specialized(where Element == Float)
  func sendBack(_ index: Int, into gradients: Gradients<Element>) {
    let record = tensors.pointer(index)
    let mayBeChanged = index < tensors.firstComputable
    switch Catalog.kind(of: record.pointee.code) {
    case .elementwise(let rule):
      if mayBeChanged, rule.localsReadValues { checkUnchanged(tensor: index) }
      if sendBackAsChain(index, into: gradients) { return }
      sendBack(rule, index, into: gradients)
    case .tensor(let rule):
      if mayBeChanged, rule.pullbackReadsValues { checkUnchanged(tensor: index) }
      sendBack(rule, index, into: gradients)
    case nil: fatalError("operation \(record.pointee.code) is unknown")
    }
  }

  /// A pullback that reads an operand must find the value the result was computed from.
  func checkUnchanged(tensor index: Int) { checkUnchanged(tensors.pointer(index).pointee.node) }

  @specialized(where Element == Double)
  @specialized(where Element == Float)
  private func sendBack(_ rule: any TensorRule.Type, _ index: Int, into gradients: Gradients<Element>) {
    let readsValues = rule.pullbackReadsValues
    let x = readsValues ? operands(of: index) : operandShapes(of: index)
    let record = tensors.pointer(index)
    let y = readsValues ? buffer(ofTensor: index) : Buffer(number: .nan).reshaped(record.pointee.shape)
    workspace.pointee.arena = gradients.arena
    let g = upstream(index, gradients, spelledOut: !rule.readsNumbers)
    let back = rule.pullback(g, x, y, wanted(record), at: record.pointee.options!)
    add(back.a, to: record.pointee.inputs.node(0), besides: back.b, back.c, g, x, y, gradients)
    add(back.b, to: record.pointee.inputs.node(1), besides: back.a, back.c, g, x, y, gradients)
    add(back.c, to: record.pointee.inputs.node(2), besides: back.a, back.b, g, x, y, gradients)
  }

  /// The gradient that has arrived at a tensor.
  private func upstream(_ index: Int, _ gradients: Gradients<Element>, spelledOut: Bool) -> Buffer {
    let (shape, gradient) = (tensors.pointer(index).pointee.shape, gradients[tensor: index])
    if gradient.isNumber && !spelledOut { return Buffer(number: gradient.number, shape, in: workspace) }
    let g = Buffer(
      base: gradient.base ?? gradients.take(shape.count), shape: shape, precision: workspace.pointee.precision,
      workspace: workspace)
    if gradient.isNumber { Buffer(number: gradient.number).copy(into: g) }
    return g
  }

  private func wanted(_ record: UnsafeMutablePointer<TensorRecord>) -> Wanted {
    Wanted(0..<record.pointee.inputs.count) { record.pointee.inputs.node($0).map(isWanted) ?? false }
  }

  /// The gradients of scalars are always wanted, those of tensors where a parameter stands below.
  func isWanted(_ node: Int) -> Bool { !tag(of: node).isTensor || isDifferentiated(node) }

  /// Operands of which a pullback reads the shape only.
  private func operandShapes(of index: Int) -> Operands<Buffer> {
    let record = tensors.pointer(index)
    func operand(_ place: Int) -> Buffer {
      guard case .tensor(_, let index) = input(place, of: record) else { return Buffer(number: .nan) }
      return Buffer(number: .nan).reshaped(tensors.pointer(index).pointee.shape)
    }
    let count = record.pointee.inputs.count
    return Operands(operand(0), count > 1 ? operand(1) : nil, count > 2 ? operand(2) : nil)
  }

  /// upstream(operand) += contribution. The first one is taken as it is: nothing is cleared, nothing copied.
  @inline(__always)
  func add(_ contribution: TensorGradient, to node: Int, _ gradients: Gradients<Element>) {
    guard tag(of: node).isTensor else {
      gradients.buffer[node] += contribution.first(Element.self)
      return
    }
    let index = tensorIndex(of: node)
    let arrived = gradients[tensor: index]
    gradients[tensor: index] = arrived.hasArrived ? sum(arrived, contribution, index, gradients) : contribution
  }

  private func sum(
    _ a: TensorGradient, _ b: TensorGradient, _ index: Int, _ gradients: Gradients<Element>
  ) -> TensorGradient {
    if a.isNumber && b.isNumber { return TensorGradient(number: a.number + b.number) }
    let count = tensors.pointer(index).pointee.shape.count
    let target = a.isOwned ? a.base! : gradients.take(count)
    workspace.begin(count)
    workspace.compute(target, Strips(strip(a), strip(b))) { $0.a + $0.b }
    return TensorGradient(owning: target)
  }

  /// A contribution is owned by whom it goes to, unless it is the memory of something else.
  private func add(
    _ contribution: Buffer?, to node: Int?, besides one: Buffer?, _ other: Buffer?, _ g: Buffer,
    _ x: Operands<Buffer>, _ y: Buffer, _ gradients: Gradients<Element>
  ) {
    guard let contribution, let node else { return }
    guard let base = contribution.base else {
      return add(TensorGradient(number: contribution.number), to: node, gradients)
    }
    // A view begins anywhere within what it shows.
    let isShared =
      g.holds(base) || y.holds(base) || x.a.holds(base) || x.b?.holds(base) == true
      || x.c?.holds(base) == true || one?.holds(base) == true || other?.holds(base) == true
    add(TensorGradient(base, isOwned: !isShared), to: node, gradients)
  }
}

extension TensorGradient {
  fileprivate func first<Element: Real>(_ type: Element.Type) -> Element {
    base.map { $0.assumingMemoryBound(to: type).pointee } ?? Element(number)
  }
}

extension Buffer {
  /// One number for all elements of a shape, with the memory to spell it out.
  fileprivate init(number: Double, _ shape: Shape, in workspace: UnsafeMutablePointer<Workspace>) {
    self.init(number: number)
    (extents, precision, self.workspace) = (shape, workspace.pointee.precision, workspace)
  }

  fileprivate func holds(_ address: UnsafeMutableRawPointer) -> Bool {
    guard let base else { return false }
    return base <= address && address <= base + count * precision.bytes
  }
}
