import Train

/// `chainrule tape`: the table of the tape, in the form asked for.
struct TapeCommand: Command {
  static let name = "tape"
  static let summary = "every node of a program: value, local gradients, upstream gradient"
  static let operands = ["PROGRAM NAME=VALUE…"]
  static let about = "Records a program, walks it backwards from the last statement and prints its nodes."
  static let examples = [
    "chainrule tape 'u = w*x; ŷ = u + b; e = ŷ - y; c = e^2' w=5 x=1 b=1 y=2",
    "chainrule tape 'x = cos(t); y = t^2; f = y + exp(x*y)' t=0.5 --paths t",
  ]

  enum Format: String, CaseIterable { case text, json, markdown, dot, mermaid, html, latex }

  @Option("output", "NAME", .text, "walk from this statement instead") var output: String?
  @Option(
    "format", "FORM", .choice,
    "table (text, markdown), graph (dot, mermaid, html) or json; of --narrate: text, markdown, latex or html")
  var format = Format.text
  @Option("o", "FILE", .text, "writes there, whole or not at all; to standard output unless given") var file: String?
  @Option(
    flag: "narrate", "the worked solution, step by step, in formulas and numbers", excludes: ["paths"])
  var narrates: Bool
  @Option("language", "LANGUAGE", .choice, "of the words of --narrate: en or zh", needs: ["narrate"])
  var language = NarrationLanguage.english
  @Option(
    "paths", "NAME", .text,
    """
    every path from the output to this name with its product, and their sum; of more than 1000 paths the first are \
    listed, and the sum is still that of all
    """, excludes: ["format"])
  var paths: String?

  func run(_ words: [String], _ console: Console) throws -> Int32 {
    let bindings = try Bindings(words, of: Self.self)
    let recorded = try RecordedProgram(bindings.program, at: bindings.inputs)
    let output = try $output.variable(in: recorded)
    let written: String
    if narrates {
      guard let format = NarrationFormat(rawValue: format.rawValue) else {
        throw Failure("--narrate has the formats \(NarrationFormat.allCases.map(\.rawValue).joined(separator: ", "))")
      }
      let snapshot = recorded.tape.snapshot(output.backward(), output: output)
      written = snapshot.narration(as: format, in: language)
    } else if paths != nil {
      written = "\(recorded.tape.paths(from: output, to: try $paths.variableOfAnyShape(in: recorded)))"
    } else {
      written = try text(recorded.tape, output)
    }
    if let file { try WholeFile.write(written + "\n", to: file) } else { console.print(written) }
    return 0
  }

  private func text(_ tape: Tape<Double>, _ output: Variable<Double>) throws -> String {
    let gradients = output.backward()
    return switch format {
    case .text: tape.table(gradients, output: output)
    case .json: tape.json(gradients, output: output).description
    case .markdown: tape.markdown(gradients, output: output)
    case .dot: tape.dot(gradients, output: output)
    case .mermaid: tape.mermaid(gradients, output: output)
    case .html: tape.inspector(of: output)
    case .latex: throw Failure("--format latex is for --narrate")
    }
  }
}
