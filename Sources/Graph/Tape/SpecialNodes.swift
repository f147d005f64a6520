// Where a walk does more than multiply and add: at nodes with a hook, and at operations of a user's own.

extension Tape {
  /// Those of a range, in recording order.
  func specialNodes(from low: Int, through root: Int) -> [Int] {
    if hooks.isEmpty && custom.isEmpty { return [] }
    let (hooked, own) = (hooks.nodes(in: low...root), custom.nodes(in: low...root))
    if hooked.isEmpty || own.isEmpty { return Array(hooked + own) }
    return Set(hooked).union(own).sorted()
  }

  @inline(never)
  func visit(_ node: Int, from root: Int, downTo low: Int, _ gradients: Gradients<Element>) {
    if hooks[node] != nil, hasArrived(node, from: root, downTo: low, gradients) { runHooks(of: node, gradients) }
    guard let operation = custom[node] else { return }
    guard operation.replay == nil else { return replay(operation, at: node, gradients) }
    let upstream = gradients.buffer[node]
    for (input, local) in zip(operation.inputs, operation.locals) {
      gradients.buffer[input] += sent(upstream, through: local)
    }
  }

  /// Whether the root depends on a node. The gradient 0 may have arrived, or nothing.
  private func hasArrived(_ node: Int, from root: Int, downTo low: Int, _ gradients: Gradients<Element>) -> Bool {
    if case .tensor(_, let index) = input(node) { return gradients[tensor: index].hasArrived }
    if gradients.buffer[node] != 0 { return true }
    let known = gradients.ancestors ?? ancestors(of: root, downTo: low)
    gradients.ancestors = known
    return known[node - low]
  }

  /// Of the nodes from `low` to a root, which it depends on, itself among them.
  package func ancestors(of root: Int, downTo low: Int = 0) -> [Bool] {
    var isNeeded = [Bool](repeating: false, count: root + 1 - low)
    isNeeded[root - low] = true
    for node in stride(from: root, through: low, by: -1) where isNeeded[node - low] {
      for case let input? in inputs(of: node).map(\.node) where input >= low { isNeeded[input - low] = true }
    }
    return isNeeded
  }
}
