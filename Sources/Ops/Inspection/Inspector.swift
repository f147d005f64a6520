extension Tape where Element: Number {
  /// A tape as a page to play with: one file that needs nothing else.
  ///
  /// ```swift
  /// try tape.inspector(of: c).write(toFile: "c.html", atomically: true, encoding: .utf8)
  /// ```
  /// The graph is walked forward and backward step by step, by mouse or keyboard; inputs can be changed, and all numbers
  /// follow, for the page evaluates the tape itself, from the same rules. A click on a node shows its formula, gradients and
  /// paths to the output. Where `tape.record` or a hook takes part, which only Swift can run again, inputs stay as they are.
  /// More than 1000 nodes make it `Tape.html`, which stands still.
  ///
  /// - Parameters:
  ///   - output: a number, from which the page walks backwards.
  ///   - title: above the graph; `The tape of c` unless given.
  /// - Complexity: O(nodes), and for a rule that is not made of operations on whole tensors O(elements).
  public func inspector(of output: Variable<Element>, title: String? = nil) -> String {
    let snapshot = snapshot(output.backward(), output: output, pruned: true)
    guard snapshot.nodes.count <= 1000 else { return snapshot.html }
    let root = checkedNode(output, "inspection")
    let trace = TapeTrace(self, output: output) ?? TapeTrace(recorded: snapshot, upTo: root)
    return InspectorPage(snapshot: snapshot, root: root, trace: trace, title: title).text
  }
}

private struct InspectorPage<Element: Number> {
  let snapshot: Snapshot<Element>
  let root: Int
  let trace: TapeTrace<Element>
  let title: String?

  var text: String {
    WebPage(
      title: title ?? snapshot.output.map { "The tape of \($0)" } ?? "The tape",
      style: PictureStyle.text + "\n" + Player.style + "\n" + Self.source(PackageResources.inspector_css),
      body: picture + """
        <script type="application/json" id="tape">\(WebPage.inScript(data))</script>
        <script>
        \(Self.source(PackageResources.functions_js))
        \(Self.source(PackageResources.evaluator_js))
        \(Self.source(PackageResources.inspector_js))
        \(Self.source(PackageResources.math_js))
        \(Player.script)
        \(Self.source(PackageResources.controls_js))
        </script>
        """
    ).text
  }

  /// What stands around the picture, with it in its place.
  private var picture: String {
    let parts = Self.source(PackageResources.inspector_html).split(separator: "<!-- picture -->")
    return """
      \(Player.controls(beside: String(parts[0])))<figure id="picture" tabindex="0" aria-label="the graph">
      \(Picture(snapshot).svg)</figure>
      \(PictureStyle.legend)\(parts[1])
      """
  }

  private static func source(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }

  private var data: JSONValue {
    [
      "output": JSONValue(root), "nodes": .array(snapshot.nodes.filter { $0.index <= root }.map(json)),
      "program": trace.program,
    ]
  }

  private func json(_ node: Node<Element>) -> JSONValue {
    let isNeeded = trace.upstreams[node.index] != nil
    return [
      "index": JSONValue(node.index), "label": .string(node.label), "statement": .string(node.statement),
      "operation": .string(node.operation), "isLeaf": .bool(node.isLeaf), "isNumber": .bool(node.isNumber),
      "isHooked": .bool(snapshot.hooked.contains(node.index)),
      "shape": .array(node.tensor.shape.dimensions.map { JSONValue($0) }), "start": node.isLeaf ? start(node) : .null,
      "value": JSONValue(trace.values[node.index]),
      "upstream": isNeeded ? trace.upstreams[node.index].map { JSONValue($0) } ?? .null : .null,
      "total": .string(totalDerivative(snapshot.output ?? "", node.label)),
      "inputs": .array(node.operands.enumerated().map { json($1, at: $0, of: node) }),
    ]
  }

  private func start(_ node: Node<Element>) -> JSONValue {
    JSONValue(tensor: node.tensor.elements, shape: [node.tensor.elements.count])
  }

  private func json(_ operand: Operand<Element>, at place: Int, of node: Node<Element>) -> JSONValue {
    let sent = trace.sent[.init(node: node.index, operand: place)]
    return [
      "node": operand.node.map { JSONValue($0) } ?? .null, "label": .string(operand.label),
      "isNumber": .bool(operand.isNumber), "formula": .string(operand.formula),
      "partial": .string(localDerivative(node.label, operand.label)),
      "local": operand.local == nil ? .null : sent?.local.map { JSONValue($0) } ?? .null,
      "term": sent.map { JSONValue($0.term) } ?? .null,
    ]
  }
}
