import Testing

@Suite("chainrule verify")
struct VerifyTests {
  private static let program = "ŷ = w*x + b; e = ŷ - y; c = e^2"

  @Test("claims that hold")
  func holds() throws {
    let result = try Chainrule.run(
      "verify", Self.program, "--claim", "dc/dw = 2*e*x", "--claim", "d2c/dwdb = 2*x", "--claim", "e^2 = c")
    #expect(
      result
        == Chainrule.Result(
          status: 0,
          output: """
            holds: ∂c/∂w = 2·e·x: proved, error probability below 2.3e-54
            holds: ∂²c/∂w∂b = 2·x: proved, error probability below 8.2e-56
            holds: e² = c: proved, error probability below 5.3e-54
            3 claims: 3 hold (3 proved)

            """, errors: ""))
  }

  @Test("the tape at the counterexample as a page")
  func page() throws {
    let result = try Chainrule.run("verify", Self.program, "--claim", "dc/dw = e*x", "--format", "html")
    #expect(result.status == 1 && result.output.hasPrefix("<!DOCTYPE html>"))
    #expect(result.output.contains("<h1>refuted: ∂c/∂w = e·x: off by a factor 1/2; at w = 1, x = 1, b = 1, y = 1: "))
    // Inputs of one value belong to the point, and what the claim does not need is left out.
    let fixed = try Chainrule.run(
      "verify", "c = n*x^2; d = c*q", "--domain", "n = 3", "--claim", "dc/dx = 2*x", "--format", "html")
    #expect(fixed.output.contains("\"n\"") && !fixed.output.contains("\"q\"") && fixed.errors.isEmpty)
    let right = try Chainrule.run("verify", Self.program, "--claim", "dc/dw = 2*e*x", "--format", "html")
    #expect(right.status == 0 && right.output.isEmpty && right.errors.hasPrefix("no gradient of a number"))
    let vector = try Chainrule.run(
      "verify", "z = x*y", "--domain", "x: [3]", "--claim", "dz/dy = 2*x", "--format", "html")
    #expect(vector.status == 1 && vector.output.isEmpty && vector.errors.hasPrefix("no gradient of a number"))
  }

  @Test("a refuted claim, with a right one")
  func refuted() throws {
    let result = try Chainrule.run("verify", Self.program, "--claim", "dc/dw = e*x", "--suggest")
    #expect(
      result
        == Chainrule.Result(
          status: 1,
          output: """
            refuted: ∂c/∂w = e·x: off by a factor 1/2; at w = 1, x = 1, b = 1, y = 1: claimed 1, autodiff 2; \
            try ∂c/∂w = 2·e·x

            """, errors: ""))
  }

  @Test("undefined everywhere")
  func undefined() throws {
    let result = try Chainrule.run("verify", "c = sqrt(-1 - x^2)", "--claim", "dc/dx = 1")
    #expect(result.status == 2)
    #expect(result.output == "undefined: ∂c/∂x = 1: no point was found where both sides have a value\n")
  }

  @Test("JSON has the documented keys")
  func json() throws {
    let result = try Chainrule.run(
      "verify", "c = w^2", "--claim", "dc/dw = -2*w", "--claim", "dc/dw = 2*w", "--format", "json")
    #expect(
      result.output == """
        {"claims": [{"claim": "dc/dw = -2*w", "verdict": "refuted", "points": 12, "worst": 2, "counterexample": \
        {"at": {"w": 1}, "claimed": -2, "autodiff": 2}, "remark": "off by a factor -1"}, {"claim": "dc/dw = 2*w", \
        "verdict": "holds", "points": 8, "worst": 0, "proved": {"errorProbability": 8.156630584998156e-56}}]}

        """)
  }

  @Test("a file with titles, domains, prose and a known slip")
  func file() throws {
    let content = """
      title: Squared error, §4.2.2
      # The error of one datum.
      e = w*x - y
      c = e^2
      claim: dc/dw = 2*e*x      # (4.3)
      claim: dc/dw = e*x        # refuted: the 2 is missing

      title: Sign
      claim: s^2 = 1
      domain: s in {-1, 1}
      """
    let result = try Chainrule.run(file: content, named: "test.formulas", "verify", "FILE")
    #expect(
      result
        == Chainrule.Result(
          status: 0,
          output: """
            Squared error, §4.2.2
              holds: ∂c/∂w = 2·e·x  [(4.3)]: proved, error probability below 2.3e-54
              refuted as expected: ∂c/∂w = e·x: off by a factor 1/2; at w = 1, x = 2, y = 1: claimed 2, \
            autodiff 4; the 2 is missing

            Sign
              holds: s² = 1: proved, error probability below 1.4e-18

            3 claims: 2 hold (2 proved), 1 refuted as expected

            """, errors: ""))
  }

  @Test(
    "errors in a file",
    arguments: [
      ("", "FILE: line 1, column 1: no claim here; expected a line such as claim: dc/dw = 2*e*x\n  \n  ^\n"),
      (
        "c = w^\nclaim: dc/dw = 1",
        "FILE: line 1, column 7: expected an expression, found the end of the line\n  c = w^\n        ^\n"
      ),
    ])
  func fileErrors(content: String, message: String) throws {
    let result = try Chainrule.run(file: content, named: "test.formulas", "verify", "FILE")
    #expect(result == Chainrule.Result(status: 2, output: "", errors: "chainrule: " + message))
  }

  /// On paper a prime at a number is a derivative; only at a tensor does it transpose.
  @Test(
    "primes",
    arguments: [
      (["y = x^2", "y' = 2*x"], "holds: ∂y/∂x = 2·x: proved"),
      (["y = x^3", "y'' = 6*x"], "holds: ∂²y/∂x² = 6·x: proved"),
      (["y = x^2", "y' = x"], "refuted: ∂y/∂x = x: off by a factor 1/2"),
      (["A = X@X'", "A' = A", "--domain", "X: [2, 3]"], "holds: Aᵀ = A: proved"),
      (["y = n*x^2", "y' = 2*n*x", "--domain", "n = 5"], "holds: ∂y/∂x = 2·n·x: proved"),
    ])
  func primes(words: [String], start: String) throws {
    let result = try Chainrule.run(["verify", words[0], "--claim"] + words.dropFirst())
    #expect(result.output.hasPrefix(start), "\(result)")
  }

  @Test(
    "primes that say too little",
    arguments: [
      (
        ["y = w*x^2", "y' = 2*x"],
        """
        line 1, column 2: y is a number: its derivative needs a name to differentiate by, one of w, x; did you mean 'dy/dw'?
          y' = 2*x
           ^
        """
      ),
      (
        ["y = x^2; c = y^2", "dc/dx = 2*y*y'"],
        """
        line 1, column 14: y is a number: its derivative stands alone on the left of a claim, and on the right is its formula
          dc/dx = 2*y*y'
                       ^
        """
      ),
      (
        ["y = x^2", "x' = 1"],
        """
        line 1, column 2: x is a number, and an input: a derivative is that of a statement, dc/dx
          x' = 1
           ^
        """
      ),
      (
        ["f(x, w) = w*x^2; y = f(x, 2)", "f'(x, 2) = 4*x"],
        """
        line 1, column 1: a prime of several arguments does not say by which the derivative is meant
          f'(x, 2) = 4*x
          ^
        """
      ),
      (
        ["f(x) = x^2; y = f(x)", "g'(x) = 2*x"],
        """
        line 1, column 1: no function 'g'
          g'(x) = 2*x
          ^
        """
      ),
    ])
  func openPrimes(words: [String], message: String) throws {
    let result = try Chainrule.run("verify", words[0], "--claim", words[1])
    #expect(result == Chainrule.Result(status: 2, output: "not tested: \(words[1]): \(message)\n", errors: ""))
  }

  /// Titles and notes come from files; as HTML they could run scripts where the Markdown is shown.
  @Test("Markdown takes nothing from a file as markup")
  func markup() throws {
    let content = """
      title: <script>alert(1)</script> [x](y)
      c = w^2
      claim: dc/dw = 2*w   # <img src=x onerror=alert(1)> | `a`
      claim: dc/dw = w     # refuted: <b>2</b>
      """
    let result = try Chainrule.run(file: content, named: "test.formulas", "verify", "FILE", "--format", "markdown")
    let lines = result.output.split(separator: "\n")
    #expect(lines[0] == "## \\<script\\>alert(1)\\</script\\> \\[x\\](y)")
    #expect(lines[3].contains("| \\<img src=x onerror=alert(1)\\> \\| \\`a\\` | holds |"), "\(lines[3])")
    #expect(lines[4].hasSuffix("; \\<b\\>2\\</b\\> |"), "\(lines[4])")
  }

  /// 30 × 30 numbers have 810000 second derivatives.
  @Test("what would take minutes is refused, with what to do instead")
  func tooLarge() throws {
    let result = try Chainrule.run("verify", "f = sum(x^2)", "--claim", "d2f/dx2 = 2", "--domain", "x: [30, 30]")
    #expect(
      result
        == Chainrule.Result(
          status: 2,
          output: """
            not tested: d2f/dx2 = 2: line 1, column 1: comparing 810000 derivatives would take too long; test the \
            claim on smaller tensors, such as [3, 3] in place of [30, 30]
              ∂²f/∂x² = 2
              ^

            """, errors: ""))
  }

  @Test("a claim that cannot be tested does not hide the others")
  func unreadable() throws {
    let content = "c = w^2\nclaim: dc/dv = 1\nclaim: dc/dw = 2*w\nclaim: dc/dw = w"
    let result = try Chainrule.run(file: content, named: "test.formulas", "verify", "FILE")
    #expect(
      result
        == Chainrule.Result(
          status: 2,
          output: """
            not tested: dc/dv = 1: line 2, column 11: no name 'v'
              claim: dc/dv = 1
                        ^
            holds: ∂c/∂w = 2·w: proved, error probability below 8.2e-56
            refuted: ∂c/∂w = w: off by a factor 1/2; at w = 1: claimed 1, autodiff 2
            3 claims: 1 holds (1 proved), 1 refuted, 1 could not be tested

            """, errors: ""))
  }

  @Test("other errors")
  func errors() throws {
    #expect(
      try Chainrule.run("verify").errors
        == "chainrule: a program or a file is missing; try chainrule verify --help\n")
    #expect(
      try Chainrule.run("verify", "c = w").errors
        == "chainrule: a claim is missing: --claim 'dc/dw = …'; or a file of claims, whose name ends in .formulas\n")
    #expect(
      try Chainrule.run("verify", "c = w^2", "--claim", "dc/dw = 2*w", "--domain", "W in [0, 1]").errors
        == "chainrule: line 1, column 1: neither the program nor a claim uses 'W'; did you mean 'w'?\n  W in [0, 1]\n  ^\n"
    )
    let missing = try Chainrule.run("verify", "/nowhere/x.formulas")
    #expect(missing.status == 2)
    #expect(missing.errors == "chainrule: /nowhere/x.formulas: cannot be read: No such file or directory\n")
  }
}
