import Train

/// The program and its inputs from the command line: `'c = w*x' w=5 x=1`.
struct Bindings {
  let program: Program
  var inputs: [(name: String, value: Double)] = []

  init(_ words: [String], of command: any Command.Type) throws {
    guard let text = words.first else {
      throw Failure("a program is missing; try chainrule \(command.name) --help")
    }
    program = try Program(parsing: text)
    for word in words.dropFirst() {
      let binding = try Self.binding(word)
      guard !inputs.contains(where: { $0.name == binding.name }) else {
        throw Failure("\(binding.name.quoted) is given twice")
      }
      try checkUse(of: binding.name)
      inputs.append(binding)
    }
  }

  /// `w=5`, `t=pi/4`.
  private static func binding(_ word: String) throws -> (name: String, value: Double) {
    let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
    guard parts.count == 2, case .name(let name)? = try? Formula(parsing: parts[0]).form else {
      throw Failure("expected NAME=VALUE, found \(word.quoted)")
    }
    guard let value = try Formula(parsing: parts[1]).arithmeticValue else {
      throw Failure("\(name): expected a number, found \(parts[1].quoted)")
    }
    return (name, value)
  }

  private func checkUse(of name: String) throws {
    let used = Set(program.freeNames).union(program.statements.flatMap(\.formula.names))
    guard !used.contains(name) else { return }
    let near = nearest(to: name, among: Set(program.freeNames)).map { "; did you mean '\($0)'?" }
    throw Failure("the program does not use \(name.quoted)" + (near ?? ""))
  }
}
