/// How columns of a table become the inputs of a model: kept with the model, so that what it predicts from goes the way of
/// what it learned from.
///
/// ```swift
/// let examples = try table.examples(ExampleColumns(target: .numbers(["price"]), categories: .text))
/// examples.encoding.names                          // ["size", "city=Berlin", "city=Rome"]
/// try examples.encoding.rows(of: other).inputs     // the same columns of another table
/// ```
public struct InputEncoding: Equatable, Sendable, Codable {
  /// One column of a table and the inputs it becomes.
  public struct Column: Equatable, Sendable, Codable {
    /// What the column is called in tables.
    public let name: String
    /// The texts that stand for an input each; nil for a column of numbers.
    public let categories: [String]?
    /// What takes the place of a missing number, if anything.
    public let filling: Double?
    /// What takes the place of a missing category, if anything.
    public let usual: String?

    var width: Int { categories?.count ?? 1 }
  }

  /// The columns in the order of the inputs.
  public let columns: [Column]

  /// An encoding of given columns.
  public init(_ columns: [Column]) { self.columns = columns }

  /// Columns of numbers as they are.
  public init(numbers names: [String]) {
    columns = names.map { Column(name: $0, categories: nil, filling: nil, usual: nil) }
  }

  /// How many inputs there are.
  public var width: Int { columns.reduce(0) { $0 + $1.width } }

  /// What the inputs are called: `size`, `city=Berlin`.
  public var names: [String] {
    columns.flatMap { column in column.categories?.map { "\(column.name)=\($0)" } ?? [column.name] }
  }
}

// MARK: - Learning it

extension InputEncoding {
  /// - Throws: ``FileError`` for a text or a missing value that is not provided for, and for a column of more than twenty
  ///   categories that hardly recur.
  init(
    fitting table: Table, _ places: [Int], _ categories: ExampleColumns.Categories, _ missing: MissingValues
  ) throws(FileError) {
    let forced = if case .columns(let columns) = categories { try table.indices(of: columns) } else { [Int]() }
    columns = try places.map { place throws(FileError) in
      let summary = table.summary(ofColumn: place)
      return forced.contains(place) || categories == .text && summary.isText
        ? try Self.categories(table, place, missing) : try Self.numbers(table, place, summary, missing)
    }
  }

  private static func numbers(
    _ table: Table, _ place: Int, _ summary: Table.ColumnSummary, _ missing: MissingValues
  ) throws(FileError) -> Column {
    if let row = summary.firstText {
      throw table.expectedNumber(
        row: row, column: place,
        summary.isText ? "'\(table.columns[place])' is text, which can be taken as categories" : "")
    }
    if missing == .refused, let row = summary.firstMissing {
      throw table.expectedNumber(
        row: row, column: place,
        "\(counted(summary.missing, "missing value")) in '\(table.columns[place])', which can be dropped or filled")
    }
    guard summary.numbers > 0 else {
      throw FileError(.malformed, table.file, "'\(table.columns[place])' has no numbers at all")
    }
    var filling: Double?
    if case .filled(let with) = missing {
      filling = with.value(for: (0..<table.count).compactMap { table.number(row: $0, column: place) })
    }
    return Column(name: table.columns[place], categories: nil, filling: filling, usual: nil)
  }

  private static func categories(
    _ table: Table, _ place: Int, _ missing: MissingValues
  ) throws(FileError) -> Column {
    let texts = (0..<table.count).map { table.label(row: $0, column: place) }.filter { !Table.isMissing($0) }
    let counts = Dictionary(texts.map { ($0, 1) }, uniquingKeysWith: +)
    guard counts.count <= 20 || counts.count * 2 <= texts.count else {
      throw FileError(
        .outOfRange, table.file,
        "'\(table.columns[place])' has \(counts.count) different texts in \(counted(texts.count, "row")): no categories"
      )
    }
    guard !counts.isEmpty else {
      throw FileError(.malformed, table.file, "'\(table.columns[place])' has no categories at all")
    }
    let categories = Table.sortedClasses(counts.keys)
    if missing == .refused, let row = table.summary(ofColumn: place).firstMissing {
      throw FileError(
        .malformed, table.file, at: table.place(row: row, column: place),
        "expected a category, found nothing: missing values can be dropped or filled")
    }
    var usual: String?
    if case .filled = missing { usual = categories.max { (counts[$0]!, $1) < (counts[$1]!, $0) } }
    return Column(name: table.columns[place], categories: categories, filling: nil, usual: usual)
  }
}

// MARK: - Using it

extension InputEncoding {
  /// The inputs of a table's rows.
  public struct Encoded: Sendable {
    /// One row per row that was kept.
    public let inputs: Rows<Double>
    /// Which rows of the table were kept, counted from 0.
    public let kept: [Int]
    /// How many missing values there were by column, in the order of the columns: those that were filled or whose rows were
    /// dropped.
    public let missing: [(column: String, count: Int)]
  }

  /// The inputs of a table, whose columns are found by their names.
  ///
  /// A missing value is filled where the columns this was made from were; else its row is dropped, or it is an error, as
  /// `missing` says.
  /// - Parameter rows: those that count, all unless given.
  /// - Throws: ``FileError/Kind/notFound`` for a column that is not there; ``FileError/Kind/malformed`` for what is no number;
  ///   ``FileError/Kind/outOfRange`` for a category that this does not know.
  public func rows(
    of table: Table, missing: MissingValues = .refused, among rows: [Int]? = nil
  ) throws(FileError) -> Encoded {
    let places = try columns.map { column throws(FileError) in try table.index(named: column.name) }
    var (values, kept, counts): ([Double], [Int], [Int]) = ([], [], columns.map { _ in 0 })
    for row in rows ?? Array(0..<table.count) {
      let start = values.count
      var isComplete = true
      for (number, column) in columns.enumerated() {
        let isMissing = try !column.append(table, row, places[number], to: &values)
        guard isMissing else { continue }
        counts[number] += 1
        if column.filling == nil, column.usual == nil { isComplete = false }
        if !isComplete, missing == .refused {
          throw table.expectedNumber(row: row, column: places[number], "a missing value, which can be dropped")
        }
      }
      if isComplete { kept.append(row) } else { values.removeLast(values.count - start) }
    }
    guard !kept.isEmpty else {
      throw FileError(.malformed, table.file, "there is no row without missing values")
    }
    let missing = zip(columns, counts).filter { $1 > 0 }.map { ($0.name, $1) }
    return Encoded(inputs: Rows(values, width: width), kept: kept, missing: missing)
  }
}

extension InputEncoding.Column {
  /// Appends the inputs of a cell.
  ///
  /// - Returns: whether there was anything in it.
  fileprivate func append(
    _ table: Table, _ row: Int, _ place: Int, to values: inout [Double]
  ) throws(FileError) -> Bool {
    guard let categories else {
      switch table.cell(row: row, column: place) {
      case .number(let number): values.append(number)
      case .text: throw table.expectedNumber(row: row, column: place)
      case .missing:
        values.append(filling ?? 0)
        return false
      }
      return true
    }
    let text = table.label(row: row, column: place)
    let isMissing = Table.isMissing(text)
    guard !isMissing || usual != nil else {
      values += categories.map { _ in 0 }
      return false
    }
    guard let chosen = categories.firstIndex(of: isMissing ? usual! : text) else {
      throw FileError(
        .outOfRange, table.file, at: table.place(row: row, column: place),
        "expected a category of '\(name)', found '\(text.prefix(40))'; there are \(quotedList(categories))")
    }
    for index in categories.indices { values.append(index == chosen ? 1 : 0) }
    return !isMissing
  }
}
