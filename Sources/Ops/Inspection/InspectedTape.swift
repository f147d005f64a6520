/// A tape as data of its page: nodes and both walks, in lists whose places `tape.js` knows. Texts stand once, in `words`,
/// with marks where a node's label and those of its operands belong, so that `sin(y1)` and `sin(y2)` are the same.
struct InspectedTape<Element: Number> {
  let snapshot: Snapshot<Element>
  let trace: TapeTrace<Element>
  private(set) var words = NameList()

  /// All up to the output.
  mutating func json(output: Int) -> JSONValue {
    let nodes = snapshot.nodes.filter { $0.index <= output }.map { json($0) }
    return [
      "output": JSONValue(output), "words": .array(words.names.map { .string($0) }), "nodes": .array(nodes),
      "program": trace.program,
    ]
  }

  /// `[index, label, statement, operation, flags, value, upstream, total, inputs, shape, start]`; the last two only where
  /// they are needed.
  private mutating func json(_ node: Node<Element>) -> JSONValue {
    let labels = [node.label] + node.operands.map { $0.node == nil ? "" : $0.label }
    let upstream = trace.upstreams[node.index]
    let total = totalDerivative(snapshot.output ?? "", node.label)
    var parts: [JSONValue] = [
      JSONValue(node.index), word(node.label), word(node.statement, labels), word(node.operation),
      JSONValue(flags(node)),
      JSONValue(trace.values[node.index]), upstream.map { JSONValue($0) } ?? .null, word(total, labels),
      .array(node.operands.enumerated().map { json($1, at: $0, of: node, labels) }),
    ]
    let shape = node.tensor.shape.dimensions
    if node.isLeaf || !shape.isEmpty { parts.append(.array(shape.map { JSONValue($0) })) }
    if node.isLeaf { parts.append(JSONValue(tensor: node.tensor.elements, shape: [node.tensor.elements.count])) }
    return .array(parts)
  }

  private func flags(_ node: Node<Element>) -> Int {
    [node.isLeaf, node.isNumber, snapshot.hooked.contains(node.index), node.name != nil].enumerated()
      .reduce(0) { $1.element ? $0 | 1 << $1.offset : $0 }
  }

  /// `[node, formula, partial, local, term]`; a literal is its label alone.
  private mutating func json(
    _ operand: Operand<Element>, at place: Int, of node: Node<Element>, _ labels: [String]
  ) -> JSONValue {
    guard let target = operand.node else { return word(operand.label) }
    let sent = trace.sent[.init(node: node.index, operand: place)]
    let local = operand.local == nil ? nil : sent?.local
    return [
      JSONValue(target), word(operand.formula, labels), word(localDerivative(node.label, operand.label), labels),
      local.map { JSONValue($0) } ?? .null, sent.map { JSONValue($0.term) } ?? .null,
    ]
  }

  /// Marks are private characters of Unicode: the first for the label of the node, then one for each operand.
  private static var firstMark: UInt32 { 0xE000 }

  private mutating func word(_ text: String, _ labels: [String] = []) -> JSONValue {
    var marked = text
    if !text.unicodeScalars.contains(where: { (Self.firstMark..<0xF900).contains($0.value) }) {
      for (place, label) in labels.enumerated().sorted(by: { $0.element.count > $1.element.count }) where !label.isEmpty
      {
        guard let mark = Unicode.Scalar(Self.firstMark + UInt32(place)) else { continue }
        marked = marked.replacing(label, with: String(Character(mark)))
      }
    }
    return JSONValue(words.place(of: marked))
  }
}
