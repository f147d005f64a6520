import Train

/// The way of a descent: on the curve of a function of one value, on the contours of one of two, else the values.
struct MinimizationPlot {
  let problem: MinimizationProblem
  let runs: MinimizationRuns
  let intervals: [String: ClosedRange<Double>]
  private var names: [String] { problem.objective.numberNames }
  private var title: String { problem.outputFormula }

  /// One picture of all runs; of several learning rates one of each, and their values by iteration below.
  func write(to path: String) throws {
    guard case .rates = runs.kind else { return try plot(runs.runs.indices).write(to: path) }
    var values = values
    guard problem.objective.count <= 2 else { return try values.write(to: path) }
    let ways = runs.runs.indices.map { place in
      var plot = plot(place..<place + 1)
      (plot.title, plot.width, plot.height) = (runs.name(place), 420, 300)
      return plot
    }
    // It takes a row of its own, or the place that is left in the last one.
    (values.width, values.height) = ways.count % 2 == 0 ? (840, 340) : (420, 300)
    try PlotGrid(ways + [values], columns: 2).write(to: path)
  }

  /// A page with a film of each learning rate, or of the lowest run of several starts.
  func writePage(to path: String) throws {
    let shown: [Int]
    if case .rates = runs.kind { shown = Array(runs.runs.indices) } else { shown = [runs.best] }
    let films = shown.map { place in
      var backdrop = plot(problem.objective.count > 2 ? place..<place + 1 : 0..<0)
      (backdrop.title, backdrop.width, backdrop.height) = (shown.count > 1 ? runs.name(place) : "", 520, 400)
      return PlotFilm(backdrop, of: runs.runs[place], on: problem.objective, named: problem.outputName)
    }
    try FilmPage(title: title, films).write(to: path)
  }

  func writeSurface(to path: String) throws {
    guard problem.objective.count == 2 else {
      throw Failure("--surface: expected a function of two numbers, found \(problem.objective.count)")
    }
    let field = Plot.Field(x: range(0), y: range(1), samples: 31, problem.values)
    var picture = Landscape(field, title: title, xLabel: names[0], yLabel: names[1], zLabel: problem.outputName)
    each(runs.runs.indices) { name, run in
      picture.path(name, x: column(0, run), y: column(1, run), z: run.iterations.map(\.value))
    }
    try picture.write(to: path)
  }

  private func plot(_ shown: Range<Int>) -> Plot {
    switch problem.objective.count {
    case 1:
      var plot = Plot(title: title, xLabel: names[0], yLabel: problem.outputName)
      plot.curve(over: range(0)) { problem.value(at: [$0]) }
      // What the curve shows: a path may leave it for far away.
      (plot.xRange, plot.yRange) = (range(0), heights(over: range(0)))
      each(shown) { plot.path($0, x: column(0, $1), y: $1.iterations.map(\.value)) }
      return plot
    case 2:
      var plot = Plot(title: title, xLabel: names[0], yLabel: names[1])
      let field = Plot.Field(x: range(0), y: range(1), samples: 61, problem.values)
      plot.surface(problem.outputName, field)
      each(shown) { plot.path($0, x: column(0, $1), y: column(1, $1)) }
      return plot
    default: return values
    }
  }

  private func heights(over range: ClosedRange<Double>) -> ClosedRange<Double>? {
    let values = problem.values(at: Rows(evenlySpaced(range, 200), width: 1)).filter(\.isFinite)
    return values.min() == values.max() ? nil : ClosedRange(around: values, margin: 0.04)
  }

  /// On a logarithmic scale, where the values are of a kind that has logarithms.
  private var values: Plot {
    let isPositive = runs.runs.allSatisfy { $0.iterations.allSatisfy { !($0.value < 0) } }
    var plot = Plot(
      title: title, xLabel: "iteration", yLabel: problem.outputName, yScale: isPositive ? .logarithmic : .linear)
    plot.countsAlongX = true
    each(runs.runs.indices) { plot.line($0, y: $1.iterations.map(\.value)) }
    return plot
  }

  private func each(_ shown: Range<Int>, _ body: (String, Minimization) -> Void) {
    for place in shown { body(shown.count == 1 ? "" : runs.name(place), runs.runs[place]) }
  }

  private func column(_ place: Int, _ run: Minimization) -> [Double] { run.iterations.map { $0.point[place] } }

  /// What `--domain` says, or all that the paths cover, and a fifth more on both sides. A path that climbs away from the
  /// others does not count: its end may be very far.
  private func range(_ place: Int) -> ClosedRange<Double> {
    if let interval = intervals[names[place]] { return interval }
    let descents = runs.runs.filter { $0.value <= $0.iterations[0].value }
    let values = (descents.isEmpty ? runs.runs : descents).flatMap { column(place, $0) }
      // Farther away differences are infinite.
      .filter { abs($0) <= 1e300 }
    return ClosedRange(around: values, margin: 0.2)
  }
}
