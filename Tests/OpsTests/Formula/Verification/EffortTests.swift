import Testing

@testable import Ops

/// How many points of a claim are worth their time: a hundred of a small derivative, few of a large one.
@Suite("Verification: effort")
struct EffortTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let program: String
    let claim: String
    let domains: [String]
    /// Nil where the claim is refused.
    let points: ClosedRange<Int>?
    var testDescription: String { "\(claim) \(domains)" }
  }

  static let cases = [
    Case(program: "c = w^2", claim: "dc/dw = 2*w", domains: [], points: 100...Int.max),
    Case(program: "c = w^2", claim: "c = w*w", domains: ["w: [300, 300]"], points: 3...12),
    Case(program: "f = sum(x^2)", claim: "df/dx = 2*x", domains: ["x: [20]"], points: 100...Int.max),
    Case(program: "f = sum(x^2)", claim: "df/dx = 2*x", domains: ["x: [30, 30]"], points: 100...Int.max),
    Case(program: "f = sum(x^2)", claim: "df/dx = 2*x", domains: ["x: [300, 300]"], points: 3...12),
    Case(program: "f = sum(x^2)", claim: "d2f/dx2 = 2", domains: ["x: [4]"], points: 100...Int.max),
    Case(program: "f = sum(x^2)", claim: "d2f/dx2 = 2", domains: ["x: [10, 10]"], points: 15...60),
    Case(program: "f = sum(x^2)", claim: "d2f/dx2 = 2", domains: ["x: [30, 30]"], points: nil),
    Case(
      program: "f = sum(x^2)*sum(y)", claim: "d2f/dxdy = 2*x", domains: ["x: [1]", "y: [200000]"], points: nil),
    Case(
      program: "f = sum(X@W)", claim: "df/dW = 1", domains: ["X: [100, 100]", "W: [100, 1]"], points: 15...Int.max),
    Case(program: "f = sum((t*X)@X)", claim: "df/dt = 2*f/t", domains: ["X: [100, 100]"], points: 3...6),
  ]

  @Test(arguments: cases)
  func isKnownBefore(_ example: Case) throws {
    let domains = try example.domains.map { try Formula.Domain(parsing: $0) }
    let subject = try Subject(try Program(parsing: example.program), domains: domains, seed: 1)
    let verification = try subject.links(of: SourceText(example.claim))[0].get().verification
    guard let points = example.points else {
      let error = #expect(throws: ParseError.self) { try verification.affordablePoints() }
      #expect(error?.message.contains("would take too long; test the claim on smaller tensors") ?? false)
      return
    }
    #expect(points.contains(try verification.affordablePoints()))
  }
}
