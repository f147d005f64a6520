import Ops
import Testing

/// `A = B = C`: every link is a claim of its own.
@Suite("Verification: chains of equations")
struct ChainTests {
  static let program = "q = w*x + b; C = sum([q^2, q], axis=0)"

  private func report(_ claim: String) throws -> [FormulasReport.Line] {
    try FormulasFile(program: Self.program, domains: [], claims: [claim]).verify().lines
  }

  @Test("a right one holds in every link")
  func right() throws {
    let lines = try report("dC/dw = dC/dq*dq/dw = (2*q + 1)*x == sum([2*q*x, x], axis=0)")
    #expect(lines.map { $0.verdict?.outcome } == [.holds, .holds, .holds])
    #expect(lines.map { $0.verdict?.claim.ascii }[1] == "dC/dq*(dq/dw) = (2*q + 1)*x")
  }

  @Test("of a wrong one the link says which it is")
  func slip() throws {
    let lines = try report("dC/dw = dC/dq*dq/dw = 2*q*x = 2*x*q")
    #expect(lines.map { $0.verdict?.outcome } == [.holds, .refuted, .holds])
  }

  @Test("a side that cannot be read keeps only its own links from a verdict")
  func unreadSide() throws {
    let lines = try report("dC/dw = (2*q + 1)*x = r*x = x*(1 + 2*q) = 3*q*x")
    #expect(lines.map { $0.verdict?.outcome } == [.holds, nil, .refuted])
    #expect(
      try report("dC/dw = (2*q + 1)*x = )*x = x*(1 + 2*q) = 3*q*x").map { $0.verdict?.outcome } == [
        .holds, nil, .refuted,
      ])
  }

  @Test("errors have the columns of the whole chain")
  func places() throws {
    let lines = try report("dC/dw = (2*q + 1)*x = 2*r")
    #expect(lines.map { $0.verdict?.outcome } == [.holds, nil])
    let text = String(describing: try #require(lines[1].error))
    #expect(text.hasPrefix("line 1, column 25: no name 'r'") && text.contains("dC/dw = (2*q + 1)*x = 2*r"), "\(text)")
  }
}
