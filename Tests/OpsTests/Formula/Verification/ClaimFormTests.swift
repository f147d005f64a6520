import Testing

@testable import Ops

/// Claims that are more than a derivative or an identity: relations, chains, derivatives inside a side.
@Suite("Verification: forms of claims")
struct ClaimFormTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let program: String
    let claim: String
    let outcome: Verdict.Outcome
    let domains: [String]
    var testDescription: String { "\(program): \(claim)" }

    init(_ program: String, _ claim: String, _ outcome: Verdict.Outcome, _ domains: [String] = []) {
      (self.program, self.claim, self.outcome, self.domains) = (program, claim, outcome, domains)
    }
  }

  private static let chain = "p = w*x; q = p^2; C = q + p"

  static let relations: [Case] = [
    Case("y = x^2", "y >= 0", .holds), Case("y = x^2", "y ≥ 2*x - 1", .holds), Case("y = x^2", "y >= x", .refuted),
    Case("y = x^2", "y > 0", .refuted), Case("y = x^2 + 1", "y > 0", .holds), Case("y = exp(x)", "y >= 1 + x", .holds),
    Case("y = exp(x)", "y <= 1 + x", .refuted), Case("y = x^2", "y != -1", .holds), Case("y = x^2", "y ≠ x", .refuted),
    Case("y = x^2", "y < x", .holds, ["x in [0.1, 0.9]"]), Case("s = sum(x^2)", "s >= sum(x)^2/3", .holds, ["x: [3]"]),
    Case("s = sum(x^2)", "s >= sum(x)^2/2", .refuted, ["x: [3]"]), Case("y = softplus(x)", "dy/dx > 0", .holds),
    Case("y = x^3", "dy/dx > 0", .refuted), Case("y = x^3", "dy/dx >= 0", .holds),
  ]

  static let chains: [Case] = [
    Case(chain, "dC/dw = (2*p + 1)*x = 2*w*x^2 + x", .holds), Case(chain, "dC/dw = (2*p + 1)*x = 2*w*x + x", .refuted),
    Case(chain, "dC/dw = 2*p*x = 2*w*x^2", .refuted), Case("y = x^2", "(x + 1)^2 = y + 2*x + 1 >= 4*x", .holds),
    Case("y = x^2", "(x + 1)^2 = y + 2*x + 1 >= 4*x + 1", .refuted),
  ]

  static let derivatives: [Case] = [
    Case(chain, "dC/dw = dC/dp*dp/dw", .holds), Case(chain, "dC/dw = ∂C/∂p * ∂p/∂w", .holds),
    Case(chain, "dC/dw = dC/dq*dq/dp*dp/dw", .refuted), Case(chain, "dC/dp = dC/dq*dq/dp + 1", .holds),
    Case(chain, "2*dC/dw = dC/dp*(x + dp/dw)", .holds), Case(chain, "dp/dw*dC/dp - dC/dw = 0", .holds),
    Case(chain, "dC/dp*dp/dw = dC/dw", .holds), Case(chain, "dC/dw = dC/dp/dp/dw", .refuted),
    Case("a = x^2; b = sin(x)", "d(a*b)/dx = b*da/dx + a*db/dx", .holds),
    Case("a = x^2; b = sin(x)", "d(a*b)/dx = da/dx*db/dx", .refuted),
    Case("a = x^2; b = sin(x)", "∂(a/b)/∂x = (b*da/dx - a*db/dx)/b**2", .holds),
    Case("y = sin(x)", "d²y/dx² + y = 0", .holds), Case("y = sin(x)", "0 = ∂²y/∂x² - y", .refuted),
    Case("y = x**3", "dy/dx = 3*x**2", .holds), Case("dx = 2*t; y = dx^2", "dy/dt = 4*dx", .holds),
    Case("f = x*y", "d2f/dxdy = 1", .holds), Case("f = x*y", "2*d2f/dxdy - 2 = 0", .holds),
  ]

  @Test("relations", arguments: relations)
  func relation(_ example: Case) throws { try check(example) }

  @Test("chains", arguments: chains)
  func chain(_ example: Case) throws { try check(example) }

  @Test("derivatives inside", arguments: derivatives)
  func derivative(_ example: Case) throws { try check(example) }

  private func check(_ example: Case) throws {
    let verdict = try Program(parsing: example.program).verify(example.claim, domains: example.domains, points: 40)
    #expect(verdict.outcome == example.outcome, "\(verdict)")
    #expect(verdict.claim.comparison == nil || !verdict.isProved, "\(verdict)")
  }

  @Test("a refuted relation says what both sides are")
  func words() throws {
    let verdict = try Program(parsing: "y = x^2").verify("y >= x")
    #expect(verdict.description == "refuted: y ≥ x: at x = 0.5: right side 0.5, left side 0.25")
  }

  @Test("a chain that is expected to be wrong is wrong in one link")
  func file() throws {
    let text = "y = x^2\nclaim: dy/dx = 2*x = x  # refuted: a factor is lost\nclaim: dy/dx = 2*x = x + x\n"
    let lines = try FormulasFile(parsing: text).verify(points: 20).lines
    #expect(lines.map(\.isAsExpected) == [true, true, true, true])
    #expect(lines.map { $0.verdict?.outcome } == [.holds, .refuted, .holds, .holds])
  }

  @Test(
    "mistakes",
    arguments: [
      ("d(x*y = 1", "expected ')' for the '(' at"), ("d(x)*2 = 1", "no function 'd'"),
      ("2*df/dq = 1", "no name 'q'"), ("f = = 2", "expected an expression"), ("f", "expected '='"),
    ])
  func mistakes(claim: String, message: String) throws {
    let error = #expect(throws: ParseError.self) { try Program(parsing: "f = x*y").verify(claim) }
    let text = String(describing: try #require(error))
    #expect(text.contains(message), "\(text)")
  }
}
