import Train

/// `chainrule minimize`: descent on a program, with the table of iterations.
enum MinimizeCommand: Command {
  static let name = "minimize"
  static let summary = "descent on a program from starting values, with the table of iterations"
  static let help = """
    chainrule minimize PROGRAM NAME=START… [--data FILE.csv] [options]

    Moves the named values until the last statement is smallest. Other names are columns of the data.

      --data FILE         binds the columns of a CSV file to the names they have, with _ for blanks; also commute or iris
      --method NAME       descent, momentum, nesterov, adagrad, rmsprop, adam, adamw, lbfgs, newton, lm; unless given:
                          lm (Levenberg-Marquardt) for a sum of squares over data, descent where a learning rate is
                          given, else lbfgs
      --learning-rate η   of the methods of descent; 0.1 unless given; several, as 1,0.4,0.1, are compared
      --schedule NAME     constant, 1/sqrt(t), 1/t, step:FACTOR,EVERY, exponential:FACTOR, cosine; with
                          warmup:STEPS, in front
      --until CONDITION   stops where it holds: 'J < 0.01'; |Δ|, the length of the last step, is called change
      --iterations N      the most steps; 1000 unless given
      --restarts N        so many further random starts, from --domain or from ±10 around the start; keeps the best
      --domain 'x in [a, b]'
                          where random starts are drawn from, and what pictures show
      --seed N            of the random starts
      --plot FILE.svg     the path on the contours of a function of two values, or on the curve of one; of several
                          learning rates all paths, and the values by iteration
      --surface FILE.svg  the path on the surface of a function of two values, in space
      --format json       {"iterations": [{"iteration": 0, "x": 1.2, "J": 1.44}, …], "stopped": …, "solution": …,
                          "value": …}; of several learning rates {"runs": [{"rate": 1, "turns": 9, "iterations": …}, …]}

    Examples:
      chainrule minimize 'J = x^2' x=1.2 --learning-rate 0.3 --until 'J < 0.001'
      chainrule minimize 'C = sum((w*distance + b - minutes)^2)/10' w=0 b=0 --data commute
    """

  enum Format: String, CaseIterable { case text, json }

  static func run(_ words: [String]) throws -> Int32 {
    let arguments = try Arguments(
      words,
      options: [
        "data", "method", "learning-rate", "schedule", "until", "iterations", "restarts", "domain", "seed", "plot",
        "surface", "format",
      ])
    let format: Format = try arguments.choice("format")
    let (plot, surface) = (try arguments.file("plot", ending: "svg"), try arguments.file("surface", ending: "svg"))
    let problem = try MinimizationProblem(arguments)
    let limit = try arguments.number("iterations", default: 1000, in: 0...1_000_000_000)
    let rules = try rules(arguments, problem)
    let runs = try MinimizationRuns(problem, arguments) { rate in
      Minimizer(try method(arguments, problem, rate, limit), until: rules, limit: limit)
    }
    let picture = MinimizationPlot(problem, runs, try arguments.intervals(for: problem.objective.numberNames))
    if let plot { try picture.write(to: plot) }
    if let surface { try picture.writeSurface(to: surface) }
    let report = MinimizationReport(problem, runs)
    print(format == .json ? "\(report.json)" : report.text)
    return 0
  }

  private static func method(
    _ arguments: Arguments, _ problem: MinimizationProblem, _ rate: Double, _ limit: Int
  ) throws -> any MinimizingMethod {
    let isDescent = arguments.last("learning-rate") != nil || arguments.last("schedule") != nil
    let usual = isDescent ? "descent" : problem.isFit ? "lm" : "lbfgs"
    let name = arguments.last("method") ?? usual
    if ["lbfgs", "newton", "lm"].contains(name) {
      try arguments.refuse("learning-rate", "schedule", because: "\(name) finds the length of its steps itself")
    }
    switch name {
    case "lbfgs": return LBFGS()
    case "newton": return Newton()
    case "lm" where problem.objective.hasResiduals: return LevenbergMarquardt()
    case "lm": throw Failure("--method lm: the output is no sum of squares such as sum(r^2)")
    default:
      guard let optimizer = OptimizerName(rawValue: name) else {
        let known = OptimizerName.allCases.map(\.rawValue) + ["lbfgs", "newton", "lm"]
        throw Failure("--method: expected one of \(known.joined(separator: ", ")), found \(name.quoted)")
      }
      let schedule = try arguments.naming("schedule") {
        try Schedule(parsing: arguments.last("schedule") ?? "constant", rate: rate, steps: limit)
      }
      return Descent(optimizer.optimizer(), rate: schedule, name: name)
    }
  }

  private static func rules(_ arguments: Arguments, _ problem: MinimizationProblem) throws -> [StoppingRule] {
    try arguments.all("until").map { text in
      let holds = try problem.condition(text)
      return .when(text, holds)
    }
  }
}
