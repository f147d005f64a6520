import Foundation
import Ops
import Testing

@Suite("Formula: evaluation")
struct EvaluationTests {
  @Test(
    "expressions",
    arguments: [
      ("1 + 2*3 - 4/8", 6.5), ("-2^2", -4), ("2^3^2", 512), ("(-2)^3", -8), ("4^-1", 0.25), ("2²·3", 12),
      ("exp(1) - e", 0), ("ln(e)", 1), ("σ(0)", 0.5), ("sigmoid(0)", 0.5), ("ReLU(-3)", 0), ("relu(3)", 3),
      ("max(1, 5, 3)", 5), ("min(4, 2)", 2), ("sign(-7) + sgn(2)", 0), ("step(0)", 1), ("abs(-3)", 3),
      ("leakyrelu(-2)", -0.02), ("pow(2, 10)", 1024), ("power(2, 10)", 1024), ("clip(7, 0, 5)", 5),
      ("where(1 < 2, 3, 4)", 3), ("where(1 >= 2, 3, 4)", 4), ("where(2 <= 2, 3, 4)", 3),
      ("where(2 > 2, 3, 4)", 4), ("where(2 == 2, 3, 4)", 3), ("where(2 != 2, 3, 4)", 4),
      ("where(0 == 0, 1, 1/0)", 1), ("cos(pi) + cos(π)", -2), ("1/inf", 0), ("stopgradient(3)", 3),
      ("elu(0) + gelu(0) + silu(0)", 0), ("softplus(0) - ln(2)", 0), ("sqrt(16)", 4), ("square(3)", 9),
      ("f(x) = x^2 + 1; f(f(2))", 26), ("a = 2; b = a*a; b - a", 2),
    ])
  func expressions(text: String, value: Double) throws {
    #expect(try Program(parsing: text).evaluate([String: Double]()).output == value)
  }

  @Test("every function of one argument is reachable by its rule's name")
  func catalog() throws {
    for case let rule as any UnaryRule.Type in Operations.rules {
      let value = try Program(parsing: "\(rule.name)(x)").evaluate(["x": 0.75]).output
      let expected = rule.value(0.75)
      #expect(value == expected || value.isNaN && expected.isNaN, "\(rule.name)")
    }
  }

  @Test("one program, several algebras")
  func algebras() throws {
    let program = try Program(parsing: "u = w*x; c = (u - 2)^2")
    #expect(try program.evaluate(["w": 5.0, "x": 1]).output == 9)
    #expect(try program.evaluate(["w": Float(5), "x": 1]).output == 9)
    let dual = try program.evaluate(["w": Dual(5.0, tangent: 1), "x": 1]).output
    #expect(dual.tangent == 6)
    #expect(try program.evaluate(["w": Formula.name("a"), "x": 1]).output.description == "(a - 2)²")
    #expect(try program.evaluate(["w": 5.0, "x": 1])["u"] == 5)
  }

