import Foundation
import Ops
import Testing

/// Claim files of Docs, printed as LaTeX documents and read back: each claim has the verdict that its file expects.
@Suite("Formulas printed as LaTeX are read back")
struct RoundTripTests {
  private static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "../../../Docs/Formulas").standardized

  /// All 524 claims of ten files; in a debug build the shorter files.
  private static let names: [String] = {
    let short = [
      "learning-parameters-1", "Exercises/softmax", "Exercises/support-vector-machine", "Exercises/character-network",
    ]
    #if DEBUG
      return short
    #else
      return short + [
        "Exercises/two-layer-network", "Exercises/normalization", "ai-edu-5.4-gradient-descent",
        "gradient-descent-and-backpropagation", "grokking-appendix-b", "mathematics-of-neural-computation",
      ]
    #endif
  }()

  @Test(arguments: names)
  func verdicts(_ name: String) throws {
    let text = try String(contentsOf: Self.folder.appending(path: name + ".formulas"), encoding: .utf8)
    let file = try FormulasFile(parsing: text)
    let findings = try Derivation(parsing: file.latex(), as: .latex).check(points: 3)
    #expect(findings.count { $0.kind == .claim } == file.claimCount)
    for finding in findings where finding.kind == .notRead || !finding.isAsExpected {
      Issue.record("\(finding.latex) \(finding.reading) \(finding.reason ?? finding.verdict?.explanation ?? "")")
    }
  }
}
