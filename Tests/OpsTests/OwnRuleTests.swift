import Ops
import Testing

/// Rules that a user writes, through `apply`.
@Suite struct OwnRuleTests {
  enum Cube: UnaryRule {
    static func value<A: Algebra>(_ x: A) -> A { x * x * x }
    static func local<A: Algebra>(_ x: A, _ y: A) -> A { 3 * x * x }
  }

  /// a²b.
  enum Area: BinaryRule {
    static let name = "area"
    static func value<A: Algebra>(_ a: A, _ b: A) -> A { a * a * b }
    static func locals<A: Algebra>(_ a: A, _ b: A, _ y: A) -> (A, A) { (2 * a * b, a * a) }
  }

  @Test func valueAndDerivativesOfEveryOrder() {
    let expected = [8.0, 12, 12, 6, 0]  // x³, 3x², 6x, 6, 0 at x = 2
    for (order, number) in expected.enumerated() {
      #expect(derivative(order: order, at: 2.0) { apply(Cube.self, $0) } == number)
    }
    #expect(apply(Cube.self, Double(2)) == 8)
    #expect(gradient(at: Float(2)) { apply(Cube.self, $0) } == 12)
    #expect(jvp(at: [2.0], along: [1.0]) { apply(Cube.self, $0[0]) } == (8, 12))
  }

  @Test func withinAnExpression() {
    // f = sin(x³): f′ = 3x²·cos x³, f″ = 6x·cos x³ − 9x⁴·sin x³
    let x = 0.7, cube = 0.7 * 0.7 * 0.7
    let first = 3 * x * x * cos(cube), second = 6 * x * cos(cube) - 9 * x * x * x * x * sin(cube)
    #expect(abs(derivative(order: 1, at: x) { sin(apply(Cube.self, $0)) } - first) < 1e-15)
    #expect(abs(derivative(order: 2, at: x) { sin(apply(Cube.self, $0)) } - second) < 1e-14)
  }

  @Test func ofTwoArguments() {
    func f<A: Algebra>(_ p: [A]) -> A { apply(Area.self, p[0], p[1]) }
    #expect(valueWithGradient(at: [3.0, 5.0], of: f) == (45, [30, 9]))
    #expect(hessian(at: [3.0, 5.0], of: f) == [[10, 6], [6, 0]])
    #expect(jvp(at: [3.0, 5.0], along: [1.0, 1.0], of: f) == (45, 39))
    let b = gradient(at: 5.0) { b in apply(Area.self, 3, b) }  // a literal operand
    #expect(b == 9)
  }

  @Test func inspectionKnowsTheName() {
    let tape = Tape<Double>()
    let x = tape.parameter(2, "x")
    let y = apply(Cube.self, x), z = apply(Area.self, x, y)
    let nodes = tape.nodes
    #expect([y, z].compactMap(\.node).map { nodes[$0].operation } == ["cube", "area"])
    #expect(nodes[1].operands.map(\.local) == [12])
    #expect(nodes[2].operands.map(\.valueText) == ["2", "8"])
    #expect(nodes[2].operands.map(\.local) == [32, 4])
  }

  /// Two rules never share a code, and a rule keeps its own.
  @Test func codes() {
    #expect(Cube.code != Area.code)
    #expect(Cube.code == Cube.code)
    #expect(!Operations.rules.map { $0.code }.contains(Cube.code))
  }
}
