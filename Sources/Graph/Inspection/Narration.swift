extension Snapshot {
  /// The worked solution, as one writes it on paper: the forward pass, then the chain rule step by step.
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
  /// Only nodes that the output depends on take part; short formulas without a name are parts of the next one. Where
  /// several paths meet, their contributions are added up, latest operation first, as the walk does it. The upstream
  /// gradient of a layer, which products of matrices lead to, is called δ: `dL/dW = δ·xᵀ`. Without gradients or output
  /// there is no backward pass.
  public var narration: String { narration() }

  /// - Parameter language: of the words; formulas are the same.
  public func narration(in language: NarrationLanguage = .english) -> String {
    let (forward, backward) = narrationLines
    var lines = [language.forward] + forward.map { "  " + $0.text(language) }
    if !backward.isEmpty { lines += ["", language.backward] + backward.map { "  " + $0.text(language) } }
    return lines.joined(separator: "\n") + "\n"
  }
}

/// Writes the worked solution of a tape, from what was read of it.
struct Narration<Element: Real, Words: Vocabulary> {
  private typealias ReadStep = Step<Words.Written, Element>
  private typealias ReadSent = Sent<Words.Written, Element>
  private let words: Words
  private let output: WrittenFormula?
  private let root: Int?
  private let upstream: (Int) -> Tensor<Element>?
  private let steps: [ReadStep]
  /// What arrives at a step, latest user first.
  private var arriving: [Int: [(user: ReadStep, sent: ReadSent)]] = [:]
  /// The names δ of upstream gradients.
  private var deltas: [Int: WrittenFormula] = [:]

  init(
    _ steps: [Step<Words.Written, Element>], words: Words, root: Int?, upstream: @escaping (Int) -> Tensor<Element>?
  ) {
    (self.steps, self.words, self.root, self.upstream) = (steps, words, root, upstream)
    output = steps.last { $0.index == root }.map { Self.written($0.label, words) }
    // A node with upstream 0 sends nothing, whatever its local gradients are.
    for user in steps.reversed() where upstream(user.index)?.elements.contains(where: { $0 != 0 }) ?? false {
      for sent in user.sent { arriving[sent.target, default: []].append((user, sent)) }
    }
    deltas = named(layers)
  }

  var forward: [NarrationLine] {
    steps.map { step in
      let formulas = [step.label, step.formula] + (step.substitution.map { [$0] } ?? [])
      return NarrationLine(formulas.map(written) + [value(step.value)])
    }
  }

  /// From the output down. The gradients of leaves follow when all that they take has arrived: those of a layer its δ, others
  /// the next step.
  var backward: [NarrationLine] {
    var last: [Int: Int] = [:]
    for step in steps.reversed() {
      for sent in step.sent { last[sent.target] = step.index }
    }
    let byIndex = Dictionary(uniqueKeysWithValues: steps.map { ($0.index, $0) })
    var (order, pending) = ([ReadStep](), [ReadStep]())
    for step in steps.reversed() where !step.isLeaf || last[step.index] == nil {
      let leaves = step.sent.filter { last[$0.target] == step.index }.compactMap { byIndex[$0.target] }.filter(\.isLeaf)
      order += [step] + (deltas[step.index] == nil ? [] : leaves) + pending
      pending = deltas[step.index] == nil ? leaves : []
    }
    return (order + pending).compactMap(line)
  }

  private func line(_ step: ReadStep) -> NarrationLine? {
    guard let gradient = upstream(step.index), let output else { return nil }
    let terms = arriving[step.index] ?? []
    let delta = deltas[step.index].map { [$0] } ?? []
    var sides = delta + [.total(of: output, by: written(step.label))]
    if step.index != root {
      sides += terms.contains { $0.sent.local == nil } ? pullbacks(terms) : products(terms, by: step)
    }
    var notes: [NarrationNote] = []
    if terms.count == 1, terms[0].sent.local == nil, let shapes = words.shapes(terms[0].sent.formula) {
      notes.append(.shapes(shapes))
    }
    if step.isHooked { notes.append(.afterItsHook) }
    return NarrationLine(sides + [value(gradient)], notes: notes)
  }

  /// The chain rule in derivatives, formulas and numbers. The output's derivative by itself, a 1, is not written.
  private func products(_ terms: [(user: ReadStep, sent: ReadSent)], by step: ReadStep) -> [WrittenFormula] {
    let numbers = terms.map { (upstream($0.user.index)?.elements[0] ?? 0, $0.sent.local?.value ?? 0) }
    let derivatives = terms.map { term -> [WrittenFormula] in
      let local = WrittenFormula.local(of: written(term.user.label), by: written(step.label))
      return begins(term.user) ? [local] : [name(of: term.user), local]
    }
    return [
      derivatives.sum,
      zip(terms, numbers).map { term, number in
        withoutOnes(self.number(number.0), term.sent.local.map { written($0.formula) } ?? self.number(number.1))
      }.sum,
      numbers.map { withoutOnes(number($0), number($1)) }.sum,
      numbers.map { [number(sent($0, through: $1))] }.sum,
    ]
  }

