import Testing

@testable import Train

/// How minimizations end: what is called converged is a minimum in whatever units, and what is none is not called so.
@Suite("Convergence")
struct ConvergenceTests {
  /// Two parameters in units of their own, a function in another: the minimum is at x = 3u, y = 2v.
  private func bowl(_ factor: Double, _ u: Double, _ v: Double, offset: Double = 0) -> Objective {
    func parts(_ p: [Variable<Double>]) -> [Variable<Double>] {
      let (x, y) = (p[0] / Variable(u), p[1] / Variable(v))
      return [x - 3, x * y - 6]
    }
    let root = Variable(factor.squareRoot())
    return Objective(["x": 0.5 * u, "y": 7 * v], residuals: { stacked(parts($0).map { root * $0 }) }) { p in
      let r = parts(p)
      return Variable(factor) * (r[0] * r[0] + r[1] * r[1]) + Variable(offset)
    }
  }

  static let units: [(Double, Double, Double)] = [
    (1, 1, 1), (1e-30, 1, 1), (1e-12, 1, 1), (1e12, 1, 1), (1e30, 1, 1), (1, 1e-8, 1), (1, 1, 1e8), (1e-20, 1e-6, 1e6),
  ]

  @Test(arguments: units)
  func unitsDoNotMatter(factor: Double, u: Double, v: Double) {
    var methods: [any MinimizingMethod] = [Newton(), LevenbergMarquardt()]
    // It learns the units of the parameters from its steps, a few digits of them.
    if u == 1, v == 1 { methods.append(LBFGS()) }
    for method in methods {
      let result = Minimizer(method).run(bowl(factor, u, v))
      let comment: Comment = "\(method.name) at \(result.solution): \(result.stopped)"
      #expect(result.ending.kind == .converged, comment)
      #expect(abs(result.solution[0] / u - 3) < 1e-9 && abs(result.solution[1] / v - 2) < 1e-9, comment)
      #expect(result.iterations.count < 60, comment)
    }
  }

  /// Where the value is large against what is to be gained, its digits show nothing of the last steps; the slope does.
  @Test(arguments: [1.0, 1e3, 1e6, -1e6])
  func aLargeOffset(offset: Double) {
    for method in [Newton(), LBFGS()] as [any MinimizingMethod] {
      let result = Minimizer(method).run(bowl(1, 1, 1, offset: offset))
      #expect(result.ending.kind == .converged, "\(method.name): \(result.stopped)")
      #expect(distance(result.solution, [3, 2]) < 1e-7, "\(method.name) at \(result.solution)")
    }
  }

