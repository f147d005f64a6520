/// What a derivation is read from, in the order of the document.
package enum DocumentItem: Sendable {
  case math(MathSpan)
  /// What stands in a comment behind `chainrule:`; it begins at the place.
  case declaration(String, Location)
  /// Names of an earlier section are still known, but what is defined later is not looked up beyond it.
  case heading(level: Int, title: String)
}
