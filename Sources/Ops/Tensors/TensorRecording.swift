// Recording operations on tensors, and computing what was recorded.

extension Variable where Element: Number {
  /// Records a rule of scalars over tensors.
  @specialized(where Element == Double)
  @specialized(where Element == Float)
  @usableFromInline
  static func recordElementwise(
    _ rule: any ElementwiseRule.Type, _ tape: Tape<Element>, _ x: Operands<Variable>
  ) -> Variable {
    var shape = x.a.shape
    for place in 1..<max(x.count, 1) {
      let next = x[place]!.shape
      guard let common = shape.broadcast(with: next) else {
        fatalError("\(rule.name): shapes \(shape) and \(next) do not broadcast")
      }
      shape = common
    }
    return tape.recordOperation(
      rule.code, rule.name, x, shape, Attributes(), isLazy: shape.count >= fusionThreshold)
  }
}

extension Variable: TensorAlgebra where Element: Number {
  public static func apply<R: TensorRule>(
    _ rule: R.Type, _ x: Operands<Variable>, _ attributes: Attributes
  ) -> Variable {
    guard let tape = commonTape(R.name, x.a, x.b, x.c) else { fatalError(Staleness.unrecorded(R.name)) }
    let shape = R.shape(x.map { $0.shape }, attributes)
    return tape.recordOperation(R.code, R.name, x, shape, attributes, isLazy: R.isLazy)
  }
}

extension Tape where Element: Number {
  @specialized(where Element == Double)
  @specialized(where Element == Float)
  func recordOperation(
    _ code: UInt16, _ name: @autoclosure () -> String, _ operands: Operands<Variable<Element>>,
    _ shape: Shape,
    _ attributes: Attributes, isLazy: Bool = false
  ) -> Variable<Element> {
    var inputs = SIMD4<UInt32>(repeating: 0)
    var number: Element?
    var isDifferentiated = false
    for place in 0..<operands.count {
      let operand = operands[place]!
      if !operand.isRecorded, number == nil {
        number = operand.carried
        inputs[place] = TensorRecord.number
        continue
      }
      let node = checkedNode(operand.isRecorded ? operand : constant(operand.carried), name())
      inputs[place] = node
      if tag(of: Int(node)).isTensor { tensors.pointer(tensorIndex(of: node)).pointee.consumers += 1 }
      isDifferentiated = isDifferentiated || self.isDifferentiated(node)
    }
    let variable = recordTensor(
      code: code, inputs: inputs, inputCount: operands.count, number: Double(number ?? 0), shape: shape,
      attributes: attributes, isDifferentiated: isRecording && isDifferentiated, base: nil)
    if !isLazy { evaluate(tensors.count - 1) }
    if onNonFinite != nil { reportNonFinite(UInt32(count - 1)) }
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
    let record = tensors[index]
    let y: Buffer
    switch Catalog.kind(of: record.code) {
    case .elementwise(let rule):
      checkComputable(index)
      if record.shape.count >= fusionThreshold {
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
