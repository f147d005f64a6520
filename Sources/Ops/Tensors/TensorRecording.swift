// Recording operations on tensors, and computing what was recorded.

extension Variable where Element: Number {
  /// Records a rule of scalars over tensors.
  @usableFromInline
  static func recordElementwise(
    _ rule: any ElementwiseRule.Type, _ tape: Tape<Element>, _ operands: [Variable]
  ) -> Variable {
    var shape = Shape.scalar
    for operand in operands {
      guard let common = shape.broadcast(with: operand.shape) else {
        let shapes = operands.map { "\($0.shape)" }.joined(separator: " and ")
        fatalError("\(rule.name): shapes \(shapes) do not broadcast")
      }
      shape = common
    }
    return tape.recordOperation(rule.code, rule.name, operands, shape, Attributes())
  }
}

extension Variable: TensorAlgebra where Element: Number {
  public static func apply<R: TensorRule>(
    _ rule: R.Type, _ x: Operands<Variable>, _ attributes: Attributes
  ) -> Variable {
    let operands = [x.a, x.b, x.c].compactMap { $0 }
    guard let tape = commonTape(R.name, operands) else {
      fatalError("\(R.name): " + Staleness.unrecorded(R.name))
    }
    return tape.recordOperation(
      R.code, R.name, operands, R.shape(x.map(\.shape), attributes), attributes, isLazy: R.isLazy)
  }
}

extension Tape where Element: Number {
  func recordOperation(
    _ code: UInt16, _ name: String, _ operands: [Variable<Element>], _ shape: Shape, _ attributes: Attributes,
    isLazy: Bool = false
  ) -> Variable<Element> {
    var inputs = SIMD4<UInt32>(repeating: 0)
    var number: Element?
    var isDifferentiated = false
    for (place, operand) in operands.enumerated() {
      if !operand.isRecorded, number == nil {
        number = operand.carried
        inputs[place] = TensorRecord.number
        continue
      }
      let node = checkedNode(operand.isRecorded ? operand : constant(operand.carried), name)
      inputs[place] = node
      isDifferentiated = isDifferentiated || self.isDifferentiated(node)
    }
    let variable = recordTensor(
      code: code, inputs: inputs, inputCount: operands.count, number: Double(number ?? 0), shape: shape,
      attributes: attributes, isDifferentiated: isRecording && isDifferentiated, base: nil)
    if !isLazy { evaluate(tensors.count - 1) }
    if onNonFinite != nil { reportNonFinite(UInt32(count - 1)) }
    return variable
  }

  /// Whether a gradient is wanted for a node: there is a parameter below it.
  func isDifferentiated(_ node: UInt32) -> Bool {
    let tag = tag(of: Int(node))
    if tag.isTensor { return tensors.pointer(tensorIndex(of: node)).pointee.isDifferentiated }
    return tag.code != Tag.Leaf.constant.rawValue
  }
}

extension Tape {
  /// Computes the elements of a tensor.
  func evaluate(_ index: Int) {
    let record = tensors[index]
    let x = operands(of: record)
    let y: Buffer
    switch Catalog.kind(of: record.code) {
    case .elementwise(let rule):
      y = newBuffer(record.shape)
      rule.evaluate(x, into: y)
    case .tensor(let rule):
      workspace.pointee.arena = arena
      y = rule.compute(x, record.attributes) { newBuffer(record.shape) }
    case nil:
      fatalError("operation \(record.code) is unknown")
    }
    tensors.pointer(index).pointee.base = y.isNumber ? materialized(y, record.shape).base : y.base
  }

  private func materialized(_ number: Buffer, _ shape: Shape) -> Buffer {
    let y = newBuffer(shape)
    number.copy(into: y)
    return y
  }

  func operands(of record: TensorRecord) -> Operands<Buffer> {
    func operand(_ place: Int) -> Buffer {
      let node = record.inputs[place]
      return node == TensorRecord.number ? Buffer(number: record.number) : self.operand(node)
    }
    return Operands(
      operand(0), record.inputCount > 1 ? operand(1) : nil, record.inputCount > 2 ? operand(2) : nil)
  }
}
