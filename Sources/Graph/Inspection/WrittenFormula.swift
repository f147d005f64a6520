/// A formula as it is shown: in text and in LaTeX.
package struct WrittenFormula: Equatable, Sendable {
  package let text: String
  package let latex: String

  package init(text: String, latex: String) { (self.text, self.latex) = (text, latex) }

  /// As a factor: a sum, or a sign in front, in parentheses.
  var asFactor: WrittenFormula { Graph.asFactor(text) == text ? self : enclosed }

  private var enclosed: WrittenFormula { WrittenFormula(text: "(\(text))", latex: "\\left(\(latex)\\right)") }

  /// Where something else is filled in: an upstream gradient, of which only the narration knows the name.
  static let placeholder: Character = "\u{E000}"

  /// With the placeholder filled in; in parentheses where an exponent, a transpose or a denominator follows it.
  func filled(with name: WrittenFormula) -> WrittenFormula {
    func fill(_ text: String, _ plain: String, _ enclosed: String, before signs: String) -> String {
      let characters = Array(text)
      return characters.indices.map { place in
        guard characters[place] == Self.placeholder else { return String(characters[place]) }
        let isFollowed = place + 1 < characters.count && signs.contains(characters[place + 1])
        return isFollowed ? enclosed : plain
      }.joined()
    }
    let isFraction = name.text.contains("/")
    let inner = isFraction ? name.enclosed : name
    return WrittenFormula(
      text: fill(text, name.text, inner.text, before: "ᵀ²³^/"), latex: fill(latex, name.latex, inner.latex, before: "^")
    )
  }
}

extension [[WrittenFormula]] {
  /// Products added up; where a minus sign would follow an operator, in parentheses: `8 · (-1) + (-2) · 3`.
  var sum: WrittenFormula {
    if count == 1, self[0].count == 1 { return self[0][0] }
    let products = enumerated().map { $1.asFactors(isFirst: $0 == 0) }
    return WrittenFormula(
      text: products.map { $0.map(\.text).joined(separator: " · ") }.joined(separator: " + "),
      latex: products.map { $0.map(\.latex).joined(separator: " \\cdot ") }.joined(separator: " + "))
  }
}

extension [WrittenFormula] {
  /// A number at the very beginning keeps its sign.
  fileprivate func asFactors(isFirst: Bool) -> [WrittenFormula] {
    enumerated().map { $0 == 0 && isFirst && Double($1.text) != nil ? $1 : $1.asFactor }
  }
}

/// Products added up, in text.
func sum(_ products: [[String]]) -> String { products.map { $0.map { WrittenFormula(text: $0, latex: "") } }.sum.text }

/// Sides of an equation, each written once where it repeats the one before.
func equation(_ sides: [String]) -> String { sides.shown(by: \.self).joined(separator: " = ") }

extension Array {
  /// The sides that say something, each once where it repeats the one before.
  func shown(by text: (Element) -> String) -> [Element] {
    reduce(into: []) { shown, side in
      if !text(side).isEmpty, text(side) != shown.last.map(text) { shown.append(side) }
    }
  }
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
