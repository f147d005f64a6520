import Kernels

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
      let y = workspace.strip(record.pointee.base!, count: count, of: count) { (.scalar, .scalar) }
      let arrived = gradients[tensor: index]
      let g = strip(arrived)
      var (a, b, c) = (target(record, 0), target(record, 1), target(record, 2))
      workspace.forEachBlock { start in
        let locals = rule.locals(strips: x.block(start), y.block(start))
        let g = g.block(start)
        a.receive(locals.a, g, start, x.a, gradients)
        b.receive(locals.b, g, start, x.b, gradients)
        c.receive(locals.c, g, start, x.c, gradients)
      }
      add(a, arrived, gradients)
      add(b, arrived, gradients)
      add(c, arrived, gradients)
    }
  }

  /// The gradient of a result as a strip.
  func strip(_ gradient: TensorGradient) -> Strip {
    gradient.base.map { Strip($0, .full, workspace) } ?? Strip(number: gradient.number)
  }

  @inline(__always)
  private func target(_ record: UnsafeMutablePointer<TensorRecord>, _ place: Int) -> Target<Element> {
    guard place < record.pointee.inputCount else { return Target() }
    let node = record.pointee.inputs[place]
    guard node != TensorRecord.number else { return Target() }
    guard tag(of: Int(node)).isTensor else { return Target(node: node, operand: nil, record, workspace) }
    let operand = tensors.pointer(tensorIndex(of: node))
    return operand.pointee.isDifferentiated ? Target(node: node, operand: operand, record, workspace) : Target()
  }

  @inline(__always)
  private func add(_ target: Target<Element>, _ upstream: TensorGradient, _ gradients: Gradients<Element>) {
    switch target.contribution {
    case .nothing: break
    case .upstream: add(upstream.shared, to: target.node, gradients)
    case .number(let number): add(TensorGradient(number: number), to: target.node, gradients)
    case .elements(let base): add(TensorGradient(owning: base), to: target.node, gradients)
    }
  }
}

/// What goes back to one operand, block by block.
private struct Target<Element: Real> {
  enum Contribution {
    case nothing
    /// The upstream gradient itself, where the local gradient is the number 1, as that of + is.
    case upstream
    /// One number: for all elements, or the sum for an operand that is one.
    case number(Double)
    case elements(UnsafeMutableRawPointer)
  }

  private(set) var contribution = Contribution.nothing
  private(set) var node: UInt32 = 0
  private var operand: UnsafeMutablePointer<TensorRecord>?
  private var record: UnsafeMutablePointer<TensorRecord>?
  private var workspace: UnsafeMutablePointer<Workspace>?

  /// An operand without a gradient.
  init() {}

  /// - Parameter operand: nil for a scalar of the tape.
  init(
    node: UInt32, operand: UnsafeMutablePointer<TensorRecord>?, _ record: UnsafeMutablePointer<TensorRecord>,
    _ workspace: UnsafeMutablePointer<Workspace>
  ) {
    (self.node, self.operand, self.record, self.workspace) = (node, operand, record, workspace)
  }

  @inline(__always)
  mutating func receive(
    _ local: Strip, _ g: Strip, _ start: Int, _ x: Strip, _ gradients: Gradients<Element>
  ) {
    guard let workspace, let record else { return }
    let (count, total) = (operand?.pointee.shape.count ?? 1, record.pointee.shape.count)
    if count == total {
      if local.isNumber, local.number == 1 { return contribution = .upstream }
      if local.isNumber, g.isNumber { return contribution = .number(.chain(local.number, g.number)) }
      let out = memory(total, gradients)
      workspace.fill(Strip(out, .full, workspace).block(start)) { .chain(local, g) }
    } else if count == 1 {
      if case .nothing = contribution { contribution = .number(0) }
      guard case .number(let sum) = contribution else { return }
      contribution = .number(sum + Strip.chain(local, g).sum(in: workspace))
    } else {
      reduce(.chain(local, g), x, memory(count, gradients))
    }
  }

  private mutating func memory(_ count: Int, _ gradients: Gradients<Element>) -> UnsafeMutableRawPointer {
    if case .elements(let base) = contribution { return base }
    let base = gradients.take(count)
    contribution = .elements(base)
    return base
  }

  /// Sums a product over the axes along which the operand was repeated. Such an operation is not cut into blocks.
  private func reduce(_ product: Strip, _ x: Strip, _ out: UnsafeMutableRawPointer) {
    guard let workspace, let operand, let record else { return }
    let full = product.expanded(in: workspace)
    let (rows, columns) = (workspace.pointee.rows, workspace.pointee.columns)
    switch (x.layout, workspace.pointee.precision) {
    case (.row, .single):
      ck_sum_columns_f32(rows, columns, full.single, false, out.assumingMemoryBound(to: Float.self))
    case (.row, .double):
      ck_sum_columns_f64(rows, columns, full.double, false, out.assumingMemoryBound(to: Double.self))
    case (.column, .single):
      ck_sum_rows_f32(rows, columns, full.single, false, out.assumingMemoryBound(to: Float.self))
    case (.column, .double):
      ck_sum_rows_f64(rows, columns, full.double, false, out.assumingMemoryBound(to: Double.self))
    case (_, let precision):
      let from = Buffer(base: full.base!, shape: record.pointee.shape, precision: precision, workspace: workspace)
      from.sum(
        into: Buffer(base: out, shape: operand.pointee.shape, precision: precision, workspace: workspace))
    }
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
    switch workspace.pointee.precision {
    case _ where isNumber: return number * repetitions
    case .single: return Double(ck_sum_f32(count, single)) * repetitions
    case .double: return ck_sum_f64(count, double) * repetitions
    }
  }
}
