/// A piece of mathematics in a document, with its place there.
package struct MathSpan: Sendable {
  /// The text between the delimiters, as long as what stands in the document: marks of quotations at the starts of its
  /// lines are blanks.
  package let text: String
  /// Where `text` begins.
  package let start: Location
  /// On lines of its own, not within a sentence.
  package let isDisplay: Bool
  /// The commands that the document defines.
  let macros: [String: Macro]

  init(_ text: String, at start: Location, isDisplay: Bool, macros: [String: Macro] = [:]) {
    (self.text, self.start, self.isDisplay, self.macros) = (text, start, isDisplay, macros)
  }

  /// The place of a character of the text in its document.
  func place(_ offset: Int) -> Location { Location(source: start.source, offset: start.offset + offset) }

  func error(_ message: String, at offset: Int, suggestion: String? = nil) -> ParseError {
    place(offset).error(message, suggestion: suggestion)
  }
}

/// `\newcommand{\R}{\mathbb{R}}`
struct Macro: Sendable {
  let argumentCount: Int
  /// With `#1` for the first argument.
  let body: String
}
