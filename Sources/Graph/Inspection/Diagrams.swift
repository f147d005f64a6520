extension Operand {
  /// The local gradient, without its formula where that is long; nothing on the arrow from a plain number.
  var arrowLabel: String {
    if isNumber { return "" }
    return formula.count <= 32 ? localText : local.map { shortText($0) } ?? ""
  }
}

extension Snapshot {
  /// What stands in the box of a node.
  func caption(_ node: Node<Element>) -> [String] {
    let value = node.valueText
    if node.isNumber { return [value] }
    return ["\(node.statement) = \(value)"] + (upstreamText(node).map { [$0] } ?? [])
  }

  /// Arrows with the local gradient on them.
  private var arrows: [(from: Int, to: Int, local: String)] {
    nodes.flatMap { node in node.inputs.map { ($0.node ?? 0, node.index, $0.arrowLabel) } }
  }

  /// The graph in the language of Graphviz: `dot -Tsvg`.
  ///
  /// A box for each node, an arrow from each input with the local gradient on it; parameters are blue, constants
  /// grey, the output has a double frame.
  public var dot: String {
    func quoted(_ text: String) -> String {
      "\"" + text.flatMap { $0 == "\"" || $0 == "\\" ? ["\\", $0] : [$0] } + "\""
    }
    var lines = [
      "digraph tape {",
      "  rankdir=LR",
      "  node [shape=box style=\"rounded,filled\" fillcolor=white fontname=\"sans-serif\" fontsize=12]",
      "  edge [fontname=\"sans-serif\" fontsize=10 color=\"#57606a\" arrowsize=0.7]",
    ]
    for node in nodes {
      let colour = node.operation == "parameter" ? "#dbeafe" : node.operation == "constant" ? "#eef0f2" : nil
      lines.append(
        "  n\(node.index) [label=" + quoted(caption(node).joined(separator: "\n"))
          + (colour.map { " fillcolor=\"\($0)\"" } ?? "") + (node.index == root ? " peripheries=2" : "") + "]"
      )
    }
    for arrow in arrows {
      let label = arrow.local.isEmpty ? "" : " [label=\(quoted(" \(arrow.local) "))]"
      lines.append("  n\(arrow.from) -> n\(arrow.to)" + label)
    }
    return lines.joined(separator: "\n") + "\n}\n"
  }

  /// The graph as a Mermaid flowchart, which Markdown pages of many sites draw.
  public var mermaid: String {
    func escaped(_ text: String) -> String {
      text.map { ["\"": "#quot;", "#": "#35;", "<": "#lt;", ">": "#gt;", "`": "#96;"][$0] ?? "\($0)" }
        .joined()
    }
    var lines = ["flowchart LR"]
    for node in nodes {
      lines.append(
        "  n\(node.index)([\"" + caption(node).map(escaped).joined(separator: "<br>") + "\"])"
          + (node.operation == "parameter"
            ? ":::parameter" : node.operation == "constant" ? ":::constant" : ""))
    }
    for arrow in arrows {
      let label = arrow.local.isEmpty ? "" : "|\"\(escaped(arrow.local))\"|"
      lines.append("  n\(arrow.from) -->\(label) n\(arrow.to)")
    }
    lines.append("  classDef parameter fill:#dbeafe,stroke:#2563eb,color:#1f2328")
    lines.append("  classDef constant fill:#eef0f2,stroke:#8a939c,color:#1f2328")
    return lines.joined(separator: "\n") + "\n"
  }
}
