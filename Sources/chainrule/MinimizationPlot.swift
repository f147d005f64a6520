import Train

/// The way of a descent: on the curve of a function of one value, on the contours of one of two, else the values.
struct MinimizationPlot {
  private let problem: MinimizationProblem
  private let runs: [Minimization]
  private let best: Int

  init(_ problem: MinimizationProblem, _ runs: [Minimization], _ best: Int) {
    (self.problem, self.runs, self.best) = (problem, runs, best)
  }

  func write(to path: String) throws { try plot.write(to: path) }

  private var plot: Plot {
    let names = problem.objective.names
    switch names.count {
    case 1:
      var plot = Plot(title: problem.outputName, xLabel: names[0], yLabel: problem.outputName)
      plot.curve(over: range(0)) { problem.value(at: [$0]) }
      each { plot.path($0, x: column(0, $1), y: $1.iterations.map(\.value)) }
      return plot
    case 2:
      var plot = Plot(title: problem.outputName, xLabel: names[0], yLabel: names[1])
      plot.contours(Plot.Field(x: range(0), y: range(1)) { problem.value(at: [$0, $1]) })
      each { plot.path($0, x: column(0, $1), y: column(1, $1)) }
      return plot
    default:
      var plot = Plot(
        title: problem.outputName, xLabel: "iteration", yLabel: problem.outputName, yScale: .logarithmic)
      each { plot.line($0, y: $1.iterations.map(\.value)) }
      return plot
    }
  }

  private func each(_ body: (String, Minimization) -> Void) {
    for (number, run) in runs.enumerated() {
      body(runs.count == 1 ? "" : number == best ? "start \(number + 1), lowest" : "start \(number + 1)", run)
    }
  }

  private func column(_ place: Int, _ run: Minimization) -> [Double] { run.iterations.map { $0.point[place] } }

  /// All that the paths cover, and a fifth more on both sides.
  private func range(_ place: Int) -> ClosedRange<Double> {
    let values = runs.flatMap { column(place, $0) }.filter(\.isFinite)
    let (low, high) = (values.min() ?? 0, values.max() ?? 0)
    let margin = high > low ? 0.2 * (high - low) : 1
    return low - margin...high + margin
  }
}
