// Whether the first row of a table names its columns, judged by what stands below. It is row −1 of a table that takes it
// for the header.

extension Table {
  /// - Throws: ``FileError/Kind/ambiguous`` where the row may be either.
  func namesColumns() throws(FileError) -> Bool {
    let first = columns.indices.map { label(row: -1, column: $0) }
    let numbers = columns.indices.map { number(row: -1, column: $0) }
    if numbers.allSatisfy({ $0 == nil }) { return true }
    let texts = first.indices.filter { numbers[$0] == nil && !Self.isMissing(first[$0]) }
    if texts.contains(where: isNumeric) { return true }
    // A class or category, which other rows have as well.
    let recurs = texts.contains { column in (0..<count).contains { label(row: $0, column: column) == first[column] } }
    if recurs || !Self.mayBeNames(numbers) { return false }
    throw FileError(
      .ambiguous, file, at: .line(scanned.lines[0]),
      "the first row, \(first.prefix(4).joined(separator: ", "))\(first.count > 4 ? ", …" : ""), may name the columns "
        + "or be an example: say whether there is a header")
  }

  /// Whether there are numbers and no texts below.
  private func isNumeric(_ column: Int) -> Bool {
    var found = false
    for row in 0..<count {
      switch cell(row: row, column: column) {
      case .number: found = true
      case .missing: continue
      case .text: return false
      }
    }
    return found
  }

  /// Whether the numbers of a row are such as columns are named by: 0, 1, 2 or 2015, 2020, 2025.
  private static func mayBeNames(_ row: [Double?]) -> Bool {
    let names = row.compactMap { $0 }
    guard names.allSatisfy({ $0 == $0.rounded() && $0 >= 0 }), names.count > 1 else {
      // One number beside texts that do not recur.
      return names.count == 1 && row.count > 1 && names[0] == names[0].rounded() && names[0] >= 0
    }
    let step = names[1] - names[0]
    let isEven = step > 0 && zip(names, names.dropFirst()).allSatisfy { $1 - $0 == step }
    return isEven && (row.count > 2 || names.allSatisfy { (1900...2100).contains($0) })
  }
}
