import Testing

/// Programs and claims of the command line in LaTeX, alone and beside those in the notation of formulas.
@Suite("chainrule verify with LaTeX")
struct VerifyLaTeXTests {
  /// Words of the command, the exit status, and how the lines of the result begin.
  private static let cases: [(words: [String], status: Int32, lines: [String])] = [
    (
      [
        "c = (w*x - y)^2", "--claim", #"\frac{\partial c}{\partial w} = 2(wx - y)x"#,
        "--claim", #"\partial c/\partial x = 2w(wx - y) = 2w^2x - wy"#,
      ], 1,
      [
        "holds: ∂c/∂w = 2·(w·x - y)·x: proved", "holds: ∂c/∂x = 2·w·(w·x - y): proved",
        "refuted: 2·w·(w·x - y) = 2·w²·x - w·y: the term w·y must be multiplied by 2; ",
      ]
    ),
    (
      [
        #"z = wx + b; a = \sigma(z); C = \frac{(a - y)^2}{2}"#, "--claim", "dC/dw = (a - y)*a*(1 - a)*x",
        "--claim", #"\frac{\partial C}{\partial b} = (a - y)\sigma'(z)"#,
      ], 0, ["holds: ∂C/∂w = (a - y)·a·(1 - a)·x: proved", "holds: ∂C/∂b = (a - y)·(∂sigmoid(t)/∂t): proved"]
    ),
    (
      [
        #"C = \frac{1}{2n}\|XW - Y\|^2"#, "--domain", "X: [5, 3]", "--domain", "W: [3]", "--domain", "Y: [5]",
        "--domain", "n = 5", "--claim", #"\nabla_W C = \frac{1}{n}X^\top(XW - Y)"#,
      ], 0, ["holds: ∂C/∂W = 1/n·Xᵀ @ (X @ W - Y): proved"]
    ),
    // A sum is as long as the domain says, in claims of either notation.
    (
      [
        #"L = \sum_{i=1}^n (x_i - m)^2"#, "--domain", "x: [4]", "--claim", "dL/dm = -2*sum(x - m)",
        "--claim", "dL/dm = -2*(x[0] - m)", "--claim", #"\frac{\partial L}{\partial x_j} = 2(x_j - m)"#,
      ], 1,
      [
        "holds: ∂L/∂m = -2·sum(x - m): proved", "refuted: ∂L/∂m = -2·(x[0] - m): ",
        #"holds: \frac{\partial L}{\partial x_j} = 2(x_j - m): proved"#,
      ]
    ),
    (
      [
        #"p_i = \frac{e^{z_i}}{\sum_j e^{z_j}}"#, "--domain", "z: [3]",
        "--claim", #"\frac{\partial p_i}{\partial z_j} = p_i(\delta_{ij} - p_j)"#,
        "--claim", #"\frac{\partial p_i}{\partial z_j} = p_i(1 - p_j)"#,
      ], 1,
      [
        #"holds: \frac{\partial p_i}{\partial z_j} = p_i(\delta_{ij} - p_j): "#,
        #"refuted: \frac{\partial p_i}{\partial z_j} = p_i(1 - p_j): "#,
      ]
    ),
    // What a document would take for another definition, a condition or a value is a claim here.
    (
      [
        #"\hat c = (wx - y)^2"#, "--claim", #"\hat c = (wx + y)^2"#, "--claim",
        #"\frac{\partial\hat c}{\partial w} = 0"#,
        "--claim", #"w = 3\cdot x"#, "--claim", #"\hat c = (y - wx)^2"#,
      ], 1,
      [
        "refuted: ĉ = (w·x + y)²: ", "refuted: ∂ĉ/∂w = 0: ", "refuted: w = 3·x: ", "holds: ĉ = (y - w·x)²: proved",
      ]
    ),
    // At a point, which lies outside of the domain of the name; beside the bar the name is as it was.
    (
      [
        "c = (w*x - y)^2", "--domain", "w in [2, 3]",
        "--claim", #"\frac{\partial c}{\partial w}\big|_{w=1} = 2(x - y)x"#,
        "--claim", #"\frac{\partial c}{\partial w}\big|_{w=1} = 2(wx - y)x"#,
        "--claim", #"\frac{\partial c}{\partial w}\big|_{w=1} + w = 2(x - y)x + w"#,
      ], 1,
      [
        #"holds: \frac{\partial c}{\partial w}\big|_{w=1} = 2(x - y)x: proved"#, "refuted: ",
        #"holds: \frac{\partial c}{\partial w}\big|_{w=1} + w = "#,
      ]
    ),
    // What cannot be read does not keep the others from a verdict, and no name comes from nowhere.
    (
      [
        "c = (w*x)^2", "--claim", #"\frac{\partial c}{\partial w = 2"#, "--claim",
        #"\frac{\partial c}{\partial w} = q"#,
        "--claim", #"\frac{\partial c}{\partial w} = \prox(x)"#, "--claim", "dc/dw = 2*w*x^2",
      ], 2,
      [
        #"not tested: \frac{\partial c}{\partial w = 2: line 1, column 33: expected '}'"#,
        #"not tested: \frac{\partial c}{\partial w} = q: line 1, column 1: no name 'q'"#,
        #"not tested: \frac{\partial c}{\partial w} = \prox(x): line 1, column 33: no command '\prox' is known"#,
        "holds: ∂c/∂w = 2·w·x²: proved",
      ]
    ),
  ]

  @Test(arguments: cases)
  func verdicts(words: [String], status: Int32, lines: [String]) {
    let result = Chainrule.called(["verify"] + words)
    #expect(result.status == status && result.errors.isEmpty, "\(result)")
    let found = result.output.split(separator: "\n").filter { !$0.hasPrefix(" ") }
    #expect(found.count >= lines.count)
    for (line, beginning) in zip(found, lines) { #expect(line.hasPrefix(beginning)) }
  }

  @Test(
    arguments: [
      (#"c = \frac{(wx - y)^2"#, "line 1, column 21: expected '}', found the end of the formula"),
      (#"L = \sum_{i=1}^n x_i"#, "line 1, column 1: nothing says what shapes the names have"),
      (#"x = x + \eta"#, "line 1, column 1: x refers to itself"),
      (#"\alpha"#, "line 1, column 1: no definition here"),
    ])
  func programsThatCannotBeRead(program: String, message: String) {
    let result = Chainrule.called(["verify", program, "--claim", "dc/dw = 1"])
    #expect(result.status == 2 && result.errors.hasPrefix("chainrule: " + message), "\(result)")
  }
}
