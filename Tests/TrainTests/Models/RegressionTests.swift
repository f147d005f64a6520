import Testing

@testable import Train

/// *Mathematics of neural computation*, chapters 1 and 2.
@Suite("Regression")
struct RegressionTests {
  static let commute = Dataset.commute
  static let x = commute.inputs.withIntercept()
  /// §1.7, to the digits printed there.
  static let weights = [6.08613445378149, 6.53361344537816, 2.11274509803922]
  static let outputs = [25.8396358543418, 34.9866946778712, 12.6197478991597, 42.1736694677872, 24.3802521008403]

  @Test func closedForm() throws {
    let fit = try LeastSquares(of: Self.x, Self.commute.targets)
    #expect(zip(fit.weights, Self.weights).allSatisfy { abs($0 - $1) < 1e-12 })
    let predictions = fit.predictions(for: Self.x).values
    #expect(zip(predictions, Self.outputs).allSatisfy { abs($0 - $1) < 1e-12 })
  }

  @Test func dependentColumnsAreNamed() {
    let twice = Rows(columns: [[1, 2, 3], [2, 4, 6]])
    let y = Rows([1.0, 2, 3], width: 1)
    #expect(throws: OptionError.self) { try LeastSquares(of: twice, y) }
    #expect(throws: Never.self) { try LeastSquares(of: twice, y, penalty: 0.1) }
  }

  /// C(W) = 1/2n·Σ(y − Wᵀx)² + ½λ‖W‖², as an expression.
  private func cost(_ x: Rows<Double>, _ y: Rows<Double>, penalty: Double = 0) -> Objective {
    let tape = Tape<Double>()
    let (xs, ys) = (
      tape.constant(Tensor(x.values, shape: Shape(x.shape))), tape.constant(Tensor(y.values, shape: Shape(y.shape)))
    )
    return Objective([("W", .zeros([x.width, 1]))], on: tape) { p in
      halfSquaredError(matmul(xs, p[0]), ys) + 0.5 * penalty * l2Penalty(p[0])
    }
  }

  @Test func descent() {
    let objective = cost(Self.x, Self.commute.targets)
    let result = Minimizer(Descent(rate: .constant(0.1)), until: .change(below: 1e-10), limit: 100_000).run(objective)
    #expect(distance(result.solution, Self.weights) < 1e-6)
  }

  @Test func hessian() {
    let columns = (0..<3).map { Self.x.column($0) }
    let hessian = cost(Self.x, Self.commute.targets).hessian()
    for (i, a) in columns.enumerated() {
      for (j, b) in columns.enumerated() { #expect(abs(hessian[i][j] - dot(a, b) / 5) < 1e-14) }
    }
  }

  @Test(arguments: [0.01, 0.5])
  func ridge(penalty: Double) throws {
    let closed = try LeastSquares(of: Self.x, Self.commute.targets, penalty: penalty)
    let objective = cost(Self.x, Self.commute.targets, penalty: penalty)
    let result = Minimizer(Descent(Momentum(), rate: .constant(0.05)), until: .change(below: 1e-13), limit: 50_000)
      .run(objective)
    #expect(distance(result.solution, closed.weights) < 1e-8)
  }

  @Test func polynomial() throws {
    let x = Rows(stride(from: -1.0, through: 1, by: 0.1).map { $0 }, width: 1).powers(through: 3)
    let y = Rows(
      (0..<x.count).map { row in 1 - 2 * x[row][row * 4 + 1] + 0.5 * x[row][row * 4 + 3] + (row % 2 == 0 ? 0.1 : -0.1)
      }, width: 1)
    let closed = try LeastSquares(of: x, y)
    let result = Minimizer(Descent(Momentum(), rate: .constant(0.3)), until: .change(below: 1e-13), limit: 50_000)
      .run(cost(x, y))
    #expect(distance(result.solution, closed.weights) < 1e-8)
    #expect(abs(closed.weights[1] + 2) < 0.2)
  }

  /// §2.2.1: C = 0.06, b = 2, stop at |ΔW| < 0.02, without replacement. The rule stops at the first small step, which
  /// noise makes early or late: the weights end near the optimum in most runs, not in all.
  @Test func miniBatches() {
    let distances = (0..<100).map { seed -> Double in
      let tape = Tape<Double>()
      let w = tape.parameter(Tensor<Double>.zeros([3, 1]), "W")
      let data = Dataset(inputs: Self.x, targets: Self.commute.targets)
      let settings = Settings(
        rate: .inverseSquareRoot(0.06), batch: 2, epochs: 10_000, until: [.change(below: 0.02)], afterEach: .step,
        seed: UInt64(seed))
      let training = Training(on: tape, with: data, settings) { x, y in halfSquaredError(matmul(x, w), y) }
      #expect((try? training.run())?.stopped == "|Δ| < 0.02")
      // How far its predictions are from the best ones, in minutes.
      let predictions = (0..<5).map { dot(Array(Self.x[$0]), w.tensor.elements) }
      return distance(predictions, Self.outputs) / 5.0.squareRoot()
    }.sorted()
    #expect(distances[50] < 6, "median \(distances[50]), worst \(distances[99])")
    print(
      "§2.2.1, 100 seeds: predictions off by \(distances[50]) minutes in the median, \(distances[10]) to \(distances[90])"
    )
  }
}
