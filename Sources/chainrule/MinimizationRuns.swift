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

  init(_ problem: MinimizationProblem, _ arguments: Arguments, _ minimizer: (_ rate: Double) throws -> Minimizer) throws
  {
    let rates = try arguments.rates("learning-rate", default: 0.1)
    let objective = problem.objective
    if rates.count > 1 {
      guard arguments.last("restarts") == nil else { throw Failure("--restarts: expected one learning rate") }
      let start = objective.point
      var runs: [Minimization] = []
      for rate in rates {
        objective.point = start
        runs.append(try minimizer(rate).run(objective))
      }
      func height(_ place: Int) -> Double { runs[place].value.isFinite ? runs[place].value : .infinity }
      (kind, self.runs, best) = (.rates(rates), runs, runs.indices.min { height($0) < height($1) }!)
    } else {
      let restarts = try arguments.number("restarts", default: 0, in: 0...1_000_000)
      let intervals = try arguments.intervals(for: objective.numberNames)
      let ranges = zip(objective.numberNames, objective.point).map { name, start in
        intervals[name].map { $0.lowerBound..<$0.upperBound } ?? start - 10..<start + 10
      }
      var generator = SeededGenerator(seed: UInt64(try arguments.number("seed", default: 0, in: 0...Int.max)))
      let result = try minimizer(rates[0]).run(objective, restarts: restarts, from: ranges, using: &generator)
      (kind, runs, best) = (.starts, result.runs, result.best)
    }
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

extension Arguments {
  /// A positive number.
  func positive(_ option: String, default standard: Double) throws -> Double {
    let values = try rates(option, default: standard)
    guard values.count == 1 else { throw Failure("--\(option): expected one number, found \(last(option)!.quoted)") }
    return values[0]
  }

  /// Positive numbers with commas between them.
  func rates(_ option: String, default standard: Double) throws -> [Double] {
    guard let text = last(option) else { return [standard] }
    return try text.split(separator: ",", omittingEmptySubsequences: false).map { part in
      guard let value = Double(part), value > 0, value.isFinite else {
        throw Failure("--\(option): expected a positive number, found \(String(part).quoted)")
      }
      return value
    }
  }

  /// The intervals that `--domain` gives to names.
  func intervals(for names: [String]) throws -> [String: ClosedRange<Double>] {
    var intervals: [String: ClosedRange<Double>] = [:]
    for text in all("domain") {
      let domain = try Formula.Domain(parsing: text)
      guard names.contains(domain.name) else {
        throw Failure("--domain: \(domain.name.quoted) is none of \(names.joined(separator: ", "))")
      }
      guard case .interval(let bounds)? = domain.values, bounds.lowerBound < bounds.upperBound else {
        throw Failure("--domain: expected 'NAME in [LOW, HIGH]', found \(text.quoted)")
      }
      intervals[domain.name] = bounds
    }
    return intervals
  }
}
