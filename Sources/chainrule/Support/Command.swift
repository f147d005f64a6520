/// One word behind `chainrule`, with its options.
///
/// ```swift
/// struct GradientCommand: Command {
///   static let name = "gradient"
///   …
///   @Option("order", "2", .whole(in: 1...2), "the second derivatives as well") var order = 1
///   func run(_ words: [String], _ console: Console) throws -> Int32 { … }
/// }
/// ```
/// The command line is read into it at the door; what lies behind sees its properties alone.
protocol Command: Options, SendableMetatype {
  static var name: String { get }
  /// Half a line for the list of commands.
  static var summary: String { get }
  /// The words before the options, one line for each way to call it; none where it takes options alone.
  static var operands: [String] { get }
  /// What it does, below that in `--help`.
  static var about: String { get }
  /// What more `--help` has to say, below the options.
  static var notes: String { get }
  static var examples: [String] { get }
  /// - Parameter words: those that are no options.
  /// - Returns: the exit status.
  func run(_ words: [String], _ console: Console) throws -> Int32
}

extension Command {
  static var operands: [String] { [] }
  static var notes: String { "" }

  /// Reads the words and does what they ask for.
  static func run(_ list: [String], _ console: Console) throws -> Int32 {
    let command = Self()
    let words = try command.read(list)
    if operands.isEmpty, let word = words.first { throw Failure("expected options, found \(word.quoted)") }
    try command.checkTogether()
    return try command.run(words, console)
  }

  /// What `--help` prints.
  static var help: String {
    let command = Self()
    let usage = (operands.isEmpty ? [""] : operands.map { $0 + " " }).map { operands in
      HelpLayout.hanging("chainrule \(name) \(operands)\(command.usage)", indent: "chainrule \(name) ".count)
    }
    let examples = "Example\(examples.count == 1 ? "" : "s"):\n" + examples.map { "  " + $0 }.joined(separator: "\n")
    let parts = [usage.joined(separator: "\n"), about] + command.listed + [notes, examples]
    return parts.filter { !$0.isEmpty }.joined(separator: "\n\n")
  }
}
