import Testing

@testable import Ops

@Suite("Mathematics in LaTeX")
struct LaTeXScannerTests {
  @Test(
    "delimiters and environments",
    arguments: [
      ("Let $x^2$ and \\(y\\).", ["1:6 x^2", "1:17 y"]),
      ("\\[ x \\] $$y$$", ["1:3! x", "1:11! y"]),
      ("\\begin{equation}\nx\n\\end{equation}", [#"1:1! \begin{equation} x \end{equation}"#]),
      ("\\begin{align*} a % \\end{align*}\n\\end{align*}", [#"1:1! \begin{align*} a % \end{align*} \end{align*}"#]),
      ("\\begin{subequations}\n\\begin{align}a\\end{align}\\end{subequations}", [#"2:1! \begin{align}a\end{align}"#]),
      ("$5 and $7", ["1:2 5 and"]),
      ("$a % $\nb$", ["1:2 a % $ b"]),
      ("\\section*{On $k$}\n\\subsection[s]{B}", ["## On $k$", "1:15 k", "### B"]),
      ("% chainrule: X: [n, d]\n% other", ["1:13 chainrule X: [n, d]"]),
      ("\\documentclass{a}\n$p$\n\\begin{document}\n$x$\n\\end{document}\n$z$", ["4:2 x"]),
      ("one $ sign\n\nand $x$", ["3:6 x"]),
      ("\\verb|$| $x$ \\verb*+$+ \\lstinline{$}", ["1:11 x"]),
      ("\\iffalse $a$ \\fi $x$", ["1:19 x"]),
      ("a\\\\[2pt] $x$", ["1:11 x"]),
    ])
  func delimiters(text: String, expected: [String]) { #expect(Scanned.latex(text) == expected) }

  @Test(
    "what is none",
    arguments: [
      "% $x$", "\\$5 \\$", "\\begin{verbatim}\n$x$\n\\end{verbatim}",
      "\\begin{lstlisting}[language=C]\n$x$\n\\end{lstlisting}",
      "\\begin{comment}$x$\\end{comment}", "\\begin{minted}{c}\n$x$\n\\end{minted}", "\\begin{align} x", "\\[ x", "$",
      "\\",
      "\\begin{", "\\section{", "\\newcommand{\\R}{$x$}", "\\verb", "$$$$", "",
    ])
  func none(text: String) { #expect(Scanned.latex(text) == []) }

  @Test(
    "commands that a text defines",
    arguments: [
      (#"\newcommand{\R}{\mathbb{R}} $x$"#, "R", 0, #"\mathbb{R}"#),
      (#"\newcommand*\R{\mathbb{R}} $x$"#, "R", 0, #"\mathbb{R}"#),
      (#"\newcommand{\norm}[1]{\lVert #1 \rVert} $x$"#, "norm", 1, #"\lVert #1 \rVert"#),
      (#"\def\pd#1#2{\frac{\partial #1}{\partial #2}} $x$"#, "pd", 2, #"\frac{\partial #1}{\partial #2}"#),
      (#"\DeclareMathOperator{\prox}{prox} $x$"#, "prox", 0, #"\operatorname{prox}"#),
    ])
  func macros(text: String, name: String, count: Int, body: String) throws {
    for items in [LaTeXScanner.items(of: DocumentText(text)), markdown(text)] {
      guard case .math(let span)? = items.last else {
        Issue.record("no formula")
        continue
      }
      #expect(span.text == "x")
      #expect(span.macros[name]?.body == body)
      #expect(span.macros[name]?.argumentCount == count)
    }
  }

  /// In Markdown they stand in a formula.
  private func markdown(_ text: String) -> [DocumentItem] {
    let split = text.range(of: " $x$")!.lowerBound
    return MarkdownScanner.items(of: DocumentText("$$\(text[..<split])$$\nand $x$"))
  }

  @Test("preambles are read for commands alone")
  func preamble() {
    let text = "\\newcommand{\\R}{r}\n\\begin{document}\n$x$\n\\end{document}"
    let items = LaTeXScanner.items(of: DocumentText(text))
    guard case .math(let span)? = items.first else {
      Issue.record("no formula")
      return
    }
    #expect(span.macros["R"]?.body == "r" && items.count == 1)
  }
}
