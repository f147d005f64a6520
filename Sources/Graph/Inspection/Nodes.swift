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

enum Term<Element> {
  case node(Int, local: Element?)
  case literal(Element)
}

struct NodeReader<Element: Real, Words: Vocabulary> {
  let tape: Tape<Element>
  let words: Words
  /// How many characters a formula may have that stands for a node without a name.
  var longest = 24
  let known = KnownLabels<Words.Written>()

  func node(at index: Int) -> Node<Element> {
    let terms = terms(of: index)
    let label = label(of: index)
    return Node(
      index: index, name: tape.name(of: index), operation: tape.operationName(of: index),
      tensor: tape.anyHandle(index).tensor, operands: operands(terms, of: index),
      formula: terms.isEmpty ? label.text : words.text(formula(of: index, terms.map(formula(of:)))),
      substitution: substitution(of: index).map(words.text) ?? "", label: label.text)
  }

  /// The formula in numbers, those that its parts are computed from included; nil for a leaf, and where a tensor takes part.
  func substitution(of index: Int, through parts: Set<Int> = []) -> Words.Written? {
    let terms = terms(of: index)
    let numbers = terms.compactMap { term -> Words.Written? in
      if case .node(let node, _) = term, parts.contains(node) { return substitution(of: node, through: parts) }
      return number(of: term).map(formula(number:))
    }
    return terms.isEmpty || numbers.count < terms.count ? nil : formula(of: index, numbers)
  }

  func formula(of index: Int, _ operands: [Words.Written]) -> Words.Written {
    let tag = tape.tag(of: index)
    if isUnwritten(index), tape.name(of: index) != nil { return words.withUnitAxes(operands[0], of: shape(of: index)) }
    if tag.code < Tag.Leaf.firstOperation { return words.formula(call: tape.operationName(of: index), operands) }
    return tag.isTensor
      ? words.formula(ofTensor: tape.tensorIndex(of: index), on: tape, operands)
      : words.formula(of: tag.code, operands)
  }
}

// MARK: - Operands

extension NodeReader {
  func terms(of index: Int) -> [Term<Element>] {
    let inputs = tape.inputs(of: index)
    return inputs.indices.map { place in
      switch inputs[place] {
      case .number(let number): .literal(Element(number))
      case .scalar(let node), .tensor(let node, _): .node(node, local: inputs.local(place))
      }
    }
  }

  private func operands(_ terms: [Term<Element>], of index: Int) -> [Operand<Element>] {
    let formulas = localGradientTexts(of: index)
    return terms.enumerated().map { place, term in
      switch term {
      case .literal(let value):
        Operand(
          node: nil, label: shortText(value), isNumber: true, valueText: shortText(value), local: nil,
          formula: "")
      case .node(let node, let local):
        Operand(
          node: node, label: self.label(of: written(node)).text, isNumber: isNumber(node),
          valueText: tape.anyHandle(node).tensor.text, local: local,
          formula: place < formulas.count ? formulas[place] : local.map { shortText($0) } ?? "")
      }
    }
  }

  private func localGradientTexts(of index: Int) -> [String] {
    if let custom = tape.custom[index] { return custom.formulas }
    guard !tape.inputs(of: index).isEmpty else { return [] }
    let formulas =
      tape.tag(of: index).isTensor
      ? pullbacks(of: index, words.formula(name: "g", shape: shape(of: index))) : localGradients(of: index)
    return formulas.map(words.text)
  }

  /// Those of an operation on numbers that has no rule of its own.
  func localGradients(of index: Int) -> [Words.Written] {
    words.localGradients(
      of: tape.tag(of: index).code, terms(of: index).map(formula(of:)), result: label(of: index).formula)
  }

  /// What an operation on tensors makes of an upstream gradient.
  func pullbacks(of index: Int, _ upstream: Words.Written) -> [Words.Written] {
    words.pullbacks(
      ofTensor: tape.tensorIndex(of: index), on: tape, terms(of: index).map(formula(of:)),
      result: label(of: index).formula, upstream: upstream)
  }

  func shape(of index: Int) -> Shape { tape.anyHandle(index).shape }

  /// Whether it stands for its operand on paper.
  func isUnwritten(_ index: Int) -> Bool {
    tape.tag(of: index).isTensor && tape.tag(of: index).code >= Tag.Leaf.firstOperation
      && words.isUnwritten(ofTensor: tape.tensorIndex(of: index), on: tape)
  }

  /// What stands on paper for a node: where that only has more or fewer axes of extent 1, what it was made of.
  func written(_ index: Int) -> Int {
    var index = index
    while tape.name(of: index) == nil, tape.hooks[index] == nil, isUnwritten(index),
      let operand = tape.inputs(of: index)[0].node
    { index = operand }
    return index
  }

  func isNumber(_ index: Int) -> Bool {
    tape.tag(of: index).code == Tag.Leaf.constant.rawValue && tape.name(of: index) == nil && literal(index) != nil
  }

  /// The value of a constant as it is written in formulas, `2` or `[1, 2]`; nil where that is long.
  func literal(_ index: Int) -> Words.Written? {
    if let number = number(of: index) { return formula(number: number) }
    let tensor = tape.anyHandle(index).tensor
    guard (1...8).contains(tensor.elements.count), tensor.text.count <= 20 else { return nil }
    return words.formula(text: tensor.text, shape: tensor.shape)
  }

  /// The value of a scalar; nil for a tensor with axes.
  func number(of index: Int) -> Element? {
    let variable = tape.anyHandle(index)
    return variable.shape.rank == 0 ? variable.value : nil
  }

  private func number(of term: Term<Element>) -> Element? {
    switch term {
    case .node(let node, _): number(of: node)
    case .literal(let value): value
    }
  }
}
