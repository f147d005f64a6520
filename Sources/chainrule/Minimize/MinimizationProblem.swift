import Train

/// The program of `minimize` as an objective: starting values are parameters, columns of the data are constants.
struct MinimizationProblem {
  let program: Program
  /// What the output is called: its name, or its formula.
  let outputName: String
  /// With what it is: `J = x²`.
  var outputFormula: String {
    guard let name = program.output.name else { return outputName }
    return "\(name) = \(program.output.formula)"
  }
  let objective: Objective
  /// Whether it is a sum of squares over data.
  let isFit: Bool
  /// The output at many points at once, where it is a function of numbers alone.
  private let many: BatchedFunction<Double>?
  private let values: ([String: Variable<Double>]) throws(ParseError) -> Evaluation<Variable<Double>>

  /// - Parameter data: columns of numbers, for names without a start.
  init(_ bindings: Bindings, data columns: [String: [Double]]) throws {
    guard !bindings.inputs.isEmpty else {
      throw Failure("nothing to minimize over: give starting values, such as x=1")
    }
    for (name, start) in bindings.inputs where !start.elements.allSatisfy(\.isFinite) {
      throw Failure("\(name): expected a finite start, found \(start.formulaText)")
    }
    let program = bindings.program
    let tape = Tape<Double>()
    let data = columns.sorted { $0.key < $1.key }.reduce(into: [:]) {
      $0[$1.key] = tape.constant(Tensor($1.value), $1.key)
    }
    let names = bindings.inputs.map(\.name)

    let known = Set(names).union(data.keys)
    func function(_ program: Program) throws -> Objective.Function {
      let record = try program.recorder(of: known, on: tape)
      return { parameters in
        // Recorded once already, below: the same program cannot fail on the same names and shapes.
        (try? record(data.merging(zip(names, parameters)) { $1 }).output) ?? Variable(.nan)
      }
    }
    let residuals = try program.residuals.map { try function(program.outputting($0)) }
    objective = Objective(
      bindings.inputs.map { ($0.name, $0.value) }, on: tape, residuals: residuals,
      of: try function(program))
    (self.program, isFit) = (program, residuals != nil && !data.isEmpty)
    outputName = program.output.name ?? program.output.formula.description
    let record = try program.recorder(of: known, on: tape)
    many = data.isEmpty ? try? BatchedFunction(RecordedFunction(program, at: bindings.inputs)) : nil
    values = { parameters throws(ParseError) in try record(data.merging(parameters) { $1 }) }
    try check()
  }

  /// One evaluation where mistakes can still be reported: unknown names, an output that is no number.
  private func check() throws {
    let shape = try objective.recording { try evaluation(at: objective.point).output.shape }
    guard shape.count == 1 else {
      throw Failure("the output must be one number to be minimized, not of shape \(shape)")
    }
  }

  private func evaluation(at point: [Double]) throws(ParseError) -> Evaluation<Variable<Double>> {
    try values(variables(at: point))
  }

  private func variables(at point: [Double]) -> [String: Variable<Double>] {
    let pairs = objective.named(point).map { name, value in
      (name, value.shape.rank == 0 ? Variable(value.elements[0]) : objective.tape.constant(value, name))
    }
    return Dictionary(uniqueKeysWithValues: pairs)
  }

  /// The value of the output at another point.
  func value(at point: [Double]) -> Double {
    objective.recording { (try? evaluation(at: point).output.value) ?? .nan }
  }

  /// The values at many points.
  func values(at points: Rows<Double>) -> [Double] {
    if let many { return many(points: Tensor(points)).values }
    return (0..<points.count).map { value(at: Array(points[$0])) }
  }

  /// A condition about the statements, the parameters and `change`.
  func condition(_ text: String) throws -> (Iteration) -> Bool {
    do {
      let known = program.names + objective.names + ["change"]
      let record = try Program(parsingCondition: text, about: known).recorder(of: Set(known), on: objective.tape)
      func holds(_ iteration: Iteration) throws -> Bool {
        try objective.recording {
          let statements = try evaluation(at: iteration.point).statements
          let named = statements.compactMap { name, value in name.map { ($0, value) } }
          var values = Dictionary(named) { $1 }.merging(variables(at: iteration.point)) { $1 }
          values["change"] = Variable(iteration.change ?? .infinity)
          let truth = try record(values).output.tensor
          guard truth.elements.count == 1 else { throw Failure("expected numbers, found shape \(truth.shape)") }
          return truth.elements[0] != 0
        }
      }
      _ = try holds(Iteration(number: 0, point: objective.point, value: 0, change: nil))
      return { (try? holds($0)) ?? false }
    } catch {
      throw Failure("--until \(text.quoted): \(error)")
    }
  }
}
