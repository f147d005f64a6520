extension Tape {
  /// Every node, in recording order.
  ///
  /// - Complexity: O(nodes), and some strings for each: meant for looking, not for training loops.
  public var nodes: [Node<Element>] { read(0..<count, vocabulary) }

  /// One node; see `nodes`.
  ///
  /// - Complexity: O(1), but for labels of unnamed operands.
  public func node(at index: Int) -> Node<Element> { read(index..<index + 1, vocabulary)[0] }

  private func read<Words: Vocabulary>(
    _ range: Range<Int>, _ words: Words
  ) -> [Node<Element>] {
    let reader = NodeReader(tape: self, words: words)
    return range.map(reader.node(at:))
  }
}

private enum Term<Element> {
  case node(Int, local: Element?)
  case literal(Element)
}

private struct NodeReader<Element: Real, Words: Vocabulary> {
  let tape: Tape<Element>
  let words: Words

  func node(at index: Int) -> Node<Element> {
    let terms = terms(of: index)
    let label = label(of: index)
    return Node(
      index: index, name: tape.name(of: UInt32(index)), operation: operation(index),
      tensor: tape.anyHandle(UInt32(index)).tensor, operands: operands(terms, of: index, label),
      formula: terms.isEmpty ? words.text(label) : words.text(formula(of: index, terms.map(self.label))),
      substitution: substitution(terms, of: index), label: words.text(label))
  }

  /// Empty where an operand is a tensor.
  private func substitution(_ terms: [Term<Element>], of index: Int) -> String {
    let numbers = terms.compactMap { self.number(of: $0).map(number) }
    guard !terms.isEmpty, numbers.count == terms.count else { return "" }
    return words.text(formula(of: index, numbers))
  }

  private func operation(_ index: Int) -> String {
    let code = tape.tag(of: index).code
    return switch Tag.Leaf(rawValue: code) {
    case .parameter: "parameter"
    case .constant: "constant"
    case .custom: tape.custom[UInt32(index)]?.name ?? "custom"
    case nil: words.name(of: code)
    }
  }

  private func formula(of index: Int, _ operands: [Words.Formula]) -> Words.Formula {
    let tag = tape.tag(of: index)
    if tag.code < Tag.Leaf.firstOperation { return words.formula(call: operation(index), operands) }
    return tag.isTensor
      ? words.formula(ofTensor: tape.tensorIndex(of: UInt32(index)), on: tape, operands)
      : words.formula(of: tag.code, operands)
  }
}

// MARK: - Operands

extension NodeReader {
  private func terms(of index: Int) -> [Term<Element>] {
    if let custom = tape.custom[UInt32(index)] {
      return zip(custom.inputs, custom.locals).map { .node(Int($0), local: $1) }
    }
    let tag = tape.tag(of: index)
    if tag.isTensor { return tensorTerms(of: index) }
    var terms = tape.storage.pointee.inputs(of: index).map { Term.node($0, local: $1) }
    if tag.literal == .none { return terms }
    let literal = Term.literal(tape.storage.pointee.literal(of: index))
    terms.insert(literal, at: tag.literal == .left ? 0 : terms.count)
    return terms
  }

  private func tensorTerms(of index: Int) -> [Term<Element>] {
    let record = tape.tensors[tape.tensorIndex(of: UInt32(index))]
    return (0..<record.inputCount).map { place in
      let node = record.inputs[place]
      return node == TensorRecord.number ? .literal(Element(record.number)) : .node(Int(node), local: nil)
    }
  }

  private func operands(
    _ terms: [Term<Element>], of index: Int, _ label: Words.Formula
  ) -> [Operand<Element>] {
    let formulas = localGradients(terms, of: index, label)
    return terms.enumerated().map { place, term in
      switch term {
      case .literal(let value):
        Operand(
          node: nil, label: shortText(value), isNumber: true, valueText: shortText(value), local: nil,
          formula: "")
      case .node(let node, let local):
        Operand(
          node: node, label: words.text(self.label(of: node)), isNumber: isNumber(node),
          valueText: tape.anyHandle(UInt32(node)).tensor.text, local: local,
          formula: place < formulas.count ? formulas[place] : local.map { shortText($0) } ?? "")
      }
    }
  }

  private func localGradients(
    _ terms: [Term<Element>], of index: Int, _ label: Words.Formula
  ) -> [String] {
    if let custom = tape.custom[UInt32(index)] { return custom.formulas }
    guard !terms.isEmpty else { return [] }
    let (tag, labels) = (tape.tag(of: index), terms.map(self.label))
    let formulas =
      tag.isTensor
      ? words.pullbacks(
        ofTensor: tape.tensorIndex(of: UInt32(index)), on: tape, labels, result: label)
      : words.localGradients(of: tag.code, labels, result: label)
    return formulas.map(words.text)
  }

  private func isNumber(_ index: Int) -> Bool {
    tape.tag(of: index).code == Tag.Leaf.constant.rawValue && tape.name(of: UInt32(index)) == nil
      && number(of: index) != nil
  }

  /// The value of a scalar; nil for a tensor with axes.
  private func number(of index: Int) -> Element? {
    let variable = tape.anyHandle(UInt32(index))
    return variable.shape.rank == 0 ? variable.value : nil
  }

  private func number(of term: Term<Element>) -> Element? {
    switch term {
    case .node(let node, _): number(of: node)
    case .literal(let value): value
    }
  }
}

// MARK: - Labels

extension NodeReader {
  private func label(of term: Term<Element>) -> Words.Formula {
    switch term {
    case .node(let node, _): label(of: node)
    case .literal(let value): number(value)
    }
  }

  private func label(of index: Int) -> Words.Formula {
    let longest = 24
    if let name = tape.name(of: UInt32(index)) { return words.formula(name: name) }
    if let (formula, _) = expansion(of: index, budget: longest), words.text(formula).count <= longest {
      return formula
    }
    return words.formula(name: "n\(index)")
  }

  /// An unnamed node as a formula in named ones; nil where it would take more characters than `budget`, which is
  /// also what bounds the recursion. The count is a lower bound: signs and parentheses are left out.
  private func expansion(of index: Int, budget: Int) -> (formula: Words.Formula, count: Int)? {
    if let name = tape.name(of: UInt32(index)) { return (words.formula(name: name), name.count) }
    switch Tag.Leaf(rawValue: tape.tag(of: index).code) {
    case .parameter: return (words.formula(name: "n\(index)"), 2)
    case .constant: return (number(of: index).map(number) ?? words.formula(name: "n\(index)"), 1)
    default: break
    }
    var count = 1
    var formulas: [Words.Formula] = []
    for term in terms(of: index) {
      guard let operand = expansion(of: term, budget: budget - count) else { return nil }
      formulas.append(operand.formula)
      count += operand.count
    }
    return count <= budget ? (formula(of: index, formulas), count) : nil
  }

  private func expansion(of term: Term<Element>, budget: Int) -> (formula: Words.Formula, count: Int)? {
    guard budget > 0 else { return nil }
    return switch term {
    case .node(let node, _): expansion(of: node, budget: budget)
    case .literal(let value): (number(value), 1)
    }
  }

  /// A `Float` by its own shortest decimal: 0.1, not 0.10000000149.
  private func number(_ value: Element) -> Words.Formula {
    words.formula(number: Double(value.description) ?? Double(value))
  }
}
