/// Both walks over a tape as one list of instructions in its leaves: what a page runs again at other inputs.
struct TapeTrace<Element: Number> {
  /// What a node sends to an operand: `term` = upstream gradient · `local`; on whole tensors there is no local gradient.
  struct Sent { let local: Int?, term: Int }
  struct Edge: Hashable { let node, operand: Int }

  let trace = Trace()
  /// The nodes that are leaves, in the order of the inputs of the trace.
  private(set) var leaves: [Int] = []
  /// The instruction with the value of each node up to the output.
  private(set) var values: [Int] = []
  /// The instruction with the upstream gradient; nil where the output does not depend on a node, and for data.
  private(set) var upstreams: [Int?] = []
  private(set) var sent: [Edge: Sent] = [:]

  /// Nil where an operation of one's own or a hook takes part: only Swift knows what these do.
  init?(_ tape: Tape<Element>, output: Variable<Element>) {
    let root = tape.checkedNode(output, "inspection")
    guard (0...root).allSatisfy({ tape.custom[$0] == nil && tape.hooks[$0] == nil }) else { return nil }
    Trace.$current.withValue(trace) { fill(tape, root) }
  }

  /// The numbers as they were recorded, for tapes that only Swift can compute again: they have no inputs to change.
  init(recorded snapshot: Snapshot<Element>, upTo root: Int) {
    let trace = trace
    func place(_ tensor: Tensor<Element>) -> Int {
      let numbers = tensor.elements.map { Double($0) }
      let isNumber = tensor.shape.rank == 0
      return (isNumber ? Traced(number: numbers[0]) : trace.constant(numbers, tensor.shape, name: nil)).place(in: trace)
    }
    (values, upstreams) = (Array(repeating: 0, count: root + 1), Array(repeating: nil, count: root + 1))
    let nodes = snapshot.nodes.filter { $0.index <= root }
    for node in nodes {
      values[node.index] = place(node.tensor)
      upstreams[node.index] = snapshot.upstream(of: node).map(place)
    }
    let uses = nodes.flatMap { $0.operands.compactMap(\.node) }.reduce(into: [:]) { $0[$1, default: 0] += 1 }
    for node in nodes {
      for (place, operand) in node.operands.enumerated() {
        let edge = Edge(node: node.index, operand: place)
        if let local = operand.local, let upstream = snapshot.upstream(of: node)?.elements.first {
          let term = Element.chain(local, upstream)
          sent[edge] = Sent(
            local: Traced(number: Double(local)).place(in: trace), term: Traced(number: Double(term)).place(in: trace))
        } else if let target = operand.node, uses[target] == 1, let upstream = upstreams[target] {
          // All that a tensor gets, where it gets it from one operation.
          sent[edge] = Sent(local: nil, term: upstream)
        }
      }
    }
  }

  private mutating func fill(_ tape: Tape<Element>, _ root: Int) {
    var forward: [Traced] = []
    for node in 0...root { forward.append(value(of: node, on: tape, forward)) }
    let (trace, isNeeded) = (trace, tape.ancestors(of: root))
    var sent: [Edge: Sent] = [:]
    var walk = AlgebraicWalk<Element, Traced>(
      tape, operand: { RecordedFunction<Element>.operand($0, forward) }, custom: { _, _, _ in [] },
      sends: { node, operand, local, term in
        sent[Edge(node: node, operand: operand)] = Sent(
          local: local.map { $0.place(in: trace) }, term: term.place(in: trace))
      })
    let wanted = (0...root).map { isNeeded[$0] && tape.hasGradient($0) ? $0 : nil }
    let gradients = walk.gradients(of: root, seed: Traced(number: 1, tape.anyHandle(root).shape), by: wanted)
    values = forward.map { $0.place(in: trace) }
    upstreams = zip(wanted, gradients).map { node, gradient in
      node.map { (gradient ?? 0).stretched(to: tape.anyHandle($0).shape).place(in: trace) }
    }
    self.sent = sent
  }

  private mutating func value(of node: Int, on tape: Tape<Element>, _ values: [Traced]) -> Traced {
    guard let rule = Catalog.kind(of: tape.tag(of: node).code) else {
      leaves.append(node)
      return trace.input(leaves.count - 1, tape.anyHandle(node).shape)
    }
    let options = tape.tag(of: node).isTensor ? tape.tensors[tape.tensorIndex(of: node)].options : nil
    let operands = tape.inputs(of: node).map { RecordedFunction<Element>.operand($0, values) }
    return rule.applied(to: operands, options: options)
  }
}

extension TapeTrace {
  /// Whether an operation on whole tensors takes part.
  var hasTensors: Bool {
    trace.instructions.contains { if case .whole = $0.operation { true } else { false } }
  }

  /// Whether functions take part that JavaScript lacks.
  var callsFunctions: Bool {
    let lacking: Set<Elementary> = [.erf, .erfc, .lgamma, .polygamma]
    return trace.instructions.contains {
      if case .elementary(let operation) = $0.operation { lacking.contains(operation) } else { false }
    }
  }
}

extension Tape {
  /// Whether the walk computes a gradient for a node: for no tensor of data.
  fileprivate func hasGradient(_ node: Int) -> Bool { !anyHandle(node).isTensor || isDifferentiated(node) }
}
