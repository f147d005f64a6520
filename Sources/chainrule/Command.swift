import Train

/// One word behind `chainrule`.
protocol Command: SendableMetatype {
  static var name: String { get }
  /// Half a line for the list of commands.
  static var summary: String { get }
  /// What `--help` prints.
  static var help: String { get }
  /// - Returns: the exit status.
  static func run(_ words: [String]) throws -> Int32
}

enum Commands {
  /// The latest one in the changelog.
  static let version = "0.1.0"

  static let all: [any Command.Type] = [
    TapeCommand.self, GradientCommand.self, VerifyCommand.self, MinimizeCommand.self,
    PlotCommand.self, TrainCommand.self, PredictCommand.self,
  ]

  /// Runs what the words ask for.
  static func run(_ words: [String]) throws -> Int32 {
    guard let first = words.first else {
      show(try WorkedExample.text())
      return 0
    }
    if first == "--help" || first == "-h" || first == "help" {
      print(try helpText(for: words.dropFirst().first))
      return 0
    }
    if first == "--version" {
      print("chainrule \(version)")
      return 0
    }
    let command = try find(first)
    if words.contains("--help") || words.contains("-h") {
      print(command.help)
      return 0
    }
    return try command.run(Array(words.dropFirst()))
  }

  private static func find(_ name: String) throws -> any Command.Type {
    if let command = all.first(where: { $0.name == name }) { return command }
    let near = nearest(to: name, among: Set(all.map { $0.name })).map { "; did you mean '\($0)'?" }
    throw Failure("no command \(name.quoted)" + (near ?? "; try chainrule --help"))
  }

  private static func helpText(for name: String?) throws -> String {
    if let name { return try find(name).help }
    let width = all.map { $0.name.count }.max() ?? 0
    let list = all.map { command in
      "  \(command.name)" + String(repeating: " ", count: width + 3 - command.name.count) + command.summary
    }
    return """
      chainrule COMMAND …: derivatives by the chain rule, step by step

      Without a command: a worked example.

      \(list.joined(separator: "\n"))

      chainrule COMMAND --help tells more, chainrule --version which one this is.
      Exit status: 0 done, 1 a claim is refuted, 2 something was wrong.
      """
  }
}

/// What could not be done, in one sentence for standard error.
struct Failure: Error, CustomStringConvertible {
  let description: String
  init(_ description: String) { self.description = description }
}

/// Prints a text with one line end behind it.
func show(_ text: String) { print(text, terminator: text.hasSuffix("\n") ? "" : "\n") }
