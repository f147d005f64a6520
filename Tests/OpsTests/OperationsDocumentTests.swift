import Foundation
import Ops
import Testing

/// Docs/Operations.md is written by the rules themselves. To write it anew:
/// `WRITE_OPERATIONS=1 swift test --filter OperationsDocument`
@Suite("The table of operations") struct OperationsDocumentTests {
  private static let file = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: "Docs/Operations.md")

  @Test("is what the rules say") func isCurrent() throws {
    let text = Self.text
    if ProcessInfo.processInfo.environment["WRITE_OPERATIONS"] != nil {
      try text.write(to: Self.file, atomically: true, encoding: .utf8)
    }
    #expect(try String(contentsOf: Self.file, encoding: .utf8) == text)
  }

  private static var text: String {
    let table = OperationTable()
    return """
      # Operations

      Every operation as its rule states it; this page is written from the rules and a test keeps it so. What happens at a
      kink is decided in [Conventions](Conventions.md). `chainrule operations` prints the same, with `--format latex` for a
      paper.

      ## On scalars, and on tensors element by element

      \(table.markdown)
      ## On whole tensors

      Their pullbacks are shown by `chainrule tape` for given shapes.

      \(table.onTensors.map { "`\($0)`" }.joined(separator: ", "))

      """
  }

  @Test("as text and in LaTeX") func formats() throws {
    let table = try #require(OperationTable(named: ["sigmoid", "logaddexp", "round", "softmax"]))
    #expect(
      table.text == """
        operation  y                local gradients                                 defined for  kinks where
        sigmoid    sigmoid(x)       ∂y/∂x = y·(1 - y)
        logaddexp  logaddexp(a, b)  ∂y/∂a = sigmoid(a - b); ∂y/∂b = sigmoid(b - a)
        round      round(x)         ∂y/∂x = 0                                                    x = a whole number + 0.5

        """)
    #expect(table.onTensors == ["softmax"])
    #expect(
      table.latex.hasSuffix(
        #"""
        round & $\operatorname{round}\left(x\right)$ & $\frac{\partial y}{\partial x} = 0$ &  & $x$ = a whole number + 0.5 \\
        \end{tabular}

        """#))
    #expect(OperationTable(named: ["sigmoidal"]) == nil)
  }

  /// A rule of one's own has the same table.
  @Test("of one's own rule") func ownRule() {
    enum Cube: UnaryRule {
      static func value<A: Algebra>(_ x: A) -> A { x * x * x }
      static func local<A: Algebra>(_ x: A, _ y: A) -> A { 3 * x * x }
    }
    #expect(OperationTable([Cube.self]).markdown.hasSuffix("| cube | cube(x) | ∂y/∂x = 3·x² |  |  |\n"))
  }
}
