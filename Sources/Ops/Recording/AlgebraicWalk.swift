/// The backward walk of a tape in any algebra of tensors: in variables it is recorded, so that gradients have gradients;
/// in formulas it is written down; in an algebra of instructions it is a program for another machine.
///
/// Rules are read again: every local gradient and every pullback is evaluated in the algebra.
package struct AlgebraicWalk<Element: Number, T: TensorAlgebra> {
  let tape: Tape<Element>
  /// A node, or a plain number, in the algebra.
  let operand: (Input) -> T
  /// What somebody's own operation sends back to each input.
  let custom: (CustomOperation<Element>, _ node: Int, _ g: T) -> [T?]
  /// Called before something is sent from a node.
  let visit: (_ node: Int) -> Void
  /// Told what a node sends to each operand, and by which local gradient where there is one.
  let sends: (_ node: Int, _ operand: Int, _ local: T?, _ term: T) -> Void
  /// Which nodes lead to a wanted one: nothing is computed for the others.
  private var leads = ByNode(false)
  private var upstream = ByNode<T?>(nil)

  package init(
    _ tape: Tape<Element>, operand: @escaping (Input) -> T,
    custom: @escaping (CustomOperation<Element>, _ node: Int, _ g: T) -> [T?],
    visit: @escaping (_ node: Int) -> Void = { _ in },
    sends: @escaping (_ node: Int, _ operand: Int, _ local: T?, _ term: T) -> Void = { _, _, _, _ in }
  ) {
    (self.tape, self.operand, self.custom, self.visit, self.sends) = (tape, operand, custom, visit, sends)
  }

  /// The gradients of a root by some nodes: nil for those it does not depend on.
  /// - Parameters:
  ///   - seed: the upstream gradient of the root itself.
  ///   - low: the last node to send on from.
  package mutating func gradients(of root: Int, seed: T, by wanted: [Int?], downTo low: Int = 0) -> [T?] {
    markLeads(from: low, to: root, wanted)
    upstream = ByNode(nil, from: low, to: root)
    upstream[root] = seed
    for node in stride(from: root, through: low, by: -1) {
      guard leads[node], let g = upstream[node] else { continue }
      send(g, from: node)
    }
    return wanted.map { node in node.flatMap { $0 <= root ? upstream[$0] : nil } }
  }

  private mutating func markLeads(from low: Int, to root: Int, _ wanted: [Int?]) {
    leads = ByNode(false, from: low, to: root)
    for case let node? in wanted where node <= root { leads[node] = true }
    for node in stride(from: low, through: root, by: 1) {
      for case let input? in tape.inputs(of: node).map(\.node) where leads[input] { leads[node] = true }
    }
  }

  private mutating func send(_ g: T, from node: Int) {
    let inputs = tape.inputs(of: node)
    guard !inputs.isEmpty else { return }
    visit(node)
    if let own = tape.custom[node] {
      for (input, term) in zip(inputs, custom(own, node, g)) { add(term, to: input.node) }
      return
    }
    let (operands, result) = (inputs.map(operand), operand(tape.input(node)))
    switch Catalog.kind(of: tape.tag(of: node).code) {
    case .elementwise(let rule):
      for (place, local) in rule.locals(of: operands, result: result).enumerated() {
        guard let input = inputs[place].node, leads[input] else { continue }
        let term = product(g, local, operands[place])
        sends(node, place, local, term ?? 0)
        add(term, to: input)
      }
    case .tensor(let rule):
      let back = pullback(rule, g, operands, result, of: node)
      for (place, term) in zip(inputs.indices, [back.a, back.b, back.c]) {
        if let term { sends(node, place, nil, term) }
        add(term, to: inputs[place].node)
      }
    case nil: break
    }
  }

  private func pullback<R: TensorRule>(
    _ rule: R.Type, _ g: T, _ operands: [T], _ result: T, of node: Int
  ) -> Contributions<T> {
    let inputs = tape.inputs(of: node)
    let wanted = Wanted(inputs.indices) { inputs[$0].node.map { leads[$0] } ?? false }
    let options = tape.tensors[tape.tensorIndex(of: node)].options!.load(as: R.Options.self)
    return rule.pullback(Pullback(g, Operands(list: operands), result, options, wanted))
  }

  /// g · local in the shape of the operand, computing no product with a plain 1; nil for a plain 0.
  ///
  /// As in `backward`, an upstream gradient of 0 sends nothing through an infinite local gradient or NaN, such as
  /// those of the branch that `where` did not take.
  private func product(_ g: T, _ local: T, _ operand: T) -> T? {
    guard local.plainNumber != 0 else { return nil }
    let term = local.plainNumber == 1 ? g : g.plainNumber == 1 ? local : .chain(local, g)
    if term.plainNumber == 0 { return nil }
    return term.shape.rank > 0 ? term.sum(to: operand.shape) : term
  }

  private mutating func add(_ term: T?, to input: Int?) {
    guard let term, let input, leads[input] else { return }
    upstream[input] = upstream[input].map { $0 + term } ?? term
  }
}

/// A value for each node of a part of the tape, and for the few of before it that are asked for: a walk through a part
/// takes no longer for a long tape.
private struct ByNode<Value> {
  private let none: Value
  private let low: Int
  private var values: [Value]
  private var before: [Int: Value] = [:]

  init(_ none: Value, from low: Int = 0, to root: Int = -1) {
    (self.none, self.low) = (none, low)
    values = Array(repeating: none, count: max(0, root - low + 1))
  }

  subscript(node: Int) -> Value {
    get { node >= low ? values[node - low] : before[node] ?? none }
    set { if node >= low { values[node - low] = newValue } else { before[node] = newValue } }
  }
}
