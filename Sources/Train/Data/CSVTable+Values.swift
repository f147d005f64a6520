extension Table {
  /// The text of a column.
  public func text(_ column: Column) throws(FileError) -> [String] {
    let column = try index(of: column)
    return (0..<count).map { field(row: $0, column: column).string(in: text) }
  }

  /// The numbers of a column.
  ///
  /// - Throws: ``FileError/Kind/malformed`` at the first cell that is no finite decimal number.
  /// - Complexity: linear in the rows.
  public func numbers(_ column: Column) throws(FileError) -> [Double] {
    let column = try index(of: column)
    return try (0..<count).map { row throws(FileError) in
      guard let number = number(row: row, column: column) else {
        throw expectedNumber(row: row, column: column)
      }
      return number
    }
  }

  /// The numbers of several columns side by side.
  public func rows(_ columns: [Column]) throws(FileError) -> Rows<Double> {
    Rows(columns: try columns.map { column throws(FileError) in try numbers(column) })
  }

  /// The column's texts as classes, in alphabetical order, or by number where all of them are numbers.
  ///
  /// - Throws: ``FileError/Kind/malformed`` for an empty cell.
  public func labels(_ column: Column) throws(FileError) -> (labels: [Int], classes: [String]) {
    let column = try index(of: column)
    let texts = (0..<count).map { label(row: $0, column: column) }
    if let row = texts.firstIndex(of: "") {
      throw FileError(.malformed, file, at: place(row: row, column: column), "expected a label, found nothing")
    }
    return Self.numbered(texts)
  }

  /// The texts by the numbers of their classes.
  static func numbered(_ texts: [String]) -> (labels: [Int], classes: [String]) {
    let classes = sortedClasses(texts)
    let numbers = Dictionary(uniqueKeysWithValues: zip(classes, classes.indices))
    return (texts.map { numbers[$0]! }, classes)
  }

  /// Each text once, in alphabetical order, or by number where all of them are numbers.
  static func sortedClasses(_ texts: some Sequence<String>) -> [String] {
    Set(texts).sorted { (Double($0) ?? .infinity, $0) < (Double($1) ?? .infinity, $1) }
  }

  /// Examples of a regression; see ``examples(_:)`` for what has missing values or texts.
  ///
  /// - Parameters:
  ///   - inputs: all columns that are no target, unless given.
  ///   - targets: the last column, unless given.
  public func regression(
    inputs: [Column]? = nil, targets: [Column] = [-1]
  ) throws(FileError) -> Dataset<Double> {
    try examples(ExampleColumns(inputs: inputs, target: .numbers(targets))).dataset
  }

  /// Examples of a classification; see ``examples(_:)`` for what has missing values or texts.
  ///
  /// - Parameters:
  ///   - inputs: all columns but the label, unless given.
  ///   - label: the last column, unless given.
  public func classification(
    inputs: [Column]? = nil, label: Column = -1
  ) throws(FileError) -> Dataset<Double> {
    try examples(ExampleColumns(inputs: inputs, target: .label(label))).dataset
  }
}
