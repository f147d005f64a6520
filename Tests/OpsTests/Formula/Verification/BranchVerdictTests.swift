import Ops
import Testing

/// Claims about functions that bend and jump: what counts is whether a side jumps next to a point, and that every branch
/// is looked at.
@Suite("Verification: branches")
struct BranchVerdictTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let program: String
    let claim: String
    let domains: [String]
    let outcome: Verdict.Outcome
    var testDescription: String { "\(program): \(claim) \(domains)" }

    init(_ program: String, _ claim: String, _ outcome: Verdict.Outcome, _ domains: [String] = []) {
      (self.program, self.claim, self.outcome, self.domains) = (program, claim, outcome, domains)
    }
  }

  private static let layers = "z = W@x; h = relu(z); s = v'@h; L = (s - t)^2/2"
  private static let shapes = ["W: [4, 3]", "x: [3]", "v: [4]"]
  private static let margins = "m = 1 - Y*(X@w + b); L = mean(relu(m)) + λ*sum(w^2)"
  private static let examples = ["X: [5, 2]", "w: [2]", "Y: [5] in {-1, 1}", "λ in [0, 1]"]
  private static let mask = "where(m > 0, 1, 0)"

  /// A step whose argument is 0 all around is at no kink there.
  static let masks: [Case] = [
    Case("h = relu(x); m = where(h > 0, 1, 0); L = w*h", "dL/dx = w", .refuted),
    Case("h = relu(x); m = where(h > 0, 1, 0); L = w*h", "dL/dx = w*m", .holds),
    Case("h = relu(x); L = w*h", "dL/dx = w*where(h > 0, 1, 0)", .holds, ["x in [-2, -1]"]),
    Case("h = relu(x); L = w*h", "dL/dx = w", .refuted, ["x in [-2, -1]"]),
    Case("h = relu(x); L = sgn(h)*x", "dL/dx = where(x > 0, 1, 0)", .holds),
    Case("h = relu(x); L = sgn(h)*x", "dL/dx = 1", .refuted),
    Case("L = sqrt(relu(x)^2)", "dL/dx = where(x > 0, 1, 0)", .holds),
    Case("L = sqrt(relu(x)^2)", "dL/dx = 1", .refuted),
    Case("L = abs(x - x)*y + x", "dL/dx = 1", .holds),
    Case("L = abs(x - x)*y + x", "dL/dx = 1 + y", .refuted),
    Case("L = max(x)", "dL/dx = where(x == L, 1, 0)", .holds, ["x: [3]"]),
    Case("L = max(x)", "dL/dx = where(x >= L, 1, 0)", .holds, ["x: [3]"]),
    Case("L = max(x)", "dL/dx = where(x > L, 1, 0)", .refuted, ["x: [3]"]),
    Case("L = max(x)", "dL/dx = where(x == min(x), 1, 0)", .refuted, ["x: [3]"]),
    Case("L = min(x)", "dL/dx = where(x == L, 1, 0)", .holds, ["x: [3]"]),
    Case("L = sum(max(X, axis=1))", "dL/dX = where(X == reshape(max(X, axis=1), [3, 1]), 1, 0)", .holds, ["X: [3, 2]"]),
    Case("z = W@x; L = max(z)", "dL/dW = outer(where(z == max(z), 1, 0), x)", .holds, ["W: [3, 2]", "x: [2]"]),
    Case("z = W@x; L = max(z)", "dL/dW = outer(where(z == min(z), 1, 0), x)", .refuted, ["W: [3, 2]", "x: [2]"]),
    // The value that is differentiated by is free, whatever it is computed from.
    Case("a = relu(z); L = sum(a*v)", "dL/da = v", .holds, ["z: [3]", "v: [3]"]),
    Case("a = relu(z); L = sum(a*v)", "dL/da = v*where(a > 0, 1, 0)", .refuted, ["z: [3]", "v: [3]"]),
    Case("a = relu(z); L = sum(a*v)", "dL/dz = v*where(a > 0, 1, 0)", .holds, ["z: [3]", "v: [3]"]),
    Case("a = relu(z); L = sum(a*v)", "dL/dz = v", .refuted, ["z: [3]", "v: [3]"]),
    Case("a = relu(z); L = relu(a)", "dL/da = 1", .holds),
    Case("a = relu(z); L = relu(a)", "dL/da = where(a > 0, 1, 2)", .holds),
    Case("a = relu(z); L = relu(a)", "dL/da = 2", .refuted),
    Case(layers, "dL/dW = (s - t)*outer(v*where(z > 0, 1, 0), x)", .holds, shapes),
    Case(layers, "dL/dW = (s - t)*outer(v*where(h > 0, 1, 0), x)", .holds, shapes),
    Case(layers, "dL/dW = (s - t)*outer(v, x)", .refuted, shapes),
    Case(layers, "dL/dv = (s - t)*h", .holds, shapes),
    Case(layers, "dL/dv = (s - t)*z", .refuted, shapes),
    Case(layers, "dL/dh = (s - t)*v", .holds, shapes),
    Case(layers, "dL/dh = (s - t)*v*where(h > 0, 1, 0)", .refuted, shapes),
    Case(margins, "dL/dw = -X'@(Y*\(mask))/5 + 2*λ*w", .holds, examples),
    Case(margins, "dL/dw = -X'@Y/5 + 2*λ*w", .refuted, examples),
    Case(margins, "dL/dw = -X'@(Y*\(mask))/5 + λ*w", .refuted, examples),
    Case(margins, "dL/db = -mean(Y*\(mask))", .holds, examples),
    Case(margins, "dL/db = -mean(\(mask))", .refuted, examples),
    // Smooth functions that are stated by branches.
    Case("y = sigmoid(x)", "dy/dx = y*(1 - y)", .holds, ["x in {-1, 0, 1}"]),
    Case("s = sum(softmax(z)^2)", "ds/dz = 2*softmax(z)*(softmax(z) - s)", .holds, ["z: [3] in {0, 1}"]),
    Case("f = x*abs(x)", "df/dx = 2*abs(x)", .holds, ["x in {-1, 0, 1}"]),
    // A label is no number that could be another one.
    Case("f = where(y == 1, w*x, w - x)", "df/dw = where(y == 1, x, 1)", .holds, ["y in {0, 1}"]),
    Case("f = where(y == 1, w*x, w - x)", "df/dw = x", .refuted, ["y in {0, 1}"]),
    Case("f = where(n == 3, w, 2*w)", "df/dw = 1", .holds, ["n = 3"]),
    Case("f = where(n == 3, w, 2*w)", "df/dw = 2", .refuted, ["n = 3"]),
  ]

  @Test("masks", arguments: masks)
  func mask(_ example: Case) throws { try check(example) }

  /// What happens in a corner that points at random miss.
  static let corners: [Case] = [
    Case("f = relu(x - 0.7)*relu(0.701 - x)", "f = 0", .refuted),
    Case("f = relu(x - 0.7)*relu(0.701 - x)", "df/dx = 0", .refuted),
    Case("f = relu(x - 0.7)*relu(0.7000000001 - x)", "df/dx = 0", .refuted),
    Case("f = relu(x - 0.7)*relu(0.701 - x)*relu(y + 0.3)*relu(-0.299 - y)", "df/dx = 0", .refuted),
    Case("f = where(x > 1.999, 3*x, x)", "df/dx = 1", .refuted),
    Case("f = where(x*y > 3.999, 3*x, x)", "df/dx = 1", .refuted),
    Case("f = where(x > 100, 3*x, x)", "df/dx = 1", .refuted),
    Case("f = where(x < -1e6, 3*x, x)", "df/dx = 1", .refuted),
    Case("f = where(abs(x) < 1e-6, 3*x, x)", "df/dx = 1", .refuted),
    Case("f = where(x^2 < 1e-10, 3*x, x)", "df/dx = 1", .refuted),
    Case("f = where(x > 5, 3*x, x)", "df/dx = 1", .holds, ["x in [-2, 5]"]),
    Case("f = where(sin(40*x) > 0.9999, 3*x, x)", "df/dx = 1", .refuted),
    Case("f = where(x > 1.9, where(y > 1.9, where(z > 1.9, 5*x, x), x), x)", "df/dx = 1", .refuted),
    Case("f = where(x > 1.9, where(y < -1.9, where(z > 1.9, 5*x, x), x), x)", "df/dx = 1", .refuted),
    Case("f = relu(a - 1.9)*relu(b - 1.9)*relu(c - 1.9)*relu(d + 1.9)*relu(g - 1.9)", "df/da = 0", .refuted),
    Case("f = max(x, y, z, 1.95*4 - x - y)", "df/dz = 0", .refuted),
    Case("f = sum(relu(x - [0, 1, 1.9, 1.99]))", "df/dx = where(x > [0, 1, 1.9, 3], 1, 0)", .refuted, ["x: [4]"]),
    Case("f = clip(x, -1.99, 1.99)", "df/dx = 1", .refuted, ["x in [-2, 2]"]),
    Case("f = x*where(n == 37, where(k == 41, 2, 1), 1)", "df/dx = 1", .refuted, [hundred("n"), hundred("k")]),
    Case("f = x*where(n == 37, where(k == 41, 1, 1), 1)", "df/dx = 1", .holds, [hundred("n"), hundred("k")]),
    Case("f = x*where(n == 37, 2, 1)", "f = x", .refuted, [hundred("n"), "x in {1, 2}"]),
    Case("f = sgn(relu(x))*relu(1.9999 - abs(x))", "df/dx = where(x > 0, -1, 0)", .refuted, ["x in [-2, 2]"]),
    Case("f = leakyrelu(x + 1.9995)", "df/dx = 1", .refuted, ["x in [-2, 2]"]),
  ]

  private static func hundred(_ name: String) -> String {
    "\(name) in {" + (0..<100).map { "\($0)" }.joined(separator: ", ") + "}"
  }

  @Test("corners", arguments: corners)
  func corner(_ example: Case) throws { try check(example) }

  /// Numbers that are equal, or are not, by less than digits show.
  static let equals: [Case] = [
    Case("f = where(sin(x)^2 + cos(x)^2 == 1, x, 5*x)", "df/dx = 1", .holds),
    Case("f = where(sin(x)^2 + cos(x)^2 == 1, x, 5*x)", "df/dx = 5", .refuted),
    Case("f = where(x + 1e-40 == x, 5*x, x)", "df/dx = 5", .refuted),
    Case("f = where(x + 1e-40 == x, 5*x, x)", "df/dx = 1", .holds),
    Case("f = relu(sin(x)^2 + cos(x)^2 - 1)*y", "df/dx = y", .refuted),
    Case("f = where(x*y/y == x, x, 5*x)", "df/dx = 1", .holds),
    Case("f = where(x*y/y == x, x, 5*x)", "df/dx = 5", .refuted),
    Case("f = where(x == y, 5*x, x)", "df/dx = 1", .holds),
    Case("f = where(x == y, 5*x, x)", "df/dx = 5", .refuted),
    Case("f = where(0.1 + 0.2 == 0.3, x, 5*x)", "df/dx = 1", .holds),
    Case("f = where(0.1 + 0.2 == 0.3, x, 5*x)", "df/dx = 5", .refuted),
    Case("f = where(log(x) > 0, x, 5*x)", "df/dx = 1", .refuted),
    Case("f = x/(x - x)", "df/dx = 1", .undefined),
    Case("f = x*(y - y)/(y - y)", "df/dx = 1", .undefined),
    Case("f = abs(x)", "df/dx = 1", .undefined, ["x = 0"]),
    Case("f = relu(x)", "df/dx = 0", .undefined, ["x in {0}"]),
    Case("f = abs(x - 0.3)", "df/dx = sgn(x - 0.3)", .holds, ["x in {0.1, 0.2, 0.3}"]),
    Case("f = abs(x + y - 0.3)", "df/dx = sgn(x + y - 0.3)", .holds, ["x in {0.1, 0.2}", "y in {0.1, 0.2}"]),
  ]

  @Test("equal numbers", arguments: equals)
  func equal(_ example: Case) throws { try check(example) }

  /// A vector is no matrix of one column.
  @Test(
    "shapes",
    arguments: [
      (
        "L = sum(x^2)", "dL/dx = 2*reshape(x, [4])", "x: [4, 1]",
        "the shape must be [4, 1], not [4]; the elements are right"
      ),
      (
        "L = sum(x^2)", "dL/dx = 2*reshape(x, [4, 1])", "x: [4]",
        "the shape must be [4], not [4, 1]; the elements are right"
      ),
      ("L = sum(x^2)", "dL/dx = 3*reshape(x, [1, 4])", "x: [4]", "the shape must be [4], not [1, 4]"),
      ("L = sum(x^2)", "dL/dx = 2*x'", "x: [4, 1]", "transposed: the claim must be transposed"),
      ("y = x^2", "y = reshape(x, [2, 2])^2", "x: [4]", "the shape must be [4], not [2, 2]; the elements are right"),
    ])
  func shape(program: String, claim: String, domain: String, remark: String) throws {
    let verdict = try Program(parsing: program).verify(claim, domains: [domain])
    #expect(verdict.outcome == .refuted, "\(verdict)")
    #expect(verdict.remark == remark)
  }

  @Test("one element is a number, and a number stands for all")
  func numbers() throws {
    #expect(try Program(parsing: "L = sum(x)").verify("dL/dx = 1", domains: ["x: [4, 1]"]).outcome == .holds)
    #expect(try Program(parsing: "L = w'@x").verify("L = sum(w*x)", domains: ["w: [3]", "x: [3]"]).outcome == .holds)
    #expect(
      try Program(parsing: "r = x - y").verify("r'@r = sum(r^2)", domains: ["x: [3]", "y: [3]"]).outcome == .holds)
  }

  @Test("sides of branches that no point was on are said")
  func unreached() throws {
    let verdict = try Program(parsing: "f = where(x^2 < -1, 5*x, x) + relu(x - 0.7)").verify(
      "df/dx = where(x > 0.7, 2, 1) + where(x <= 0.7, 0, 0)")
    #expect(verdict.outcome == .holds)
    #expect(verdict.unreached == ["x² < -1"])
    #expect(verdict.description.hasSuffix("; never reached: x² < -1"))
    let positive = try Program(parsing: "f = abs(x)").verify("df/dx = 1", domains: ["x in [1, 2]"])
    #expect(positive.unreached == ["x < 0"])
  }

  @Test("two functions that jump at one place are not proved, whatever they are called")
  func twoJumps() throws {
    for name in ["less", "lessorequal"] {
      let verdict = try Program(parsing: "f = x").verify("\(name)(x^2, 2) + \(name)(2, x^2) = 1")
      #expect(!verdict.isProved, "\(verdict)")
    }
  }

  /// What differs on a border only, wherever it lies, is told of; what agrees there as well is not.
  @Test(
    "borders",
    arguments: [
      ("f = x", "where(x < 0.3, 1, 0) = where(x <= 0.3, 1, 0)", "x = 0.3"),
      ("f = x", "where(x == 1.234, 5, x) = x", "x = 1.234"),
      ("f = abs(x - 1.234)", "df/dx = where(x > 1.234, 1, -1)", "x = 1.234"),
      ("f = abs(x - 1.234)", "df/dx = sgn(x - 1.234)", nil),
      ("f = relu(x - 0.3)", "df/dx = where(x >= 0.3, 1, 0)", "x - 0.3 = 0"),
      ("f = relu(x - 0.3)", "df/dx = where(x > 0.3, 1, 0)", nil),
      ("f = x", "where(x > 0.3, x, 0.3) = max(x, 0.3)", nil),
      ("f = x", "floor(x) = ceil(x) - 1", "x = a whole number"),
      ("f = x", "mod(x, 3) = x - 3*floor(x/3)", nil),
      ("f = x", "floor(x + 10.25) = round(x + 9.75)", "x + 10.25 = a whole number"),
    ] as [(String, String, String?)])
  func borders(program: String, claim: String, kink: String?) throws {
    let verdict = try Program(parsing: program).verify(claim)
    #expect(verdict.outcome == .holds)
    #expect(verdict.kinks.first?.kink == kink, "\(verdict)")
    if kink != nil { #expect(!verdict.isProved) }
  }

  /// Of functions that jump again and again every piece is a branch.
  @Test("pieces between jumps")
  func pieces() throws {
    // Within 10⁻⁷ of a jump no point lies by chance.
    let shifted = [
      "floor(x) = floor(x - 1e-7)", "ceil(x) = ceil(x - 1e-7)", "round(x) = round(x - 1e-7)",
      "mod(x, 3) = mod(x - 1e-7, 3) + 1e-7",
    ]
    for claim in shifted + [
      "where(floor(x*100) == 77, 1, 0) = 0", "relu(floor(x) - 700) = 0", "where(mod(x, 7) > 6.99, 1, 0) = 0",
    ] {
      #expect(try Program(parsing: "f = x").verify(claim).outcome == .refuted, "\(claim)")
    }
  }

  @Test("points that are no more than one are counted once")
  func counted() throws {
    let verdict = try Program(parsing: "f = floor(n)").verify("f = 3", domains: ["n = 3"])
    #expect(verdict.points == 1 && verdict.description.contains(": 1 point, "), "\(verdict)")
    #expect(try Program(parsing: "f = exp(n)").verify("f = exp(n)", domains: ["n in {1, 2, 3}"]).points == 3)
  }

  @Test("a counterexample has the inputs that count, and none that cannot be another")
  func counterexample() throws {
    let program = try Program(parsing: "a = w*x; b = v*a; c = n*a^2")
    let verdict = try program.verify("dc/dw = n*a*x", domains: ["n = 5"])
    #expect(verdict.counterexample?.at.map(\.name) == ["w", "x"])
    #expect(verdict.remark == "off by a factor 1/2")
  }

  @Test("a slip of less than digits show is no factor of 1")
  func tiny() throws {
    let verdict = try Program(parsing: "c = w^2").verify("dc/dw = 2.0000000006*w")
    #expect(verdict.remark == "off by 3e-10 of itself")
  }

  #if DEBUG
    private static let points = 30
  #else
    private static let points = 100
  #endif

  private func check(_ example: Case) throws {
    let verdict = try Program(parsing: example.program)
      .verify(example.claim, domains: example.domains, points: Self.points)
    #expect(verdict.outcome == example.outcome, "\(verdict)")
  }
}
