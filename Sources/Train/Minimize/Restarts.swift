extension Minimizer {
  /// Runs from the objective's own start and from random ones, and keeps the run that ends lowest.
  ///
  /// A descent ends in the valley it began in; several starts see several valleys. Nothing promises that the deepest is
  /// among them, but each further start makes it likelier.
  ///
  /// - Parameters:
  ///   - objective: whose parameters are at the first start.
  ///   - restarts: how many random starts.
  ///   - ranges: where to draw each number of the starts from.
  ///   - generator: of the starts.
  ///   - observe: called with every point of every run.
  /// - Returns: the runs in their order, and which of them is the lowest.
  public func run(
    _ objective: Objective, restarts: Int, from ranges: [Range<Double>],
    using generator: inout SeededGenerator, observe: (Iteration) -> Void = { _ in }
  ) -> (runs: [Minimization], best: Int) {
    precondition(ranges.count == objective.count, "restarts: \(ranges.count) ranges for \(objective.count) numbers")
    var runs = [run(objective, observe: observe)]
    for _ in 0..<restarts {
      // Around a number so large that ten more or less make no difference, a range is empty.
      objective.point = ranges.map { $0.isEmpty ? $0.lowerBound : generator.uniform(in: $0) }
      runs.append(run(objective, observe: observe))
    }
    let best = runs.lowest
    objective.point = runs[best].solution
    return (runs, best)
  }
}

extension [Minimization] {
  /// The place of the run that ended lowest; one without a value is the highest.
  package var lowest: Int {
    let heights = map { $0.value.isFinite ? $0.value : .infinity }
    return indices.min { heights[$0] < heights[$1] }!
  }
}
