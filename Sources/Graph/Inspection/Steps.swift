/// A step of a worked solution: a node with all that is written as a part of its formula.
struct Step<Formula, Element: Real> {
  let index: Int
  let name: String?
  let value: Tensor<Element>
  let isHooked: Bool
  let label: Formula
  let formula: Formula
  /// The formula in numbers; nil where tensors take part.
  let substitution: Formula?
  /// By the steps that it is computed from.
  let sent: [Sent<Formula, Element>]
  /// Whether it is a product of matrices, with what is added to it, as the layers of a network are.
  let isLayer: Bool
  var isLeaf: Bool { sent.isEmpty }
}

/// What a step sends to one that it is computed from.
struct Sent<Formula, Element: Real> {
  let target: Int
  /// What the upstream gradient becomes, which the formula calls `WrittenFormula.placeholder`; that of the output, which
  /// is 1, is not written.
  var formula: Formula
  /// Between numbers, the local gradient as formula and number.
  var local: (formula: Formula, value: Element)?
}

/// Reads a tape in steps. Named nodes are steps, and the output; so are nodes that several others are computed from, those
/// with long formulas, what a function is applied to, element by element, and products of matrices with what is added to
/// them: the `W·x + b` of a layer. All others are parts of a formula, through which the chain rule is written at once.
struct StepReader<Element: Real, Words: Vocabulary> {
  typealias Written = Words.Written
  let reader: NodeReader<Element, Words>
  /// With the formulas of tables, to ask about what is no step yet.
  private let tables: NodeReader<Element, Words>
  private let root: Int?
  /// Whether the upstream gradient of the output is 1.
  private let startsAtOne: Bool
  private(set) var steps: [Step<Written, Element>] = []
  private var parts: Set<Int> = []
  /// Where a product of matrices takes part, up to what else is done to it.
  private var products: Set<Int> = []

  private var tape: Tape<Element> { reader.tape }
  private var words: Words { reader.words }

  init(_ tape: Tape<Element>, words: Words, root: Int?, startsAtOne: Bool) {
    reader = NodeReader(tape: tape, words: words, longest: 48)
    tables = NodeReader(tape: tape, words: words)
    (self.root, self.startsAtOne) = (root, startsAtOne)
    let ancestors = root.map { tape.ancestors(of: $0) }
    let nodes = (0..<tape.count).filter { node in ancestors.map { node < $0.count && $0[node] } ?? true }
      .filter { reader.written($0) == $0 }
    // By operand, those that are computed from it.
    var users: [Int: [Int]] = [:]
    // What is a plain number on paper, as a power of two that keeps squares within the range, has no derivative there, and
    // what it is computed from is not written.
    let isNumber = { [reader] (node: Int) in Double(reader.label(of: node).text) != nil }
    for node in nodes.reversed() where (root == nil || node == root || users[node] != nil) && !isNumber(node) {
      for case let input? in tape.inputs(of: node).map(\.node) {
        users[reader.written(input), default: []].append(node)
      }
    }
    for node in nodes { classify(node, users[node] ?? []) }
    for node in nodes
    where !parts.contains(node) && !reader.isNumber(node) && (root == nil || node == root || users[node] != nil) {
      if !isNumber(node) { steps.append(step(at: node)) }
    }
  }

  /// Finds out whether a node is a part of another's formula; those before it are known.
  private mutating func classify(_ node: Int, _ users: [Int]) {
    if isProduct(node) { products.insert(node) }
    guard node != root, tape.name(of: node) == nil, !tape.inputs(of: node).isEmpty else { return }
    let label = reader.label(of: node).text
    if label != "n\(node)", users.count == 1, tape.hooks[node] == nil, !isArgument(node, of: users[0]) {
      parts.insert(node)
    } else if label.count > 24 || label == "n\(node)" {
      reader.callByName(node)
    }
  }

  /// A product of matrices, or something added to one.
  private func isProduct(_ node: Int) -> Bool {
    let tag = tape.tag(of: node)
    if tag.isTensor, words.isMatrixProduct(tag.code) { return true }
    return tape.inputs(of: node).contains { input in
      input.node.map { parts.contains(reader.written($0)) && products.contains(reader.written($0)) } ?? false
    }
  }

