// Recording operations on tensors, and computing what was recorded.

extension Variable: TensorAlgebra where Element: Number {
  @inlinable
  public static func apply<R: TensorRule>(
    _ rule: R.Type, _ x: Operands<Variable>, _ attributes: Attributes
  ) -> Variable { record(rule, x, attributes) }

  /// By the rule as a value: of generic code for each rule there would be as much again for each element type.
  @specialized(where Element == Double)
  @specialized(where Element == Float)
  @usableFromInline
  static func record(
    _ rule: any TensorRule.Type, _ x: Operands<Variable>, _ attributes: Attributes
  ) -> Variable {
    guard let storage = x.a.storage ?? x.b?.storage ?? x.c?.storage else {
      fatalError(Staleness.unrecorded(rule.name))
    }
    guard let owner = storage.pointee.owner else { fatalError(Staleness.released(rule.name)) }
    return owner._withUnsafeGuaranteedRef { $0.record(rule, x, attributes) }
  }
}

/// The operands of an operation as its record will have them.
struct RecordedOperands<Element: Real> {
  fileprivate var inputs = SIMD4<UInt32>(repeating: 0)
  fileprivate var count = 0
  fileprivate var number: Element?
  fileprivate var isDifferentiated = false
}

extension Tape where Element: Number {
  /// Records a rule of scalars over tensors.
  @specialized(where Element == Double)
  @specialized(where Element == Float)
  @usableFromInline
  func recordElementwise(
    _ rule: any ElementwiseRule.Type, _ a: Variable<Element>, _ b: Variable<Element>? = nil,
    _ c: Variable<Element>? = nil
  ) -> Variable<Element> {
    var operands = RecordedOperands<Element>()
    var shape = take(a, into: &operands, rule)
    if let b { shape = common(shape, take(b, into: &operands, rule), rule) }
    if let c { shape = common(shape, take(c, into: &operands, rule), rule) }
    return record(rule.code, operands, shape, nil, isLazy: shape.count >= fusionThreshold)
  }

  @specialized(where Element == Double)
  @specialized(where Element == Float)
  fileprivate func record(
    _ rule: any TensorRule.Type, _ x: Operands<Variable<Element>>, _ attributes: Attributes
  ) -> Variable<Element> {
    var operands = RecordedOperands<Element>()
    let shapes = x.map { take($0, into: &operands, rule) }
    return record(rule.code, operands, rule.shape(shapes, attributes), keep(attributes), isLazy: rule.isLazy)
  }

  /// Notes an operand, after checking that it stands on this tape, and gives its shape. A second plain number beside a
  /// first becomes a constant.
  private func take(
    _ operand: Variable<Element>, into operands: inout RecordedOperands<Element>, _ rule: any Rule.Type
  ) -> Shape {
    let place = operands.count
    operands.count += 1
    if !operand.isRecorded, operands.number == nil {
      operands.number = operand.carried
      operands.inputs[place] = TensorRecord.number
      return .scalar
    }
    let node = checkedNode(operand.isRecorded ? operand : constant(operand.carried), rule.name)
    operands.inputs[place] = node
    let tag = tag(of: Int(node))
    guard tag.isTensor else {
      operands.isDifferentiated = operands.isDifferentiated || tag.code != Tag.Leaf.constant.rawValue
      return .scalar
    }
    let record = tensors.pointer(tensorIndex(of: node))
    record.pointee.consumers += 1
    operands.isDifferentiated = operands.isDifferentiated || record.pointee.isDifferentiated
    return record.pointee.shape
  }

  private func common(_ a: Shape, _ b: Shape, _ rule: any Rule.Type) -> Shape {
    if a == b { return a }
    guard let common = a.broadcast(with: b) else {
      fatalError("\(rule.name): shapes \(a) and \(b) do not broadcast")
    }
    return common
  }

  @specialized(where Element == Double)
  @specialized(where Element == Float)
  private func record(
    _ code: UInt16, _ operands: RecordedOperands<Element>, _ shape: Shape,
    _ attributes: UnsafePointer<Attributes>?, isLazy: Bool
  ) -> Variable<Element> {
    // While `fast` is set, the tape records and is not watched.
    let isWatched = storage.pointee.fast == 0
    let variable = recordTensor(
      code: code, inputs: operands.inputs, inputCount: operands.count, number: Double(operands.number ?? 0),
      shape: shape, attributes: attributes, isDifferentiated: operands.isDifferentiated && (!isWatched || isRecording),
      base: nil)
    if !isLazy { evaluate(tensors.count - 1) }
    if isWatched, onNonFinite != nil { reportNonFinite(UInt32(count - 1)) }
    return variable
  }
}

extension Tape {
  /// Whether a gradient is wanted for a node: there is a parameter below it.
  @specialized(where Element == Double)
  @specialized(where Element == Float)
  func isDifferentiated(_ node: UInt32) -> Bool {
    let tag = tag(of: Int(node))
    if tag.isTensor { return tensors.pointer(tensorIndex(of: node)).pointee.isDifferentiated }
    return tag.code != Tag.Leaf.constant.rawValue
  }

  /// Computes the elements of a tensor.
  @specialized(where Element == Double)
  @specialized(where Element == Float)
  func evaluate(_ index: Int) {
    let record = tensors.pointer(index).pointee
    let y: Buffer
    switch Catalog.kind(of: record.code) {
    case .elementwise(let rule):
      if record.shape.count >= fusionThreshold {
        checkComputable(index)
        let chain = chain(endingIn: index)
        if chain.members.count > 1 { return evaluateChain(chain) }
      }
      let x = operands(of: record)
      y = newBuffer(record.shape)
      rule.evaluate(x, into: y)
    case .tensor(let rule):
      if let sum = sumOfDeferredOperand(record) {
        y = Buffer(number: sum)
        break
      }
      let x = operands(of: record)
      workspace.pointee.arena = arena
      y = rule.compute(x, record.attributes) { newBuffer(record.shape) }
    case nil:
      fatalError("operation \(record.code) is unknown")
    }
    tensors.pointer(index).pointee.base = y.isNumber ? materialized(y, record.shape).base : y.base
  }

  /// The sum over all elements of a chain that nobody else reads; nil for other operations.
  private func sumOfDeferredOperand(_ record: TensorRecord) -> Double? {
    guard record.code == Sum.code, record.shape.count == 1 else { return nil }
    let operand = tensorIndex(of: record.inputs[0])
    let pointer = tensors.pointer(operand)
    guard isDeferred(operand), pointer.pointee.consumers == 1 else { return nil }
    checkComputable(operand)
    return sumOfChain(chain(endingIn: operand))
  }

  /// A deferred value can be computed until a parameter changes below it.
  private func checkComputable(_ index: Int) {
    guard index < tensors.firstComputable else { return }
    let name = name(of: tensors.pointer(index).pointee.node) ?? "a tensor"
    fatalError("\(name): its value was not read before a parameter was updated; read it, or rewind, before")
  }

  private func materialized(_ number: Buffer, _ shape: Shape) -> Buffer {
    let y = newBuffer(shape)
    number.copy(into: y)
    return y
  }

  @specialized(where Element == Double)
  @specialized(where Element == Float)
  func operands(of record: TensorRecord) -> Operands<Buffer> {
    func operand(_ place: Int) -> Buffer {
      let node = record.inputs[place]
      return node == TensorRecord.number ? Buffer(number: record.number) : self.operand(node)
    }
    return Operands(
      operand(0), record.inputCount > 1 ? operand(1) : nil, record.inputCount > 2 ? operand(2) : nil)
  }
}
