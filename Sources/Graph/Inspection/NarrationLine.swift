/// One line of a worked solution: the sides of an equation.
package struct NarrationLine: Sendable {
  /// Each written once where it repeats the one before.
  package let sides: [WrittenFormula]
  package let notes: [NarrationNote]

  init(_ sides: [WrittenFormula], notes: [NarrationNote] = []) {
    (self.sides, self.notes) = (sides.shown(by: \.text), notes)
  }

  func text(_ language: NarrationLanguage) -> String {
    sides.map(\.text).joined(separator: " = ") + notes.map { " (\($0.words(language)))" }.joined()
  }
}

/// What is remarkable about a line.
package enum NarrationNote: Sendable {
  case afterItsHook
  /// Of a product of matrices: `[3, 1]·[1, 2] = [3, 2]`.
  case shapes(String)

  package func words(_ language: NarrationLanguage) -> String {
    switch (self, language) {
    case (.afterItsHook, .english): "after its hook"
    case (.afterItsHook, .chinese): "经其钩子之后"
    case (.shapes(let shapes), .english): "shapes \(shapes)"
    case (.shapes(let shapes), .chinese): "形状 \(shapes)"
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
