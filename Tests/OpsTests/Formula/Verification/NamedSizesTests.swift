import Ops
import Testing

@Suite("Verification: sizes with names")
struct NamedSizesTests {
  struct Example: Sendable {
    let program: String
    let claim: String
    let domains: [String]
    var outcome = Verdict.Outcome.holds
  }

  static let ridge = ["X: [n, d]", "W: [d]", "Y: [n]"]
  static let ones = ["x: [n]", "y: [n]"]

  /// The right ones are textbook gradients, the others forget a factor or are right for one size only.
  static let examples = [
    Example(program: "C = sum((X@W - Y)^2)/(2*n)", claim: "dC/dW = X'@(X@W - Y)/n", domains: ridge),
    Example(program: "C = sum((X@W - Y)^2)/(2*n)", claim: "dC/dW = X'@(X@W - Y)/d", domains: ridge, outcome: .refuted),
    Example(program: "C = sum((X@W - Y)^2)/(2*n)", claim: "dC/dW = X'@(X@W - Y)/3", domains: ridge, outcome: .refuted),
    Example(program: "L = sum((y - w*x)^2)", claim: "dL/dw = -2*sum(i in 1...n, x[i]*(y[i] - w*x[i]))", domains: ones),
    Example(
      program: "L = sum((y - w*x)^2)", claim: "dL/dw = -2*sum(i in 1...n - 1, x[i]*(y[i] - w*x[i]))", domains: ones,
      outcome: .refuted),
    Example(program: "s = sum(x)", claim: "ds/dx = ones(n)", domains: ["x: [n]"]),
    Example(program: "s = sum(x)", claim: "sum(ones(n)) = n", domains: ["x: [n]"]),
    Example(program: "s = sum(x[1:])", claim: "s = sum(i in 2...n + 1, x[i])", domains: ["x: [n + 1]"]),
    Example(program: "s = sum(x)", claim: "s = sum(i in 1...n, x[i])", domains: ["x: [n]", "n = 4"]),
    Example(program: "p = softmax(z)", claim: "sum(p) = 1", domains: ["z: [k]"]),
  ]

  @Test("verdicts", arguments: examples)
  func verdict(example: Example) throws {
    let verdict = try Program(parsing: example.program).verify(example.claim, domains: example.domains, points: 10)
    #expect(verdict.outcome == example.outcome, "\(verdict)")
  }

  @Test("three assignments, no two sizes equal; of a refuted claim the one that refutes it")
  func sizes() throws {
    let program = try Program(parsing: "C = sum((X@W - Y)^2)/(2*n)")
    let holds = try program.verify("dC/dW = X'@(X@W - Y)/n", domains: Self.ridge)
    #expect(holds.sizes == [["n": 3, "d": 2], ["n": 2, "d": 5], ["n": 5, "d": 3]])
    #expect(holds.explanation.hasPrefix("proved for 3 sizes, "))
    let three = try program.verify("dC/dW = X'@(X@W - Y)/3", domains: Self.ridge)
    #expect(three.sizes == [["n": 2, "d": 5]])
    #expect(three.explanation.contains("; with d = 5, n = 2; at "), "\(three)")
    #expect(try program.verify("dC/dW = X'@(X@W - Y)/n", domains: Self.ridge + ["n = 4", "d = 2"]).sizes.isEmpty)
  }

  @Test("in a file, also in its program")
  func file() throws {
    let text = """
      domain: x: [n]
      domain: y: [n]
      L = sum(i in 1...n, (y[i] - w*x[i])^2)/n
      claim: dL/dw = -2*x'@(y - w*x)/n
      claim: dL/dw = -2*x'@(y - w*x)   # refuted: the mean was forgotten
      """
    let lines = try FormulasFile(parsing: text).verify(points: 10).lines
    #expect(lines.map(\.isAsExpected) == [true, true])
    #expect(lines[0].sizes.count == 3 && lines[1].sizes == [["n": 3]])
  }

  @Test("as a document it has the same sizes and verdicts")
  func document() throws {
    let text = """
      domain: x: [n + 1]
      L = sum(x^2)/n
      claim: dL/dx = 2*x/n
      claim: dL/dx = 2*x/3   # refuted: n is any size
      """
    let latex = try FormulasFile(parsing: text).latex()
    #expect(latex.contains("% chainrule: x: [n + 1]\n"))
    let findings = try Derivation(parsing: latex, as: .latex).check(points: 10).filter { $0.kind == .claim }
    #expect(
      findings.map { $0.verdict?.outcome } == [.holds, .refuted] && findings.allSatisfy(\.isAsExpected), "\(latex)")
  }

  @Test("claims in LaTeX about them")
  func latex() throws {
    let file = try FormulasFile(
      program: "C = sum((X@W - Y)^2)/(2*n)", domains: Self.ridge,
      claims: [
        #"\frac{\partial C}{\partial W} = \frac{1}{n} X^\top (XW - Y)"#,
        #"\frac{\partial C}{\partial W} = X^\top (XW - Y)"#,
      ])
    let lines = file.verify(points: 10).lines
    #expect(lines.map { $0.verdict?.outcome } == [.holds, .refuted], "\(lines)")
  }
}
