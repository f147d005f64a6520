import Testing

@testable import Train

/// The tables of *ai-edu-5.4*, and functions with a known minimum.
@Suite("Minimizer")
struct MinimizerTests {
  /// The rows of the document. Its rule is J < 0.01, which the third row already fulfils; its four rows are those of
  /// J < 0.001.
  @Test(arguments: [(0.01, 4), (0.001, 5)])
  func parabola(bound: Double, count: Int) {
    let rows = [(1.2, 1.44), (0.48, 0.2304), (0.192, 0.036864), (0.0768, 0.005898), (0.03072, 0.000944)]
    let minimizer = Minimizer(Descent(rate: .constant(0.3)), until: .value(below: bound))
    let result = minimizer.run(Objective(["x": 1.2]) { $0[0] * $0[0] })
    #expect(result.iterations.count == count)
    #expect(result.stopped == "value < \(bound)")
    for (row, (x, y)) in zip(result.iterations, rows) {
      #expect(abs(row.point[0] - x) < 5e-7)
      #expect(abs(row.value - y) < 5e-7)
    }
  }

  @Test func bowlOfTwoVariables() {
    let bowl = Objective(["x": 3, "y": 1]) { p in p[0] * p[0] + sin(p[1]) * sin(p[1]) }
    let result = Minimizer(Descent(rate: .constant(0.1)), until: .value(below: 0.01)).run(bowl)
    // The document numbers its first two rows 1 and 2, the last ones as here: 16 steps in all.
    #expect(result.iterations.count == 17)
    let rows = [
      0: (3, 1, 9.708073), 1: (2.4, 0.909070, 6.382415), 15: (0.105553, 0.063481, 0.015166),
      16: (0.084442, 0.050819, 0.009711),
    ]
    for (number, (x, y, value)) in rows {
      let row = result.iterations[number]
      #expect(abs(row.point[0] - x) < 5e-7)
      #expect(abs(row.point[1] - y) < 5e-7)
      #expect(abs(row.value - value) < 5e-7)
    }
  }

  /// Learning rates of the document's pictures: x changes by the factor 1 − 2η.
  @Test func learningRates() {
    func path(_ rate: Double) -> [Double] {
      let minimizer = Minimizer(Descent(rate: .constant(rate)), limit: 10)
      return minimizer.run(Objective(["x": 1.2]) { $0[0] * $0[0] }).iterations.map { $0.point[0] }
    }
    #expect(path(1.0).allSatisfy { abs(abs($0) - 1.2) < 1e-12 })
    #expect(zip(path(0.8), path(0.8).dropFirst()).allSatisfy { $0 * $1 < 0 && abs($1) < abs($0) })
    #expect(path(0.4).allSatisfy { $0 > 0 } && path(0.4)[4] < 0.002)
    #expect(path(0.1).allSatisfy { $0 > 0 } && path(0.1)[10] > 0.1)
  }

  /// Rosenbrock's valley from its usual start ends at (1, 1).
  @Test func rosenbrock() {
    let methods: [any MinimizingMethod] = [LBFGS(), Newton(), LevenbergMarquardt()]
    for method in methods {
      let residuals: Objective.Function = { p in
        let tape = p[0].tape!
        let (e1, e2) = (tape.constant(Tensor([1, 0])), tape.constant(Tensor([0, 1])))
        return e1 * (10 * (p[1] - p[0] * p[0])) + e2 * (1 - p[0])
      }
      let valley = Objective(["x": -1.2, "y": 1], residuals: residuals) { p in
        let (a, b) = (p[1] - p[0] * p[0], 1 - p[0])
        return 100 * a * a + b * b
      }
      let result = Minimizer(method).run(valley)
      #expect(distance(result.solution, [1, 1]) < 1e-8, "\(method.name): \(result.stopped)")
      #expect(result.iterations.count < 100, "\(method.name)")
    }
  }

  /// One parameter a matrix: Σ(A·x − b)² is least at the solution of A·x = b.
  @Test func tensors() {
    for method in [LBFGS(), Newton()] as [any MinimizingMethod] {
      let tape = Tape<Double>()
      let a = tape.constant(Tensor([[2, 1], [1, 3]])), b = tape.constant(Tensor([[3], [5]]))
      let objective = Objective([("x", Tensor([[0], [0]]))], on: tape) { p in
        square(matmul(a, p[0]) - b).sum()
      }
      let result = Minimizer(method).run(objective)
      #expect(distance(result.solution, [0.8, 1.4]) < 1e-8, "\(method.name): \(result.stopped)")
    }
  }

  /// x⁴/4 − x³/3·… with valleys near −2.0, 0.6 and 2.6: the deepest is the last.
  @Test func restartsFindTheDeepestOfThreeValleys() {
    func waves(_ start: Double) -> Objective {
      Objective(["x": start]) { p in sin(3 * p[0]) + 0.1 * square(p[0] - 3) }
    }
    let minimizer = Minimizer(Descent(rate: .constant(0.05)), until: .change(below: 1e-10), limit: 2000)
    // By a scan of the interval, not by descent.
    let scan = stride(from: -5.0, to: 5, by: 1e-4).map { x in
      (x: x, y: Double.sin(3 * x) + 0.1 * (x - 3) * (x - 3))
    }
    let deepest = scan.min { $0.y < $1.y }!
    let valleys = (1..<scan.count - 1).filter { scan[$0].y < scan[$0 - 1].y && scan[$0].y < scan[$0 + 1].y }
    #expect(valleys.count >= 3)
    let alone = minimizer.run(waves(-3))
    #expect(alone.value > deepest.y + 0.5)
    var generator = SeededGenerator(seed: 1)
    let (runs, best) = minimizer.run(waves(-3), restarts: 10, from: [-5..<5], using: &generator)
    #expect(runs.count == 11)
    #expect(abs(runs[best].solution[0] - deepest.x) < 1e-3)
    #expect(abs(runs[best].value - deepest.y) < 1e-6)
  }

  @Test func aValueThatFallsWithoutEnd() {
    for method: any MinimizingMethod in [LBFGS(), Newton()] {
      let hill = Objective(["x": 1]) { -$0[0] * $0[0] }
      #expect(Minimizer(method).run(hill).stopped == "the value falls without end", "\(method.name)")
    }
  }

  @Test func divergenceNamesTheNode() {
    let objective = Objective(["x": 1]) { p in log(p[0]) }
    let result = Minimizer(Descent(rate: .constant(2)), limit: 20).run(objective)
    #expect(result.stopped.hasPrefix("diverged: forward pass: log gives nan at node 1"), "\(result.stopped)")
  }

  @Test func rulesStop() {
    func run(_ rule: StoppingRule) -> Minimization {
      Minimizer(Descent(rate: .constant(0.3)), until: rule, limit: 50)
        .run(Objective(["x": 1.2]) { $0[0] * $0[0] })
    }
    // x shrinks by 0.4 per step: the steps are 0.72, 0.288, 0.1152, …
    #expect(run(.change(below: 0.2)).iterations.count == 4)
    #expect(run(.when("x < 0.1") { $0.point[0] < 0.1 }).stopped == "x < 0.1")
    #expect(run(.seconds(0)).iterations.count == 1)
    let flat = Minimizer(Descent(rate: .constant(1)), until: .noImprovement(for: 5), limit: 50)
      .run(Objective(["x": 1]) { $0[0] * $0[0] })
    #expect(flat.iterations.count == 6)
    #expect(run(.value(below: -1)).stopped == "50 iterations")
  }
}
