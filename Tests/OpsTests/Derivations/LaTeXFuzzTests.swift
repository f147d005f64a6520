import Foundation
import Ops
import Testing

/// Random and damaged LaTeX: never a crash or a hang, and every formula that is not read has its place.
///
/// `CHAINRULE_LATEX_FUZZ` gives another number of texts.
@Suite("LaTeX, damaged")
struct LaTeXFuzzTests {
  private static let count = ProcessInfo.processInfo.environment["CHAINRULE_LATEX_FUZZ"].flatMap { Int($0) } ?? 600

  private static let pieces = [
    "\\frac", "{", "}", "(", ")", "[", "]", "\\{", "\\}", "|", "\\|", "^", "_", "x", "y", "w", "W", "1", "2", "0.5",
    "=", "+", "-",
    "*", "/", "\\cdot", "\\partial", "d", "\\nabla", "\\sum_{i=1}^n", "\\sum", "\\prod_j", "x_i", "\\hat", "\\sin",
    "\\log", "f(x)",
    "f'", "\\sigma", "\\top", "T", "\\begin{bmatrix}", "\\end{bmatrix}", "&", "\\\\", "\\begin{cases}", "\\end{cases}",
    "\\text{if }", ",", ";", "\\dots", "\\mathbb{R}", "\\in", "\\leq", "\\approx", "\\ell", "'", "\\left", "\\right",
    "\\over",
    "\\sqrt", "\\operatorname{softmax}", "\\mathbf", "\\tag{1}", "\\quad", "e^", "\\delta_{ij}", "\\infty", "\\max",
    "é", "汉", "🙂",
    "\u{0}", "^{", "_{", "\\frac{\\partial C}{\\partial w}", "x^{(i)}", "W^\\ell", "^{-1}", "\\mathbb{1}[", "\\", "%",
    "~",
  ]

  private static let sound = [
    "\\frac{\\partial C}{\\partial w} = (a - y)\\sigma'(z)x", "p_i = \\frac{e^{z_i}}{\\sum_j e^{z_j}}",
    "\\begin{bmatrix} w_0 \\\\ \\dots \\\\ w_d \\end{bmatrix}^T x = \\sum_{j=0}^d w_j x_j",
    "\\nabla_W L = \\frac1n X^\\top(XW - Y) + \\lambda W",
    "f(x) = \\begin{cases} x & \\text{if } x > 0 \\\\ 0 & \\text{otherwise} \\end{cases}",
  ]

  @Test("texts of random pieces, and sound ones with pieces taken out, doubled and put in")
  func texts() throws {
    var random = SplitMix64(state: 7)
    for _ in 0..<Self.count {
      let text = Bool.random(using: &random) ? Self.random(&random) : Self.damaged(&random)
      let findings = try Derivation(parsing: "$$" + text.replacing("$", with: "") + "$$", as: .markdown).check(
        points: 1)
      for finding in findings where finding.kind == .notRead {
        #expect(finding.line >= 1 && finding.column >= 1 && finding.reason?.isEmpty == false, "\(text)")
      }
    }
  }

  @Test("deep, long and endless ones end", arguments: ["{", "(", "\\frac{", "x^{", "\\sqrt{", "|", "\\begin{bmatrix}"])
  func deep(_ piece: String) throws {
    let text = "$$" + String(repeating: piece, count: 20_000) + "$$"
    #expect(
      try Derivation(parsing: text, as: .markdown).check(points: 1).allSatisfy {
        $0.kind == .notRead || $0.kind == .mention
      })
    let sum = "$$x = " + String(repeating: "x + ", count: 20_000) + "x$$"
    #expect(try Derivation(parsing: sum, as: .markdown).check(points: 1).count == 1)
  }

  private static func random(_ random: inout SplitMix64) -> String {
    (0..<Int.random(in: 1...25, using: &random)).map { _ in pieces.randomElement(using: &random)! }.joined(
      separator: " ")
  }

  private static func damaged(_ random: inout SplitMix64) -> String {
    var characters = Array(sound.randomElement(using: &random)!)
    for _ in 0..<Int.random(in: 1...4, using: &random) where !characters.isEmpty {
      let place = Int.random(in: 0..<characters.count, using: &random)
      switch Int.random(in: 0..<3, using: &random) {
      case 0: characters.remove(at: place)
      case 1: characters.insert(characters[place], at: place)
      default: characters.insert(contentsOf: pieces.randomElement(using: &random)!, at: place)
      }
    }
    return String(characters)
  }
}
