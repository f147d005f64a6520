/// What a tape held at one moment, with the gradients of a walk: to be shown in any form.
///
/// ```swift
/// let snapshot = tape.snapshot(c.backward(), output: c)
/// print(snapshot.table)
/// print(snapshot.narration)
/// try snapshot.html.write(toFile: "c.html", atomically: true, encoding: .utf8)
/// ```
/// It stays as it is when the tape goes on, is rewound or released.
public struct Snapshot<Element: Real> {
  /// In recording order; where it is pruned, without the operations that the output does not depend on.
  public let nodes: [Node<Element>]
  /// What the output is called, where it is known.
  public let output: String?
  /// Whether gradients were given.
  public let hasGradients: Bool

  let all: [Node<Element>]
  let root: Int?
  /// Those with a hook.
  package let hooked: Set<Int>
  /// Of all nodes; nil for data, and for nodes that were recorded after the walk.
  private let upstreams: [Tensor<Element>?]
  /// What both passes say, line by line. Without gradients or output there is no backward pass.
  package var narrationLines: (forward: [NarrationLine], backward: [NarrationLine]) { narrate() }
  private let narrate: () -> (forward: [NarrationLine], backward: [NarrationLine])

  init(
    _ tape: Tape<Element>, _ gradients: Gradients<Element>?, output: Variable<Element>?, pruned: Bool
  ) {
    let (root, all) = (output.map { tape.checkedNode($0, "inspection") }, tape.nodes)
    (self.root, self.all) = (root, all)
    if pruned, let isNeeded = root.map({ tape.ancestors(of: $0) }) {
      nodes = all.filter { $0.isLeaf || $0.index < isNeeded.count && isNeeded[$0.index] }
    } else {
      nodes = all
    }
    self.output = root.map { all[$0].label }
    hasGradients = gradients != nil
    hooked = Set(tape.count > 0 ? tape.hooks.nodes(in: 0...tape.count - 1) : [])
    let upstreams = gradients.map { gradients in all.map { gradients.known($0.index, on: tape) } } ?? []
    self.upstreams = upstreams
    narrate = tape.narration(tape.vocabulary, root: root) { $0 < upstreams.count ? upstreams[$0] : nil }
  }

  /// The upstream gradient of a node. Nil without gradients, and for a tensor of data, whose gradient is not computed.
  public func upstream(of node: Node<Element>) -> Tensor<Element>? {
    node.index < upstreams.count ? upstreams[node.index] : nil
  }

  /// `dc/dw = 8`, or `upstream = 8` where the output is not known; nil without gradients.
  func upstreamText(_ node: Node<Element>) -> String? {
    upstream(of: node).map { "\(output.map { totalDerivative($0, node.label) } ?? "upstream") = \($0.text)" }
  }
}

extension Tape {
  /// Reads the tape at once, and writes when asked to.
  fileprivate func narration(
    _ words: some Vocabulary, root: Int?, _ upstream: @escaping (Int) -> Tensor<Element>?
  ) -> () -> (forward: [NarrationLine], backward: [NarrationLine]) {
    let start = root.flatMap(upstream)
    let startsAtOne = start.map { $0.shape.rank == 0 && $0.elements[0] == 1 } ?? false
    let steps = StepReader(self, words: words, root: root, startsAtOne: startsAtOne).steps
    return {
      let narration = Narration(steps, words: words, root: root, upstream: upstream)
      return (narration.forward, narration.backward)
    }
  }
}

extension Gradients {
  /// Nil for a tensor of data and for what was recorded after the walk.
  fileprivate func known(_ node: Int, on tape: Tape<Element>) -> Tensor<Element>? {
    guard node < count else { return nil }
    let variable = tape.anyHandle(node)
    return variable.isTensor && !tape.isDifferentiated(node) ? nil : tensor(of: variable)
  }
}

extension [Int: Int] {
  /// The place in the array of each node, by its index on the tape.
  init<Element>(placesOf nodes: [Node<Element>]) {
    self.init(uniqueKeysWithValues: nodes.enumerated().map { ($1.index, $0) })
  }
}

// MARK: - Notation

// What the output changes by all paths together is a total derivative, dc/dw; what one operation passes on, its local
// gradient, is a partial one, ∂u/∂w. What is not a plain name is set in parentheses: ∂c/∂(w·x).

/// The upstream gradient: `dc/dw`.
package func totalDerivative(_ of: String, _ by: String) -> String { "d\(enclosed(of))/d\(enclosed(by))" }

/// The local gradient: `∂u/∂w`.
package func localDerivative(_ of: String, _ by: String) -> String { "∂\(enclosed(of))/∂\(enclosed(by))" }

private func enclosed(_ label: String) -> String {
  label.allSatisfy(\.isOfName) || isCall(label) ? label : "(\(label))"
}

/// `exp(x·y)`, but not `f(x)·g(y)`.
private func isCall(_ label: String) -> Bool {
  guard let open = label.firstIndex(of: "("), open > label.startIndex, label[..<open].allSatisfy(\.isOfName) else {
    return false
  }
  var depth = 0
  for place in label[open...].indices {
    depth += label[place] == "(" ? 1 : label[place] == ")" ? -1 : 0
    if depth == 0 { return label.index(after: place) == label.endIndex }
  }
  return false
}

extension Character {
  /// Letters and digits, but no raised ones.
  var isOfName: Bool { (isLetter || isNumber || self == "_") && !"ᵀ¹²³⁰⁴⁵⁶⁷⁸⁹".contains(self) }
}

extension Node {
  /// `u = w·x`; its label alone for a leaf, or where the label is the formula.
  package var statement: String { label == formula ? label : "\(label) = \(formula)" }
}

extension Operand {
  /// `2·e = 8`; `1` where the formula is the number; `g·xᵀ` for a tensor.
  var localText: String {
    guard let local else { return formula }
    let number = shortText(local)
    return formula == number ? number : "\(formula) = \(number)"
  }
}
