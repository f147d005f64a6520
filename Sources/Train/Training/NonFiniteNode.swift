extension Tape where Element: Number {
  /// Says which node first was infinite or NaN, scalar or tensor, with its operands; nil where all are finite.
  ///
  /// - Complexity: O(elements).
  func firstNonFiniteNode() -> String? {
    (0..<count).first { !isFinite(node: $0) }.map { "\(describe($0)) is the first that is not finite" }
  }

  /// The first node of the backward walk whose upstream gradient is infinite or NaN.
  func firstNonFiniteGradient(_ gradients: Gradients<Element>) -> String? {
    let isFinite = { (node: Int) in
      guard self.tag(of: node).isTensor else { return gradients[node: node].isFinite }
      let buffer = gradients[tensor: self.tensorIndex(of: UInt32(node))]
      guard let buffer else { return true }
      return buffer.isNumber ? buffer.number.isFinite : buffer.elements(Element.self).allSatisfy(\.isFinite)
    }
    return (0..<count).last { !isFinite($0) }.map(describe)
  }

  private func isFinite(node: Int) -> Bool {
    guard tag(of: node).isTensor else { return anyHandle(UInt32(node)).value.isFinite }
    let elements = buffer(ofTensor: tensorIndex(of: UInt32(node))).elements(Element.self)
    return elements.allSatisfy(\.isFinite)
  }

  /// `node 12 (log of node 11 [10, 3])`.
  private func describe(_ node: Int) -> String {
    let tag = tag(of: node)
    if let name = name(of: UInt32(node)) { return "node \(node) ('\(name)')" }
    let operation = Tag.Leaf(rawValue: tag.code).map { "\($0)" } ?? vocabulary.name(of: tag.code)
    guard tag.isTensor else {
      let operands = self.node(at: node).operands.map { "\($0.label) = \($0.value)" }
      return "node \(node) (\(([operation] + operands).joined(separator: ", ")))"
    }
    let operands = tensorInputs(of: node).map { input in
      "\(name(of: UInt32(input)).map { "'\($0)'" } ?? "node \(input)") \(anyHandle(UInt32(input)).shape)"
    }
    return "node \(node) (\(operation)"
      + (operands.isEmpty ? "" : " of " + operands.joined(separator: " and ")) + ")"
  }
}
