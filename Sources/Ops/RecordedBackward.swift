extension Variable where Element: Number {
  /// The gradients of this scalar by variables, themselves recorded: differentiate them again for derivatives of
  /// any order.
  ///
  /// The walk is that of `backward()`, carried out in variables: every local gradient is evaluated again from its
  /// rule, as operations on the tape.
  ///
  /// ```swift
  /// let y = x * x * x                           // x = 2
  /// let dy = y.recordedGradients(by: [x])[0]    // 3x² = 12
  /// let d2y = dy.recordedGradients(by: [x])[0]  // 6x = 12
  /// ```
  /// - Returns: one gradient per variable; a plain 0 where this does not depend on it.
  /// - Complexity: O(nodes between the variables and this one), each a few operations.
  public func recordedGradients(by variables: [Variable]) -> [Variable] {
    guard let tape else { return variables.map { _ in 0 } }
    var walk = RecordedWalk(tape: tape, root: self, wanted: variables)
    walk.run()
    return walk.result
  }
}

/// One recorded walk: the upstream gradients that are complete or growing, by node.
private struct RecordedWalk<Element: Number> {
  let tape: Tape<Element>
  let root: Int
  let wanted: [Int?]
  /// The last node to send on from.
  let low: Int
  /// Which nodes lead to a wanted variable: nothing is recorded for the others.
  private var leads: [Bool]
  private var upstream: [Variable<Element>?]

  init(tape: Tape<Element>, root: Variable<Element>, wanted: [Variable<Element>], downTo low: Int = 0) {
    self.tape = tape
    self.low = low
    self.root = Int(tape.checkedNode(root, "recordedGradients"))
    self.wanted = wanted.map { $0.isRecorded ? Int(tape.checkedNode($0, "recordedGradients")) : nil }
    leads = Array(repeating: false, count: self.root + 1)
    upstream = Array(repeating: nil, count: self.root + 1)
  }

  var result: [Variable<Element>] {
    wanted.map { node in node.flatMap { $0 <= root ? upstream[$0] : nil } ?? 0 }
  }

  mutating func run() {
    markLeads()
    upstream[root] = tape.tag(of: root).isTensor ? tape.constant(Tensor([1], shape: rootShape)) : 1
    for node in stride(from: root, through: low, by: -1) {
      let tag = tape.tag(of: node)
      guard leads[node], let g = upstream[node] else { continue }
      if let custom = tape.custom[UInt32(node)] {
        send(g, through: custom, of: node)
      } else if tag.isTensor {
        send(g, through: tape.tensors[tape.tensorIndex(of: UInt32(node))], of: node)
      } else if tag.inputs > 0 {
        send(g, through: tag, of: node, tape.storage.pointee.inputs(of: node).map(\.node))
      }
    }
  }

  private var rootShape: Shape { tape.anyHandle(UInt32(root)).shape }

  private mutating func markLeads() {
    for case let node? in wanted where node <= root { leads[node] = true }
    for node in low...root {
      for input in tape.storage.pointee.inputs(of: node) where leads[input.node] { leads[node] = true }
      for input in tape.custom[UInt32(node)]?.inputs ?? [] where leads[Int(input)] { leads[node] = true }
      for input in tape.tensorInputs(of: node) where leads[input] { leads[node] = true }
    }
  }

  private mutating func send(
    _ g: Variable<Element>, through tag: Tag, of node: Int, _ inputs: [Int]
  ) {
    guard case .elementwise(let rule) = Catalog.kind(of: tag.code) else { return }
    var operands = inputs.map { tape.anyHandle(UInt32($0)) }
    let number = tag.literal == .none ? nil : Variable(tape.storage.pointee.literal(of: node))
    if let number { operands.insert(number, at: tag.literal == .left ? 0 : 1) }
    var locals = rule.locals(of: operands, result: tape.handle(UInt32(node)))
    if number != nil { locals.remove(at: tag.literal == .left ? 0 : 1) }
    for (input, local) in zip(inputs, locals) { add(g, times: local, to: input) }
  }

  private mutating func send(
    _ g: Variable<Element>, through custom: CustomOperation<Element>, of node: Int
  ) {
    if let replay = custom.replay { return send(g, through: replay, to: custom.inputs) }
    guard let recorded = custom.recorded else {
      fatalError("\(custom.name): derivatives of higher order need its `recorded` local gradients")
    }
    let locals = recorded(custom.inputs.map(tape.handle), tape.handle(UInt32(node)))
    for (input, local) in zip(custom.inputs, locals) { add(g, times: local, to: Int(input)) }
  }

  /// Records the forgotten operations again, to stay, and walks back through them alone.
  private mutating func send(
    _ g: Variable<Element>, through replay: (Variable<Element>) -> Variable<Element>, to inputs: [UInt32]
  ) {
    let low = tape.count
    var walk = RecordedWalk(tape: tape, root: replay(g), wanted: inputs.map(tape.anyHandle), downTo: low)
    walk.run()
    for (input, term) in zip(inputs, walk.result) where !term.isPlain(0) { add(term, to: Int(input)) }
  }

  private mutating func send(_ g: Variable<Element>, through record: TensorRecord, of node: Int) {
    let nodes = (0..<record.inputCount).map { record.inputs[$0] }
    let operands = nodes.map {
      $0 == TensorRecord.number ? Variable(Element(record.number)) : tape.anyHandle($0)
    }
    let result = tape.tensorHandle(UInt32(node))
    switch Catalog.kind(of: record.code) {
    case .elementwise(let rule):
      for (input, local) in zip(nodes, rule.locals(of: operands, result: result))
      where input != TensorRecord.number { add(g, times: local, to: Int(input)) }
    case .tensor(let rule):
      let wanted = nodes.map { $0 != TensorRecord.number && leads[Int($0)] } + [false, false]
      let back = rule.pullback(
        g, Operands(operands), result, record.attributes, Wanted(a: wanted[0], b: wanted[1], c: wanted[2]))
      for (input, term) in zip(nodes, [back.a, back.b, back.c]) where input != TensorRecord.number {
        if let term { add(term, to: Int(input)) }
      }
    case nil: break
    }
  }

  /// upstream(input) += g · local, recording no product with a plain 1 and nothing for a plain 0.
  ///
  /// As in `backward`, an upstream gradient of 0 sends nothing through an infinite local gradient or NaN, such as
  /// those of the branch that `where` did not take.
  private mutating func add(_ g: Variable<Element>, times local: Variable<Element>, to input: Int) {
    guard leads[input], !local.isPlain(0) else { return }
    let term = local.isPlain(1) ? g : g.isPlain(1) ? local : .chain(local, g)
    if term.isPlain(0) { return }
    add(term.isTensor ? term.sum(to: tape.anyHandle(UInt32(input)).shape) : term, to: input)
  }

  private mutating func add(_ term: Variable<Element>, to input: Int) {
    guard leads[input] else { return }
    upstream[input] = upstream[input].map { $0 + term } ?? term
  }
}

extension Variable where Element: Number {
  /// As in the plain walk, a 0 lets nothing through: no infinity, no NaN.
  public static func chain(_ local: Variable, _ arriving: Variable) -> Variable {
    local.stops(arriving) || arriving.stops(local) ? 0 : local * arriving
  }

  private func stops(_ other: Variable) -> Bool {
    !isTensor && !other.isTensor && value == 0 && !other.value.isFinite
  }
}

extension Variable {
  fileprivate func isPlain(_ number: Element) -> Bool { !isRecorded && carried == number }
}
