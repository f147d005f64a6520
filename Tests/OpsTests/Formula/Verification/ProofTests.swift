import Ops
import Testing

/// What is proved, and what must not be.
@Suite("Verification: proofs")
struct ProofTests {
  private func verdict(_ claim: String, _ domains: [String] = []) throws -> Verdict {
    try Program(parsing: "unused = a + b + x + y + n + m").verify(claim, domains: domains, points: 20)
  }

  @Test(
    "identities",
    arguments: [
      "exp(a + b) = exp(a)*exp(b)", "exp(2*a) = exp(a)^2", "exp(-a) = 1/exp(a)", "exp(a/2)*exp(a/2) = exp(a)",
      "exp(exp(a) + b) = exp(exp(a))*exp(b)", "expm1(x) = exp(x) - 1", "log1p(x) = log(1 + x)",
      "exp(log(x)) = x", "log(exp(x)) = x", "log(sqrt(x)) = log(x)/2",
      "sin(x)^2 + cos(x)^2 = 1", "sin(2*x) = 2*sin(x)*cos(x)", "cos(x + y) = cos(x)*cos(y) - sin(x)*sin(y)",
      "sin(3*x) = 3*sin(x) - 4*sin(x)^3", "tan(x/2) = sin(x)/(1 + cos(x))", "1 + tan(x)^2 = 1/cos(x)^2",
      "sinh(x) = (exp(x) - exp(-x))/2", "cosh(x)^2 - sinh(x)^2 = 1", "tanh(x) = 2*sigmoid(2*x) - 1",
      "sigmoid(x) = 1/(1 + exp(-x))", "sigmoid(-x) = 1 - sigmoid(x)", "silu(x) = x*sigmoid(x)",
      "softplus(x) = log(1 + exp(x))",
      "sqrt(1 + x^2)^2 = 1 + x^2", "1/sqrt(1 + x^2) = sqrt(1 + x^2)/(1 + x^2)", "sqrt(x)*sqrt(x) = x",
      "x^n*x = x^(n + 1)", "x^1.5 = x*sqrt(x)", "2^(x + y) = 2^x*2^y", "exp2(x) = 2^x",
      "relu(x) = where(x > 0, x, 0)", "abs(x) = where(x < 0, -x, x)", "max(x, y) + min(x, y) = x + y",
      "abs(x) = relu(x) + relu(-x)", "abs(x)^2 = x^2",
      "erf(-x) = -erf(x)", "erfc(x) = 1 - erf(x)", "atan(x - y) = -atan(y - x)",
    ])
  func proved(claim: String) throws {
    let verdict = try verdict(claim)
    #expect(verdict.outcome == .holds && verdict.errorProbability != nil, "\(verdict)")
  }

  @Test(
    "derivatives",
    arguments: [
      ("sin(x)*exp(-x^2/2)", "exp(-x^2/2)*(cos(x) - x*sin(x))"), ("log(1 + exp(x))", "sigmoid(x)"),
      ("sqrt(1 - x^2)", "-x/sqrt(1 - x^2)"), ("x^n", "n*x^(n - 1)"), ("a^x", "a^x*log(a)"),
      ("atan(exp(x))", "exp(x)/(1 + exp(2*x))"), ("tanh(x)^2", "2*tanh(x)*(1 - tanh(x)^2)"),
      ("asin(x)", "1/sqrt(1 - x^2)"), ("erf(x)", "2/sqrt(pi)*exp(-x^2)"), ("relu(x)^2", "2*relu(x)"),
      ("log(sigmoid(x))", "1 - sigmoid(x)"), ("abs(x)^3", "3*x*abs(x)"),
      ("gelu(x)", "erfc(-x/sqrt(2))/2 + x*exp(-x^2/2)/sqrt(2*pi)"),
      ("sum(softmax([x, y])*[1, 2])", "-softmax([x, y])[0]*softmax([x, y])[1]"),
    ])
  func derivatives(formula: String, derivative: String) throws {
    let verdict = try Program(parsing: "f = \(formula)").verify("df/dx = \(derivative)", points: 20)
    #expect(verdict.outcome == .holds && verdict.errorProbability != nil, "\(verdict)")
  }

  @Test(
    "identities that hold on a part of the line are not",
    arguments: [
      "sqrt(x^2) = x", "(x^2)^0.5 = x", "abs(x) = x", "log(x^2) = 2*log(x)", "log(x*y) = log(x) + log(y)",
      "sqrt(x*y) = sqrt(x)*sqrt(y)", "atan(tan(x)) = x", "acos(cos(x)) = x", "asin(sin(x)) = x", "(x^n)^m = x^(n*m)",
      "where(x < 0.3, 1, 0) = where(x <= 0.3, 1, 0)", "where(x < 0.3, 1, 0) = 1 - where(0.3 < x, 1, 0)",
      "where(x == 0.3, 5, x) = x", "sgn(x)^2 = 1", "floor(x) = x - 0.5",
      "where(mod(floor(x), 2) == 0, 1, 2) = 1", "exp(sqrt(x^2)) = exp(x)", "sin(sqrt(x^2)) = sin(x)",
      "sqrt((1 + x)^2) = 1 + x", "max(x, y) = x", "erf(x)^2 = erf(x^2)", "exp(x)*exp(y) = exp(x*y)",
      "sin(x) = x - x^3/6", "exp(x) = 1 + x", "where(x < 100000, 1, 0) = 1",
    ])
  func traps(claim: String) throws {
    let verdict = try verdict(claim)
    #expect(verdict.errorProbability == nil, "\(verdict)")
  }

  @Test(
    "on a domain where the signs are known they are", arguments: ["sqrt(x^2) = x", "abs(x) = x", "log(x^2) = 2*log(x)"])
  func positive(claim: String) throws {
    let verdict = try verdict(claim, ["x in [0.5, 4]"])
    #expect(verdict.outcome == .holds && verdict.errorProbability != nil, "\(verdict)")
  }
}
