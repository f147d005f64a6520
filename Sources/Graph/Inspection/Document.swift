extension Tape {
  /// The tape as JSON, for scripts: numbers in full, tensors as nested arrays, what is not finite as the strings
  /// "nan", "inf" and "-inf". A node without a name is called by its label.
  ///
  /// ```json
  /// {"output": "c", "nodes": [{"index": 0, "name": "w", "operation": "parameter", "shape": [], "value": 5,
  ///  "inputs": [{"index": 2, "name": "x", "local": 1, "formula": "x"}], "upstream": 8}]}
  /// ```
  /// - Parameters:
  ///   - gradients: of a walk; without them `upstream` is null.
  ///   - output: the node that was walked from; without it `output` is null.
  ///   - pruned: whether to leave out operations that the output does not depend on.
  public func json(
    _ gradients: Gradients<Element>? = nil, output: Variable<Element>? = nil, pruned: Bool = false
  ) -> JSONValue {
    Snapshot(self, gradients, output: output, pruned: pruned).json
  }
}

extension Snapshot {
  fileprivate var json: JSONValue {
    [
      "output": output.map { .string($0) } ?? .null,
      "nodes": .array(nodes.map(json)),
    ]
  }

  private func json(_ node: Node<Element>) -> JSONValue {
    [
      "index": JSONValue(node.index), "name": .string(node.label), "operation": .string(node.operation),
      "shape": .array(node.tensor.shape.dimensions.map { JSONValue($0) }), "value": numbers(node.tensor),
      "inputs": .array(node.inputs.map(json)),
      "upstream": upstream(node).map(numbers) ?? .null,
    ]
  }

  private func json(_ input: Operand<Element>) -> JSONValue {
    [
      "index": input.node.map { JSONValue($0) } ?? .null, "name": .string(input.label),
      "local": input.local.map(number) ?? .null, "formula": .string(input.formula),
    ]
  }

  private func numbers(_ tensor: Tensor<Element>) -> JSONValue {
    JSONValue(tensor: tensor.elements.map(double), shape: tensor.shape.dimensions)
  }

  private func number(_ value: Element) -> JSONValue { JSONValue(double(value)) }

  /// A `Float` by its own shortest decimal: 0.1, not 0.10000000149.
  private func double(_ value: Element) -> Double { Double(value.description) ?? Double(value) }
}
