/// A table as text: aligned columns for a terminal, or Markdown.
package struct TextTable {
  package enum Alignment { case left, right }
  package struct Column {
    let title: String
    let alignment: Alignment
    package init(_ title: String = "", _ alignment: Alignment = .left) {
      (self.title, self.alignment) = (title, alignment)
    }
  }

  let columns: [Column]
  private(set) var rows: [[String]] = []

  package init(_ columns: [Column]) { self.columns = columns }

  /// Adds a row; columns that are left out stay empty.
  package mutating func append(_ cells: [String]) {
    rows.append(cells + Array(repeating: "", count: max(0, columns.count - cells.count)))
  }

  /// Two blanks between columns, no blanks at the ends of lines, a line end behind each.
  package var aligned: String { lines.map { $0 + "\n" }.joined() }

  /// The lines of `aligned`; the titles are left out where all are empty.
  package var lines: [String] {
    let titles = columns.map(\.title)
    let all = (titles.allSatisfy(\.isEmpty) ? [] : [titles]) + rows
    let widths = columns.indices.map { column in all.map { $0[column].displayWidth }.max() ?? 0 }
    return all.map { line in
      let cells = columns.indices.map { padded(line[$0], widths[$0], columns[$0].alignment) }
      return String(cells.joined(separator: "  ").reversed().drop { $0 == " " }.reversed())
    }
  }

  package var markdown: String {
    let rule = columns.map { $0.alignment == .left ? ":--" : "--:" }
    let lines = [columns.map(\.title), rule] + rows.map { $0.map(Self.escapedForMarkdown) }
    return lines.map { "| " + $0.joined(separator: " | ") + " |\n" }.joined()
  }

  private func padded(_ text: String, _ width: Int, _ alignment: Alignment) -> String {
    let blanks = String(repeating: " ", count: width - text.displayWidth)
    return alignment == .left ? text + blanks : blanks + text
  }

  /// What Markdown would take for markup, and a bar, which would end the cell.
  package static func escapedForMarkdown(_ text: String) -> String {
    String(text.flatMap { "\\`*_{}[]<>|~".contains($0) ? ["\\", $0] : [$0.isNewline ? " " : $0] })
  }
}
