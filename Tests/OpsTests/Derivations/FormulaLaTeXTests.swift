import Ops
import Testing

/// Formulas printed for documents.
@Suite("Formulas as LaTeX and MathML")
struct FormulaLaTeXTests {
  @Test(
    "LaTeX",
    arguments: [
      ("a/b + c", #"\frac{a}{b} + c"#), ("(a + b)/c*d", #"\frac{a + b}{c} \cdot d"#),
      ("(a/b)^2", #"\left(\frac{a}{b}\right)^{2}"#),
      ("x^(n + 1)", "x^{n + 1}"), ("sqrt(x + 1)", #"\sqrt{x + 1}"#), ("a*(-b)", #"a \cdot \left(-b\right)"#),
      ("-(a + b)", #"-\left(a + b\right)"#), ("σ + alpha", #"\sigma + \alpha"#), ("ŷ - y", #"\hat{y} - y"#),
      ("w_1*b_jk*x_new", #"w_{1} \cdot b_{jk} \cdot x_{\mathrm{new}}"#), ("cost", #"\mathrm{cost}"#),
      ("X'@(X@W - Y)", #"X^{\top}\,\left(X\,W - Y\right)"#), ("exp(-x^2)", #"\exp\left(-x^{2}\right)"#),
      ("relu(x)", #"\operatorname{relu}\left(x\right)"#), ("asin(x)", #"\arcsin\left(x\right)"#),
      ("abs(x)", #"\left|x\right|"#),
      ("sum(X, axis=0)", #"\operatorname{sum}\left(X, \mathrm{axis}=0\right)"#), ("X[1:, 0]", "X_{[1:,0]}"),
      ("[1, x]", #"\begin{bmatrix}1 \\ x\end{bmatrix}"#),
      ("[[1, 2], [3, 4]]", #"\begin{bmatrix}1 & 2 \\ 3 & 4\end{bmatrix}"#),
      ("where(x >= 0, x, 0)", #"\begin{cases}x & \text{if } x \geq 0 \\ 0 & \text{otherwise}\end{cases}"#),
      ("2*1e-5", #"2 \cdot \left(1 \cdot 10^{-5}\right)"#),
    ])
  func latex(text: String, latex: String) throws { #expect(try Formula(parsing: text).latex == latex) }

  @Test("claims")
  func claims() {
    #expect(Claim.gradient(of: "c", by: "w", .name("x")).latex == #"\frac{\partial c}{\partial w} = x"#)
    #expect(Claim.second(of: "c", by: "w", and: "w", 2).latex == #"\frac{\partial^{2} c}{\partial w^{2}} = 2"#)
    #expect(Claim.second(of: "c", by: "w", and: "b", 2).latex == #"\frac{\partial^{2} c}{\partial w\partial b} = 2"#)
  }

  @Test(
    "MathML is what the reader of LaTeX makes of it",
    arguments: ["a/b", "ŷ^2", "where(x < 0, a, b)", "[[1, x], [3, 4]]"])
  func mathML(text: String) throws {
    let mathML = try Formula(parsing: text).mathML
    #expect(mathML.hasPrefix("<math display=\"block\">") && mathML.hasSuffix("</math>"))
    #expect(!mathML.contains("mtext") || text.hasPrefix("where"))
    #expect(!mathML.contains(" < "))
  }
}
