/// One line of a worked solution: sides of an equation, each a sum of products.
package struct NarrationLine {
  package enum Factor {
    /// dc/dw
    case total(of: String, by: String)
    /// ∂u/∂w
    case local(of: String, by: String)
    /// A formula or a number, as a tape writes it.
    case formula(String)
    /// What an operation on tensors makes of the upstream gradient, which the formula calls g: `g·xᵀ`. Nil for that of the
    /// output, which is 1.
    case pullback(String, of: (output: String, by: String)?)
  }

  package let sides: [[[Factor]]]
  /// What is remarkable about it.
  package let note: NarrationNote?

  func text(_ language: NarrationLanguage) -> String {
    equation(sides.map { sum($0.map { $0.map(\.text) }) }) + (note.map { " (\($0.words(language)))" } ?? "")
  }
}

package enum NarrationNote {
  case afterItsHook

  package func words(_ language: NarrationLanguage) -> String {
    switch (self, language) {
    case (.afterItsHook, .english): "after its hook"
    case (.afterItsHook, .chinese): "经其钩子之后"
    }
  }
}

/// The language of the words around formulas; see Docs/Glossary.md.
public enum NarrationLanguage: String, Sendable, CaseIterable {
  case english = "en"
  case chinese = "zh"

  package var forward: String { self == .english ? "Forward" : "前向传播" }
  package var backward: String { self == .english ? "Backward" : "反向传播" }
  package var title: String { self == .english ? "Worked solution" : "计算过程" }
}

extension NarrationLine.Factor {
  var text: String {
    switch self {
    case .total(let of, let by): totalDerivative(of, by)
    case .local(let of, let by): localDerivative(of, by)
    case .formula(let text): text
    case .pullback(let formula, let upstream):
      upstream.map { replacing("g", by: totalDerivative($0.output, $0.by), in: formula) }
        ?? replacing("g", by: "1", in: formula)
    }
  }
}

/// A formula with a name replaced; in parentheses where an exponent or a transpose follows it.
private func replacing(_ name: String, by words: String, in formula: String) -> String {
  var (result, word) = ("", "")
  for character in formula + " " {
    if character.isNameLike { word.append(character); continue }
    let isRaised = "ᵀ²³⁻⁰¹⁴⁵⁶⁷⁸⁹^".contains(character)
    result += (word == name ? isRaised ? "(\(words))" : words : word) + "\(character)"
    word = ""
  }
  return String(result.dropLast())
}

extension Character {
  /// Letters and digits, but no raised ones.
  fileprivate var isNameLike: Bool { (isLetter || isWholeNumber || self == "_") && !"ᵀ²³⁻⁰¹⁴⁵⁶⁷⁸⁹".contains(self) }
}
