import Train

/// The program and its inputs from the command line: `'c = w*x' w=5 x=1`.
struct Bindings {
  let program: Program
  let inputs: [(name: String, value: Tensor<Double>)]

  init(_ words: [String], of command: any Command.Type) throws {
    guard let text = words.first else {
      throw Failure("a program is missing; try chainrule \(command.name) --help")
    }
    program = try Program(parsing: text)
    inputs = try Self.bindings(Array(words.dropFirst()))
    for input in inputs { try checkUse(of: input.name) }
  }

  /// Each name once.
  static func bindings(_ words: [String]) throws -> [(name: String, value: Tensor<Double>)] {
    try words.reduce(into: []) { found, word in
      let new = try binding(word)
      if found.contains(where: { $0.name == new.name }) { throw Failure("\(new.name.quoted) is given twice") }
      found.append(new)
    }
  }

  /// `w=5`, `t=pi/4`, `W=[[1, 2], [3, 4]]`.
  static func binding(_ word: String) throws -> (name: String, value: Tensor<Double>) {
    let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
    guard parts.count == 2, case .name(let name)? = try? Formula(parsing: parts[0]).form else {
      throw Failure("expected NAME=VALUE, found \(word.quoted)")
    }
    guard !parts[1].isEmpty else { throw Failure("\(name): expected a number, a vector or a matrix behind '='") }
    let formula = try Formula(parsing: parts[1])
    guard formula.isConstant else {
      throw Failure("\(name): expected a number, a vector or a matrix, found \(parts[1].quoted)")
    }
    return (name, try Tensor(constant: formula))
  }

  private func checkUse(of name: String) throws {
    let used = Set(program.freeNames).union(program.statements.flatMap(\.formula.names))
    guard !used.contains(name) else { return }
    // A mistake in the program is the likelier one, such as `wx` for `w*x`; that error shows the place.
    _ = try program.checked(inputs: Set(inputs.map(\.name)))
    let near = nearest(to: name, among: Set(program.freeNames)).map { "; did you mean '\($0)'?" }
    throw Failure("the program does not use \(name.quoted)" + (near ?? ""))
  }
}

extension Option<String?> {
  /// The statement or input that the option names, of any shape; the last statement where it is not given.
  func variableOfAnyShape(in recorded: RecordedProgram) throws -> Variable<Double> {
    guard let text = wrappedValue, let variable = recorded[text] else { return try variable(in: recorded) }
    return variable
  }

  /// The statement or input that the option names; the last statement where it is not given.
  func variable(in recorded: RecordedProgram) throws -> Variable<Double> {
    guard let text = wrappedValue else { return try recorded.output(named: nil) }
    do { return try recorded.output(named: text) } catch { throw Failure("--\(name): \(error.message)") }
  }
}
