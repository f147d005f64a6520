import Train

/// `chainrule minimize`: descent on a program, with the table of iterations.
enum MinimizeCommand: Command {
  static let name = "minimize"
  static let summary = "descent on a program from starting values, with the table of iterations"
  static let help = """
    chainrule minimize PROGRAM NAME=START… [--data FILE.csv] [options]

    Moves the named values until the last statement is smallest. Other names are columns of the data.

      --data FILE         binds the columns of a CSV file to the names they have
      --method NAME       descent, momentum, nesterov, adagrad, rmsprop, adam, adamw, lbfgs, newton, lm; unless given:
                          lm (Levenberg-Marquardt) for a sum of squares over data, descent where a learning rate is
                          given, else lbfgs
      --learning-rate η   of the methods of descent; 0.1 unless given
      --schedule NAME     constant, 1/sqrt(t), 1/t, step:FACTOR,EVERY, exponential:FACTOR, cosine; with
                          warmup:STEPS, in front
      --until CONDITION   stops where it holds: 'J < 0.01'; |Δ|, the length of the last step, is called change
      --iterations N      the most steps; 1000 unless given
      --restarts N        so many further random starts, from --domain or from ±10 around the start; keeps the best
      --domain 'x in [a, b]'
      --seed N            of the random starts
      --plot FILE.svg     the path on the contours of a function of two values, or on the curve of one
      --format json       {"iterations": [{"iteration": 0, "x": 1.2, "J": 1.44}, …], "stopped": …, "solution": …,
                          "value": …}

    Example:
      chainrule minimize 'J = x^2' x=1.2 --learning-rate 0.3 --until 'J < 0.001'
    """

  enum Format: String, CaseIterable { case text, json }

  static func run(_ words: [String]) throws -> Int32 {
    let arguments = try Arguments(
      words,
      options: [
        "data", "method", "learning-rate", "schedule", "until", "iterations", "restarts", "domain", "seed", "plot",
        "format",
      ])
    let format: Format = try arguments.choice("format")
    let problem = try MinimizationProblem(arguments)
    let limit = try arguments.number("iterations", default: 1000, in: 0...1_000_000_000)
    let minimizer = Minimizer(
      try method(arguments, problem, limit), until: try rules(arguments, problem), limit: limit)
    let (runs, best) = try run(minimizer, problem.objective, arguments)
    if let path = arguments.last("plot") { try MinimizationPlot(problem, runs, best).write(to: path) }
    let report = MinimizationReport(problem, runs[best], runs: runs.count)
    print(format == .json ? "\(report.json)" : report.text)
    return 0
  }

  private static func method(
    _ arguments: Arguments, _ problem: MinimizationProblem, _ limit: Int
  ) throws -> any MinimizingMethod {
    let isDescent = arguments.last("learning-rate") != nil || arguments.last("schedule") != nil
    let usual = isDescent ? "descent" : problem.isFit ? "lm" : "lbfgs"
    let name = arguments.last("method") ?? usual
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
      let rate = try arguments.positive("learning-rate", default: 0.1)
      let schedule = try Schedule(
        parsing: arguments.last("schedule") ?? "constant", rate: rate, steps: limit)
      return Descent(optimizer.optimizer(), rate: schedule, name: name)
    }
  }

  private static func rules(_ arguments: Arguments, _ problem: MinimizationProblem) throws -> [StoppingRule] {
    try arguments.all("until").map { text in
      let holds = try problem.condition(text)
      return .when(text, holds)
    }
  }

  private static func run(
    _ minimizer: Minimizer, _ objective: Objective, _ arguments: Arguments
  ) throws -> ([Minimization], Int) {
    let restarts = try arguments.number("restarts", default: 0, in: 0...1_000_000)
    var ranges = Dictionary(
      uniqueKeysWithValues: zip(objective.names, objective.point).map { ($0, $1 - 10..<$1 + 10) })
    for text in arguments.all("domain") {
      let domain = try Formula.Domain(parsing: text)
      guard ranges[domain.name] != nil else { throw Failure("--domain: \(domain.name.quoted) has no start") }
      guard case .interval(let bounds)? = domain.values, bounds.lowerBound < bounds.upperBound else {
        throw Failure("--domain: expected 'NAME in [LOW, HIGH]', found \(text.quoted)")
      }
      ranges[domain.name] = bounds.lowerBound..<bounds.upperBound
    }
    var generator = SeededGenerator(seed: UInt64(try arguments.number("seed", default: 0, in: 0...Int.max)))
    let result = minimizer.run(
      objective, restarts: restarts, from: objective.names.map { ranges[$0]! }, using: &generator)
    return (result.runs, result.best)
  }
}

extension Arguments {
  /// A positive number.
  func positive(_ option: String, default standard: Double) throws -> Double {
    guard let text = last(option) else { return standard }
    guard let value = Double(text), value > 0, value.isFinite else {
      throw Failure("--\(option): expected a positive number, found \(text.quoted)")
    }
    return value
  }
}
