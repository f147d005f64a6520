// Recording operations on tensors, and computing what was recorded.

extension Variable: TensorAlgebra where Element: Number {
  /// By the rule as a value: of generic code for each rule there would be as much again for each element type.
  @inlinable
  public static func apply<R: TensorRule>(
    _ rule: R.Type, _ x: Operands<Variable>, _ options: R.Options
  ) -> Variable {
    withUnsafePointer(to: options) {
      Element.record(rule, x, UnsafeRawBufferPointer(start: $0, count: MemoryLayout<R.Options>.size))
    }
  }

  public var plainNumber: Double? { isRecorded ? nil : Double(carried) }

  /// The source of a matrix that was transposed.
  public var untransposed: (source: Variable, isTransposed: Bool) {
    guard isTensor, let tape else { return (self, false) }
    let record = tape.tensors.pointer(tape.tensorIndex(of: tape.checkedNode(self, "matmul")))
    guard record.pointee.code == Permute.code,
      record.pointee.options!.load(as: Permute.Options.self).isTransposition(rank: record.pointee.shape.rank)
    else { return (self, false) }
    return (tape.variable(tape.input(0, of: record)), true)
  }
}

extension Double {
  public static let tensorEngine = TensorEngine<Double>(
    evaluate: { $1.evaluate($0) }, pullback: { $1.sendBack($0, into: $2) }, unfold: { $1.unfold($0, $2) })
  public static func record(
    _ rule: any TensorRule.Type, _ x: Operands<Variable<Double>>, _ options: UnsafeRawBufferPointer
  ) -> Variable<Double> { owner(x, rule)._withUnsafeGuaranteedRef { $0.record(rule, x, options) } }
  public static func record(
    _ rule: any ElementwiseRule.Type, _ x: Operands<Variable<Double>>, on tape: Tape<Double>
  ) -> Variable<Double> { tape.recordElementwise(rule, x) }
}

extension Float {
  public static let tensorEngine = TensorEngine<Float>(
    evaluate: { $1.evaluate($0) }, pullback: { $1.sendBack($0, into: $2) }, unfold: { $1.unfold($0, $2) })
  public static func record(
    _ rule: any TensorRule.Type, _ x: Operands<Variable<Float>>, _ options: UnsafeRawBufferPointer
  ) -> Variable<Float> { owner(x, rule)._withUnsafeGuaranteedRef { $0.record(rule, x, options) } }
  public static func record(
    _ rule: any ElementwiseRule.Type, _ x: Operands<Variable<Float>>, on tape: Tape<Float>
  ) -> Variable<Float> { tape.recordElementwise(rule, x) }
}

/// The tape of the operands, without counting one more reference to it.
private func owner<Element: Number>(
  _ x: Operands<Variable<Element>>, _ rule: any TensorRule.Type
) -> Unmanaged<Tape<Element>> {
  guard let storage = x.a.storage ?? x.b?.storage ?? x.c?.storage else {
    fatalError(Staleness.unrecorded(rule.name))
  }
  guard let owner = storage.pointee.owner else { fatalError(Staleness.released(rule.name)) }
  return owner
}

extension Tape where Element: Number {
  /// Records a rule of scalars over tensors.
  @specialized(where Element == Double)
  @specialized(where Element == Float)
  fileprivate func recordElementwise(
    _ rule: any ElementwiseRule.Type, _ x: Operands<Variable<Element>>
  ) -> Variable<Element> {
    var operands = RecordedOperands<Element>()
    take(x.a, into: &operands, rule)
    if let b = x.b { take(b, into: &operands, rule) }
    if let c = x.c { take(c, into: &operands, rule) }
    let variable = record(rule.code, operands, common(operands, rule), nil)
    let index = tensors.count - 1
    if !waits(tensors.pointer(index).pointee.shape.count) { compute(rule, index) }
    reportIfWatched()
    return variable
  }

  @specialized(where Element == Double)
  @specialized(where Element == Float)
  fileprivate func record(
    _ rule: any TensorRule.Type, _ x: Operands<Variable<Element>>, _ options: UnsafeRawBufferPointer
  ) -> Variable<Element> {
    var operands = RecordedOperands<Element>()
    take(x.a, into: &operands, rule)
    if let b = x.b { take(b, into: &operands, rule) }
    if let c = x.c { take(c, into: &operands, rule) }
    let shapes = Operands(
      shape(operands, 0), x.b == nil ? nil : shape(operands, 1), x.c == nil ? nil : shape(operands, 2))
    let kept = keep(options)
    let variable = record(rule.code, operands, fitting(rule, shapes, kept), kept)
    if !rule.isLazy { compute(rule, tensors.count - 1) }
    reportIfWatched()
    return variable
  }

  /// Records once more, on other operands, what another tape has.
  @specialized(where Element == Double)
  @specialized(where Element == Float)
  func record(_ operation: RecordedOperation, on values: [Variable<Element>]) -> Variable<Element> {
    var operands = RecordedOperands<Element>()
    let (inputs, rule) = (operation.inputs, operation.kind.rule)
    for place in 0..<inputs.count {
      take(inputs.node(place).map { values[$0] } ?? Variable(Element(inputs.number)), into: &operands, rule)
    }
    let variable = record(operation.code, operands, operation.shape, operation.keptOptions(on: self))
    let index = tensors.count - 1
    switch operation.kind {
    case .elementwise(let rule): if !waits(operation.shape.count) { compute(rule, index) }
    case .tensor(let rule): if !rule.isLazy { compute(rule, index) }
    }
    reportIfWatched()
    return variable
  }

