/// What a node is called in formulas: its name; without one its formula, as long as that is short; else `n` and its
/// index. A formula that would need an `n…` is not short.
extension NodeReader {
  private static var longest: Int { 24 }

  func label(of index: Int) -> Label<Words.Formula> {
    if let label = known.labels[index] { return label }
    let label = newLabel(of: index)
    known.labels[index] = label
    return label
  }

  private func newLabel(of index: Int) -> Label<Words.Formula> {
    if tape.name(of: index) == nil, let short = expansion(of: index, budget: Self.longest) {
      let text = words.text(short.formula)
      if text.count <= Self.longest { return Label(formula: short.formula, text: text) }
    }
    let name = tape.name(of: index) ?? "n\(index)"
    return Label(formula: words.formula(name: name), text: name)
  }

  func formula(of term: Term<Element>) -> Words.Formula {
    switch term {
    case .node(let node, _): label(of: node).formula
    case .literal(let value): formula(number: value)
    }
  }

  func formula(number: Element) -> Words.Formula {
    words.formula(number: decimalDouble(number))
  }

  /// An unnamed node as a formula in named ones; nil where it would take more characters than `budget`, which is
  /// also what bounds the recursion. The count is a lower bound: signs and parentheses are left out.
  ///
  /// Read in order, a node finds the expansions of its inputs known.
  private func expansion(of index: Int, budget: Int) -> Expansion<Words.Formula>? {
    if let known = known.expansions[index] { return known.flatMap { $0.count <= budget ? $0 : nil } }
    let result = newExpansion(of: index, budget: budget)
    if result != nil || budget == Self.longest { known.expansions[index] = .some(result) }
    return result
  }

  private func newExpansion(of index: Int, budget: Int) -> Expansion<Words.Formula>? {
    if let leaf = leaf(index) { return leaf.count <= budget ? leaf : nil }
    var count = 1
    var formulas: [Words.Formula] = []
    for term in terms(of: index) {
      guard let operand = expansion(of: term, budget: budget - count) else { return nil }
      formulas.append(operand.formula)
      count += operand.count
    }
    return count <= budget ? Expansion(formula: formula(of: index, formulas), count: count) : nil
  }

  private func expansion(of term: Term<Element>, budget: Int) -> Expansion<Words.Formula>? {
    guard budget > 0 else { return nil }
    return switch term {
    case .node(let node, _): expansion(of: node, budget: budget)
    case .literal(let value): Expansion(formula: formula(number: value), count: 1)
    }
  }

  private func leaf(_ index: Int) -> Expansion<Words.Formula>? {
    if let name = tape.name(of: index) {
      return Expansion(formula: words.formula(name: name), count: name.count)
    }
    let unnamed = Expansion(formula: words.formula(name: "n\(index)"), count: 2)
    return switch Tag.Leaf(rawValue: tape.tag(of: index).code) {
    case .parameter: unnamed
    case .constant: number(of: index).map { Expansion(formula: formula(number: $0), count: 1) } ?? unnamed
    default: nil
    }
  }
}

struct Label<Formula> {
  let formula: Formula
  let text: String
}

struct Expansion<Formula> {
  let formula: Formula
  let count: Int
}

/// What was found out while reading one tape.
final class KnownLabels<Formula> {
  var labels: [Int: Label<Formula>] = [:]
  /// Nil for a node whose expansion is too long.
  var expansions: [Int: Expansion<Formula>?] = [:]
}
