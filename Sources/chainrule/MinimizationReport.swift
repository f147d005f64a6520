import Train

/// What `minimize` prints.
struct MinimizationReport {
  private let problem: MinimizationProblem
  private let result: Minimization
  private let runs: Int

  init(_ problem: MinimizationProblem, _ result: Minimization, runs: Int) {
    (self.problem, self.result, self.runs) = (problem, result, runs)
  }

  var json: JSONValue {
    let iterations = result.iterations.map { row in
      JSONValue.object(
        [.init("iteration", JSONValue(row.number))] + members(row.point)
          + [.init(problem.outputName, JSONValue(row.value))])
    }
    return [
      "iterations": .array(iterations), "stopped": .string(result.stopped),
      "solution": .object(members(result.solution)), "value": JSONValue(result.value),
    ]
  }

  private func members(_ point: [Double]) -> [JSONValue.Member] {
    zip(result.names, point).map { .init($0, JSONValue($1)) }
  }

  /// The table, at most 40 rows of it, and the solution with all digits.
  var text: String {
    var table = TextTable(
      (["iteration"] + result.names + [problem.outputName]).map { TextTable.Column($0, .right) })
    let rows = result.iterations
    for (place, row) in rows.enumerated() where rows.count <= 40 || place < 20 || place >= rows.count - 20 {
      if rows.count > 40, place == rows.count - 20 { table.append(["…"]) }
      table.append(["\(row.number)"] + (row.point + [row.value]).map { shortText($0) })
    }
    let solution = zip(result.names, result.solution).map { "\($0) = \(number($1))" }
    let start = runs > 1 ? ["the lowest of \(runs) starts:"] : []
    let end = [
      "stopped: \(result.stopped)",
      (solution + ["\(problem.outputName) = \(number(result.value))"])
        .joined(separator: ", "),
    ]
    return (start + table.lines + end).joined(separator: "\n")
  }

  /// All digits; the sign of NaN says nothing.
  private func number(_ value: Double) -> String { value.isNaN ? "nan" : shortest(value) }
}
