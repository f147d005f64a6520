/// Whether the first row of a table names its columns, judged by what stands below.
struct HeaderGuess {
  private let text: [UInt8]
  private let scanned: CSVScanner
  private let point: UInt8
  private let first: [String]
  private let numbers: [Double?]

  init(_ text: [UInt8], _ scanned: CSVScanner, _ point: UInt8) {
    (self.text, self.scanned, self.point) = (text, scanned, point)
    let fields = scanned.fields[..<scanned.width]
    first = fields.map { trimmed($0.string(in: text)) }
    numbers = fields.map { $0.number(in: text, point: point) }
  }

  /// - Throws: ``FileError/Kind/ambiguous`` where the row may be either.
  func decision(_ file: String) throws(FileError) -> Bool {
    if numbers.allSatisfy({ $0 == nil }) { return true }
    let texts = first.indices.filter { numbers[$0] == nil && !Table.isMissing(first[$0]) }
    if texts.contains(where: isAboveNumbers) { return true }
    if texts.contains(where: recurs) || !mayBeNames { return false }
    throw FileError(
      .ambiguous, file, at: .line(scanned.lines[0]),
      "the first row, \(first.prefix(4).joined(separator: ", "))\(first.count > 4 ? ", …" : ""), may name the columns "
        + "or be an example: say whether there is a header")
  }

  private func below(_ column: Int) -> some Collection<CSVScanner.Field> {
    (1..<max(scanned.lines.count, 1)).lazy.map { scanned.fields[$0 * scanned.width + column] }
  }

  /// A name above numbers.
  private func isAboveNumbers(_ column: Int) -> Bool {
    var found = false
    for field in below(column) {
      if field.number(in: text, point: point) != nil {
        found = true
      } else if !Table.isMissing(trimmed(field.string(in: text))) {
        return false
      }
    }
    return found
  }

  /// A class or category, which other rows have as well.
  private func recurs(_ column: Int) -> Bool {
    below(column).contains { trimmed($0.string(in: text)) == first[column] }
  }

  /// Whether the numbers are such as columns are named by: 0, 1, 2 or 2015, 2020, 2025.
  private var mayBeNames: Bool {
    let names = numbers.compactMap { $0 }
    guard names.allSatisfy({ $0 == $0.rounded() && $0 >= 0 }), names.count > 1 else {
      // One number beside texts that do not recur.
      return names.count == 1 && first.count > 1 && names[0] == names[0].rounded() && names[0] >= 0
    }
    let step = names[1] - names[0]
    let isEven = step > 0 && zip(names, names.dropFirst()).allSatisfy { $1 - $0 == step }
    return isEven && (first.count > 2 || names.allSatisfy { (1900...2100).contains($0) })
  }
}
