extension Tape {
  /// The name given to a node, if any.
  package func name(of node: Int) -> String? { names[node] }
}

/// The names of nodes: few, given by users, so a dictionary beside the tape.
package struct Names {
  private var byNode: [Int: String] = [:]
  /// One above the highest named node: a rewind that names nothing costs one comparison.
  private var end = 0

  package subscript(node: Int) -> String? {
    get { byNode[node] }
    set {
      byNode[node] = newValue
      end = max(end, node + 1)
    }
  }

  package mutating func removeAll(from node: Int) {
    guard end > node else { return }
    byNode = byNode.filter { $0.key < node }
    end = node
  }
}