  /// Notes an operand, after checking that it stands on this tape. A second plain number beside a first becomes a
  /// constant.
  @inline(__always)
  private func take(
    _ operand: Variable<Element>, into operands: inout RecordedOperands<Element>, _ rule: any Rule.Type
  ) {
    if !operand.isRecorded, !operands.inputs.hasNumber {
      return operands.inputs.append(number: Double(operand.carried))
    }
    let node = checkedNode(operand.isRecorded ? operand : constant(operand.carried), rule.name)
    operands.inputs.append(node: node)
    let tag = tag(of: node)
    guard tag.isTensor else {
      operands.isDifferentiated = operands.isDifferentiated || tag.code != Tag.Leaf.constant.rawValue
      return
    }
    let record = tensors.pointer(tensorIndex(of: node))
    record.pointee.consumers += 1
    operands.isDifferentiated = operands.isDifferentiated || record.pointee.isDifferentiated
  }

  private func fitting(_ rule: any TensorRule.Type, _ shapes: Operands<Shape>, _ options: UnsafeRawPointer) -> Shape {
    do throws(ShapeError) { return try rule.shape(shapes, at: options) } catch { error.trap() }
  }

  @inline(__always)
  private func shape(_ operands: RecordedOperands<Element>, _ place: Int) -> Shape {
    tensorRecord(operands, place)?.pointee.shape ?? .scalar
  }

  /// Nil for a scalar of the tape or a plain number.
  @inline(__always)
  private func tensorRecord(
    _ operands: RecordedOperands<Element>, _ place: Int
  ) -> UnsafeMutablePointer<TensorRecord>? {
    if case .tensor(_, let index) = input(place, of: operands.inputs) { tensors.pointer(index) } else { nil }
  }

  /// The shape of an elementwise operation: mostly that of each tensor among its operands.
  @inline(__always)
  private func common(_ operands: RecordedOperands<Element>, _ rule: any Rule.Type) -> Shape {
    var first = tensorRecord(operands, 0)
    for place in 1..<operands.inputs.count {
      guard let next = tensorRecord(operands, place) else { continue }
      guard let found = first else {
        first = next
        continue
      }
      if found.pointee.shape != next.pointee.shape { return broadcast(operands, rule) }
    }
    return first?.pointee.shape ?? .scalar
  }

  private func broadcast(_ operands: RecordedOperands<Element>, _ rule: any Rule.Type) -> Shape {
    var common = shape(operands, 0)
    for place in 1..<operands.inputs.count {
      let next = shape(operands, place)
      guard let both = common.broadcast(with: next) else {
        fatalError("\(rule.name): shapes \(common) and \(next) do not broadcast")
      }
      common = both
    }
    return common
  }

  /// While `fast` is set, the tape records and is not watched.
  private var isWatched: Bool { !storage.pointee.isFast }

  @inline(__always)
  private func record(
    _ code: UInt16, _ operands: RecordedOperands<Element>, _ shape: Shape, _ options: UnsafeRawPointer?
  ) -> Variable<Element> {
    recordTensor(
      code: code, inputs: operands.inputs, shape: shape, options: options,
      isDifferentiated: operands.isDifferentiated && (!isWatched || isRecording), base: nil)
  }

  @inline(__always)
  private func reportIfWatched() {
    if isWatched { report(count - 1) }
  }
}

/// The operands of an operation as its record will have them.
private struct RecordedOperands<Element: Real> {
  var inputs = TensorInputs()
  var isDifferentiated = false
}

extension Tape {
  /// Computes the elements of a tensor.
  @specialized(where Element == Double)
  @specialized(where Element == Float)
  func evaluate(_ index: Int) {
    let code = tensors.pointer(index).pointee.code
    switch Catalog.kind(of: code) {
    case .elementwise(let rule):
      if !evaluateAsChain(index) { compute(rule, index) }
    case .tensor(let rule): compute(rule, index)
    case nil: fatalError("operation \(code) is unknown")
    }
  }

  @specialized(where Element == Double)
  @specialized(where Element == Float)
  private func compute(_ rule: any TensorRule.Type, _ index: Int) {
    if let sum = sumAsChain(index) { return store(Buffer(number: sum), index) }
    let x = operands(of: index)
    workspace.pointee.arena = arena
    let record = tensors.pointer(index)
    store(rule.compute(x, at: record.pointee.options!, like: Buffer(record.pointee.shape, in: workspace)), index)
  }

  private func store(_ y: Buffer, _ index: Int) {
    if let base = y.base { return tensors.pointer(index).pointee.base = base }
    let out = newBuffer(tensors.pointer(index).pointee.shape)
    y.copy(into: out)
    tensors.pointer(index).pointee.base = out.base
  }

  @specialized(where Element == Double)
  @specialized(where Element == Float)
  func operands(of index: Int) -> Operands<Buffer> {
    let count = tensors.pointer(index).pointee.inputs.count
    func operand(_ place: Int) -> Buffer { buffer(of: input(place, of: tensors.pointer(index))) }
    return Operands(operand(0), count > 1 ? operand(1) : nil, count > 2 ? operand(2) : nil)
  }
}
