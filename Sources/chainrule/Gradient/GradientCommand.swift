import Train

/// `chainrule gradient`: the value and its derivatives by the inputs.
struct GradientCommand: Command {
  static let name = "gradient"
  static let summary = "value and gradient of a program; --order 2: the Hessian too"
  static let operands = ["PROGRAM NAME=VALUE…"]
  static let about = "Prints the value of the last statement and its derivative by every input."
  static let examples = ["chainrule gradient 'c = (w*x + b - y)^2' w=5 x=1 b=1 y=2"]

  @Option("output", "NAME", .text, "of this statement instead") var output: String?
  @Option("order", "1|2", .whole(in: 1...2), "2: the second derivatives as well") var order = 1
  @Option("format", "json: {\"output\": …, \"value\": …, \"gradient\": {…}, \"hessian\": {…}}") var format =
    ReportFormat.text

  func run(_ words: [String], _ console: Console) throws -> Int32 {
    let bindings = try Bindings(words, of: Self.self)
    let recorded = try RecordedProgram(bindings.program, at: bindings.inputs)
    if order == 2 { try checkRanks(recorded.inputs) }
    let root = try $output.variable(in: recorded)
    let statement = bindings.program.output
    let name = output ?? statement.name ?? statement.formula.description
    let result = DerivativesReport(of: root, named: name, in: recorded, order: order)
    console.print(format == .json ? "\(result.json)" : result.text)
    return 0
  }

  /// The second derivative by x and y has the dimensions of both.
  private func checkRanks(_ inputs: [(name: String, variable: Variable<Double>)]) throws {
    guard let largest = inputs.max(by: { $0.variable.shape.rank < $1.variable.shape.rank }) else { return }
    let rank = 2 * largest.variable.shape.rank
    guard rank > Shape.maximalRank else { return }
    throw Failure(
      "--order: the second derivative by \(largest.name) would have \(rank) dimensions; \(Shape.maximalRank) are possible"
    )
  }
}
