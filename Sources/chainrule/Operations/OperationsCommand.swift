import Train

/// `chainrule operations`: the table of operations, or the lines of some.
struct OperationsCommand: Command {
  static let name = "operations"
  static let summary = "the operations with their local gradients, domains and kinks"
  static let operands = ["[NAME…]"]
  static let about = "Prints what the rules of operations state; all of them, or those that are named."
  static let notes = "The pullbacks of operations on whole tensors depend on shapes; chainrule tape shows them."
  static let examples = ["chainrule operations sigmoid softplus", "chainrule operations --format latex"]

  enum Format: String, CaseIterable { case text, markdown, latex }

  @Option("format", "FORM", .choice, "text, markdown or latex") var format = Format.text

  func run(_ words: [String], _ console: Console) throws -> Int32 {
    for name in words where !OperationTable.names.contains(name) {
      throw Failure("no operation \(name.quoted)" + suggested(for: name, among: OperationTable.names))
    }
    let table = words.isEmpty ? OperationTable() : OperationTable(named: words)!
    let text =
      switch format {
      case .text: table.text
      case .markdown: table.markdown
      case .latex: table.latex
      }
    if words.isEmpty || table.onTensors.count < words.count { console.print(String(text.dropLast())) }
    if format == .text, !table.onTensors.isEmpty {
      console.print("on whole tensors: " + table.onTensors.joined(separator: ", "))
    }
    return 0
  }
}
