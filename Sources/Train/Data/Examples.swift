/// Examples made of a table, the way its columns became inputs, and what is to be said about it.
public struct Examples: Sendable {
  /// The inputs and targets of the rows that were kept.
  public let dataset: Dataset<Double>
  /// How the columns became inputs, to be kept with the model.
  public let encoding: InputEncoding
  /// `12 of 300 rows dropped for missing values: 8 in 'size', 4 in 'price'`: to be shown to whoever asked for it.
  public let remarks: [String]
}

extension Table {
  /// Examples to learn from.
  ///
  /// ```swift
  /// let table = try Table(contentsOf: "houses.csv", CSVFormat(separator: ";", decimal: .comma))
  /// let examples = try table.examples(
  ///   ExampleColumns(target: .numbers(["price"]), categories: .text, missing: .dropped))
  /// examples.remarks  // ["7 of 240 rows dropped for missing values: 4 in 'size (m²)', 3 in 'price'", …]
  /// ```
  /// - Throws: ``FileError`` with the place of the first cell that is not what its column should hold, and how many there
  ///   are of them; of kind `ambiguous` where the last column might be classes or slips of numbers.
  public func examples(_ columns: ExampleColumns = ExampleColumns()) throws(FileError) -> Examples {
    let target = try targetColumns(columns.target)
    let inputs = try inputColumns(columns.inputs, besides: target)
    let encoding = try InputEncoding(fitting: self, inputs, columns.categories, columns.missing)
    return try examples(target, encoding, columns.missing)
  }

  /// Examples to test with: inputs as others were encoded, targets as `columns` says.
  public func examples(
    _ columns: ExampleColumns, encodedBy encoding: InputEncoding
  ) throws(FileError) -> Examples {
    try examples(targetColumns(columns.target), encoding, columns.missing)
  }

  private func examples(
    _ target: TargetColumns, _ encoding: InputEncoding, _ missing: MissingValues
  ) throws(FileError) -> Examples {
    let (present, absent) = try rowsWithTarget(target, missing)
    let encoded = try encoding.rows(of: self, missing: missing, among: present)
    let names = target.places.map { columns[$0] }
    let dataset: Dataset<Double>
    if target.isLabel {
      let (labels, classes) = Self.numbered(encoded.kept.map { label(row: $0, column: target.places[0]) })
      dataset = Dataset(
        inputs: encoded.inputs, labels: labels, classes: classes, inputNames: encoding.names, targetNames: names)
    } else {
      let values = target.places.map { place in encoded.kept.map { number(row: $0, column: place) ?? .nan } }
      dataset = Dataset(
        inputs: encoded.inputs, targets: Rows(columns: values), inputNames: encoding.names, targetNames: names)
    }
    return Examples(
      dataset: dataset, encoding: encoding,
      remarks: remarks(encoding, encoded, absent.map { (columns[$0.key], $0.value) }))
  }

  /// The rows that have their targets, and how many have not, by column.
  private func rowsWithTarget(
    _ target: TargetColumns, _ missing: MissingValues
  ) throws(FileError) -> (present: [Int], absent: [Int: Int]) {
    var (present, absent): ([Int], [Int: Int]) = ([], [:])
    for row in 0..<count {
      var isComplete = true
      for place in target.places {
        switch cell(row: row, column: place) {
        case .number: continue
        case .text: if !target.isLabel { throw expectedNumber(row: row, column: place) }
        case .missing:
          isComplete = false
          absent[place, default: 0] += 1
          if missing == .refused { throw missingTarget(row, place, target) }
        }
      }
      if isComplete { present.append(row) }
    }
    return (present, absent)
  }

  private func missingTarget(_ row: Int, _ place: Int, _ target: TargetColumns) -> FileError {
    let summary = summary(ofColumn: place)
    let remark = "\(counted(summary.missing, "missing value")) in '\(columns[place])', whose rows can be dropped"
    if !target.isLabel { return expectedNumber(row: row, column: place, remark) }
    return FileError(
      .malformed, file, at: self.place(row: row, column: place), "expected a label, found nothing: \(remark)")
  }

  private func remarks(
    _ encoding: InputEncoding, _ encoded: InputEncoding.Encoded, _ absent: [(String, Int)]
  ) -> [String] {
    let filled = Set(encoding.columns.filter { $0.filling != nil || $0.usual != nil }.map(\.name))
    let dropped = encoded.missing.filter { !filled.contains($0.column) } + absent.sorted { $0.0 < $1.0 }
    let replaced = encoded.missing.filter { filled.contains($0.column) }
    let known = encoding.columns.compactMap { column in
      column.categories.map { "'\(column.name)': \($0.count) categories" }
    }
    return [
      remark(kept: encoded.kept.count, dropped),
      replaced.isEmpty ? nil : "missing values filled: \(Self.list(replaced))",
    ].compactMap { $0 } + known
  }

  /// `12 of 300 rows dropped for missing values: 8 in 'size', 4 in 'price'`; nil where all rows were kept.
  package func remark(kept: Int, _ missing: [(column: String, count: Int)]) -> String? {
    guard kept < count else { return nil }
    return "\(count - kept) of \(counted(count, "row")) dropped for missing values: \(Self.list(missing))"
  }

  private static func list(_ counts: [(column: String, count: Int)]) -> String {
    counts.map { "\($0.count) in '\($0.column)'" }.joined(separator: ", ")
  }
}
