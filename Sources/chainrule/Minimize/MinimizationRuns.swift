import Train

/// What `minimize` ran: one descent, one from each start, or one with each learning rate.
struct MinimizationRuns {
  enum Kind {
    case starts
    case rates([Double])
  }
  let kind: Kind
  let runs: [Minimization]
  /// The place of the run that ended lowest.
  let best: Int

  /// One with each learning rate, all from the same start.
  init(_ problem: MinimizationProblem, rates: [Double], _ minimizer: (_ rate: Double) throws -> Minimizer) throws {
    let start = problem.objective.point
    var runs: [Minimization] = []
    for rate in rates {
      problem.objective.point = start
      runs.append(try minimizer(rate).run(problem.objective))
    }
    (kind, self.runs, best) = (.rates(rates), runs, runs.lowest)
  }

  /// One from the start that was given, and more from random ones.
  init(
    _ problem: MinimizationProblem, _ minimizer: Minimizer, restarts: Int,
    from intervals: [String: ClosedRange<Double>], seed: UInt64
  ) {
    let objective = problem.objective
    let ranges = zip(objective.numberNames, objective.point).map { name, start in
      // Beside a very large start 10 is nothing.
      let margin = max(10, abs(start) * 1e-9)
      return intervals[name].map { $0.lowerBound..<$0.upperBound } ?? start - margin..<start + margin
    }
    var generator = SeededGenerator(seed: seed)
    let result = minimizer.run(objective, restarts: restarts, from: ranges, using: &generator)
    (kind, runs, best) = (.starts, result.runs, result.best)
  }

  /// What a run is called beside the others.
  func name(_ place: Int) -> String {
    switch kind {
    case .rates(let rates): "η = \(shortest(rates[place]))"
    case .starts where runs.count == 1: ""
    case .starts: place == best ? "start \(place + 1), lowest" : "start \(place + 1)"
    }
  }
}
