/// What every form of inspection shows: nodes, the gradients of a walk, and whose walk it was.
struct Snapshot<Element: Real> {
  private let tape: Tape<Element>
  let nodes: [Node<Element>]
  let gradients: Gradients<Element>?
  /// The output, where it is known, and its label.
  let root: Int?
  let output: String?

  init(
    _ tape: Tape<Element>, _ gradients: Gradients<Element>?, output: Variable<Element>?, pruned: Bool
  ) {
    let root = output.map { tape.checkedNode($0, "inspection") }
    self.root = root
    self.tape = tape
    var nodes = tape.nodes
    self.output = root.map { nodes[$0].label }
    self.gradients = gradients
    if pruned, let root {
      let needed = nodes.ancestors(of: root)
      nodes.removeAll { !$0.isLeaf && !needed[$0.index] }
    }
    self.nodes = nodes
  }

  /// Nil without gradients, and for a tensor of data, whose gradient is not computed.
  func upstream(_ node: Node<Element>) -> Tensor<Element>? {
    guard let gradients, node.index < gradients.count else { return nil }
    let variable = tape.anyHandle(node.index)
    if variable.isTensor, !tape.tensors[tape.tensorIndex(of: node.index)].isDifferentiated {
      return nil
    }
    return gradients.tensor(of: variable)
  }

  /// `∂c/∂w = 8`, or `upstream = 8` where the output is not known; nil without gradients.
  func upstreamText(_ node: Node<Element>) -> String? {
    upstream(node).map { "\(output.map { derivative($0, node.label) } ?? "upstream") = \($0.text)" }
  }
}

extension [Int: Int] {
  /// The place in the array of each node, by its index on the tape.
  init<Element>(placesOf nodes: [Node<Element>]) {
    self.init(uniqueKeysWithValues: nodes.enumerated().map { ($1.index, $0) })
  }
}

extension Array {
  /// Which of all nodes of a tape a node is computed from, itself among them.
  func ancestors<Real>(of root: Int) -> [Bool] where Element == Node<Real> {
    var isNeeded = [Bool](repeating: false, count: count)
    isNeeded[root] = true
    for index in stride(from: root, through: 0, by: -1) where isNeeded[index] {
      for case let input? in self[index].operands.map(\.node) { isNeeded[input] = true }
    }
    return isNeeded
  }
}

// MARK: - Notation

/// `∂c/∂w`; what is not a plain name is set in parentheses: `∂c/∂(w·x)`.
func derivative(_ of: String, _ by: String) -> String { "∂\(enclosed(of))/∂\(enclosed(by))" }

private func enclosed(_ label: String) -> String {
  label.allSatisfy(\.isOfName) || isCall(label) ? label : "(\(label))"
}

/// `exp(x·y)`, but not `f(x)·g(y)`.
private func isCall(_ label: String) -> Bool {
  guard let open = label.firstIndex(of: "("), open > label.startIndex, label.last == ")" else { return false }
  let arguments = label[label.index(after: open)...].dropLast()
  return label[..<open].allSatisfy(\.isOfName) && !arguments.contains(")")
}

extension Character {
  fileprivate var isOfName: Bool { isLetter || isNumber || self == "_" }
}

extension Node {
  /// `u = w·x`; its label alone for a leaf, or where the label is the formula.
  var statement: String { label == formula ? label : "\(label) = \(formula)" }
}

extension Operand {
  /// `2·e = 8`; `1` where the formula is the number; `g·xᵀ` for a tensor.
  var localText: String {
    guard let local else { return formula }
    let number = shortText(local)
    return formula == number ? number : "\(formula) = \(number)"
  }
}
