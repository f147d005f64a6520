/// Rows of text under headings, as aligned text or Markdown. The first column is left-aligned, numbers follow.
struct Table {
  let title: String
  /// Sentences between title and table.
  var remarks: [String] = []
  let headings: [String]
  var rows: [[String]] = []

  func text(markdown: Bool) -> String {
    let widths = headings.indices.map { column in
      ([headings] + rows).map { $0[column].count }.max() ?? 0
    }
    let edge = markdown ? "| " : ""
    let (between, end) = markdown ? (" | ", " |") : ("  ", "")
    func line(_ cells: [String]) -> String {
      let padded = cells.enumerated().map { column, cell in
        let space = String(repeating: " ", count: widths[column] - cell.count)
        return column == 0 ? cell + space : space + cell
      }
      return edge + padded.joined(separator: between) + end
    }
    let rule = widths.enumerated().map { column, width in
      let dashes = String(repeating: "-", count: markdown ? max(width - 1, 1) : width)
      return markdown ? (column == 0 ? ":" + dashes : dashes + ":") : dashes
    }
    let head = markdown ? ["### \(title)", ""] : [title]
    let notes = remarks.isEmpty ? [] : [remarks.joined(separator: markdown ? " " : "\n"), ""]
    return (head + notes + [line(headings), line(rule)] + rows.map(line)).joined(separator: "\n") + "\n"
  }
}

/// Three significant digits: no measurement here is better.
func short(_ value: Double) -> String {
  guard value.isFinite else { return "–" }
  if value < 0 { return "-" + short(-value) }
  if value >= 100 {
    let rounded = String(Int(value.rounded()))
    return rounded.count > 3 ? rounded.dropLast(3) + "," + rounded.suffix(3) : rounded
  }
  let digits = value >= 10 ? 1 : 2
  let scale = digits == 1 ? 10.0 : 100.0
  let (whole, part) = Int((value * scale).rounded()).quotientAndRemainder(dividingBy: Int(scale))
  let fraction = String(part)
  return "\(whole)." + String(repeating: "0", count: digits - fraction.count) + fraction
}
