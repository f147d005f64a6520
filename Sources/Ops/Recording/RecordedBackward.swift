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
    self.root = tape.checkedNode(root, "recordedGradients")
    self.wanted = wanted.map { $0.isRecorded ? tape.checkedNode($0, "recordedGradients") : nil }
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
      if let custom = tape.custom[node] {
        send(g, through: custom, of: node)
      } else if tag.isTensor {
        send(g, through: tape.tensors[tape.tensorIndex(of: node)], of: node)
      } else if tag.inputs > 0 {
        send(g, through: tag, of: node)
      }
    }
  }

  private var rootShape: Shape { tape.anyHandle(root).shape }

  private mutating func markLeads() {
    for case let node? in wanted where node <= root { leads[node] = true }
    for node in low...root {
      for case let input? in tape.inputs(of: node).map(\.node) where leads[input] { leads[node] = true }
    }
  }

  private mutating func send(_ g: Variable<Element>, through tag: Tag, of node: Int) {
    guard case .elementwise(let rule) = Catalog.kind(of: tag.code) else { return }
    let inputs = tape.inputs(of: node)
    let locals = rule.locals(of: inputs.map(tape.variable), result: tape.handle(node))
    for (input, local) in zip(inputs, locals) { add(g, times: local, to: input.node) }
  }

  private mutating func send(
    _ g: Variable<Element>, through custom: CustomOperation<Element>, of node: Int
  ) {
    if let replay = custom.replay { return send(g, through: replay, to: custom.inputs) }
    guard let recorded = custom.recorded else {
      fatalError("\(custom.name): derivatives of higher order need its `recorded` local gradients")
    }
    let locals = recorded(custom.inputs.map(tape.handle), tape.handle(node))
    for (input, local) in zip(custom.inputs, locals) { add(g, times: local, to: input) }
  }

  /// Records the forgotten operations again, to stay, and walks back through them alone.
  private mutating func send(
    _ g: Variable<Element>, through replay: (Variable<Element>) -> Variable<Element>, to inputs: [Int]
  ) {
    let low = tape.count
    var walk = RecordedWalk(tape: tape, root: replay(g), wanted: inputs.map(tape.anyHandle), downTo: low)
    walk.run()
    for (input, term) in zip(inputs, walk.result) where !term.isPlain(0) { add(term, to: input) }
  }

  private mutating func send(_ g: Variable<Element>, through record: TensorRecord, of node: Int) {
    let inputs = tape.inputs(of: node)
    let operands = inputs.map(tape.variable)
    let result = tape.tensorHandle(node)
    switch Catalog.kind(of: record.code) {
    case .elementwise(let rule):
      for (input, local) in zip(inputs, rule.locals(of: operands, result: result)) {
        add(g, times: local, to: input.node)
      }
    case .tensor(let rule):
      let wanted = inputs.map { $0.node.map { leads[$0] } ?? false } + [false, false]
      let back = rule.pullback(
        g, Operands(operands), result, record.attributes, Wanted(a: wanted[0], b: wanted[1], c: wanted[2]))
      for (input, term) in zip(inputs, [back.a, back.b, back.c]) {
        if let input = input.node, let term { add(term, to: input) }
      }
    case nil: break
    }
  }

  /// upstream(input) += g · local, recording no product with a plain 1 and nothing for a plain 0.
  ///
  /// As in `backward`, an upstream gradient of 0 sends nothing through an infinite local gradient or NaN, such as
  /// those of the branch that `where` did not take.
  private mutating func add(_ g: Variable<Element>, times local: Variable<Element>, to input: Int?) {
    guard let input, leads[input], !local.isPlain(0) else { return }
    let term = local.isPlain(1) ? g : g.isPlain(1) ? local : .chain(local, g)
    if term.isPlain(0) { return }
    add(term.isTensor ? term.sum(to: tape.anyHandle(input).shape) : term, to: input)
  }

  private mutating func add(_ term: Variable<Element>, to input: Int) {
    guard leads[input] else { return }
    upstream[input] = upstream[input].map { $0 + term } ?? term
  }
}

extension Variable where Element: Number {
  /// As in the plain walk, a 0 lets nothing through: no infinity, no NaN.
  public static func chain(_ local: Variable, _ arriving: Variable) -> Variable {
    if local.isTensor || arriving.isTensor { return apply(ChainProduct.self, local, arriving) }
    return local.stops(arriving) || arriving.stops(local) ? 0 : local * arriving
  }

  private func stops(_ other: Variable) -> Bool { value == 0 && !other.value.isFinite }
}

extension Variable {
  fileprivate func isPlain(_ number: Element) -> Bool { !isRecorded && carried == number }
}
