import Graph

/// How recorded operations on tensors read, and what they send back.
extension Catalog {
  package func formula<Element>(
    ofTensor tensor: Int, on tape: Tape<Element>, _ operands: [ShapedFormula]
  ) -> ShapedFormula {
    let record = tape.tensors[tensor]
    guard case .tensor(let rule) = Self.kind(of: record.code) else {
      if let written = oneHot(record, on: tape, operands) { return written }
      return formula(of: record.code, tape.shaped(operands, of: record)).asShape(record.shape)
    }
    let x = tape.shaped(operands, of: record)
    let written = written(rule, Operands(list: x), record)
    // What changes nothing on paper is an operation all the same.
    return isUnwritten(ofTensor: tensor, on: tape) || written.formula == x[0].formula
      ? ShapedFormula(.call(rule.name, x[0].formula), record.shape) : written
  }

  /// `labels == [0, 1, 2]`, which is 1 at the label of each row, is what formulas call `onehot(labels, 3)`.
  private func oneHot<Element>(
    _ record: TensorRecord, on tape: Tape<Element>, _ operands: [ShapedFormula]
  ) -> ShapedFormula? {
    guard record.code == Equal.code, let classes = tape.input(1, of: record.inputs).node,
      let labels = tape.input(0, of: record.inputs).node, tape.name(of: classes) == nil
    else { return nil }
    let (numbers, rows) = (tape.anyHandle(classes).tensor, tape.anyHandle(labels).shape)
    guard tape.inputs(of: classes).isEmpty, numbers.shape.rank == 1, rows.rank == record.shape.rank, rows[-1] == 1,
      numbers.elements.enumerated().allSatisfy({ Element($0) == $1 })
    else { return nil }
    let call = Formula.call("onehot", operands[0].formula, .number(Double(numbers.elements.count)))
    return ShapedFormula(call, record.shape)
  }

  private func written<R: TensorRule>(
    _ rule: R.Type, _ x: Operands<ShapedFormula>, _ record: TensorRecord
  ) -> ShapedFormula {
    ShapedFormula.written(Call<R, ShapedFormula>(x, record.options!.load(as: R.Options.self)), to: record.shape)
  }

  package func isUnwritten<Element>(ofTensor tensor: Int, on tape: Tape<Element>) -> Bool {
    let record = tape.tensors[tensor]
    if record.code == Multiply.code || record.code == Divide.code {
      return isOne(tape.input(1, of: record.inputs), on: tape)
    }
    guard record.code == Reshape.code else { return false }
    return tape.shaped([ShapedFormula(.name("x"), record.shape)], of: record)[0].hasAxes(of: record.shape)
  }

  /// Whether it is a power of two that keeps squares within the range, where they are in it anyway.
  private func isOne<Element>(_ input: Input, on tape: Tape<Element>) -> Bool {
    guard case .tensor(let node, let tensor) = input else { return false }
    let record = tape.tensors[tensor]
    if record.code == Reshape.code { return isOne(tape.input(0, of: record.inputs), on: tape) }
    return record.code == Scale.code && tape.anyHandle(node).tensor.elements.allSatisfy { $0 == 1 }
  }

  package func pullbacks<Element>(
    ofTensor tensor: Int, on tape: Tape<Element>, _ operands: [ShapedFormula], result: ShapedFormula,
    upstream: ShapedFormula
  ) -> [ShapedFormula] {
    let record = tape.tensors[tensor]
    let x = tape.shaped(operands, of: record)
    let (g, y) = (upstream.asShape(record.shape), result.asShape(record.shape))
    switch Self.kind(of: record.code) {
    case .elementwise(let rule):
      return zip(x, rule.locals(of: x, result: y)).map { operand, local in
        let local = rule.arity == 1 && local.formula.hasCondition ? primed(rule.name, operand) : local
        return (g * local).asShape(record.shape).sum(to: operand.shape)
      }
    case .tensor(let rule): return back(rule, g, Operands(list: x), y, record, Wanted(0..<x.count) { _ in true })
    case nil: return []
    }
  }

  /// The derivative of a function in parts, whose parts everybody knows: `relu′(z)`.
  private func primed(_ name: String, _ x: ShapedFormula) -> ShapedFormula {
    ShapedFormula(.call(name + "′", x.formula), x.shape, isNumber: x.isNumber)
  }

  private func back<R: TensorRule, T: TensorAlgebra>(
    _ rule: R.Type, _ g: T, _ x: Operands<T>, _ y: T, _ record: TensorRecord, _ wanted: Wanted
  ) -> [T] {
    let back = rule.pullback(Pullback(g, x, y, record.options!.load(as: R.Options.self), wanted))
    return [back.a, back.b, back.c].compactMap { $0 }
  }
}

// MARK: - In numbers

extension Catalog {
  /// One way down, where a walk adds up all.
  package func gradient<Element>(along path: [(node: Int, place: Int)], on tape: Tape<Element>) -> Tensor<Element>? {
    guard path.allSatisfy({ tape.custom[$0.node]?.replay == nil }) else { return nil }
    let g = path.reduce(Grid<Double>([1], shape: .scalar)) { g, step in
      sent(g, from: step.node, to: step.place, on: tape)
    }
    return Tensor(g.elements.map { Element($0) }, shape: g.shape)
  }

  private func sent<Element>(_ g: Grid<Double>, from node: Int, to place: Int, on tape: Tape<Element>) -> Grid<Double> {
    let inputs = tape.inputs(of: node)
    let operands = inputs.map { value(of: $0, on: tape) }
    if let custom = tape.custom[node] { return .chain(Grid([Double(custom.locals[place])], shape: .scalar), g) }
    let y = Grid(tape.anyHandle(node).tensor)
    switch Self.kind(of: tape.tag(of: node).code) {
    case .elementwise(let rule):
      return Grid.chain(rule.locals(of: operands, result: y)[place], g).broadcast(to: y.shape)
        .sum(to: operands[place].shape)
    case .tensor(let rule):
      let record = tape.tensors[tape.tensorIndex(of: node)]
      return back(rule, g, Operands(list: operands), y, record, Wanted(0..<operands.count) { $0 == place })[0]
    case nil: return 0
    }
  }

  private func value<Element>(of input: Input, on tape: Tape<Element>) -> Grid<Double> {
    switch input {
    case .number(let number): Grid([number], shape: .scalar)
    case .scalar(let node), .tensor(let node, _): Grid(tape.anyHandle(node).tensor)
    }
  }
}

extension Grid<Double> {
  fileprivate init(_ tensor: Tensor<some Real>) { self.init(tensor.elements.map { Double($0) }, shape: tensor.shape) }
}

extension Formula {
  fileprivate var hasCondition: Bool {
    firstPart { if case .call(Where.name, _) = $0.form { true } else { false } } != nil
  }
}

extension Tape {
  /// Operands of the shapes that they were recorded with.
  fileprivate func shaped(_ operands: [ShapedFormula], of record: TensorRecord) -> [ShapedFormula] {
    operands.enumerated().map { place, operand in
      switch input(place, of: record.inputs) {
      case .number: operand
      case .scalar(let node), .tensor(let node, _): operand.asShape(anyHandle(node).shape)
      }
    }
  }
}
