import Testing

@testable import Graph
@testable import Ops

@Suite("Verification: unrolled steps")
struct UnrolledTests {
  /// Each step once as its definition on grids says, once as operations on numbers.
  @Test(
    "give the values of the definitions",
    arguments: [
      "x*y + 2", "x^3 - y/3", "-x", "where(x < y, sin(x), 1)", "max(x, y, 0.3)", "A @ [x, y, 1]", "A'",
      "softmax(A)", "sum(A^2, axis=0)", "A[1, 0:2]", "sort(A[0])", "prod(A)", "[x, y, x*y]", "onehot([0, 2], 3)",
      "layernorm(A)", "A[0:1, 0:1] - A[1:2, 1:2]", "atan2(y, x) + hypot(x, 2)",
    ])
  func values(text: String) throws {
    let program = try Program(parsing: "f = \(text)").resolved(inputs: ["x", "y", "A"], functions: Language.functions)
    let steps = ProgramSteps(program)
    let point: [String: Grid<Double>] = [
      "x": 0.7, "y": -1.3, "A": Grid([0.5, -2, 3, 1.5, 0.25, -0.75], shape: [2, 3]),
    ]
    let direct = try steps.evaluate(input: { point[$0] }, tensors: tensorForm)
    let unrolled = UnrolledSteps(steps)
    for round in 0..<2 {
      let walk = Walk(at: point)
      try walk.compute(Array(steps.steps.indices), of: unrolled)
      for (step, value) in direct.enumerated() {
        let elements = walk[step].elements.map(\.value)
        #expect(
          walk[step].shape == value.shape && elements == value.elements, "round \(round): \(steps.steps[step].formula)")
      }
    }
  }

  @Test("are made anew for other shapes")
  func shapes() throws {
    let steps = ProgramSteps(
      try Program(parsing: "f = sum(A*A)").resolved(inputs: ["A"], functions: Language.functions))
    let unrolled = UnrolledSteps(steps)
    for count in [2, 3, 2] {
      let walk = Walk(at: ["A": Grid((1...count).map(Double.init), shape: [count])])
      try walk.compute(Array(steps.steps.indices), of: unrolled)
      let squares = Double((1...count).reduce(0) { $0 + $1 * $1 })
      #expect(walk[steps.steps.count - 1].elements.map(\.value) == [squares])
    }
  }
}