  /// Whether a function is applied to its elements, or something but a sum is made of a product of matrices.
  private func isArgument(_ node: Int, of user: Int) -> Bool {
    guard reader.shape(of: node).rank > 0 else { return false }
    let terms = tables.terms(of: user)
    if reader.shape(of: user).rank > 0, words.isCall(tables.formula(of: user, terms.map(tables.formula(of:)))) {
      return true
    }
    return products.contains(node) && !isSummand(node, of: user)
  }

  /// Whether an upstream gradient is sent on as it is, or with the other sign, or as a row.
  private func isSummand(_ node: Int, of user: Int) -> Bool {
    let name = String(WrittenFormula.placeholder)
    let upstream = words.formula(name: name, shape: reader.shape(of: user))
    return zip(tape.inputs(of: user), tables.contributions(upstream, from: user)).allSatisfy { input, sent in
      guard let sent, let operand = input.node, reader.written(operand) == node else { return true }
      return [name, "-" + name, name + "ᵀ", "-" + name + "ᵀ"].contains(words.text(sent))
    }
  }

  private func step(at index: Int) -> Step<Written, Element> {
    let terms = reader.terms(of: index)
    let label = reader.label(of: index).formula
    let start =
      startsAtOne && index == root
      ? words.formula(number: 1)
      : words.formula(name: String(WrittenFormula.placeholder), shape: reader.shape(of: index))
    var sent: [Sent<Written, Element>] = []
    send(start, (words.formula(number: 1), 1), from: index, &sent)
    return Step(
      index: index, name: tape.name(of: index), value: tape.anyHandle(index).tensor,
      isHooked: tape.hooks[index] != nil, label: label,
      formula: terms.isEmpty ? label : reader.formula(of: index, terms.map(reader.formula(of:))),
      substitution: reader.substitution(of: index, through: parts), sent: sent, isLayer: products.contains(index))
  }

  // MARK: - The chain rule

  private func send(
    _ upstream: Written, _ local: (formula: Written, value: Element)?, from node: Int,
    _ found: inout [Sent<Written, Element>]
  ) {
    let contributions = reader.contributions(upstream, from: node)
    for (place, term) in reader.terms(of: node).enumerated() {
      guard case .node(let operand, let number) = term, let contribution = contributions[place] else { continue }
      let below: (Written, Element)? = local.flatMap { above in
        number.map {
          (words.product(above.formula, reader.localGradient(of: node, place)), Graph.sent(above.value, through: $0))
        }
      }
      let target = reader.written(operand)
      let formula = words.withUnitAxes(contribution, of: reader.shape(of: target))
      if parts.contains(target) {
        send(formula, below, from: target, &found)
      } else {
        add(formula, below, to: target, &found)
      }
    }
  }

  private func add(
    _ formula: Written, _ local: (formula: Written, value: Element)?, to target: Int,
    _ found: inout [Sent<Written, Element>]
  ) {
    guard let place = found.firstIndex(where: { $0.target == target }) else {
      found.append(Sent(target: target, formula: formula, local: local))
      return
    }
    let known = found[place]
    found[place].formula = words.sum(known.formula, formula)
    found[place].local = known.local.flatMap { a in
      local.map { b in (words.sum(a.formula, b.formula), a.value + b.value) }
    }
  }
}

extension NodeReader {
  /// What an upstream gradient becomes for each operand of a node; nil for a literal.
  func contributions(_ upstream: Words.Written, from node: Int) -> [Words.Written?] {
    let terms = terms(of: node)
    guard tape.tag(of: node).isTensor else {
      return terms.indices.map { place in
        if case .node = terms[place] { words.product(upstream, localGradient(of: node, place)) } else { nil }
      }
    }
    let pullbacks = pullbacks(of: node, upstream)
    return terms.indices.map { $0 < pullbacks.count ? pullbacks[$0] : nil }
  }

  /// The local gradient of an operation on numbers.
  func localGradient(of node: Int, _ place: Int) -> Words.Written {
    guard let custom = tape.custom[node] else { return localGradients(of: node)[place] }
    if place < custom.formulas.count { return words.formula(text: custom.formulas[place], shape: .scalar) }
    guard case .node(let operand, let local) = terms(of: node)[place] else { return words.formula(number: 1) }
    return local.map(formula(number:))
      ?? words.formula(name: localDerivative(label(of: node).text, label(of: operand).text), shape: .scalar)
  }
}
