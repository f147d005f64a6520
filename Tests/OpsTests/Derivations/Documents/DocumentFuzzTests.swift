import Foundation
import Testing

@testable import Ops

/// Random texts made of what scanners look for. `DOCUMENT_FUZZ=100000` tries more of them.
@Suite("Random documents")
struct DocumentFuzzTests {
  private static let pieces = [
    "$", "$$", "`", "```", "````", "~~~", "\\(", "\\)", "\\[", "\\]", "\\\\(", "\\begin{align}", "\\end{align}",
    "\\begin{",
    "\\begin{verbatim}", "\\end{verbatim}", "\\begin{document}", "\\end{document}", "\\verb|", "|", "%", "<!--", "-->",
    "chainrule:", "<!-- chainrule", "<pre>", "</pre>", "<code", "\n", "\n\n", "\r\n", " ", "    ", "\t", "> ", "- ",
    "1. ",
    "# ", "## ", "---", "===", "x", "5", "{", "}", "\\newcommand", "{\\R}", "[1]", "#1", "\\def\\a", "\\section{", "\\",
    "ŷ",
    "\u{301}", "汉", "👩‍👩‍👧", "\0", "math", "\\frac{\\partial c}{\\partial w}", "=",
  ]

  private static func text(_ generator: inout SeededGenerator, _ count: Int) -> String {
    (0..<count).map { _ in pieces[Int.random(in: 0..<pieces.count, using: &generator)] }.joined()
  }

  private static let count = ProcessInfo.processInfo.environment["DOCUMENT_FUZZ"].flatMap(Int.init) ?? 1500

  /// Every piece stands in the document where it says.
  @Test("formulas are what stands at their places")
  func places() throws {
    var generator = SeededGenerator(seed: 5)
    for _ in 0..<Self.count {
      let text = Self.text(&generator, Int.random(in: 1...40, using: &generator))
      let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).map(Array.init)
      for items in [MarkdownScanner.items(of: DocumentText(text)), LaTeXScanner.items(of: DocumentText(text))] {
        for case .math(let span) in items {
          let place = span.start.lineAndColumn
          let first = span.text.prefix { !$0.isNewline }
          let there = lines[place.line - 1].dropFirst(place.column - 1).prefix(first.count)
          #expect(String(there) == first, "\(text.debugDescription)")
        }
      }
    }
  }

  /// The reader of formulas behind the scanners, too.
  @Test("no text stops the program, and no formula is passed over in silence")
  func whole() throws {
    var generator = SeededGenerator(seed: 6)
    for _ in 0..<Self.count / 10 {
      let text = Self.text(&generator, Int.random(in: 1...30, using: &generator))
      for format in [Derivation.Format.markdown, .latex] {
        let derivation = try Derivation(parsing: text, as: format)
        let findings = try derivation.check(points: 2)
        #expect(findings.allSatisfy { $0.line > 0 && $0.column > 0 }, "\(text.debugDescription)")
      }
    }
  }

  /// A search that begins anew behind each open delimiter would take minutes.
  @Test(
    "what is never closed takes linear time",
    arguments: [
      "$x ", "$$ ", "\n$$ ", "\\( ", "\\[ ", "` ", "`` a ` ", "<!-- ", "<pre> ", "\\begin{align} ", "\\begin{",
      "\\section{",
      "\\verb|", "\\newcommand{\\x}{", "a\n\n$", "> $x\n", "```\n", "# ", "{", "\\def\\x", "$x$ ", "$`x ", "\\iffalse ",
    ])
  func linear(piece: String) {
    let text = DocumentText(String(repeating: piece, count: 20_000 / piece.count))
    let time = ContinuousClock().measure {
      _ = MarkdownScanner.items(of: text)
      _ = LaTeXScanner.items(of: text)
    }
    #expect(time < .seconds(3), "\(time)")
  }
}
