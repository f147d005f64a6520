extension Tape {
  /// The tape as a table: each node with its operation, value, local gradients as formula and number, and
  /// upstream gradient.
  ///
  /// ```
  /// node       operation  value  local gradients                   upstream
  /// w          parameter      5                                           8
  /// x          constant       1                                          40
  /// u = w·x    multiply       5  ∂u/∂w = x = 1    ∂u/∂x = w = 5          8
  /// ```
  /// - Parameters:
  ///   - gradients: of a walk; without them the last column is left out.
  ///   - output: the node that was walked from; its name heads the upstream gradients.
  ///   - pruned: whether to leave out operations that the output does not depend on.
  public func table(
    _ gradients: Gradients<Element>? = nil, output: Variable<Element>? = nil, pruned: Bool = false
  ) -> String {
    Snapshot(self, gradients, output: output, pruned: pruned).table.aligned
  }

  /// The same table in Markdown.
  public func markdown(
    _ gradients: Gradients<Element>? = nil, output: Variable<Element>? = nil, pruned: Bool = false
  ) -> String {
    Snapshot(self, gradients, output: output, pruned: pruned).table.markdown
  }
}

extension Snapshot {
  /// One column for each local gradient, so that they stand below each other; more than three share the last.
  var table: TextTable {
    let locals = nodes.map(localGradients)
    let width = min(3, locals.map(\.count).max() ?? 0)
    var columns: [TextTable.Column] = [.init("node"), .init("operation"), .init("value", .right)]
    for column in 0..<width { columns.append(.init(column == 0 ? "local gradients" : "")) }
    if gradients != nil { columns.append(.init(output.map { "upstream ∂\($0)/∂…" } ?? "upstream", .right)) }
    var table = TextTable(columns)
    for (node, locals) in zip(nodes, locals) {
      var cells = [node.statement, node.operation, node.valueText]
      for column in 0..<width {
        let isLast = column == 2
        cells.append(
          (isLast ? locals.dropFirst(2) : locals.dropFirst(column).prefix(1)).joined(separator: ", "))
      }
      if let upstream = upstream(node) { cells.append(upstream.text) }
      table.append(cells)
    }
    return table
  }

  private func localGradients(_ node: Node<Element>) -> [String] {
    node.operands.filter { !$0.isNumber }.map {
      derivative(node.label, $0.label) + ($0.local == nil ? ": " : " = ") + $0.localText
    }
  }
}
