import Ops
import Testing

@Suite("Verification: derivatives of functions, and to first order")
struct PrimedFunctionTests {
  /// Right and wrong by the rules of the textbook.
  @Test(
    "primes",
    arguments: [
      ("f(x) = x^3", "f'(x) = 3*x^2", true), ("f(x) = x^3", "f'(x) = 3*x", false),
      ("f(x) = x^3", "f''(x) = 6*x", true), ("f(x) = x^3", "f''(x) = 3*x^2", false),
      ("f(x) = x^3", "f'(2*x) = 12*x^2", true), ("f(x) = x^3", "f'(2*x) = 24*x^2", false),
      ("f(x) = x^3; g(x) = sin(x); y = f(g(x))", "dy/dx = f'(g(x))*g'(x)", true),
      ("f(x) = x^3; g(x) = sin(x); y = f(g(x))", "dy/dx = f'(x)*g'(x)", false),
      ("f(x) = x^3", "f'(2) = 12", true), ("f(x) = x^3", "f'(2) = 6", false),
      // What else depends on x is held.
      ("a = x^2; f(x) = a*x^3; L = f(x)", "f'(x) = 3*x^4", true),
      ("a = x^2; f(x) = a*x^3; L = f(x)", "f'(x) = 5*x^4", false),
      ("a = x^2; f(x) = a*x^3; L = f(x)", "dL/dx = 5*x^4", true),
      ("y = x", "sigmoid'(x) = sigmoid(x)*(1 - sigmoid(x))", true), ("y = x", "tanh''(x) = 1 - tanh(x)^2", false),
      ("y = x", "tanh''(x) = -2*tanh(x)*(1 - tanh(x)^2)", true), ("y = x", "relu'(x) = where(x > 0, 1, 0)", true),
      ("f(x) = x^2", "f(3) = 9", true),
    ])
  func primed(program: String, claim: String, isRight: Bool) throws {
    let file = try FormulasFile(program: program, domains: [], claims: [claim])
    let line = file.verify(points: 20).lines[0]
    #expect(line.verdict?.outcome == (isRight ? .holds : .refuted), "\(line)")
  }

  @Test("of vectors, element by element")
  func vectors() throws {
    let program = try Program(parsing: "z = W@x + b; a = sigmoid(z); L = sum(a^2)")
    let domains = ["W: [n, d]", "x: [d]", "b: [n]"]
    #expect(try program.verify("dL/dW = (2*a*sigmoid'(z))@x'", domains: domains, points: 10).outcome == .holds)
    #expect(try program.verify("dL/db = 2*a*sigmoid'(a)", domains: domains, points: 10).outcome == .refuted)
    let own = try Program(parsing: "s(z) = z/(1 + exp(-z)); L = sum(s(z))")
    #expect(try own.verify("dL/dz = s'(z)", domains: ["z: [3]"], points: 10).outcome == .holds)
  }

  /// By the first terms of Taylor's series.
  @Test(
    "A ≈ B in h",
    arguments: [
      ("sin(x + h) ≈ sin(x) + h*cos(x) in h", true), ("sin(x + h) ≈ sin(x) + 2*h*cos(x) in h", false),
      ("sin(x + h) ≈ cos(x) in h", false), ("1/(1 + h) ~= 1 - h in h", true), ("1/(1 + h) ≈ 1 - h^2 in h", false),
      ("exp(h) ≈ 1 + h + 7*h^2 in h", true), ("exp(h) ≈ 1 + h ≈ 1 + sin(h) in h", true),
      ("sqrt(1 + h) ≈ 1 + h in h", false),
    ])
  func approximation(claim: String, isRight: Bool) throws {
    let verdict = try Program(parsing: "y = x").verify(claim, points: 20)
    #expect(verdict.outcome == (isRight ? .holds : .refuted), "\(verdict)")
  }

  @Test("approximations that say too little")
  func open() throws {
    let program = try Program(parsing: "y = x^2")
    for (claim, message) in [
      ("y ≈ x", "line 1, column 6: approximately equal in what? Write A ≈ B in h for what is small"),
      ("y ≈ x in y", "line 1, column 1: 'y' is computed; what is small is an input"),
      ("y = x in x", "line 1, column 7: expected an operator or the end of the claim, found 'in'"),
    ] {
      let error = #expect(throws: ParseError.self) { try program.verify(claim) }
      #expect(error.map { "\($0)" }?.hasPrefix(message) == true, "\(error.map { "\($0)" } ?? "")")
    }
  }

  @Test("as a document they are the same claims")
  func document() throws {
    let text = """
      f(x) = x^3
      claim: f'(x) = 3*x^2
      claim: f'(2*x) = 24*x^2   # refuted: the inner derivative is none of f'
      claim: f(x + h) ≈ f(x) + 3*x^2*h in h
      claim: f(x + h) ≈ f(x) + x^2*h in h   # refuted: the 3
      """
    let latex = try FormulasFile(parsing: text).latex()
    let findings = try Derivation(parsing: latex, as: .latex).check(points: 10).filter { $0.kind == .claim }
    #expect(findings.map { $0.verdict?.outcome } == [.holds, .refuted, .holds, .refuted], "\(latex)")
  }

  @Test("the tape at the counterexample is that of the function")
  func page() throws {
    let line = try FormulasFile(program: "f(x) = x^3", domains: [], claims: ["f'(2*x) = 24*x^2"]).verify().lines[0]
    let program = try #require(line.program)
    let verdict = try #require(line.verdict)
    let recorded = try #require(try RecordedProgram(program, atCounterexampleOf: verdict))
    let value = withExtendedLifetime(recorded) { recorded.output.value }
    #expect(value == 8)
  }

  @Test("the tape at a counterexample has the functions of the program, and what these need")
  func functionsOfNames() throws {
    let program = try Program(parsing: "a = 2; unused = w; f(x) = a*x; c = f(w)^2")
    let verdict = try program.verify("dc/dw = f(w)")
    let recorded = try #require(try RecordedProgram(program, atCounterexampleOf: verdict))
    let names = withExtendedLifetime(recorded) { recorded.evaluation.statements.map(\.name) }
    #expect(names == ["a", "c"])
  }
}