  @Test("singular matrices: an inverse is an error at its place, a determinant has a gradient")
  func singular() throws {
    let program = try Program(parsing: "d = det([[a, b], [2*a, 2*b]]) + a")
    let gradient = try program.valueWithGradient(at: ["a": 3, "b": 5]).gradient
    #expect(gradient == ["a": 1, "b": 0])
    let error = #expect(throws: ParseError.self) {
      try RecordedProgram(Program(parsing: "A = [[a, a], [a, a]]; B = 2*inverse(A)"), at: [("a", 1)])
    }
    #expect(error?.message == "inverse: the matrix is singular")
    #expect(error?.column == 29)
    let large = try Program(parsing: "det(diag([x, 2, 3, 4, 5, 6, 7, 8]))").valueWithGradient(at: ["x": 0])
    #expect(large.value == 0 && large.gradient == ["x": 40320])
  }

  @Test("the value and gradient of the worked example")
  func workedExample() throws {
    let program = try Program(parsing: "u = w*x; ŷ = u + b; e = ŷ - y; c = e^2")
    let point = ["w": 5.0, "x": 1, "b": 1, "y": 2]
    let (value, gradient) = try program.valueWithGradient(at: point)
    #expect(value == 16)
    #expect(gradient == ["w": 8, "x": 40, "b": 8, "y": -8])
    #expect(
      try program.valueWithGradient(at: point, output: "ŷ").gradient == ["w": 1, "x": 5, "b": 1, "y": 0])
    let hessian = try program.hessian(at: point)
    #expect(hessian["w"] == ["w": 2, "x": 18, "b": 2, "y": -2])
    #expect(hessian["x"]?["w"] == 18)
  }

  @Test("every statement's node bears its name, also a number and an unused input")
  func names() throws {
    let program = try Program(parsing: "k = 3; u = w*k; d = u; c = u*d")
    let recorded = try RecordedProgram(program, at: [("w", 2)])
    #expect(recorded.tape.nodes.map(\.name) == ["w", "k", "u", "c"])
    #expect(recorded.tape.nodes.map(\.operation) == ["parameter", "constant", "multiply", "multiply"])
    #expect(recorded["d"]?.value == 6)
    let squared = try RecordedProgram(Program(parsing: "c = e^2"), at: [("e", 4)])
    #expect(squared.tape.nodes.map(\.operation) == ["parameter", "square"])
  }

  @Test("the chain of two functions of one variable at 25 points")
  func composite() throws {
    let program = try Program(parsing: "x = cos(t); y = t^2; f = y + exp(x*y)")
    for k in -12...12 {
      let t = Double(k) / 6
      let (x, y) = (cos(t), t * t)
      let expected = (1 + exp(x * y) * x) * 2 * t - exp(x * y) * y * sin(t)
      let found = try program.valueWithGradient(at: ["t": t]).gradient["t"]!
      #expect(abs(found - expected) <= 1e-12 * max(1, abs(expected)), "t = \(t)")
    }
  }

  @Test("a literal exponent has no derivative of its own: powers of negative numbers")
  func powers() throws {
    let program = try Program(parsing: "x^3")
    #expect(try program.valueWithGradient(at: ["x": -2]).gradient["x"] == 12)
    #expect(try program.evaluate(["x": Dual(-2.0, tangent: 1)]).output.tangent == 12)
    #expect(try program.hessian(at: ["x": -2])["x"]?["x"] == -12)
  }

  @Test(
    "errors",
    arguments: [
      ("c = wx", "line 1, column 5: no name 'wx'; did you mean 'w*x'?"),
      ("c = w*q", "line 1, column 7: 'q' has no value; give it one: q=…"),
      ("c = sin(w, x)", "line 1, column 5: sin takes 1 argument, found 2"),
      ("c = sine(w)", "line 1, column 5: no function 'sine'; did you mean 'sin'?"),
      ("c = sinn(w)", "line 1, column 5: no function 'sinn'; did you mean 'sin'?"),
      ("c = sin", "line 1, column 5: no name 'sin'; did you mean 'sin(…)'?"),
      ("c = [w, x]", "line 1, column 5: vectors and matrices cannot stand here: numbers are expected"),
      ("c = max(w)", "line 1, column 5: max works on vectors and matrices"),
    ])
  func errors(text: String, message: String) {
    let error = parseError { () throws(ParseError) in
      _ = try Program(parsing: text).evaluate(["w": 1.0, "x": 2])
    }
    #expect(error.split(separator: "\n").first.map(String.init) == message)
  }

  /// Ten thousand terms nest as deep: work on each that goes through all below it would take minutes.
  @Test(.timeLimit(.minutes(1))) func aLongSum() throws {
    let program = try Program(parsing: Array(repeating: "x", count: 10_000).joined(separator: "+"))
    #expect(try program.valueWithGradient(at: ["x": 2]) == (20_000, ["x": 10_000]))
  }
}
