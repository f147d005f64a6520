import Ops
import Testing

/// Claims whose sides cancel to less than double precision, or than 31 digits, can tell: right ones hold, slips in the
/// seventh digit and terms far below are found.
@Suite("Verification: cancellation")
struct CancellationTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let program: String
    let claim: String
    let domain: String
    /// The true value at the lower end of the domain, from mpmath with 200 digits.
    let value: Double
    var testDescription: String { "\(claim), \(program), \(domain)" }
  }

  static let cases = [
    Case(
      program: "f = (1 - cos(x))/x^2", claim: "df/dx = sin(x)/x^2 - 2*(1 - cos(x))/x^3", domain: "x in [1e-7, 1e-6]",
      value: -8.333333333333329e-09),
    Case(
      program: "f = (1 - cos(x))/x^2", claim: "df/dx = sin(x)/x^2 - 2*(1 - cos(x))/x^3", domain: "x in [1e-20, 1e-18]",
      value: -8.333333333333333e-22),
    Case(program: "f = x - sin(x)", claim: "df/dx = 1 - cos(x)", domain: "x in [1e-18, 1e-17]", value: 5e-37),
    Case(
      program: "f = log(1 + x)/x", claim: "df/dx = 1/(x*(1 + x)) - log(1 + x)/x^2", domain: "x in [1e-30, 1e-25]",
      value: -0.5),
    Case(
      program: "f = (exp(x) - 1 - x)/x^2", claim: "df/dx = (exp(x) - 1)/x^2 - 2*(exp(x) - 1 - x)/x^3",
      domain: "x in [1e-15, 1e-14]", value: 0.16666666666666674),
    Case(
      program: "f = x - log(cosh(x))", claim: "df/dx = 1 - tanh(x)", domain: "x in [60, 70]",
      value: 1.5335296147444e-52),
    Case(
      program: "f = x*(1 - erf(x))", claim: "df/dx = 1 - erf(x) - 2*x*exp(-x^2)/sqrt(pi)", domain: "x in [10, 12]",
      value: -4.176771355516791e-43),
    Case(
      program: "f = sqrt(x^2 + 1) - x", claim: "df/dx = x/sqrt(x^2 + 1) - 1", domain: "x in [1e20, 1e21]",
      value: -5e-41),
    Case(
      program: "f = atan(x) + atan(1/x) + x^5/5", claim: "df/dx = 1/(1 + x^2) - 1/(1 + x^2) + x^4",
      domain: "x in [1e-9, 1e-8]", value: 1e-36),
  ]

  @Test("a right claim holds", arguments: cases)
  func holds(_ example: Case) throws {
    let verdict = try verdict(example, example.claim)
    #expect(verdict.outcome == .holds, "\(verdict)")
  }

  @Test("a slip in the seventh digit is found", arguments: cases)
  func refuted(_ example: Case) throws {
    let sides = example.claim.split(separator: " = ")
    let verdict = try verdict(example, "\(sides[0]) = (\(sides[1]))*1.0000005")
    #expect(verdict.outcome == .refuted, "\(verdict)")
    #expect(verdict.remark == "off by a factor 1.0000005")
  }

  @Test("the value is that of mpmath", arguments: cases)
  func value(_ example: Case) throws {
    let start = example.domain.split(separator: "[")[1].prefix { $0 != "," }
    let sides = example.claim.split(separator: " = ")
    let verdict = try Program(parsing: example.program).verify(
      "\(sides[0]) = 2*(\(sides[1]))", domains: ["x = \(start)"])
    let value = try #require(verdict.counterexample).autodiff.elements[0]
    #expect((value / example.value - 1).magnitude < 1e-15, "\(value)")
  }

  @Test(
    "what cancels altogether is 0, and nothing else is",
    arguments: [
      ("f = sin(x)^2 + cos(x)^2", "df/dx = 0", Verdict.Outcome.holds),
      ("f = sin(x)^2 + cos(x)^2 + 1e-60*x", "df/dx = 0", .refuted),
      ("f = x", "sin(x)^2 + cos(x)^2 - 1 = 1e-40", .refuted),
      ("f = cosh(x)^2 - sinh(x)^2", "df/dx = 1e-50*x", .refuted),
      ("f = sum(softmax([x, 2*x, x^2]))", "df/dx = 0", .holds),
      ("f = sum(softmax([x, 2*x, x^2]))", "df/dx = 1e-30", .refuted),
      ("f = (1 - tanh(x + 40))^2", "df/dx = 0", .refuted),
      ("f = 1e30*x - 1e15*1e15*x + 0.1*x - x/10", "df/dx = 0", .holds),
      ("f = x*1e-200*1e-200*1e300", "df/dx = 0", .refuted),
    ])
  func zero(program: String, claim: String, outcome: Verdict.Outcome) throws {
    let verdict = try Program(parsing: program).verify(claim, points: 6)
    #expect(verdict.outcome == outcome, "\(verdict)")
  }

  @Test(
    "where the digits do not suffice, or the range, there is no verdict",
    arguments: [
      ("f = exp(-x^2)", "df/dx = 0", "x in [30, 40]"),
      ("f = exp(-x^2)", "df/dx = -2*x*exp(-x^2)", "x in [30, 40]"),
      ("f = x*exp(-700)^2", "df/dx = 0", "x in [1, 2]"),
      ("f = x*1e-200*1e-200", "df/dx = 0", "x in [1, 2]"),
      ("f = 1e-310*x", "df/dx = 0", "x in [1, 2]"),
      ("f = (1 - cos(x))/x^2", "df/dx = 0", "x in [1e-90, 1e-80]"),
    ])
  func undefined(program: String, claim: String, domain: String) throws {
    let verdict = try Program(parsing: program).verify(claim, domains: [domain], points: 4)
    #expect(verdict.outcome == .undefined, "\(verdict)")
    #expect(verdict.explanation.hasSuffix("too few digits to compare them"))
  }

  @Test("one point where a slip makes no difference is no proof", arguments: [1, 2, 5])
  func chance(points: Int) throws {
    let verdict = try Program(parsing: "f = x^2*y").verify("df/dx = 2*x^3*y^2", points: points)
    #expect(verdict.outcome == .refuted)
  }

  @Test("powers of negative numbers have whole exponents", arguments: ["4", "2^2", "6/2", "-3", "(1 - 3)"])
  func powers(exponent: String) throws {
    let verdict = try Program(parsing: "f = (x - 5)^(\(exponent))")
      .verify("df/dx = (\(exponent))*(x - 5)^(\(exponent) - 1)", points: 20)
    #expect(verdict.outcome == .holds && verdict.points >= 8, "\(verdict)")
  }

  private func verdict(_ example: Case, _ claim: String) throws -> Verdict {
    try Program(parsing: example.program).verify(claim, domains: [example.domain], points: 6)
  }
}
