import Train

/// `chainrule minimize`: descent on a program, with the table of iterations.
struct MinimizeCommand: Command {
  static let name = "minimize"
  static let summary = "descent on a program from starting values, with the table of iterations"
  static let operands = ["PROGRAM NAME=START… [--data FILE.csv]"]
  static let about =
    """
    Moves the named values until the last statement is smallest. Other names are columns of the data. Fits by least
    squares have standard errors.
    """
  static let notes = "Exit status: 0 a point was found, 2 the values diverged, are undefined, or something was wrong."
  static let examples = [
    "chainrule minimize 'J = x^2' x=1.2 --learning-rate 0.3 --until 'J < 0.001'",
    "chainrule minimize 'C = sum((w*distance + b - minutes)^2)/10' w=0 b=0 --data commute",
  ]

  enum Method: String, CaseIterable {
    case descent, momentum, nesterov, adagrad, rmsprop, adam, adamw, lbfgs, newton, lm

    /// Whether it finds the length of its steps itself.
    var takesNoRate: Bool { [.lbfgs, .newton, .lm].contains(self) }
  }

  @Option(
    "data", "FILE", .text,
    """
    binds the columns of a CSV file to the names they have, with _ for what names cannot have (Sepal_Length, size_m); \
    also commute or iris
    """)
  var data: String?
  @Option(
    "method", "NAME", .choice,
    """
    descent, momentum, nesterov, adagrad, rmsprop, adam, adamw, lbfgs, newton, lm; unless given: lm \
    (Levenberg-Marquardt) for a sum of squares over data, descent where a learning rate is given, else lbfgs
    """)
  var method: Method?
  @Option(
    "learning-rate", "η", .positives,
    "of the methods of descent; 0.1 unless given; several, as 1,0.4,0.1, are compared")
  var rates = [0.1]
  @Option(
    "schedule", "NAME", .text,
    """
    constant, 1/sqrt(t), 1/t, step:FACTOR,EVERY, exponential:FACTOR, cosine; with warmup:STEPS, in front
    """)
  var schedule = "constant"
  @Option(
    each: "until", "CONDITION", .text,
    "stops where it holds: 'J < 0.01'; |Δ|, the length of the last step, is called change")
  var conditions: [String]
  @Option("iterations", "N", .whole(in: 0...1_000_000_000), "the most steps") var iterations = 1000
  @Option(
    "restarts", "N", .whole(in: 0...1_000_000),
    "so many further random starts, from --domain or from ±10 around the start; keeps the best")
  var restarts = 0
  @Option(
    each: "domain", "'x in [a, b]'", .interval, "where random starts are drawn from, and what pictures show")
  var domains: [Formula.Domain]
  @Option("seed", "N", .seed, "of the random starts") var seed: UInt64 = 0
  @Option(
    "plot", "FILE.svg", .file("svg"),
    """
    the path on the contours of a function of two values, or on the curve of one; of several learning rates all \
    paths, and the values by iteration
    """)
  var plot: String?
  @Option("surface", "FILE.svg", .file("svg"), "the path on the surface of a function of two values, in space")
  var surface: String?
  @Option(
    "page", "FILE.html", .file("html"),
    """
    a page to step through: the path on contours or curve with value and gradient at each point, several learning \
    rates side by side
    """)
  var page: String?
  @Option(
    "format",
    """
    json: {"iterations": [{"iteration": 0, "x": 1.2, "J": 1.44}, …], "stopped": …, "solution": …, "value": …}; of \
    several learning rates {"runs": [{"rate": 1, "turns": 9, "iterations": …}, …]}; of a fit its "standardErrors" too
    """)
  var format = ReportFormat.text
  let table = TableOptions()

  func check() throws {
    if case .filled = table.missing { throw Failure("--missing: only drop makes sense here, which leaves rows out") }
    if data == nil { for option in table.all { try option.refuse(because: "expected --data beside it") } }
    if rates.count > 1 { try $restarts.refuse(because: "expected one learning rate") }
    if let method, method.takesNoRate {
      let reason = "\(method.rawValue) finds the length of its steps itself"
      try $rates.refuse(because: reason)
      try $schedule.refuse(because: reason)
    }
  }

  func run(_ words: [String], _ console: Console) throws -> Int32 {
    let bindings = try Bindings(words, of: Self.self)
    let columns = try data.map { try FormulaColumns($0, table) }
    let used = try columns?.values(for: bindings, console) ?? [:]
    let problem = try MinimizationProblem(bindings, data: used)
    let rules = try conditions.map { StoppingRule.when($0, try problem.condition($0)) }
    let intervals = try $domains.intervals(for: problem.objective.numberNames)
    func minimizer(_ rate: Double) throws -> Minimizer {
      Minimizer(try minimizingMethod(problem, rate), until: rules, limit: iterations)
    }
    let runs =
      rates.count > 1
      ? try MinimizationRuns(problem, rates: rates, minimizer)
      : MinimizationRuns(problem, try minimizer(rates[0]), restarts: restarts, from: intervals, seed: seed)
    let picture = MinimizationPlot(problem: problem, runs: runs, intervals: intervals)
    if let plot { try picture.write(to: plot) }
    if let page { try picture.writePage(to: page) }
    if let surface { try picture.writeSurface(to: surface) }
    let report = MinimizationReport(problem, runs)
    console.print(format == .json ? "\(report.json)" : report.text)
    return report.status
  }

  private func minimizingMethod(_ problem: MinimizationProblem, _ rate: Double) throws -> any MinimizingMethod {
    let usual = $rates.isGiven || $schedule.isGiven ? Method.descent : problem.isFit ? .lm : .lbfgs
    let method = method ?? usual
    switch method {
    case .lbfgs: return LBFGS()
    case .newton: return Newton()
    case .lm where problem.objective.hasResiduals: return LevenbergMarquardt()
    case .lm: throw Failure("--method lm: the output is no sum of squares such as sum(r^2)")
    default:
      let optimizer = OptimizerName(rawValue: method.rawValue)!.optimizer()
      let schedule = try $schedule.naming { try Schedule(parsing: self.schedule, rate: rate, steps: iterations) }
      return Descent(optimizer, rate: schedule, name: method.rawValue)
    }
  }
}
