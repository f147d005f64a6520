/// What a node is called in formulas: its name; without one its formula, as long as that is short; else `n` and its
/// index. A formula that would need an `n…` is not short.
extension NodeReader {
  func label(of index: Int) -> Label<Words.Written> {
    if let label = known.labels[index] { return label }
    let label = newLabel(of: index)
    known.labels[index] = label
    return label
  }

  private func newLabel(of index: Int) -> Label<Words.Written> {
    if tape.name(of: index) == nil, let short = expansion(of: index, budget: longest) {
      let text = words.text(short.formula)
      if text.count <= longest { return Label(formula: short.formula, text: text) }
    }
    return named(index)
  }

  private func named(_ index: Int) -> Label<Words.Written> {
    let name = tape.name(of: index) ?? "n\(index)"
    return Label(formula: words.formula(name: name, shape: shape(of: index)), text: name)
  }

  /// Calls a node by its name or index from now on, also where its formula is short.
  func callByName(_ index: Int) {
    let label = named(index)
    known.labels[index] = label
    known.expansions[index] = .some(Expansion(formula: label.formula, count: label.text.count))
  }

  func formula(of term: Term<Element>) -> Words.Written {
    switch term {
    case .node(let node, _): operand(node) { label(of: $0).formula }
    case .literal(let value): formula(number: value)
    }
  }

  /// A node as an operand, through all that only changes axes of extent 1.
  private func operand(_ node: Int, _ formula: (Int) -> Words.Written) -> Words.Written {
    let source = written(node)
    return source == node ? formula(node) : words.withUnitAxes(formula(source), of: shape(of: node))
  }

  func formula(number: Element) -> Words.Written {
    words.formula(number: decimalDouble(number))
  }

  /// An unnamed node as a formula in named ones; nil where it would take more characters than `budget`, which is
  /// also what bounds the recursion. The count is a lower bound: signs and parentheses are left out.
  ///
  /// Read in order, a node finds the expansions of its inputs known.
  private func expansion(of index: Int, budget: Int) -> Expansion<Words.Written>? {
    if let known = known.expansions[index] { return known.flatMap { $0.count <= budget ? $0 : nil } }
    let result = newExpansion(of: index, budget: budget)
    if result != nil || budget == longest { known.expansions[index] = .some(result) }
    return result
  }

  private func newExpansion(of index: Int, budget: Int) -> Expansion<Words.Written>? {
    if let leaf = leaf(index) { return leaf.count <= budget ? leaf : nil }
    var count = 1
    var formulas: [Words.Written] = []
    for term in terms(of: index) {
      guard let operand = expansion(of: term, budget: budget - count) else { return nil }
      formulas.append(operand.formula)
      count += operand.count
    }
    return count <= budget ? Expansion(formula: formula(of: index, formulas), count: count) : nil
  }

  private func expansion(of term: Term<Element>, budget: Int) -> Expansion<Words.Written>? {
    guard budget > 0 else { return nil }
    return switch term {
    case .node(let node, _):
      expansion(of: written(node), budget: budget).map { found in
        Expansion(formula: operand(node) { _ in found.formula }, count: found.count)
      }
    case .literal(let value): Expansion(formula: formula(number: value), count: 1)
    }
  }

  private func leaf(_ index: Int) -> Expansion<Words.Written>? {
    if let name = tape.name(of: index) {
      return Expansion(formula: words.formula(name: name, shape: shape(of: index)), count: name.count)
    }
    let unnamed = Expansion(formula: words.formula(name: "n\(index)", shape: shape(of: index)), count: 2)
    return switch Tag.Leaf(rawValue: tape.tag(of: index).code) {
    case .parameter: unnamed
    case .constant: literal(index).map { Expansion(formula: $0, count: 1) } ?? unnamed
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
