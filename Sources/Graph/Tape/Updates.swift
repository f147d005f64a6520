// Parameters that change in place, and what was computed from what they were.

extension Tape {
  /// The node of a parameter that is to be changed now; a trap where it is none.
  package func changing(_ parameter: Variable<Element>, _ operation: String) -> Int {
    let node = checkedNode(parameter, operation)
    guard tag(of: node).code == Tag.Leaf.parameter.rawValue else {
      let kind =
        tag(of: node).code == Tag.Leaf.constant.rawValue ? "a constant" : "the result of \(operationName(of: node))"
      fatalError("\(operation): \(name(of: node) ?? "node \(node)") is no parameter, but \(kind)")
    }
    tensors.parametersChanged()
    storage.pointee.entries[node].updated = Handle(scalar: count, Handle(generation: storage.pointee.generation))
    return node
  }

  /// Whether a node is a parameter that was changed after another one had been computed from it.
  ///
  /// What stands since the update, before the node that came next, was recorded before it.
  private func isChanged(_ node: Int, since user: Int) -> Bool {
    guard tag(of: node).code == Tag.Leaf.parameter.rawValue else { return false }
    let update = storage.pointee.entries[node].updated
    return user < update.node && update.generation <= storage.pointee.generation
      && user < standing(since: update.generation)
  }

  /// Stops where a parameter among the inputs of a node was changed after it had been computed from them: who reads them
  /// now must find the values it was computed from.
  package func checkUnchanged(
    _ node: Int, _ walk: String = "backward", ifReads readsValues: @autoclosure () -> Bool = true
  ) {
    for case let input? in inputs(of: node).map(\.node) where isChanged(input, since: node) && readsValues() {
      let parameter = name(of: input).map { "the parameter \($0)" } ?? "a parameter"
      fatalError(
        """
        \(walk): \(operationName(of: node)) at node \(node) was recorded before \(parameter) was updated: walk before the \
        update, or rewind and record again
        """)
    }
  }

  /// `parameter`, `constant`, or what the operation is called.
  package func operationName(of node: Int) -> String {
    let code = tag(of: node).code
    return switch Tag.Leaf(rawValue: code) {
    case .parameter: "parameter"
    case .constant: "constant"
    case .custom: custom[node]?.name ?? "custom"
    case nil: vocabulary.name(of: code)
    }
  }
}
