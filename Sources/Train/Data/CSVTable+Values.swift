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
    var numbers: [Double] = []
    numbers.reserveCapacity(count)
    for row in 0..<count { numbers.append(try cell(row: row, column: column)) }
    return numbers
  }

  /// The numbers of several columns side by side.
  public func rows(_ columns: [Column]) throws(FileError) -> Rows<Double> {
    var chosen: [[Double]] = []
    for column in columns { chosen.append(try numbers(column)) }
    return Rows(columns: chosen)
  }

  /// The column's texts as classes, in alphabetical order, or by number where all of them are numbers.
  ///
  /// - Throws: ``FileError/Kind/malformed`` for an empty cell.
  public func labels(_ column: Column) throws(FileError) -> (labels: [Int], classes: [String]) {
    let texts = try text(column)
    if let row = texts.firstIndex(of: "") {
      throw FileError(
        .malformed, file, at: place(row: row, column: try index(of: column)),
        "expected a label, found nothing")
    }
    let classes = Set(texts).sorted { (Double($0) ?? .infinity, $0) < (Double($1) ?? .infinity, $1) }
    let indices = Dictionary(uniqueKeysWithValues: zip(classes, classes.indices))
    return (texts.map { indices[$0]! }, classes)
  }

  /// Examples of a regression.
  ///
  /// - Parameters:
  ///   - inputs: all columns that are no target, unless given.
  ///   - targets: the last column, unless given.
  public func regression(
    inputs: [Column]? = nil, targets: [Column] = [-1]
  ) throws(FileError) -> Dataset<Double> {
    let inputs = if let inputs { inputs } else { try others(than: targets) }
    return Dataset(
      inputs: try rows(inputs), targets: try rows(targets), inputNames: try names(inputs),
      targetNames: try names(targets))
  }

  /// Examples of a classification.
  ///
  /// - Parameters:
  ///   - inputs: all columns but the label, unless given.
  ///   - label: the last column, unless given.
  public func classification(
    inputs: [Column]? = nil, label: Column = -1
  ) throws(FileError) -> Dataset<Double> {
    let inputs = if let inputs { inputs } else { try others(than: [label]) }
    let (labels, classes) = try labels(label)
    return Dataset(
      inputs: try rows(inputs), labels: labels, classes: classes, inputNames: try names(inputs),
      targetNames: try names([label]))
  }

  private func cell(row: Int, column: Int) throws(FileError) -> Double {
    let field = field(row: row, column: column)
    if let number = field.number(in: text) { return number }
    let found = field.start == field.end ? "nothing" : "'\(field.string(in: text).prefix(40))'"
    throw FileError(
      .malformed, file, at: place(row: row, column: column), "expected a number, found \(found)")
  }

  private func others(than excluded: [Column]) throws(FileError) -> [Column] {
    var indices = Set(columns.indices)
    for column in excluded { indices.remove(try index(of: column)) }
    if indices.isEmpty { throw FileError(.notFound, file, "there is no column left for the inputs") }
    return indices.sorted().map { .number($0 + 1) }
  }

  private func names(_ chosen: [Column]) throws(FileError) -> [String] {
    var names: [String] = []
    for column in chosen { names.append(columns[try index(of: column)]) }
    return names
  }
}
