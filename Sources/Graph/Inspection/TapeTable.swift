extension Snapshot {
  /// Each node with its operation, value, local gradients as formula and number, and upstream gradient; the name of the
  /// output heads the upstream gradients.
  ///
  /// ```
  /// node       operation  value  local gradients                 upstream dc/d…
  /// w          parameter      5                                               8
  /// x          constant       1                                              40
  /// u = w·x    multiply       5  ∂u/∂w = x = 1    ∂u/∂x = w = 5               8
  /// ```
  /// Without gradients the last column is left out.
  public var table: String { cells.aligned }

  /// The table in Markdown.
  public var markdown: String { cells.markdown }

  /// One column for each local gradient, so that they stand below each other; more than three share the last.
  var cells: TextTable {
    let locals = nodes.map(localGradients)
    let width = min(3, locals.map(\.count).max() ?? 0)
    var columns: [TextTable.Column] = [.init("node"), .init("operation"), .init("value", .right)]
    for column in 0..<width { columns.append(.init(column == 0 ? "local gradients" : "")) }
    if hasGradients { columns.append(.init(output.map { "upstream d\($0)/d…" } ?? "upstream", .right)) }
    var table = TextTable(columns)
    for (node, locals) in zip(nodes, locals) {
      var cells = [node.statement, node.operation, node.valueText]
      for column in 0..<width {
        let isLast = column == 2
        cells.append(
          (isLast ? locals.dropFirst(2) : locals.dropFirst(column).prefix(1)).joined(separator: ", "))
      }
      if let upstream = upstream(of: node) { cells.append(upstream.text) }
      table.append(cells)
    }
    return table
  }

  private func localGradients(_ node: Node<Element>) -> [String] {
    node.operands.filter { !$0.isNumber }.map {
      localDerivative(node.label, $0.label) + ($0.local == nil ? ": " : " = ") + $0.localText
    }
  }
}
