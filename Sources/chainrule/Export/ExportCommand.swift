import Train

/// `chainrule export`: a program as a module for XLA.
struct ExportCommand: Command {
  static let name = "export"
  static let summary = "a program and its gradient for XLA: a folder with StableHLO text and what runs it"
  static let operands = ["PROGRAM NAME=VALUE…"]
  static let about = """
    Writes a folder with the module, the arguments, and run.py, which needs only Python's jax. The shapes of the
    arguments are those of the module.
    """
  static let examples = ["chainrule export 'c = (w*x + b - y)^2' w=5 x=1 b=1 y=2 -o squared-error"]

  @Option("o", "FOLDER", .text, "the folder, made where it is not there", missing: ": the folder to write")
  var folder: String
  @Option(
    "engine", "PLUGIN", .text,
    "runs the module by this PJRT plugin, a shared library, and prints the value and the gradient as JSON")
  var engine: String?
  @Option("output", "NAME", .text, "of this statement instead of the last") var output: String?

  func run(_ words: [String], _ console: Console) throws -> Int32 {
    let bindings = try Bindings(words, of: Self.self)
    let recorded = try RecordedProgram(bindings.program, at: bindings.inputs)
    guard !recorded.inputs.isEmpty else { throw Failure("expected NAME=VALUE: a program without inputs is a number") }
    let root = try $output.variable(in: recorded)
    let function = try RecordedFunction(from: recorded.inputs.map(\.variable), to: [root])
    try ExportFolder.write(function, .valueWithGradient, inputs: bindings.inputs, to: folder)
    console.print("\(folder): module.mlir, arguments.safetensors, run.py, README.md")
    if let engine { console.print("\(try answer(of: function, bindings, by: engine))") }
    return 0
  }

  /// What run.py prints, without Python.
  private func answer(
    of function: RecordedFunction<Double>, _ bindings: Bindings, by path: String
  ) throws -> JSONValue {
    let compiled = try Engine(plugin: path).compile(StableHLO(function, .valueWithGradient), Double.self)
    let results = try compiled(bindings.inputs.map(\.value))
    let gradient = zip(bindings.inputs, results.dropFirst()).map { JSONValue.Member($0.name, JSONValue($1)) }
    return ["value": JSONValue(results[0]), "gradient": .object(gradient)]
  }
}
