extension Snapshot {
  /// The worked solution, as one writes it on paper: the forward pass, then the chain rule node by node.
  ///
  /// ```
  /// Forward
  ///   w = 5
  ///   x = 1
  ///   u = w·x = 5·1 = 5
  ///   c = u² = 5² = 25
  ///
  /// Backward
  ///   dc/dc = 1
  ///   dc/du = ∂c/∂u = 2·u = 10
  ///   dc/dx = dc/du · ∂u/∂x = 10 · w = 10 · 5 = 50
  ///   dc/dw = dc/du · ∂u/∂w = 10 · x = 10 · 1 = 10
  /// ```
  /// Only nodes that the output depends on take part. Where several paths meet, their contributions are added up,
  /// latest operation first, as the walk does it. Without gradients or output there is no backward pass.
  public var narration: String { narration() }

  /// - Parameter language: of the words; formulas are the same.
  public func narration(in language: NarrationLanguage = .english) -> String {
    let (forward, backward) = narrationLines
    var lines = [language.forward] + forward.map { "  " + $0.text(language) }
    if !backward.isEmpty { lines += ["", language.backward] + backward.map { "  " + $0.text(language) } }
    return lines.joined(separator: "\n") + "\n"
  }

  /// What both passes say, line by line. Without gradients or output there is no backward pass.
  package var narrationLines: (forward: [NarrationLine], backward: [NarrationLine]) {
    let narration = Narration(pruned)
    return (narration.forward, narration.backward)
  }
}

private struct Narration<Element: Real> {
  let snapshot: Snapshot<Element>
  private let nodes: [Node<Element>]

  init(_ snapshot: Snapshot<Element>) {
    self.snapshot = snapshot
    let used = Set(snapshot.nodes.flatMap { $0.inputs.compactMap(\.node) })
    nodes = snapshot.nodes.filter {
      !$0.isNumber && (snapshot.root == nil || used.contains($0.index)) || $0.index == snapshot.root
    }
  }

  var forward: [NarrationLine] {
    nodes.map { node in
      let sides = [node.label, node.formula, node.substitution, node.valueText].filter { !$0.isEmpty }
      return NarrationLine(sides: sides.map { [[.formula($0)]] }, note: nil)
    }
  }

  var backward: [NarrationLine] {
    guard let output = snapshot.output, snapshot.hasGradients else { return [] }
    let uses = uses
    return nodes.reversed().compactMap { step($0, uses[$0.index] ?? [], of: output) }
  }

  /// What a node sends down to one of its inputs.
  private struct Contribution {
    let user: Node<Element>
    let upstream: Tensor<Element>
    let operand: Operand<Element>
  }

  /// By input, latest user first. A node with upstream 0 sends nothing, whatever its local gradients are.
  private var uses: [Int: [Contribution]] {
    var uses: [Int: [Contribution]] = [:]
    for user in nodes.reversed() {
      guard let upstream = snapshot.upstream(of: user), upstream.elements.contains(where: { $0 != 0 }) else {
        continue
      }
      for operand in user.inputs {
        guard let input = operand.node else { continue }
        uses[input, default: []].append(Contribution(user: user, upstream: upstream, operand: operand))
      }
    }
    return uses
  }

  private func step(_ node: Node<Element>, _ terms: [Contribution], of output: String) -> NarrationLine? {
    guard let upstream = snapshot.upstream(of: node) else { return nil }
    let isTensor = terms.contains { $0.operand.local == nil }
    let middle =
      node.index == snapshot.root ? [] : isTensor ? [pullbacks(terms, output)] : products(terms, node, output)
    return NarrationLine(
      sides: [[[.total(of: output, by: node.label)]]] + middle + [[[.formula(upstream.text)]]],
      note: snapshot.hooked.contains(node.index) ? .afterItsHook : nil)
  }

  /// The chain rule in derivatives, formulas and numbers. The output's derivative by itself, a 1, is not written.
  private func products(
    _ terms: [Contribution], _ node: Node<Element>, _ output: String
  ) -> [[[NarrationLine.Factor]]] {
    let numbers = terms.map { ($0.upstream.elements[0], $0.operand.local ?? 0) }
    let texts = numbers.map { (shortText($0), shortText($1)) }
    let derivatives = terms.map { term -> [NarrationLine.Factor] in
      let local = NarrationLine.Factor.local(of: term.user.label, by: node.label)
      let begins = term.user.index == snapshot.root && term.upstream.elements[0] == 1
      return begins ? [local] : [.total(of: output, by: term.user.label), local]
    }
    return [
      derivatives,
      zip(terms, texts).map { withoutOnes($1.0, $0.operand.formula) },
      texts.map { withoutOnes($0, $1) },
      numbers.map { [.formula(shortText(sent($0, through: $1)))] },
    ]
  }

  /// A factor 1 is not written.
  private func withoutOnes(_ factors: String...) -> [NarrationLine.Factor] {
    let kept = factors.filter { $0 != "1" }
    return (kept.isEmpty ? ["1"] : kept).map { .formula($0) }
  }

  /// What the upstream gradients become: `dL/dz·xᵀ`.
  private func pullbacks(_ terms: [Contribution], _ output: String) -> [[NarrationLine.Factor]] {
    terms.map { term in
      let isStart = term.user.index == snapshot.root && term.upstream.shape.rank == 0 && term.upstream.elements[0] == 1
      return [.pullback(term.operand.formula, of: isStart ? nil : (output, term.user.label))]
    }
  }
}

/// Products added up; where a minus sign would follow an operator, in parentheses: `8 · (-1) + (-2) · 3`.
func sum(_ products: [[String]]) -> String {
  if products.count == 1, products[0].count == 1 { return products[0][0] }
  return products.enumerated().map { index, factors in
    let isBare = index == 0 && factors.first.map(isNumber) ?? false
    let rest = factors.dropFirst(isBare ? 1 : 0).map(asFactor)
    return (isBare ? factors.prefix(1) + rest : rest[...]).joined(separator: " · ")
  }.joined(separator: " + ")
}

private func isNumber(_ text: String) -> Bool { Double(text) != nil }

/// Sides of an equation, each written once where it repeats the one before.
func equation(_ sides: [String]) -> String {
  var shown: [String] = []
  for side in sides where side != shown.last && !side.isEmpty { shown.append(side) }
  return shown.joined(separator: " = ")
}

/// A formula as a factor: a sum, or a sign in front, in parentheses.
func asFactor(_ formula: String) -> String {
  var depth = 0
  for (index, character) in formula.enumerated() {
    if "([".contains(character) { depth += 1 }
    if ")]".contains(character) { depth -= 1 }
    let isSign = "+-".contains(character)
    let opensSum = isSign && (index == 0 || formula.dropFirst(index - 1).first == " ")
    if depth == 0 && opensSum { return "(\(formula))" }
  }
  return formula
}
