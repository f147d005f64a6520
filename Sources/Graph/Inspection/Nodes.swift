extension Tape {
  /// Every node, in recording order.
  ///
  /// - Complexity: O(nodes), and a string or two for each: meant for looking, not for training loops.
  public var nodes: [Node<Element>] { nodes(through: count - 1) }

  /// One node; see `nodes`.
  public func node(at index: Int) -> Node<Element> { nodes(through: index)[index] }

  private func nodes(through last: Int) -> [Node<Element>] {
    var reader = NodeReader(tape: self)
    for _ in stride(from: 0, through: last, by: 1) { reader.readNext() }
    return reader.nodes
  }
}

/// Reads the tape from the front: an operand is described before it is used.
private struct NodeReader<Element: Real> {
  let tape: Tape<Element>
  var nodes: [Node<Element>] = []

  init(tape: Tape<Element>) { self.tape = tape }

  mutating func readNext() {
    let index = nodes.count
    let tag = Tag(rawValue: tape.storage.pointee.tags[index])
    let value = tape.storage.pointee.entries[index].value
    let name = tape.name(of: UInt32(index))
    let operands = operands(tag, index, label: name ?? "y")
    let formula = formula(tag, index, operands, value: value)
    nodes.append(
      Node(
        index: index, name: name, operation: operation(tag, index), value: value, operands: operands,
        formula: operands.isEmpty ? name ?? formula : formula, label: name ?? short(formula, index)))
  }

  /// A formula of up to 24 characters stands for an unnamed node; a longer one would bury the table.
  private func short(_ formula: String, _ index: Int) -> String {
    formula.count <= 24 ? formula : "n\(index)"
  }

  private func operation(_ tag: Tag, _ index: Int) -> String {
    switch Tag.Leaf(rawValue: tag.code) {
    case .parameter: "parameter"
    case .constant: "constant"
    case .custom: tape.custom[UInt32(index)]?.name ?? "custom"
    case nil: tape.vocabulary.name(of: tag.code)
    }
  }

  private func formula(_ tag: Tag, _ index: Int, _ operands: [Operand<Element>], value: Element) -> String {
    switch Tag.Leaf(rawValue: tag.code) {
    case .parameter, .constant: "\(value)"
    case .custom: operation(tag, index) + "(" + operands.map(\.label).joined(separator: ", ") + ")"
    case nil: tape.vocabulary.formula(of: tag.code, operands.map(\.label))
    }
  }

  private func operands(_ tag: Tag, _ index: Int, label: String) -> [Operand<Element>] {
    if let custom = tape.custom[UInt32(index)] { return operands(custom) }
    var operands: [Operand<Element>] = []
    if tag.literal == .left { operands.append(literal(of: index)) }
    operands += tape.storage.pointee.inputs(of: index).map(input)
    if tag.literal == .right { operands.append(literal(of: index)) }
    guard !operands.isEmpty else { return [] }
    let formulas = tape.vocabulary.localGradients(of: tag.code, operands.map(\.label), result: label)
    return zip(operands, formulas).map { $0.with(formula: $0.node == nil ? "" : $1) }
  }

  private func operands(_ custom: CustomOperation<Element>) -> [Operand<Element>] {
    custom.inputs.indices.map { place in
      let input = nodes[Int(custom.inputs[place])]
      let local = custom.locals[place]
      let formula = place < custom.formulas.count ? custom.formulas[place] : "\(local)"
      return Operand(
        node: input.index, label: input.label, value: input.value, local: local, formula: formula)
    }
  }

  private func input(_ node: Int, _ local: Element) -> Operand<Element> {
    let input = nodes[node]
    return Operand(node: input.index, label: input.label, value: input.value, local: local, formula: "")
  }

  private func literal(of node: Int) -> Operand<Element> {
    let value = tape.storage.pointee.literal(of: node)
    return Operand(node: nil, label: "\(value)", value: value, local: nil, formula: "")
  }
}

extension Operand {
  fileprivate func with(formula: String) -> Operand {
    Operand(node: node, label: label, value: value, local: local, formula: formula)
  }
}
