@testable import Ops

/// What a scanner finds, in a form that tests can write down: `1:6 x^2` is a formula in a sentence, `1:3! …` one of its own,
/// `2:5 chainrule …` a declaration, `# …` a heading.
struct Scanned {
  let lines: [String]

  init(_ items: [DocumentItem]) {
    lines = items.map { item in
      switch item {
      case .math(let span): Self.place(span.start, span.isDisplay ? "!" : "") + span.text.onOneLine
      case .declaration(let text, let start): Self.place(start, " chainrule") + text.onOneLine
      case .heading(let level, let title): String(repeating: "#", count: level) + " " + title
      }
    }
  }

  static func markdown(_ text: String) -> [String] { Scanned(MarkdownScanner.items(of: DocumentText(text))).lines }
  static func latex(_ text: String) -> [String] { Scanned(LaTeXScanner.items(of: DocumentText(text))).lines }

  private static func place(_ start: Location, _ mark: String) -> String {
    let place = start.lineAndColumn
    let cell = start.source.cell.map { "\($0):" } ?? ""
    return "\(cell)\(place.line):\(place.column)\(mark) "
  }
}

extension String {
  /// Line ends and blanks as one blank.
  fileprivate var onOneLine: String { split(whereSeparator: \.isWhitespace).joined(separator: " ") }
}
