import Testing

@testable import Train

/// NIST certifies the standard deviations of the parameters beside the parameters themselves.
@Suite("Fit statistics")
struct FitStatisticsTests {
  /// Computed once more from the model in 50 digits (mpmath): the same eleven.
  static let certified: [String: [Double]] = [
    "Misra1a": [2.7070075241, 7.2668688436e-06], "Misra1b": [3.1643950207, 4.2547321834e-06],
    "Misra1c": [4.6638326572, 1.7728423155e-06], "Misra1d": [3.6489174345, 2.9334354479e-06],
    "DanWood": [1.8281973860e-02, 5.1726610913e-02], "BoxBOD": [1.2354515176e+01, 1.0455993237e-01],
    "Rat42": [1.7340283401, 8.8295217536e-02, 3.4465663377e-03],
    "Rat43": [1.6302297817e+01, 2.0828735829, 1.9566123451e-01, 6.8761936385e-01],
    "MGH09": [1.1435312227e-02, 1.9633220911e-01, 8.0842031232e-02, 9.0025542308e-02],
    "MGH10": [1.5687892471e-04, 2.3309021107e+01, 7.8486103508e-01],
  ]

  @Test(arguments: nistProblems)
  func standardErrors(_ problem: NISTProblem) throws {
    let objective = problem.objective(from: problem.starts[1])
    let result = Minimizer(LevenbergMarquardt()).run(objective)
    #expect(result.ending.kind == .converged, "\(result.stopped)")
    let fit = try #require(objective.fitStatistics())
    let certified = try #require(Self.certified[problem.name])
    #expect(fit.standardErrors.count == certified.count)
    for (found, certified) in zip(fit.standardErrors, certified) {
      #expect(abs(found / certified - 1) < 1e-6, "\(found), certified \(certified)")
    }
    let freedom = problem.x.count - certified.count
    #expect(fit.degreesOfFreedom == freedom)
    let deviation = (problem.squares / Double(freedom)).squareRoot()
    #expect(abs(fit.residualStandardDeviation / deviation - 1) < 1e-8)
  }

  /// y = a + (b + c)·x + 0·d: only a is determined; its error is that of the straight line, s·√(Σx²/(m·Σ(x − x̄)²)).
  @Test func whatTheDataDoNotDetermine() throws {
    let (x, y) = ([1.0, 2, 3, 4], [1.0, 3, 2, 5])
    func residuals(_ p: [Variable<Double>]) -> Variable<Double> {
      stacked(zip(x, y).map { x, y in p[0] + (p[1] + p[2]) * Variable(x) + 0 * p[3] - Variable(y) })
    }
    let objective = Objective(["a": 0, "b": 0.55, "c": 0.55, "d": 1], residuals: residuals) {
      square(residuals($0)).sum()
    }
    #expect(objective.fitStatistics() == nil)
    let line = Objective(["a": 0, "b": 1.1], residuals: { p in residuals([p[0], p[1], 0, 0]) }) {
      square(residuals([$0[0], $0[1], 0, 0])).sum()
    }
    let errors = try #require(line.fitStatistics()).standardErrors
    let s = (zip(x, y).reduce(0) { $0 + ($1.1 - 1.1 * $1.0) * ($1.1 - 1.1 * $1.0) } / 2).squareRoot()
    #expect(abs(errors[0] - s * (30.0 / (4 * 5)).squareRoot()) < 1e-12 && abs(errors[1] - s / 5.0.squareRoot()) < 1e-12)
    let three = Objective(["a": 0, "b": 0.55, "c": 0.55], residuals: { p in residuals([p[0], p[1], p[2], 0]) }) {
      square(residuals([$0[0], $0[1], $0[2], 0])).sum()
    }
    let undetermined = try #require(three.fitStatistics()).standardErrors
    #expect(undetermined[0].isFinite && undetermined[1] == .infinity && undetermined[2] == .infinity)
  }
}
