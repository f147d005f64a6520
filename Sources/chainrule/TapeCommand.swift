import Train

/// `chainrule tape`: the table of the tape, in the form asked for.
enum TapeCommand: Command {
  static let name = "tape"
  static let summary = "every node of a program: value, local gradients, upstream gradient"
  static let help = """
    chainrule tape PROGRAM NAME=VALUE… [--output NAME] [--format text|json|markdown|dot|mermaid|html]
                   [--narrate] [--paths NAME]

    Records a program, walks it backwards from the last statement and prints its nodes.

      --output NAME    walk from this statement instead
      --format FORM    table (text, markdown), graph (dot, mermaid, html) or json
      --narrate        the worked solution, step by step, in formulas and numbers
      --paths NAME     every path from the output to this name with its product, and their sum; of more than
                       1000 paths the first are listed, and the sum is still that of all

    Examples:
      chainrule tape 'u = w*x; ŷ = u + b; e = ŷ - y; c = e^2' w=5 x=1 b=1 y=2
      chainrule tape 'x = cos(t); y = t^2; f = y + exp(x*y)' t=0.5 --paths t
    """

  enum Format: String, CaseIterable { case text, json, markdown, dot, mermaid, html }

  static func run(_ words: [String]) throws -> Int32 {
    let arguments = try Arguments(words, options: ["output", "format", "paths"], flags: ["narrate"])
    let format: Format = try arguments.choice("format")
    let bindings = try Bindings(arguments.words, of: Self.self)
    let recorded = try RecordedProgram(bindings.program, at: bindings.inputs)
    let output = try recorded.output(arguments, "output")
    if arguments.has("narrate") {
      try arguments.refuse("format", "paths", because: "does not go with --narrate")
      show(recorded.tape.narrate(output))
    } else if arguments.last("paths") != nil {
      try arguments.refuse("format", because: "does not go with --paths")
      show("\(recorded.tape.paths(from: output, to: try recorded.output(arguments, "paths")))")
    } else {
      show(text(recorded.tape, output, format))
    }
    return 0
  }

  private static func text(
    _ tape: Tape<Double>, _ output: Variable<Double>, _ format: Format
  ) -> String {
    let gradients = output.backward()
    return switch format {
    case .text: tape.table(gradients, output: output)
    case .json: tape.json(gradients, output: output).description
    case .markdown: tape.markdown(gradients, output: output)
    case .dot: tape.dot(gradients, output: output)
    case .mermaid: tape.mermaid(gradients, output: output)
    case .html: tape.html(gradients, output: output)
    }
  }
}

extension RecordedProgram {
  /// The statement or input that an option names.
  func output(_ arguments: Arguments, _ option: String) throws -> Variable<Double> {
    guard let name = arguments.last(option) else { return try output(named: nil) }
    do { return try output(named: name) } catch { throw Failure("--\(option): \(error.message)") }
  }
}
