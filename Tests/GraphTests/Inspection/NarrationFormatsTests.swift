import Ops
import Testing

/// The worked solution for documents: what it says, and that the reader of LaTeX reads every line of it, where every step
/// has a name: a derivative by a formula is none that it knows.
@Suite("Worked solution in Markdown, LaTeX and HTML")
struct NarrationFormatsTests {
  private static func snapshot() -> Snapshot<Double> {
    let tape = Tape<Double>()
    let w = tape.parameter(5, "w"), y = tape.constant(-2, "y")
    let u = (w * 3).named("u")
    let e = (u - y).named("ê")
    let c = square(e).named("c")
    return tape.snapshot(c.backward(), output: c)
  }

  @Test func markdown() {
    #expect(
      Self.snapshot().narration(as: .markdown) == #"""
        **Forward**

        $$
        \begin{aligned}
        w &= 5 \\
        y &= -2 \\
        u &= w \cdot 3 = 5 \cdot 3 = 15 \\
        \hat{e} &= u - y = 15 - \left(-2\right) = 17 \\
        c &= \hat{e}^{2} = 17^{2} = 289
        \end{aligned}
        $$

        **Backward**

        $$
        \begin{aligned}
        \frac{dc}{dc} &= 1 \\
        \frac{dc}{d\hat{e}} &= \frac{\partial c}{\partial \hat{e}} = 2 \cdot \hat{e} = 34 \\
        \frac{dc}{du} &= \frac{dc}{d\hat{e}} \cdot \frac{\partial \hat{e}}{\partial u} = 34 \\
        \frac{dc}{dy} &= \frac{dc}{d\hat{e}} \cdot \frac{\partial \hat{e}}{\partial y} = 34 \cdot \left(-1\right) = -34 \\
        \frac{dc}{dw} &= \frac{dc}{du} \cdot \frac{\partial u}{\partial w} = 34 \cdot 3 = 102
        \end{aligned}
        $$

        """#)
  }

  @Test("every line of numbers is read by the reader of documents")
  func readBack() throws {
    for (format, kind) in [(NarrationFormat.markdown, Derivation.Format.markdown), (.latex, .latex)] {
      let text = Self.snapshot().narration(as: format)
      let findings = try Derivation(parsing: text, as: kind).check(points: 1)
      #expect(findings.count > 8)
      for finding in findings where finding.kind == .notRead {
        Issue.record("\(finding.latex): \(finding.reason ?? "")")
      }
    }
  }

  @Test("a page sets every line in MathML; words are in the language asked for")
  func page() {
    let page = Self.snapshot().narration(as: .html, in: .chinese)
    #expect(page.split(separator: "<math").count == 11 && !page.contains("<code>"))
    #expect(page.contains("<h2>反向传播</h2>"))
    #expect(Self.snapshot().narration(in: .chinese).hasPrefix("前向传播\n  w = 5\n"))
  }
}
