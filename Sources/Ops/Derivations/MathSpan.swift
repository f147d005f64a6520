/// A piece of mathematics in a document, with its place there.
package struct MathSpan: Sendable {
  /// The text between the delimiters, as long as what stands in the document: marks of quotations and lists at the starts of
  /// its lines are blanks.
  package let text: String
  /// Where `text` begins.
  package let start: Location
  /// On lines of its own, not within a sentence.
  package let isDisplay: Bool
  /// The environment whose body this is, without a star: `equation`, `align`.
  package let environment: String?

  package init(_ text: String, at start: Location, isDisplay: Bool, environment: String? = nil) {
    (self.text, self.start, self.isDisplay, self.environment) = (text, start, isDisplay, environment)
  }
}

/// What a derivation is read from, in the order of the document.
package enum DocumentItem: Sendable {
  case math(MathSpan)
  /// What stands in a comment behind `chainrule:`; it begins at the place.
  case declaration(String, Location)
  /// Names of an earlier section of the same level are still known, but what is defined later is not looked up beyond it.
  case heading(level: Int, title: String)
}
