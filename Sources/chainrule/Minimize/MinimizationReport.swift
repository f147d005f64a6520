import Train

/// What `minimize` prints.
struct MinimizationReport {
  private let problem: MinimizationProblem
  private let runs: MinimizationRuns

  /// How well the data determine the parameters, at the minimum of a fit.
  private let statistics: FitStatistics?

  init(_ problem: MinimizationProblem, _ runs: MinimizationRuns) {
    (self.problem, self.runs) = (problem, runs)
    let isMinimum = runs.runs.count == 1 && runs.runs[0].ending.kind == .converged
    statistics = problem.isFit && isMinimum ? problem.objective.fitStatistics() : nil
  }

  /// 2 where no run led to an answer.
  var status: Int32 { result.ending.isFailure ? 2 : 0 }

  private var result: Minimization { runs.runs[runs.best] }
  private var names: [String] { problem.objective.numberNames }

  var json: JSONValue {
    guard case .rates(let rates) = runs.kind else { return .object(members(of: result) + statisticsMembers) }
    let runs = zip(rates, runs.runs).map {
      JSONValue.object([.init("rate", JSONValue($0)), .init("turns", JSONValue($1.turns))] + members(of: $1))
    }
    return ["runs": .array(runs)]
  }

  private func members(of run: Minimization) -> [JSONValue.Member] {
    let iterations = run.iterations.map { row in
      JSONValue.object(
        [.init("iteration", JSONValue(row.number))] + members(row.point)
          + [.init(problem.outputName, JSONValue(row.value))])
    }
    return [
      .init("iterations", .array(iterations)), .init("stopped", .string(run.stopped)),
      .init("solution", .object(members(run.solution))), .init("value", JSONValue(run.value)),
    ]
  }

  private var statisticsMembers: [JSONValue.Member] {
    guard let statistics else { return [] }
    return [
      .init("standardErrors", .object(members(statistics.standardErrors))),
      .init("residualStandardDeviation", JSONValue(statistics.residualStandardDeviation)),
      .init("degreesOfFreedom", JSONValue(statistics.degreesOfFreedom)),
    ]
  }

  private func members(_ point: [Double]) -> [JSONValue.Member] {
    problem.objective.named(point).map { .init($0, JSONValue($1)) }
  }

  var text: String {
    if case .rates(let rates) = runs.kind { return comparison(rates) }
    var table = TextTable(ofNumbers: ["iteration"] + names + [problem.outputName])
    append(result.iterations.count, to: &table) { number in
      let row = result.iterations[number]
      return ["\(row.number)"] + (row.point + [row.value]).map { shortText($0) }
    }
    let solution = zip(names, result.solution).map { "\($0) = \(shortest($1))" }
    let start = runs.runs.count > 1 ? ["the lowest of \(runs.runs.count) starts:"] : []
    let value = "\(problem.outputName) = \(shortest(result.value))"
    let end = ["stopped: \(result.stopped)", (solution + [value]).joined(separator: ", ")]
    return (start + table.lines + end + fitted).joined(separator: "\n")
  }

  /// `standard errors: b1 ± 2.70701, b2 ± 7.26687e-6; s = 0.101879 with 12 degrees of freedom`
  private var fitted: [String] {
    guard let statistics else { return [] }
    let errors = zip(names, statistics.standardErrors).map { "\($0) ± \(shortText($1))" }.joined(separator: ", ")
    let freedom = counted(statistics.degreesOfFreedom, "degree") + " of freedom"
    return ["standard errors: \(errors); s = \(shortText(statistics.residualStandardDeviation)) with \(freedom)"]
  }

  /// The values side by side, iteration by iteration, and a line about each learning rate.
  private func comparison(_ rates: [Double]) -> String {
    var values = TextTable(ofNumbers: ["iteration"] + rates.indices.map(runs.name))
    append(runs.runs.map(\.iterations.count).max() ?? 0, to: &values) { number in
      let row = runs.runs.map { number < $0.iterations.count ? shortText($0.iterations[number].value) : "" }
      return ["\(number)"] + row
    }
    var ends = TextTable(
      ofNumbers: ["learning rate", "iterations", "turns"] + names + [problem.outputName],
      and: [TextTable.Column("stopped")])
    for (rate, run) in zip(rates, runs.runs) {
      ends.append(
        [shortest(rate), "\(run.iterations.count - 1)", "\(run.turns)"]
          + (run.solution + [run.value]).map { shortText($0) } + [run.stopped])
    }
    return (["\(problem.outputName) by iteration:"] + values.lines + [""] + ends.lines).joined(separator: "\n")
  }

  /// At most 40 rows: the first and the last ones.
  private func append(_ count: Int, to table: inout TextTable, _ row: (Int) -> [String]) {
    for number in 0..<count where count <= 40 || number < 20 || number >= count - 20 {
      if count > 40, number == count - 20 { table.append(["…"]) }
      table.append(row(number))
    }
  }
}

extension TextTable {
  fileprivate init(ofNumbers titles: [String], and others: [Column] = []) {
    self.init(titles.map { Column($0, .right) } + others)
  }
}

extension Minimization {
  /// How often a step went against the one before it: always for a descent that jumps from side to side, never for one
  /// that comes from one side.
  fileprivate var turns: Int {
    let points = iterations.map(\.point)
    let steps = zip(points, points.dropFirst()).map { zip($0, $1).map { $1 - $0 } }
    return zip(steps, steps.dropFirst()).count { zip($0, $1).reduce(0) { $0 + $1.0 * $1.1 } < 0 }
  }
}
