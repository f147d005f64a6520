extension Table {
  /// What a cell is.
  enum Cell {
    case number(Double)
    case missing
    case text(String)
  }

  func cell(row: Int, column: Int) -> Cell {
    if let number = number(row: row, column: column) { return .number(number) }
    let text = label(row: row, column: column)
    return Self.isMissing(text) ? .missing : .text(text)
  }

  /// The number in a cell; nil where it is none.
  func number(row: Int, column: Int) -> Double? { field(row: row, column: column).number(in: text, point: point) }

  /// The text of a cell without blanks around it.
  package func label(row: Int, column: Int) -> String { trimmed(field(row: row, column: column).string(in: text)) }

  /// What the cells of a column are, and where the first of each kind stands.
  struct ColumnSummary {
    var numbers = 0
    var missing = 0
    var texts = 0
    /// Texts that would be numbers without a sign of currency or percent, or with another decimal sign.
    var dressed = 0
    var firstMissing: Int?
    var firstText: Int?

    /// Whether it is a column of texts: not one of numbers with a slip among them.
    var isText: Bool { texts > 0 && dressed == 0 && texts > numbers }
  }

  func summary(ofColumn column: Int) -> ColumnSummary {
    var summary = ColumnSummary()
    for row in 0..<count {
      switch cell(row: row, column: column) {
      case .number: summary.numbers += 1
      case .missing:
        summary.missing += 1
        summary.firstMissing = summary.firstMissing ?? row
      case .text(let text):
        summary.texts += 1
        summary.firstText = summary.firstText ?? row
        if undressed(text) != nil { summary.dressed += 1 }
      }
    }
    // A text with a digit sign here and there is no column of numbers.
    if summary.dressed * 2 < summary.texts { summary.dressed = 0 }
    return summary
  }

  /// The error of a cell that should be a number, with what may help.
  func expectedNumber(row: Int, column: Int, _ remark: String = "") -> FileError {
    let found = label(row: row, column: column)
    var hint = remark
    if hint.isEmpty, let inner = undressed(found) {
      hint =
        inner.isOtherDecimal ? "a number with another decimal sign?" : "a number is '\(inner.number)', without signs"
    }
    return FileError(
      .malformed, file, at: place(row: row, column: column),
      "expected a number, found \(found.isEmpty ? "nothing" : "'\(found.prefix(40))'")"
        + (hint.isEmpty ? "" : ": \(hint)"))
  }

  /// `2.50` of `$2.50`, `50` of `50 %`; or a number as it is with the other decimal sign.
  private func undressed(_ text: String) -> (number: String, isOtherDecimal: Bool)? {
    func isNumber(_ text: String, _ point: UInt8) -> Bool {
      Array(text.utf8).withUnsafeBufferPointer { DecimalNumber.parse($0, point: point) } != nil
    }
    let other: UInt8 = point == UInt8(ascii: ".") ? UInt8(ascii: ",") : UInt8(ascii: ".")
    if isNumber(text, other) { return (text, true) }
    let inner = trimmed(String(trimmed(text).filter { !"$€£¥%".contains($0) }))
    guard inner != text else { return nil }
    return isNumber(inner, point) || isNumber(inner, other) ? (inner, false) : nil
  }
}