  /// A parameter that has next to no influence where it is must not hold up the other: a = 11 is the mean of the data.
  @Test func aNearlyDeadParameter() {
    func residuals(_ p: [Variable<Double>]) -> Variable<Double> {
      stacked((1...3).map { x in p[0] + exp(-p[1] * Variable(Double(x))) - Variable(9 + Double(x)) })
    }
    let objective = Objective(["a": 0, "b": 100], residuals: residuals) { square(residuals($0)).sum() }
    let result = Minimizer(LevenbergMarquardt()).run(objective)
    #expect(result.ending.kind == .converged, "\(result.stopped)")
    #expect(
      abs(result.solution[0] - 11) < 1e-9 && abs(result.value - 2) < 1e-12, "\(result.solution): \(result.stopped)")
    #expect(objective.fitStatistics()?.standardErrors[1] ?? 0 > 1e30)
  }

  /// √a at 0: its derivative is infinite, and no step can be computed from there.
  @Test func infiniteDerivativesAreNoMinimum() {
    func residuals(_ p: [Variable<Double>]) -> Variable<Double> {
      stacked((1...3).map { x in sqrt(p[0]) * Variable(Double(x)) - Variable(2 * Double(x)) })
    }
    let methods: [any MinimizingMethod] = [
      LevenbergMarquardt(), LBFGS(), Newton(), Descent(rate: .constant(0.1)), Descent(Adam(), rate: .constant(0.1)),
    ]
    for method in methods {
      let objective = Objective(["a": 0], residuals: residuals) { square(residuals($0)).sum() }
      let result = Minimizer(method).run(objective)
      #expect(result.ending.kind == .undefined && result.ending.isFailure, "\(method.name): \(result.stopped)")
      #expect(result.stopped.contains("sqrt sends"), "\(method.name): \(result.stopped)")
      #expect(result.solution == [0] && result.iterations.count == 1)
      let converged = Minimizer(method, limit: 10_000).run(
        Objective(["a": 1], residuals: residuals) { square(residuals($0)).sum() })
      #expect(abs(converged.solution[0] - 4) < 1e-3, "\(method.name): \(converged.solution)")
    }
  }

  /// The minimum is where √ has no finite derivative: it is reached, and kept.
  @Test func theMinimumAtAKinkIsKept() {
    for method in [Descent(rate: .constant(0.5)), LBFGS()] as [any MinimizingMethod] {
      let cone = Objective(["x": 0]) { p in sqrt(square(p[0] - 1)) }
      let result = Minimizer(method, limit: 50).run(cone)
      #expect(result.value == 0 && result.solution == [1], "\(method.name): \(result.stopped)")
      #expect([.converged, .undefined].contains(result.ending.kind), "\(method.name): \(result.stopped)")
    }
  }

  @Test func whatHasNoBetterPointButASlopeIsStalled() {
    let roof = Objective(["x": 0]) { p in abs(p[0]) + p[0] / 2 }
    let result = Minimizer(LBFGS()).run(roof)
    #expect(result.ending == Ending(.stalled, "no better point along the gradient"), "\(result.iterations)")
    // So small a rate that no step shows in the digits of x.
    let bowl = Objective(["x": 5]) { p in 1e-20 * square(p[0] - 1) }
    let slow = Minimizer(Descent(rate: .constant(0.1))).run(bowl)
    #expect(slow.ending == Ending(.stalled, "nothing changes any more"))
    let done = Minimizer(Descent(rate: .constant(0.3))).run(Objective(["x": 5]) { p in square(p[0] - 1) })
    #expect(done.ending == Ending(.converged, "nothing changes any more"))
  }

  /// From where the value is 10²¹⁷ down to its minimum near 1: nothing on the way is taken for the end.
  @Test func aStartFarAway() {
    for method in [Newton(), LBFGS()] as [any MinimizingMethod] {
      let objective = Objective(["x": 500]) { p in exp(p[0]) + square(p[0] - 2) }
      let result = Minimizer(method).run(objective)
      // eˣ + 2(x − 2) = 0 at x = 0.8408…, by bisection.
      var (low, high) = (0.0, 1.0)
      for _ in 0..<60 {
        let middle = (low + high) / 2
        if Double.exp(middle) + 2 * (middle - 2) < 0 { low = middle } else { high = middle }
      }
      #expect(
        result.ending.kind == .converged && abs(result.solution[0] - low) < 1e-8, "\(method.name): \(result.stopped)")
    }
    // a·xᵇ with b = 130: residuals of 10¹⁰⁹, whose squares have no room for another factor.
    func residuals(_ p: [Variable<Double>]) -> Variable<Double> {
      stacked((1...6).map { x in p[0] * pow(Variable(Double(x)), p[1]) - Variable(Double(x)) })
    }
    let power = Objective(["a": 0.0026, "b": 143], residuals: residuals) { square(residuals($0)).sum() }
    let result = Minimizer(LevenbergMarquardt()).run(power)
    // Its last residual vanishes, and the others are those of a function that is 0 there: Σx² to 5.
    #expect(abs(result.value - 55) < 1 || result.ending.kind != .converged, "\(result.value): \(result.stopped)")
  }

  @Test func otherEnds() {
    func end(_ method: any MinimizingMethod, _ start: Double, _ function: @escaping Objective.Function) -> Ending.Kind {
      Minimizer(method, limit: 30).run(Objective(["x": start], of: function)).ending.kind
    }
    #expect(end(Descent(rate: .constant(2)), 1) { log($0[0]) } == .diverged)
    #expect(end(Descent(rate: .constant(1e200)), 1) { square($0[0]) } == .diverged)
    #expect(end(LBFGS(), -1) { log($0[0]) } == .undefined)
    #expect(end(LBFGS(), .nan) { square($0[0]) } == .undefined)
    #expect(end(LBFGS(), 1) { -square($0[0]) } == .diverged)
    #expect(end(Descent(rate: .constant(1e-3)), 1) { square($0[0]) } == .limit)
    let rule = Minimizer(LBFGS(), until: .value(below: 1)).run(Objective(["x": 3]) { square($0[0]) })
    #expect(rule.ending.kind == .rule)
  }

  /// Ten more or less are the same number there, so that the range to draw from is empty.
  @Test func restartsAroundALargeNumberEnd() {
    var generator = SeededGenerator(seed: 1)
    let objective = Objective(["x": 1e200]) { $0[0] }
    let (runs, _) = Minimizer(LBFGS(), limit: 5)
      .run(objective, restarts: 1, from: [1e200 - 10..<1e200 + 10], using: &generator)
    #expect(runs.count == 2)
  }
}
