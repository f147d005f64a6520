import Ops
import Testing

/// What must not flow: gradients through `stopGradient`, and anything from a branch that is not taken.
@Suite struct IsolationTests {
  @Test func stopGradientPassesTheValueOnly() {
    let slope = gradient(at: 3.0) { x in stopGradient(x) * x }  // x·[x]: only the second factor counts
    #expect(slope == 3)
    #expect(derivative(order: 2, at: 3.0) { x in stopGradient(x * x) * x } == 0)
    #expect(jvp(at: [3.0], along: [1.0]) { stopGradient($0[0]) * $0[0] }.tangent == 3)
    #expect(gradient(at: 0.0) { x in stopGradient(1 / x) + x } == 1)
  }

  /// A branch that is NaN, infinite, or has such local gradients, beside one that is taken: x, of slope 1.
  struct Untaken: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let at: Double
    let branch: Branch
    enum Branch { case squareRoot, logarithm, quotient, deep }

    func compute<A: Algebra>(_ x: A) -> A {
      switch branch {
      case .squareRoot: sqrt(x)
      case .logarithm: log(x)
      case .quotient: x / x
      case .deep: exp(sqrt(x) * x) * log(x) + pow(x, 0.5)
      }
    }
  }

  static let untaken = [
    Untaken(testDescription: "√−1", at: -1, branch: .squareRoot),
    Untaken(testDescription: "√0", at: 0, branch: .squareRoot),
    Untaken(testDescription: "log 0", at: 0, branch: .logarithm),
    Untaken(testDescription: "log −2", at: -2, branch: .logarithm),
    Untaken(testDescription: "0/0", at: 0, branch: .quotient),
    Untaken(testDescription: "deep, −1", at: -1, branch: .deep),
    Untaken(testDescription: "deep, 0", at: 0, branch: .deep),
  ]

  @Test(arguments: untaken) func whereKeepsTheOtherBranchOut(_ row: Untaken) {
    func first<A: Algebra>(_ x: A) -> A { select(less(0, x), row.compute(x), x) }
    func second<A: Algebra>(_ x: A) -> A { select(apply(LessOrEqual.self, x, 0), x, row.compute(x)) }
    for f in [first as (Variable<Double>) -> Variable<Double>, second] {
      #expect(valueWithGradient(at: row.at, of: f) == (row.at, 1))
      #expect(derivative(order: 1, at: row.at, of: f) == 1)
      #expect(derivative(order: 2, at: row.at, of: f) == 0)
      #expect(hessian(at: [row.at]) { f($0[0]) } == [[0]])
    }
    #expect(jvp(at: [row.at], along: [1]) { first($0[0]) } == (row.at, 1))
    #expect(jvp(at: [row.at], along: [1]) { second($0[0]) } == (row.at, 1))
  }

  @Test(arguments: untaken) func whereTakesTheOtherBranch(_ row: Untaken) {
    let taken = gradient(at: row.at) { x in select(apply(LessOrEqual.self, x, 0), row.compute(x), x) }
    let alone = gradient(at: row.at) { x in row.compute(x) }
    #expect(taken == alone || taken.isNaN && alone.isNaN)
  }

  /// Comparisons that cut off an infinite slope: relu, clip and maximum behave as `where` does.
  @Test func cutOffSlopes() {
    #expect(gradient(at: 0.0) { x in relu(log(x)) } == 0)
    #expect(derivative(order: 1, at: 0.0) { x in relu(log(x)) } == 0)
    #expect(gradient(at: 0.0) { x in clip(log(x), -10, 10) } == 0)
    #expect(derivative(order: 1, at: 0.0) { x in clip(log(x), -10, 10) } == 0)
    #expect(derivative(order: 1, at: 0.0) { x in maximum(log(x), x - 1) } == 1)
    #expect(jvp(at: [0.0], along: [1.0]) { clip(log($0[0]), -10, 10) } == (-10, 0))
  }

  /// A direction that is 0 in a coordinate asks nothing of that coordinate's local gradient.
  @Test func forwardModeByAConstantExponent() {
    #expect(jvp(at: [-2.0], along: [1.0]) { pow($0[0], 3) } == (-8, 12))
    #expect(directionalDerivative(at: [-2.0, 3.0], along: [1.0, 0.0]) { pow($0[0], $0[1]) } == 12)
  }
}
