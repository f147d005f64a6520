import Testing

/// Words behind a command that it refuses, and what it says.
struct Mistake: Sendable, CustomTestStringConvertible {
  let arguments: [String]
  let message: String
  var testDescription: String { message }

  /// - Parameter output: what is printed before the mistake is found; nil for anything.
  func check(_ command: String, output: String? = "", sourceLocation: SourceLocation = #_sourceLocation) throws {
    let result = try Chainrule.run([command] + arguments)
    #expect(result.status == 2, sourceLocation: sourceLocation)
    #expect(result.errors == "chainrule: \(message)\n", sourceLocation: sourceLocation)
    #expect(output == nil || result.output == output, sourceLocation: sourceLocation)
  }
}
