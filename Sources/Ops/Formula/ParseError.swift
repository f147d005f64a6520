/// What is wrong with a text, where, and what would be right.
///
/// ```
/// line 1, column 9: no name 'wx'; did you mean 'w*x'?
///   u = 2 + wx
///           ^
/// ```
///
/// Lines and columns count from 1, columns in characters as a reader sees them (`ŷ` is one however it is encoded);
/// the caret stands under its character also when wide ones such as 汉 precede it. Of a long line only the
/// surroundings of the error are shown.
public struct ParseError: Error, Sendable, Hashable, CustomStringConvertible {
  /// The whole sentence, with expectation and suggestion.
  public let message: String
  /// The line of the mistake, from 1.
  public let line: Int
  /// Its column, from 1, in characters as a reader sees them.
  public let column: Int
  /// The line of the error, shortened around it if it is long, without tabs and control characters.
  public let sourceLine: String
  /// Blanks and a caret, to stand under `sourceLine`.
  public let caretLine: String
  /// What could have stood there: "an expression".
  public let expected: String?
  /// What stood there: "')'".
  public let found: String?
  /// A text that would do: "w*x".
  public let suggestion: String?

  public var description: String {
    """
    line \(line), column \(column): \(message)
      \(sourceLine)
      \(caretLine)
    """
  }

  init(_ message: String, at location: Location, expected: String?, found: String?, suggestion: String?) {
    let (text, offset): (Substring, Int)
    (line, column, text, offset) = location.lineAndColumn
    let excerpt = Excerpt(of: text, around: offset)
    self.message = message + (suggestion.map { "; did you mean '\($0)'?" } ?? "")
    self.sourceLine = excerpt.text
    self.caretLine = String(repeating: " ", count: excerpt.caret) + "^"
    (self.expected, self.found, self.suggestion) = (expected, found, suggestion)
  }
}

/// The part of a line that fits on a terminal, and how far the caret stands from its left edge.
private struct Excerpt {
  let text: String
  let caret: Int

  /// 60 characters before the place and 40 behind it: with the margin of two just over 100.
  init(of line: Substring, around column: Int) {
    // Tabs and control characters would move the caret or the terminal.
    let characters = line.map { $0.isPrintable ? $0 : " " }
    let start = characters.count <= 100 ? 0 : max(0, column - 60)
    let end = characters.count <= 100 ? characters.count : min(characters.count, column + 40)
    let before = (start > 0 ? "…" : "") + String(characters[start..<min(column, end)])
    text = before + String(characters[min(column, end)..<end]) + (end < characters.count ? "…" : "")
    caret = before.displayWidth
  }
}

extension Character {
  var isPrintable: Bool {
    switch unicodeScalars.first!.properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator, .unassigned, .surrogate, .privateUse: false
    default: true
    }
  }
}

extension String {
  /// The text in quotation marks as messages show it: long names are cut, control characters spelled out.
  package var quoted: String {
    let shown = count <= 40 ? self : prefix(40) + "…"
    return "'" + shown.map { $0.isPrintable ? String($0) : $0.codePoints }.joined() + "'"
  }
}

extension Character {
  /// `U+200B`
  var codePoints: String {
    unicodeScalars.map { "U+" + String(repeating: "0", count: max(0, 4 - $0.hex.count)) + $0.hex }
      .joined(separator: " ")
  }
}

extension Unicode.Scalar {
  fileprivate var hex: String { String(value, radix: 16, uppercase: true) }
}
