/// A text that formulas were parsed from; every formula remembers its place in it, for messages.
package final class SourceText: Sendable, Hashable {
  package let text: String
  private let shown: String?
  /// Line number of the first line: formulas inside a larger file report the file's lines.
  let firstLine: Int
  /// Where the text begins on its first line.
  let firstColumn: Int
  /// Of a notebook: the cell whose text it is, from 1.
  let cell: Int?

  /// - Parameter shown: what messages show, where the text is a line of which a part was blanked out.
  package init(_ text: String, shown: String? = nil, firstLine: Int = 1, firstColumn: Int = 1, cell: Int? = nil) {
    (self.text, self.shown) = (text, shown)
    (self.firstLine, self.firstColumn, self.cell) = (firstLine, firstColumn, cell)
  }

  /// What messages show of a line of the text.
  func shown(_ line: Substring) -> Substring { shown.map { $0[...] } ?? line }

  /// Where it begins, for what is wrong with all of it.
  package var start: Location { Location(source: self, offset: 0) }

  package static func == (a: SourceText, b: SourceText) -> Bool { a === b }
  package func hash(into hasher: inout Hasher) { hasher.combine(ObjectIdentifier(self)) }
}

/// A place in a source text, counted in characters.
package struct Location: Sendable, Hashable, CustomStringConvertible {
  package let source: SourceText
  package let offset: Int

  /// 1-based line and column, the line itself as far as the source has it, and where in that the place is.
  ///
  /// - Complexity: linear in the text; only messages ask.
  var lineAndColumn: (line: Int, column: Int, text: Substring, offset: Int) {
    let text = source.text
    let place = text.index(text.startIndex, offsetBy: max(0, offset), limitedBy: text.endIndex) ?? text.endIndex
    let start = text[..<place].lastIndex(where: \.isNewline).map { text.index(after: $0) } ?? text.startIndex
    let end = text[place...].firstIndex(where: \.isNewline) ?? text.endIndex
    let offset = text.distance(from: start, to: place)
    let line = source.firstLine + text[..<start].count { $0.isNewline }
    let first = line == source.firstLine ? source.firstColumn : 1
    return (line, first + offset, source.shown(text[start..<end]), offset)
  }

  /// `line 1, column 9`
  package var description: String {
    let (line, column, _, _) = lineAndColumn
    return "line \(line), column \(column)"
  }

  func error(
    _ message: String, expected: String? = nil, found: String? = nil, suggestion: String? = nil
  ) -> ParseError {
    ParseError(message, at: self, expected: expected, found: found, suggestion: suggestion)
  }
}

extension StringProtocol {
  /// Without blanks at both ends.
  var trimmed: String {
    let start = drop(while: \.isWhitespace)
    return String(start.reversed().drop(while: \.isWhitespace).reversed())
  }
}
