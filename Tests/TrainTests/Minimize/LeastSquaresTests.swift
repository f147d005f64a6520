import Testing

@testable import Train

/// Nonlinear regressions of NIST's Statistical Reference Datasets, with the certified parameters and residual sums of
/// squares, which were computed there in 128-bit arithmetic.
struct NISTProblem: Sendable, CustomTestStringConvertible {
  let name: String
  let x: [Double]
  let y: [Double]
  let starts: [[Double]]
  let certified: [Double]
  let squares: Double
  let model: @Sendable (_ x: Variable<Double>, _ b: [Variable<Double>]) -> Variable<Double>

  var testDescription: String { name }

  func objective(from start: [Double]) -> Objective {
    let tape = Tape<Double>()
    let (x, y) = (tape.constant(Tensor(self.x)), tape.constant(Tensor(self.y)))
    let names = start.indices.map { "b\($0 + 1)" }
    let residuals = { [model] (b: [Variable<Double>]) in y - model(x, b) }
    return Objective(zip(names, start).map { ($0, Tensor($1)) }, on: tape, residuals: residuals) { b in
      square(residuals(b)).sum()
    }
  }
}

@Suite("Least squares")
struct LeastSquaresTests {
  /// Six digits of every parameter, from both starting points; the sum of squares shows that the data are NIST's.
  @Test(arguments: nistProblems)
  func certifiedParameters(_ problem: NISTProblem) {
    for start in problem.starts {
      let result = Minimizer(LevenbergMarquardt()).run(problem.objective(from: start))
      for (found, certified) in zip(result.solution, problem.certified) {
        #expect(abs(found / certified - 1) < 1e-6, "from \(start): \(result.stopped)")
      }
      #expect(abs(result.value / problem.squares - 1) < 1e-8)
    }
  }

  /// The columns of the Jacobian against those of the one-walk-per-residual `jacobian`.
  @Test func jacobianByColumns() {
    let problem = nistProblems[0]
    let (r, j) = problem.objective(from: [250, 0.0005]).residualsAndJacobian()
    let expected = jacobian(at: [250, 0.0005]) { b in
      zip(problem.x, problem.y).map { x, y in Variable(y) - b[0] * (1 - exp(-(b[1] * Variable(x)))) }
    }
    for (row, other) in zip(j, expected) {
      for (a, b) in zip(row, other) { #expect(abs(a - b) <= 1e-12 * abs(b)) }
    }
    #expect(r.count == 14)
  }
}

private let misraX = [
  77.6, 114.9, 141.1, 190.8, 239.9, 289.0, 332.8, 378.4, 434.8, 477.3, 536.8, 593.1, 689.1, 760.0,
]
private let misraY = [
  10.07, 14.73, 17.94, 23.93, 29.61, 35.18, 40.02, 44.82, 50.76, 55.05, 61.01, 66.40, 75.47, 81.78,
]

let nistProblems = [
  NISTProblem(
    name: "Misra1a", x: misraX, y: misraY, starts: [[500, 0.0001], [250, 0.0005]],
    certified: [2.3894212918e+02, 5.5015643181e-04], squares: 1.2455138894e-01,
    model: { x, b in b[0] * (1 - exp(-b[1] * x)) }),
  NISTProblem(
    name: "Misra1b", x: misraX, y: misraY, starts: [[500, 0.0001], [300, 0.0002]],
    certified: [3.3799746163e+02, 3.9039091287e-04], squares: 7.5464681533e-02,
    model: { x, b in b[0] * (1 - 1 / square(1 + b[1] * x / 2)) }),
  NISTProblem(
    name: "Misra1c", x: misraX, y: misraY, starts: [[500, 0.0001], [600, 0.0002]],
    certified: [6.3642725809e+02, 2.0813627256e-04], squares: 4.0966836971e-02,
    model: { x, b in b[0] * (1 - 1 / sqrt(1 + 2 * b[1] * x)) }),
  NISTProblem(
    name: "Misra1d", x: misraX, y: misraY, starts: [[500, 0.0001], [450, 0.0003]],
    certified: [4.3736970754e+02, 3.0227324449e-04], squares: 5.6419295283e-02,
    model: { x, b in b[0] * b[1] * x / (1 + b[1] * x) }),
  NISTProblem(
    name: "DanWood", x: [1.309, 1.471, 1.490, 1.565, 1.611, 1.680],
    y: [2.138, 3.421, 3.597, 4.340, 4.882, 5.660], starts: [[1, 5], [0.7, 4]],
    certified: [7.6886226176e-01, 3.8604055871e+00], squares: 4.3173084083e-03,
    model: { x, b in b[0] * pow(x, b[1]) }),
  NISTProblem(
    name: "BoxBOD", x: [1, 2, 3, 5, 7, 10], y: [109, 149, 149, 191, 213, 224], starts: [[1, 1], [100, 0.75]],
    certified: [2.1380940889e+02, 5.4723748542e-01], squares: 1.1680088766e+03,
    model: { x, b in b[0] * (1 - exp(-b[1] * x)) }),
  NISTProblem(
    name: "Rat42", x: [9, 14, 21, 28, 42, 57, 63, 70, 79],
    y: [8.93, 10.80, 18.59, 22.33, 39.35, 56.11, 61.73, 64.62, 67.08],
    starts: [[100, 1, 0.1], [75, 2.5, 0.07]],
    certified: [7.2462237576e+01, 2.6180768402e+00, 6.7359200066e-02], squares: 8.0565229338e+00,
    model: { x, b in b[0] / (1 + exp(b[1] - b[2] * x)) }),
  NISTProblem(
    name: "Rat43", x: (1...15).map { Double($0) },
    y: [
      16.08, 33.83, 65.80, 97.20, 191.55, 326.20, 386.87, 520.53, 590.03, 651.92, 724.93, 699.56, 689.96,
      637.56, 717.41,
    ], starts: [[100, 10, 1, 1], [700, 5, 0.75, 1.3]],
    certified: [6.9964151270e+02, 5.2771253025e+00, 7.5962938329e-01, 1.2792483859e+00],
    squares: 8.7864049080e+03, model: { x, b in b[0] / pow(1 + exp(b[1] - b[2] * x), 1 / b[3]) }),
  NISTProblem(
    name: "MGH09", x: [4, 2, 1, 0.5, 0.25, 0.167, 0.125, 0.1, 0.0833, 0.0714, 0.0625],
    y: [0.1957, 0.1947, 0.1735, 0.1600, 0.0844, 0.0627, 0.0456, 0.0342, 0.0323, 0.0235, 0.0246],
    starts: [[25, 39, 41.5, 39], [0.25, 0.39, 0.415, 0.39]],
    certified: [1.9280693458e-01, 1.9128232873e-01, 1.2305650693e-01, 1.3606233068e-01],
    squares: 3.0750560385e-04,
    model: { x, b in b[0] * (square(x) + x * b[1]) / (square(x) + x * b[2] + b[3]) }),
  NISTProblem(
    name: "MGH10", x: stride(from: 50, through: 125, by: 5).map { $0 },
    y: [
      34780, 28610, 23650, 19630, 16370, 13720, 11540, 9744, 8261, 7030, 6005, 5147, 4427, 3820, 3307, 2872,
    ], starts: [[2, 400000, 25000], [0.02, 4000, 250]],
    certified: [5.6096364710e-03, 6.1813463463e+03, 3.4522363462e+02], squares: 8.7945855171e+01,
    model: { x, b in b[0] * exp(b[1] / (x + b[2])) }),
]