  /// A factor 1 is not written.
  private func withoutOnes(_ factors: WrittenFormula...) -> [WrittenFormula] {
    let kept = factors.filter { $0.text != "1" }
    return kept.isEmpty ? [number(1)] : kept
  }

  /// What the upstream gradients become: `δ·xᵀ`.
  private func pullbacks(_ terms: [(user: ReadStep, sent: ReadSent)]) -> [WrittenFormula] {
    let formulas = terms.map { written($0.sent.formula).filled(with: name(of: $0.user)) }
    return formulas.first.map { [formulas.dropFirst().reduce($0) { $0.added($1) }] } ?? []
  }

  private func begins(_ step: ReadStep) -> Bool { step.index == root && upstream(step.index)?.elements[0] == 1 }

  // MARK: - Names of upstream gradients

  private func name(of step: ReadStep) -> WrittenFormula {
    deltas[step.index] ?? .total(of: output ?? written(step.label), by: written(step.label))
  }

  /// The steps whose upstream gradients are called δ: those with a product of matrices; where a layer goes on with a sum of
  /// a name, that.
  private var layers: [ReadStep] {
    var layers: Set<Int> = []
    for step in steps where step.isLayer && step.index != root && upstream(step.index) != nil {
      var layer = step
      while let terms = arriving[layer.index], terms.count == 1, isWhole(terms[0].sent) { layer = terms[0].user }
      if layer.index != root { layers.insert(layer.index) }
    }
    return steps.filter { layers.contains($0.index) }
  }

  /// Whether the upstream gradient passes unchanged.
  private func isWhole(_ sent: ReadSent) -> Bool { words.text(sent.formula) == String(WrittenFormula.placeholder) }

  /// δ where there is one; else with the numbers of the layers' names, or counted. None where a name would have two
  /// meanings.
  private func named(_ layers: [ReadStep]) -> [Int: WrittenFormula] {
    let own = layers.map { step in (step.name ?? "").reversed().prefix { $0.isASCII && $0.isNumber } }
    let digits = own.map { String($0.reversed()) }
    let areNumbered = !digits.contains("") && Set(digits).count == digits.count
    let names = layers.indices.map { layers.count == 1 ? "" : areNumbered ? digits[$0] : "\($0 + 1)" }
    let isFree = Set(names.map { "δ\($0)" }).isDisjoint(with: steps.compactMap(\.name))
    guard isFree else { return [:] }
    return Dictionary(
      uniqueKeysWithValues: zip(layers, names).map {
        ($0.index, WrittenFormula(text: "δ\($1)", latex: $1.isEmpty ? "\\delta" : "\\delta_{\($1)}"))
      })
  }

  // MARK: - Writing

  private func written(_ formula: Words.Written) -> WrittenFormula { Self.written(formula, words) }

  private static func written(_ formula: Words.Written, _ words: Words) -> WrittenFormula {
    WrittenFormula(text: words.text(formula), latex: words.latex(formula))
  }

  private func number(_ number: Element) -> WrittenFormula { value(Tensor([number], shape: .scalar)) }

  private func value(_ tensor: Tensor<Element>) -> WrittenFormula {
    WrittenFormula(text: tensor.text, latex: words.latex(text: tensor.text))
  }
}

// MARK: - Derivatives

extension WrittenFormula {
  /// dc/dw
  static func total(of: WrittenFormula, by: WrittenFormula) -> WrittenFormula {
    WrittenFormula(text: totalDerivative(of.text, by.text), latex: fraction("d", of, by))
  }

  /// ∂u/∂w
  static func local(of: WrittenFormula, by: WrittenFormula) -> WrittenFormula {
    WrittenFormula(text: localDerivative(of.text, by.text), latex: fraction("\\partial ", of, by))
  }

  private static func fraction(_ d: String, _ of: WrittenFormula, _ by: WrittenFormula) -> String {
    "\\frac{\(d)\(of.enclosedUnlessName)}{\(d)\(by.enclosedUnlessName)}"
  }

  private var enclosedUnlessName: String {
    text.allSatisfy(\.isOfName) ? latex : "\\left(\(latex)\\right)"
  }

  /// The sum of two; a sign in front of the second is the operator.
  func added(_ other: WrittenFormula) -> WrittenFormula {
    other.text.hasPrefix("-") && other.latex.hasPrefix("-")
      ? WrittenFormula(text: "\(text) - \(other.text.dropFirst())", latex: "\(latex) - \(other.latex.dropFirst())")
      : WrittenFormula(text: "\(text) + \(other.text)", latex: "\(latex) + \(other.latex)")
  }
}
