extension Snapshot {
  /// All as JSON, for scripts: numbers in full, tensors as nested arrays, what is not finite as the strings "nan", "inf"
  /// and "-inf". A node without a name is called by its label. Without gradients `upstream` is null, without output
  /// `output`.
  ///
  /// ```json
  /// {"output": "c", "nodes": [{"index": 0, "name": "w", "operation": "parameter", "shape": [], "value": 5,
  ///  "inputs": [{"index": 2, "name": "x", "local": 1, "formula": "x"}], "upstream": 8}]}
  /// ```
  public var json: JSONValue {
    [
      "output": output.map { .string($0) } ?? .null,
      "nodes": .array(nodes.map(json)),
    ]
  }

  private func json(_ node: Node<Element>) -> JSONValue {
    [
      "index": JSONValue(node.index), "name": .string(node.label), "operation": .string(node.operation),
      "shape": .array(node.tensor.shape.dimensions.map { JSONValue($0) }), "value": JSONValue(node.tensor),
      "inputs": .array(node.inputs.map(json)),
      "upstream": upstream(of: node).map { JSONValue($0) } ?? .null,
    ]
  }

  private func json(_ input: Operand<Element>) -> JSONValue {
    [
      "index": input.node.map { JSONValue($0) } ?? .null, "name": .string(input.label),
      "local": input.local.map { JSONValue($0) } ?? .null, "formula": .string(input.formula),
    ]
  }
}
