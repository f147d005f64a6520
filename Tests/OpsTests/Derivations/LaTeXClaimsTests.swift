import Ops
import Testing

/// What the reader of LaTeX makes of formulas as people write them: each line is a document, with what must be found out
/// about its formulas. The truth of each is a fact of calculus.
@Suite("Claims in LaTeX")
struct LaTeXClaimsTests {
  struct Example: CustomTestStringConvertible {
    let text: String
    /// Of everything but mentions, in their order.
    let found: [String]
    var testDescription: String { text }

    init(_ text: String, _ found: String...) { (self.text, self.found) = (text, found) }
  }

  @Test("claims", arguments: notation + points + derivatives + tensors + indices + documents)
  func claims(_ example: Example) throws {
    let findings = try Derivation(parsing: example.text, as: .markdown).check(points: 10)
    let found = findings.filter { $0.kind != .mention }.map { $0.verdict?.outcome.rawValue ?? $0.kind.rawValue }
    #expect(
      found == example.found, "\(findings.map { "\($0.reading) \($0.reason ?? "") \($0.verdict?.explanation ?? "")" })")
  }

  static let notation: [Example] = [
    Example(#"$\sin^2 x + \cos^2 x = 1$"#, "holds"),
    Example(#"$\sin 2x = 2\sin x\cos x$"#, "holds"),
    Example(#"$\sin 2x = 2\sin x$"#, "refuted"),
    Example(#"$\frac12 + \frac{1}{3} = \dfrac{5}{6}$"#, "holds"),
    Example(#"$(a+b)^2 = a^2 + 2ab + b^2$"#, "holds"),
    Example(#"$(a+b)^2 = a^2 + b^2$"#, "refuted"),
    Example(#"$\sqrt[3]{x^3} = x$"#, "holds"),
    Example(#"$\sqrt[2n]{x} = x^{1/(2n)}$"#, "holds"),
    Example(#"$\sqrt[2n]{x} = \sqrt{x}$"#, "refuted"),
    Example(#"$\sqrt{x^2} = |x|$"#, "holds"),
    Example(#"\begin{dmath*} (a+b)^2 = a^2 + 2ab + b^2 \end{dmath*}"#, "holds"),
    Example(#"\begin{IEEEeqnarray}{rCl} (a+b)^2 & = & a^2 + 2ab + b^2 \end{IEEEeqnarray}"#, "holds"),
    Example(#"$\sqrt{x^2} = x$"#, "refuted"),
    Example(#"$e^{a+b} = e^a e^b$"#, "holds"),
    Example(#"$\log_2 8 = 3$"#, "holds"),
    Example(#"$\ln(xy) = \ln x + \ln y$"#, "holds"),
    Example(#"$\tanh c = \frac{e^c - e^{-c}}{e^c + e^{-c}}$"#, "holds"),
    Example(#"$\cosh x = \left(e^{x} + e^{-x}\right)/2$"#, "holds"),
    Example(#"$\max\{0, x\} = \begin{cases} x & \text{if } x > 0 \\ 0 & \text{otherwise} \end{cases}$"#, "holds"),
    Example(#"$\max(0, x) = \mathbb{1}[x > 0]\, x$"#, "holds"),
    Example(#"$|x| = \begin{cases} x, & x \geq 0 \\ -x, & x < 0 \end{cases}$"#, "holds"),
    Example(#"$\begin{cases} x & x > 0 \\ 0 & x \le 0 \end{cases} = \max(0, x)$"#, "holds"),
    Example(#"$\begin{cases} a = 2b \\ c = ab \end{cases}$, $c = 2b^2$"#, "definition", "definition", "holds"),
    Example(#"$\operatorname{sgn}(x)\,|x| = x$"#, "holds"),
    Example(#"$x^{-1} = \frac1x$"#, "holds"),
    Example(#"${a \over b} = a b^{-1}$"#, "holds"),
    Example(#"$x \cdot y \times z = z * y * x$"#, "holds"),
    Example(#"$x² + 1 ≥ 2x$"#, "holds"),
    Example(#"$\prod_{i=1}^{3} i = 6$"#, "holds"),
    Example(#"$\sum_{k=1}^{4} k^2 = 30$"#, "holds"),
    Example(#"$\sum_{k=1}^{4} k^2 = 31$"#, "refuted"),
    Example(#"$\hat{y} = wx + b$, $e = \hat{y} - y$; $e^2 = (wx + b - y)^2$"#, "definition", "definition", "holds"),
    Example(#"$\sigma^2 = ab$ and $\sigma^2 + 1 = ab + 1$"#, "definition", "holds"),
    Example(#"$f(x) = x^2$, $f(3) = 9$, $f(a + b) = a^2 + 2ab + b^2$"#, "definition", "holds", "holds"),
    Example(#"$\eta(y - z)x = \eta x y - \eta x z$"#, "holds"),
    Example(#"$\text{relu}(x) + \text{relu}(-x) = |x|$"#, "holds"),
  ]

  static let points: [Example] = [
    Example(
      #"$f(x) = x^2 + 3x$, $\frac{df}{dx}\Big|_{x=2} = 7$, $\left.\frac{df}{dx}\right|_{x=0} = 3$"#, "definition",
      "holds", "holds"),
    Example(#"$f(x) = x^2 + 3x$, $\frac{df}{dx}\Big|_{x=2} = 4$"#, "definition", "refuted"),
    Example(#"$f(x) = x^2 + 3x$, $f(x)\big|_{x=a} = a^2 + 3a$"#, "definition", "holds"),
    // What is defined by the name follows it, and what is differentiated is so before the name gets its value.
    Example(#"$C = (wx - y)^2$, $\frac{\partial C}{\partial w}\Big|_{w=1, y=0} = 2x^2$"#, "definition", "holds"),
    Example(#"$C = (wx - y)^2$, $\frac{\partial C}{\partial w}\Big|_{w=1, y=0} = 2x$"#, "definition", "refuted"),
    Example(
      #"$z = wx$, $C = z^2$, $\frac{\partial C}{\partial w}\Big|_{w=3} = 6x^2$"#, "definition", "definition", "holds"),
    Example(#"$\ln t\,\Big|_1^n = \ln n$"#, "holds"), Example(#"$t^2\,\big|_a^b = b^2 + a^2$"#, "refuted"),
    Example(#"$t^2\,\big|_{3} = 9$"#, "not read"),
  ]

  static let derivatives: [Example] = [
    Example(#"$f(x) = x^3$, $f'(x) = 3x^2$, $f''(x) = 6x$"#, "definition", "holds", "holds"),
    Example(#"$f(x) = x^3$, $f'(x) = 3x$"#, "definition", "refuted"),
    Example(#"$y = x^2$, $\frac{dy}{dx} = 2x$, $dy/dx = 2x$, $y' = 2x$"#, "definition", "holds", "holds", "holds"),
    Example(#"$\frac{d}{dx} \sin(x^2) = 2x\cos(x^2)$"#, "holds"),
    Example(#"$\frac{\partial}{\partial y}\left(x y^2\right) = 2xy$"#, "holds"),
    Example(
      #"$z = x^2 y$, $\frac{\partial^2 z}{\partial x \partial y} = 2x$, $\frac{\partial^2 z}{\partial x^2} = 2y$"#,
      "definition", "holds", "holds"),
    Example(#"$\frac{\partial (y - \hat y)}{\partial \hat y} = -1$"#, "holds"),
    Example(#"$\frac{\partial (y - \hat y)}{\partial \hat y} = 1$"#, "refuted"),
    Example(#"$\frac{d}{dx} f(g(x)) = f'(g(x)) \cdot g'(x)$"#, "holds"),
    Example(#"$\frac{d}{dx} f(g(x)) = f'(x) \cdot g'(x)$"#, "refuted"),
    Example(#"$\frac{d}{dx}\left(f(x) g(x)\right) = f'(x) g(x) + f(x) g'(x)$"#, "holds"),
    Example(#"$\sigma(t) = \frac{1}{1 + e^{-t}}$, $\sigma'(z) = \sigma(z)(1 - \sigma(z))$"#, "definition", "holds"),
    Example(#"$\sigma'(z) = \sigma(z)^2$"#, "refuted"),
    Example(#"$c = (wx - y)^2$, $\partial c/\partial w = 2(wx - y)x$"#, "definition", "holds"),
    Example(
      #"$p = wx$, $C = p^2$, $\frac{\partial C}{\partial w} = \frac{\partial C}{\partial p}\frac{\partial p}{\partial w} = 2px$"#,
      "definition", "definition", "holds", "holds"),
    Example(#"$J(x, y) = x^2 + \sin^2(y)$, $\nabla J(x, y) = (2x, 2\sin y\cos y)$"#, "definition", "holds"),
    Example(#"$J(x, y) = x^2 + \sin^2(y)$, $\nabla J(x, y) = (2x, \sin y\cos y)$"#, "definition", "refuted"),
    Example(#"$f(x) \approx f(a) + f'(a)(x - a)$"#, "holds"),
    Example(#"$f(x) \approx f(a) - f'(a)(x - a)$"#, "refuted"),
    Example(#"$(1 + \varepsilon)^5 \approx 1 + 5\varepsilon$"#, "holds"),
    Example(#"$\frac{\partial E}{\partial w} = \delta x$"#, "not read"),
  ]

  private static let linear = "<!-- chainrule: W: [m, n]; x: [n]; y, b: [m] -->"

  static let tensors: [Example] = [
    Example(
      linear + #" $L = \frac12\|Wx - y\|^2$, $\frac{\partial L}{\partial W} = (Wx - y)x^\top$"#, "definition", "holds"),
    Example(
      linear + #" $L = \frac12\|Wx - y\|^2$, $\frac{\partial L}{\partial W} = x(Wx - y)^\top$"#, "definition", "refuted"
    ),
    Example(linear + #" $L = \frac12\|Wx - y\|^2$, $\nabla_x L = W^T(Wx - y)$"#, "definition", "holds"),
    Example(linear + #" $\frac{\partial Wx}{\partial x} = W$"#, "holds"),
    Example(linear + #" $(Wx)^\top y = x^\top W^\top y$"#, "holds"),
    Example(
      linear + #" $z = Wx + b$, $C = \sum_i \sigma(z_i)$, $\nabla_b C = \sigma'(z)$"#, "definition", "definition",
      "holds"),
    Example(
      linear
        + #" $z = Wx + b$, $C = \sum_i \sigma(z_i)$, $\frac{\partial C}{\partial W} = \left(y \odot \sigma'(z)\right) x^T$"#,
      "definition", "definition", "refuted"),
    Example(#"<!-- chainrule: A: [n, n]; x: [n] --> $\nabla_x\, x^\top A x = (A + A^\top) x$"#, "holds"),
    Example(#"<!-- chainrule: A: [n, n]; x: [n] --> $\nabla_x\, x^\top A x = 2 A x$"#, "refuted"),
    Example(#"<!-- chainrule: A: [n, n]; x: [n] --> $\nabla_x^2\, x^\top A x = A + A^\top$"#, "holds"),
    Example(
      #"<!-- chainrule: A, B: [n, n] --> $(AB)^{-1} = B^{-1}A^{-1}$, $(AB)^\top = B^\top A^\top$"#, "holds", "holds"),
    Example(#"<!-- chainrule: A, B: [n, n] --> $(AB)^{-1} = A^{-1}B^{-1}$"#, "refuted"),
    Example(#"<!-- chainrule: A: [n, n] --> $A^{-\top} = (A^\top)^{-1}$, $AA^{-1} = I$"#, "holds", "holds"),
    Example(#"<!-- chainrule: A: [n, n] --> $\frac{\partial \log\det A}{\partial A} = A^{-\top}$"#, "holds"),
    Example(
      #"<!-- chainrule: A: [n, n]; B: [n, n] --> $\frac{\partial \operatorname{tr}(AB)}{\partial A} = B^\top$"#, "holds"
    ),
    Example(
      #"$w \in \mathbb{R}^d$ and $x \in \mathbb{R}^d$: $\nabla_w w^\top x = x$"#, "declaration", "declaration", "holds"),
    Example(#"$\begin{bmatrix} a \\ b \end{bmatrix}^T \begin{bmatrix} c \\ d \end{bmatrix} = ac + bd$"#, "holds"),
    Example(
      #"$\begin{pmatrix} \cos t & -\sin t \\ \sin t & \cos t \end{pmatrix}\begin{pmatrix} 1 \\ 0 \end{pmatrix} = \begin{pmatrix} \cos t \\ \sin t \end{pmatrix}$"#,
      "holds"),
    Example(#"$\|x\|_2^2 = x^\top x$"#, "holds"),
    // Shapes that nobody stated do not refute.
    Example(#"$\nabla_W \frac12\|XW - Y\|^2 = XW - Y$"#, "not read"),
  ]

  static let indices: [Example] = [
    Example(
      #"$p_i = \frac{e^{z_i}}{\sum_j e^{z_j}}$, $\frac{\partial p_i}{\partial z_j} = p_i(\delta_{ij} - p_j)$"#,
      "definition", "holds"),
    Example(
      #"$p_i = \frac{e^{z_i}}{\sum_j e^{z_j}}$, $\frac{\partial p_i}{\partial z_j} = p_i(1 - p_j)$"#, "definition",
      "refuted"),
    Example(
      #"$p_i = \frac{e^{z_i}}{\sum_{j=1}^K e^{z_j}}$, $L = -\sum_k y_k \log p_k$, $\frac{\partial L}{\partial z_i} = p_i \sum_k y_k - y_i$"#,
      "definition", "definition", "holds"),
    Example(
      #"$p_i = \frac{e^{z_i}}{\sum_{j=1}^K e^{z_j}}$, $L = -\sum_k y_k \log p_k$, $\frac{\partial L}{\partial z_i} = p_i - y_i$"#,
      "definition", "definition", "refuted"),
    Example(#"$\mu = \frac1m\sum_{i=1}^m x_i$, $\frac{\partial \mu}{\partial x_i} = \frac1m$"#, "definition", "holds"),
    Example(
      #"$\sum_{i=1}^n (x_i - y_i)^2 = \sum_{i=1}^n x_i^2 - 2\sum_{i=1}^n x_i y_i + \sum_{i=1}^n y_i^2$"#, "holds"),
    Example(#"$s = w_0 + w_1 x_1 + \dots + w_d x_d$, $\frac{\partial s}{\partial w_1} = x_1$"#, "definition", "holds"),
    Example(
      #"<!-- chainrule: W^\ell: [m, m]; b^\ell: [m]; a^\ell: [m]; ℓ in 2...3 --> $z^\ell = W^\ell a^{\ell-1} + b^\ell$, $a^\ell = \tanh(z^\ell)$, $\frac{\partial a^\ell_j}{\partial b^\ell_j} = 1 - (a_j^\ell)^2$"#,
      "definition", "definition", "holds"),
    Example(
      #"<!-- chainrule: x^{(i)}, y^{(i)}: rows of X, Y; X: [n, d]; Y: [n]; w: [d] --> $L = \sum_{i=1}^n (w^\top x^{(i)} - y^{(i)})^2$, $\nabla_w L = 2\sum_{i=1}^n (w^\top x^{(i)} - y^{(i)})x^{(i)} = 2X^\top(Xw - Y)$"#,
      "definition", "holds", "holds"),
  ]

  static let documents: [Example] = [
    // A later definition is found within its section, an earlier one counts.
    Example(
      "$C = \\frac12 p^2$ with $p = wx$: $\\frac{\\partial C}{\\partial w} = px$", "definition", "definition", "holds"),
    Example("$y = 2x$, $y = 2x$, $y + 1 = 2x + 1$", "definition", "holds", "holds"),
    // A name without arguments has no value at others.
    Example(
      "$f = x^2$, $1 + f(x + h) = 1 + x^2$, $1 + f(t) = 1 + x^2$, $1 + f(x) = 1 + x^2$", "definition", "not read",
      "not read", "holds"),
    // Defined anew, not wrong.
    Example("$y = 2x$, $y = 3x$, $y + 1 = 3x + 1$", "definition", "definition", "holds"),
    Example(
      "$w = w - \\eta g$, $\\lambda > 0$, $x \\to \\infty$, $\\sqrt{\\lambda^2} = \\lambda$", "declaration", "holds"),
    Example("<!-- chainrule: refuted: sign --> $(-x)^3 = x^3$", "refuted"),
    Example("<!-- chainrule: skip --> $(-x)^3 = x^3$ and $(-x)^2 = x^2$", "holds"),
    Example("$u = 5x$ <!-- chainrule: new --> $u = 1 + v$, $u - v = 1$", "definition", "definition", "holds"),
    Example("<!-- chainrule: σ(x) = 1/(1 + exp(-x)) --> $\\sigma(-x) = 1 - \\sigma(x)$", "holds"),
    Example("<!-- chainrule: y in {-1, 1} --> $y^2 = 1$, $y^3 = y$", "holds", "holds"),
    Example(
      "$$\n\\begin{aligned}\ny &= (x + 1)^2 \\\\\n&= x^2 + 2x + 1 \\\\\n&= x^2 + 2x\n\\end{aligned}\n$$", "definition",
      "holds", "refuted"),
    Example("$\\hat(x) = 2$", "not read"),
    Example("$\\operatorname{prox}_\\lambda(v) = v$ and $\\int_0^1 x dx = \\frac12$", "not read", "not read"),
    Example("```\n$1 = 2$\n```\n`$1 = 2$` costs $5 and $7; $1 + 1 = 2$", "holds"),
  ]

  @Test("a claim that holds only vacuously does not hold: nothing says how E depends on w")
  func vacuous() throws {
    let text =
      #"$u = wx$, $\frac{\partial E}{\partial w} = \frac{\partial E}{\partial u}\frac{\partial u}{\partial w}$"#
    let findings = try Derivation(parsing: text, as: .markdown).check()
    #expect(findings[1].kind == .notRead)
    #expect(findings[1].reason == "nothing says how E depends on w")
    let opaque = try Derivation(parsing: "<!-- chainrule: E: function of u -->" + text, as: .markdown).check()
    #expect(opaque[1].verdict?.isProved == true)
  }

  @Test("a function at another argument takes with it what its body defines by the parameter")
  func parameters() throws {
    let text = "$\\hat{y} = wx$, $C(w) = (\\hat{y} - y)^2$, $0 + C(v) = (vx - y)^2$, $0 + C(v) = (wx - y)^2$"
    let outcomes = try Derivation(parsing: text, as: .markdown).check().compactMap { $0.verdict?.outcome }
    #expect(outcomes == [.holds, .refuted])
  }

  @Test("what is said of a name behind 'new' is not known before, nor the other way round")
  func forgotten() throws {
    let text = "$c = x^2$, $\\frac{dc}{dx} = 2x$ <!-- chainrule: new; x: [3] --> $d = \\|x\\|^2$, $\\nabla_x d = 2x$"
    let outcomes = try Derivation(parsing: text, as: .markdown).check().compactMap { $0.verdict?.outcome }
    #expect(outcomes == [.holds, .holds])
  }

  @Test("the place of a finding is that of the formula in the file")
  func places() throws {
    let findings = try Derivation(parsing: "Text.\n\nLet $a = b$.\n> and\n> $$a = b \\tag{7}$$\n", as: .markdown)
      .check()
    #expect(findings.map { [$0.line, $0.column] } == [[3, 6], [5, 5]])
    #expect(findings.map(\.tag) == [nil, "7"])
    #expect(findings[1].latex == "a = b")
  }
}

@Suite("Derivatives by statements inside claims")
struct FreedStatementTests {
  /// Below 0 the statement a stands on the kink of max, on either side of which its derivative is another one.
  private static let program = "$$a = \\max\\{z, 0\\}, \\quad L = \\max\\{a, 0\\}$$\n\n"

  @Test(
    "a kink of the statement is set apart as in a claim that is the derivative",
    arguments: [
      ("\\frac{\\partial L}{\\partial a} = \\begin{cases} 1 & a > 0 \\\\ 0 & a \\le 0 \\end{cases}", true),
      ("2 \\frac{\\partial L}{\\partial a} = \\begin{cases} 2 & a > 0 \\\\ 0 & a \\le 0 \\end{cases}", true),
      ("0 + \\begin{cases} 2 & a > 0 \\\\ 0 & a \\le 0 \\end{cases} = 2 \\frac{\\partial L}{\\partial a}", true),
      (
        "\\frac{\\partial L}{\\partial z} = \\frac{\\partial L}{\\partial a} - \\begin{cases} 0 & z > 0 \\\\ \\frac12 & z \\le 0 \\end{cases}",
        true
      ),
      ("2 \\frac{\\partial L}{\\partial a} = \\begin{cases} 1 & a > 0 \\\\ 0 & a \\le 0 \\end{cases}", false),
    ])
  func kink(claim: String, isRight: Bool) throws {
    let findings = try Derivation(parsing: Self.program + "$$\(claim)$$", as: .markdown).check()
    let verdict = try #require(findings.last?.verdict)
    #expect(verdict.outcome == (isRight ? .holds : .refuted), "\(verdict)")
  }
}
