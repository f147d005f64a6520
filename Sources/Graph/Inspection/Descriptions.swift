// What `print` shows.

extension Variable: CustomStringConvertible {
  /// Its name and value: `w = 5`, `x = [[1, 2], [3, 4]]`; of a tensor with more than 8 elements shape and range:
  /// `W = [20] from 0 to 1.9`. Without a name, the value alone.
  public var description: String {
    guard isRecorded else { return shortest(carried) }
    guard let tape else { return "a stale variable, whose tape was released" }
    guard tape.isCurrent(handle.generation, below: handle.node + 1) else {
      return "a stale variable: its tape was rewound past node \(handle.node)"
    }
    let text = isTensor ? tape.text(ofTensor: tape.tensorIndex(of: handle.node)) : shortest(value)
    return name.map { "\($0) = \(text)" } ?? text
  }
}

extension Tape: CustomStringConvertible {
  /// How many nodes of which kind: `Tape<Double>: 2 parameters, 2 constants, 4 operations`.
  public var description: String {
    func number(of kind: Tag.Leaf) -> Int { (0..<count).count { tag(of: $0).code == kind.rawValue } }
    let (parameters, constants) = (number(of: .parameter), number(of: .constant))
    let counts = [(parameters, "parameter"), (constants, "constant"), (count - parameters - constants, "operation")]
    return "Tape<\(Element.self)>: " + counts.map(counted).joined(separator: ", ")
  }

  fileprivate func text(ofTensor index: Int) -> String {
    isComputable(index)
      ? Tensor<Element>(buffer(ofTensor: index)).text : "\(tensors.pointer(index).pointee.shape), not computed"
  }

  /// Whether a tensor has a value: one that was never read before its parameters changed can no longer be computed.
  func isComputable(_ index: Int) -> Bool {
    tensors.pointer(index).pointee.base != nil || index >= tensors.firstComputable
  }
}

extension Gradients: CustomStringConvertible {
  /// Those by parameters: `Gradients<Double>: w: 8, b: 8`; of many the first ten.
  public var description: String {
    let title = "Gradients<\(Element.self)>"
    guard let tape = walked else { return "\(title) of a tape that was released" }
    let parameters = (0..<min(count, tape.count, standing(on: tape))).lazy.filter {
      tape.tag(of: $0).code == Tag.Leaf.parameter.rawValue
    }
    let shown = parameters.prefix(11).map { node in
      let variable = tape.anyHandle(node)
      let text = variable.isTensor ? self.tensor(of: variable).text : shortest(self[node: node])
      return "\(tape.name(of: node) ?? "n\(node)"): \(text)"
    }
    return "\(title): " + (shown.prefix(10) + (shown.count > 10 ? ["…"] : [])).joined(separator: ", ")
  }
}
