import Ops
import Testing

/// Claims whose verdict is known: heavy cancellation, slips in the seventh digit, matrices.
@Suite("Verification: verdicts")
struct VerdictTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let program: String
    let claim: String
    let domains: [String]
    let outcome: Verdict.Outcome
    /// What the verdict says besides, of a refuted claim.
    var remark = ""
    var testDescription: String { "\(program): \(claim)" }
  }

  private static let regression = (
    program: "C = sum((X@W - Y)^2)/(2*n)", domains: ["X: [5, 3]", "W: [3, 1]", "Y: [5, 1]", "n = 5"]
  )

  static let cases = [
    Case(
      program: "f = (1 - cos(x))/x^2", claim: "df/dx = sin(x)/x^2 - 2*(1 - cos(x))/x^3",
      domains: ["x in [-1e-4, 1e-4]"], outcome: .holds),
    Case(
      program: "f = log(1 + x)", claim: "df/dx = 1/(1 + x)", domains: ["x in [1e-12, 1e-9]"], outcome: .holds),
    Case(
      program: "f = exp(x) - exp(-x)", claim: "df/dx = exp(x) + exp(-x)", domains: ["x in [-1e-8, 1e-8]"],
      outcome: .holds),
    Case(
      program: "f = exp(x) - exp(-x)", claim: "df/dx = (exp(x) + exp(-x))*1.000001", domains: [],
      outcome: .refuted, remark: "off by a factor 1.000001"),
    Case(
      program: regression.program, claim: "dC/dW = (X'@X@W - X'@Y)/n", domains: regression.domains, outcome: .holds),
    Case(
      program: regression.program, claim: "dC/dW = X'@X@W - X'@Y", domains: regression.domains, outcome: .refuted,
      remark: "off by a factor n"),
    Case(program: "Z = X@W", claim: "dZ/dW = X", domains: ["X: [5, 3]", "W: [3]"], outcome: .holds),
    Case(
      program: "C = sum((X@W - Y)^2)/(2*n)", claim: "d2C/dW2 = X'@X/n",
      domains: ["X: [5, 3]", "W: [3]", "Y: [5]", "n = 5"], outcome: .holds),
    Case(
      program: "y = [0, 1, 0, 0]; C = -sum(y*logsoftmax(z))", claim: "dC/dz = softmax(z) - y", domains: ["z: [4]"],
      outcome: .holds),
    Case(program: "e = w*x - y; c = e^2", claim: "dc/dw = -2*e*x", domains: [], outcome: .refuted, remark: "factor -1"),
  ]

  /// The derivative that the rule of log gives is a number on both sides of 0, and a rational function.
  @Test("a function without a value has no derivative", arguments: ["1/x", "1/x + 0*sin(x)", "2/x"])
  func noValue(slope: String) throws {
    let program = try Program(parsing: "y = log(x)")
    #expect(try program.verify("dy/dx = \(slope)", domains: ["x in [-2, -1]"]).outcome == .undefined)
    let right = try program.verify("dy/dx = \(slope)", domains: ["x in [-2, 2]"]).outcome
    #expect(right == (slope == "2/x" ? .refuted : .holds))
  }

  @Test(arguments: cases)
  func isRight(_ example: Case) throws {
    let verdict = try Program(parsing: example.program).verify(example.claim, domains: example.domains)
    #expect(verdict.outcome == example.outcome, "\(verdict)")
    #expect(example.remark.isEmpty || "\(verdict)".contains(example.remark), "\(verdict)")
  }

  @Test("a Jacobian of more than 8 dimensions is an error")
  func dimensions() throws {
    let error = #expect(throws: ParseError.self) {
      try Program(parsing: "Z = 2*X").verify("dZ/dX = 2", domains: ["X: [2, 1, 1, 1, 1]"])
    }
    #expect(error?.message == "the derivative would have 10 dimensions; 8 are possible")
  }

  @Test func closures() throws {
    func logCosh<A: Algebra>(_ e: A) -> A { e + softplus(-2 * e) - log(2) }
    try verify({ tanh($0) }, isGradientOf: { logCosh($0) })
    let error = #expect(throws: (any Error).self) { try verify({ 2 * tanh($0) }, isGradientOf: { logCosh($0) }) }
    #expect(error.map { "\($0)" }?.contains("off by a factor 2") == true)
  }
}
