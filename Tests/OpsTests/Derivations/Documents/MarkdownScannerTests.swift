import Testing

@testable import Ops

@Suite("Mathematics in Markdown")
struct MarkdownScannerTests {
  @Test(
    "delimiters",
    arguments: [
      ("Let $x^2$ be.", ["1:6 x^2"]),
      ("$a$, $b$.\n$c$", ["1:2 a", "1:7 b", "2:2 c"]),
      ("so $$x = 1$$ and", ["1:6! x = 1"]),
      ("$$\nx = 1\n$$", ["1:3! x = 1"]),
      ("$$\n\nx = 1\n\n$$\n", ["1:3! x = 1"]),
      (#"by \(x\) and \[y\]."#, ["1:6 x", "1:16! y"]),
      (#"by \\(x\\) and \\[y\\]."#, ["1:7 x", "1:19! y"]),
      ("of $`x_1`$ here", ["1:6 x_1"]),
      ("```math\nx = 1\n```\n$y$", ["2:1! x = 1", "4:2 y"]),
      ("~~~ math\nx\n~~~", ["2:1! x"]),
      ("```{math}\nx\n```", ["2:1! x"]),
      ("\\begin{align*}\na &= b \\\\\n\\end{align*}", [#"1:1! \begin{align*} a &= b \\ \end{align*}"#]),
      ("\\begin{itemize}\n$x$\n\\end{itemize}", ["2:2 x"]),
      ("a\n$x\n+ y$ b", ["2:2 x + y"]),
      ("# About $k$\n## Next ##\n\nSet\n===\ntext", ["# About $k$", "1:10 k", "## Next ##", "# Set"]),
      ("损失函数 $C$ 的导数：$$C'$$", ["1:7 C", "1:16! C'"]),
    ])
  func delimiters(text: String, expected: [String]) { #expect(Scanned.markdown(text) == expected) }

  @Test(
    "what is none",
    arguments: [
      "It costs $5 and $7.", "from $5 to $10, or $ 3 $", "a \\$x\\$ b", "only one $x here", "a $x\n\nb$ c",
      "`$x$` and ``a ` $y$``", "```\n$x$\n```", "```python\n$x$\n```math\n$y$", "~~~~\n$x$\n~~~\n$y$\n~~~~",
      "text\n\n    $x$\n    $y$\n", "\n\n\t$x$", "<!-- $x$ -->", "<!-- a\n\n$x$ -->", "<pre>\n\n$x$\n</pre>",
      "<code>$x$</code>", "---\ntitle: $x$\n---\n", "costs $5 and `a$b`", "$$$$", "$ $", "\\begin{tabular} $\n",
      "a \\( b\n\nc \\) d", "\\begin{align} x", "$5", "$", "$$", "\\", "`", "",
    ])
  func none(text: String) { #expect(Scanned.markdown(text) == []) }

  @Test(
    "what does not hide the rest",
    arguments: [
      ("a ` tick\n\nand $x$ and ` again", ["3:6 x"]),
      ("one $ sign\n\nand $x$", ["3:6 x"]),
      ("a $$ sign\n\n$$x$$", ["3:3! x"]),
      ("$$ open\n\n# Title\n\n$$x$$", ["# Title", "5:3! x"]),
      ("```\n$a$\n````\n$x$", ["4:2 x"]),
      ("- item\n\n    with $x$\n", ["3:11 x"]),
      ("1. one:\n   $$\n   x\n   $$\n2. two", ["2:6! x"]),
      ("<!-- open $x$", ["1:12 x"]),
      ("text\n    $x$", ["2:6 x"]),
      ("| $a$ | $5 |\n|--|--|\n| $b$ | $6 |", ["1:4 a", "3:4 b"]),
    ])
  func rest(text: String, expected: [String]) { #expect(Scanned.markdown(text) == expected) }

  @Test("marks of quotations are blanks in a formula, signs of a relation are none")
  func quotations() {
    let items = MarkdownScanner.items(of: DocumentText("> by\n> $$a\n> > b$$\n\n$$a\n> b$$"))
    let texts = items.compactMap { if case .math(let span) = $0 { span.text } else { nil } }
    #expect(texts == ["a\n  > b", "a\n> b"])
  }

  @Test("line ends of Windows count once")
  func windows() {
    #expect(Scanned.markdown("# T\r\n\r\n$$\r\nx\r\n$$\r\nand $y$\r\n") == ["# T", "3:3! x", "6:6 y"])
  }

  @Test("characters count as a reader sees them")
  func columns() { #expect(Scanned.markdown("é👩‍👩‍👧 $x$ ŷ $y$") == ["1:5 x", "1:11 y"]) }

  @Test("declarations in comments and fences")
  func declarations() {
    #expect(
      Scanned.markdown("<!-- chainrule: X: [n, d] -->\n<!--chainrule\ny in {-1, 1}\n-->\n<!-- chainrules -->")
        == ["1:16 chainrule X: [n, d]", "2:14 chainrule y in {-1, 1}"])
    #expect(Scanned.markdown("```chainrule\nW: [3]\n```") == ["2:1 chainrule W: [3]"])
    #expect(Scanned.markdown("```\n<!-- chainrule: X: [n, d] -->\n```") == [])
  }

  @Test("a line of a million characters keeps places and messages short")
  func longLine() throws {
    let items = MarkdownScanner.items(of: DocumentText(String(repeating: "a $x$ ", count: 10_000)))
    guard items.count == 10_000, case .math(let span) = items[9_999] else {
      Issue.record("\(items.count) items")
      return
    }
    #expect(span.start.lineAndColumn.column == 6 * 9_999 + 4)
    #expect(span.start.source.text.count < 500)
    #expect(span.error("here", at: 0).sourceLine.hasPrefix("…"))
  }
}
