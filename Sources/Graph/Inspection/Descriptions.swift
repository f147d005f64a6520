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
    var (parameters, constants) = (0, 0)
    for node in 0..<count {
      switch Tag.Leaf(rawValue: tag(of: node).code) {
      case .parameter: parameters += 1
      case .constant: constants += 1
      default: break
      }
    }
    let counts = [(parameters, "parameter"), (constants, "constant"), (count - parameters - constants, "operation")]
    return "Tape<\(Element.self)>: " + counts.map(counted).joined(separator: ", ")
  }

  /// A value that was never read before its parameters changed can no longer be computed.
  fileprivate func text(ofTensor index: Int) -> String {
    let shape = tensors.pointer(index).pointee.shape
    if tensors.pointer(index).pointee.base == nil, index < tensors.firstComputable { return "\(shape), not computed" }
    return Tensor(Array(buffer(ofTensor: index).elements(Element.self)), shape: shape).text
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
