import Train

/// All commands, and what the first word says.
enum Commands {
  /// The latest one in the changelog.
  static let version = "0.1.0"

  static let all: [any Command.Type] = [
    TapeCommand.self, GradientCommand.self, VerifyCommand.self, MinimizeCommand.self,
    PlotCommand.self, TrainCommand.self, PredictCommand.self, ExportCommand.self, OperationsCommand.self,
  ]

  /// Runs what the words ask for.
  ///
  /// - Returns: the exit status: 2 where something went wrong, which was said on standard error.
  static func run(_ words: [String], _ console: Console) -> Int32 {
    do {
      let status = try status(words, console)
      try console.finish()
      return status
    } catch {
      console.message("chainrule: \(told(error))")
      return 2
    }
  }

  private static func status(_ words: [String], _ console: Console) throws -> Int32 {
    guard let first = words.first else {
      console.print(try WorkedExample.text())
      return 0
    }
    if ["--help", "-h", "help"].contains(first) {
      console.print(try helpText(for: words.dropFirst().first))
      return 0
    }
    if first == "--version" {
      console.print("chainrule \(version)")
      return 0
    }
    let command = try find(first)
    if words.contains("--help") || words.contains("-h") {
      console.print(command.help)
      return 0
    }
    return try command.run(Array(words.dropFirst()), console)
  }

  private static func find(_ name: String) throws -> any Command.Type {
    if let command = all.first(where: { $0.name == name }) { return command }
    let near = suggested(for: name, among: all.map { $0.name })
    throw Failure("no command \(name.quoted)" + (near.isEmpty ? "; try chainrule --help" : near))
  }

  private static func helpText(for name: String?) throws -> String {
    if let name { return try find(name).help }
    return """
      chainrule COMMAND …: derivatives by the chain rule, step by step

      Without a command: a worked example.

      \(HelpLayout.lines(all.map { ($0.name, $0.summary) }).joined(separator: "\n"))

      chainrule COMMAND --help tells more, chainrule --version which one this is.
      Exit status: 0 done, 1 a claim is refuted, 2 something was wrong.
      """
  }
}
