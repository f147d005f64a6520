import Ops
import Testing

@Suite struct GradientCheckTests {
  /// Right at x = 1 only, so that a check elsewhere must see it.
  enum WrongCube: UnaryRule {
    static func value<A: Algebra>(_ x: A) -> A { x * x * x }
    static func local<A: Algebra>(_ x: A, _ y: A) -> A { 3 * x }
  }

  enum WrongSign: BinaryRule {
    static func value<A: Algebra>(_ a: A, _ b: A) -> A { a / b }
    static func locals<A: Algebra>(_ a: A, _ b: A, _ y: A) -> (A, A) { (1 / b, y / b) }
  }

  @Test func rightGradientsHold() throws {
    let check = try checkGradient(at: [2, 3], order: 2) { p in p[0] * p[0] * p[1] }
    #expect(check.holds)
    #expect(
      check.elements.map(\.name) == [
        "∂f/∂x[0]", "∂f/∂x[1]", "∂²f/∂x[0]∂x[0]", "∂²f/∂x[1]∂x[0]", "∂²f/∂x[0]∂x[1]", "∂²f/∂x[1]∂x[1]",
      ])
    #expect(check.elements.map(\.derivative) == [12, 4, 6, 4, 4, 0])
    #expect(check.elements.allSatisfy { $0.tolerance < 1e-8 })
    try checkGradient(at: [0.5, -1]) { _ in 3 }
    try checkGradient(at: 0, order: 2) { x in cos(x) }
  }

  /// Scales far from 1, ends of domains next by, kinks next by, heavy curvature.
  @Test func difficultPlaces() throws {
    try checkGradient(at: 1e-9, order: 2) { x in log(x) }
    try checkGradient(at: 1e6, order: 2) { x in sin(x) }
    try checkGradient(at: 1e-7) { x in sqrt(x) }
    try checkGradient(at: 1e-9, order: 2) { x in 1 / x }
    try checkGradient(at: -1e-5, order: 2) { x in 1 / (x * x) }
    try checkGradient(at: 1e150, order: 2) { x in log(x) }
    try checkGradient(at: -1e-3, order: 2) { x in abs(x) * exp(x) }
    try checkGradient(at: 2, order: 2) { x in exp(50 * x) }
    try checkGradient(at: 1 + 1e-4, order: 2) { x in acosh(x) }
    try checkGradient(at: 3, order: 2) { x in 1e-200 * x * x }
  }

  @Test(arguments: [-1.5, 0.3, 2]) func wrongRulesAreCaught(_ x: Double) {
    #expect(throws: GradientMismatch.self) { try checkGradient(at: x) { x in apply(WrongCube.self, x) } }
    #expect(throws: GradientMismatch.self) {
      try checkGradient(at: [x, 2]) { p in sin(apply(WrongSign.self, p[0], p[1])) }
    }
  }

  /// A custom operation whose slope is right, but not the slope recorded for higher orders.
  @Test func wrongSecondOrderIsCaught() throws {
    #expect(throws: GradientMismatch.self) {
      try checkGradient(at: 0.7, order: 2) { x in
        x.tapeCube(recorded: { inputs, _ in [6 * inputs[0]] })  // 3x² was meant
      }
    }
    try checkGradient(at: 0.7, order: 2) { x in
      x.tapeCube(recorded: { inputs, _ in [3 * inputs[0] * inputs[0]] })
    }
  }

  /// Errors of one part in a million are seen.
  @Test func smallErrorsAreCaught() {
    #expect(throws: GradientMismatch.self) {
      try checkGradient(at: 0.5) { x in exp(x) + stopGradient(1e-6 * x) }
    }
  }

  @Test func reportsReadWell() {
    let mismatch = #expect(throws: GradientMismatch.self) {
      try checkGradient(at: [2, 3]) { p in apply(WrongCube.self, p[0]) + p[1] }
    }
    let text = mismatch?.description ?? ""
    #expect(
      text.hasPrefix("1 of 2 derivatives differ from central differences:\n  ∂f/∂x[0] = 6.0, by differences ")
    )
    #expect(mismatch?.check.worst?.name == "∂f/∂x[0]")
    #expect(mismatch?.check.elements.map(\.holds) == [false, true])
  }

  /// Where no difference exists the check says so instead of passing.
  @Test func undefinedAndKinks() {
    let edge = #expect(throws: GradientMismatch.self) { try checkGradient(at: 0) { x in sqrt(x) } }
    #expect(edge?.description.hasSuffix("∂f/∂x[0] = inf, but f is not defined on both sides") == true)
    #expect(throws: GradientMismatch.self) { try checkGradient(at: 0) { x in relu(x) } }
    #expect(throws: GradientMismatch.self) { try checkGradient(at: 0) { x in step(x) } }
    #expect(throws: GradientMismatch.self) { try checkGradient(at: -1) { x in log(x) } }
  }
}

extension Variable<Double> {
  /// x³ as a custom operation, its local gradient for higher orders given.
  fileprivate func tapeCube(
    recorded: @escaping ([Variable<Double>], Variable<Double>) -> [Variable<Double>]
  ) -> Variable<Double> {
    guard let tape = tape else { return Variable(value * value * value) }
    return tape.record(
      "cube", value: value * value * value, inputs: [self], locals: [3 * value * value], recorded: recorded)
  }
}
