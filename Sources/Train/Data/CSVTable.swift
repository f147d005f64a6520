/// A table of text and numbers, read from CSV.
///
/// ```swift
/// let table = try Table(contentsOf: "iris.csv")
/// table.columns                                     // ["length", "width", "species"]
/// try table.numbers("length")                       // [5.1, 4.9, …]
/// try table.classification(label: "species").classes  // ["setosa", "versicolor", "virginica"]
/// ```
///
/// The text is kept as it is and cells are converted when they are asked for, so that a column of remarks does not
/// hinder the reading of a column of numbers.
public struct Table: Sendable {
  /// A column: by name, or by number from 1, or from −1 for the last one backwards. A name that no column has but
  /// that reads as a number is taken as that number, so that names and numbers can come from one option.
  public enum Column: Sendable, Equatable, ExpressibleByStringLiteral, ExpressibleByIntegerLiteral {
    case name(String)
    case number(Int)
    /// A column by name.
    public init(stringLiteral name: String) { self = .name(name) }
    /// A column by number.
    public init(integerLiteral number: Int) { self = .number(number) }
  }

  /// The name that errors carry, usually the path.
  public let file: String
  /// The names of the columns, without blanks around them; their numbers from 1 as text where there is no header. Columns
  /// of one name `b` are called `b (1)`, `b (2)`, …, one without a name by its number, `column 1`.
  public let columns: [String]
  /// The number of rows below the header.
  public let count: Int
  /// Whether the first row names the columns.
  public var hasHeader: Bool { headerRows == 1 }

  let text: [UInt8]
  let scanned: CSVScanner
  /// What stands before the decimals.
  let point: UInt8
  /// Rows of the header: 0 or 1.
  let headerRows: Int

  /// Reads a file.
  public init(contentsOf path: String, _ format: CSVFormat = CSVFormat()) throws(FileError) {
    try self.init(parsing: try WholeFile.read(path), format, file: path)
  }

  /// Reads text in UTF-8.
  ///
  /// - Parameter file: the name that errors carry.
  /// - Throws: ``FileError`` of kind `malformed` with the line for rows of different widths and misplaced quotes,
  ///   and where there is nothing at all or nothing below the header; of kind `ambiguous` where the first row may be a
  ///   header or not.
  /// - Complexity: one pass over the text.
  public init(
    parsing text: [UInt8], _ format: CSVFormat = CSVFormat(), file: String = "CSV"
  ) throws(FileError) {
    let scanned = try CSVScanner(text, separator: try format.separatorByte(text, file), file: file)
    self.init(file, text, scanned, format.decimal.byte, hasHeader: format.header != .absent)
    if format.header == .automatic, try !namesColumns() {
      self = Table(file, text, scanned, point, hasHeader: false)
    }
    if count == 0 { throw FileError(.malformed, file, "expected rows below the header, found none") }
  }

  private init(_ file: String, _ text: [UInt8], _ scanned: CSVScanner, _ point: UInt8, hasHeader: Bool) {
    (self.file, self.text, self.scanned, self.point) = (file, text, scanned, point)
    headerRows = hasHeader ? 1 : 0
    count = scanned.lines.count - headerRows
    let first = scanned.fields[..<scanned.width].map { trimmed($0.string(in: text)) }
    let names = first.enumerated().map { $1.isEmpty ? "column \($0 + 1)" : $1 }
    columns = hasHeader ? distinct(names) : (1...scanned.width).map { String($0) }
  }

  /// The place of a column, counted from 0.
  ///
  /// - Throws: ``FileError/Kind/notFound`` with the names there are.
  public func index(of column: Column) throws(FileError) -> Int {
    switch column {
    case .number(let number):
      let index = number > 0 ? number - 1 : columns.count + number
      if number != 0 && columns.indices.contains(index) { return index }
      throw FileError(
        .notFound, file, "there is no column \(number) among \(counted(columns.count, "column"))")
    case .name(let name):
      if let index = columns.firstIndex(of: name) { return index }
      let same = columns.filter { $0.hasPrefix(name + " (") && Int($0.dropFirst(name.count + 2).dropLast()) != nil }
      if same.count > 1 {
        throw FileError(.notFound, file, "\(same.count) columns are named '\(name)': say \(quotedList(same))")
      }
      if let number = Int(name) { return try index(of: .number(number)) }
      return try index(named: name)
    }
  }

  func indices(of columns: [Column]) throws(FileError) -> [Int] {
    try columns.map { column throws(FileError) in try index(of: column) }
  }

  /// The place of the column that is called just so.
  func index(named name: String) throws(FileError) -> Int {
    if let index = columns.firstIndex(of: name) { return index }
    let alike = columns.first { $0.lowercased() == name.lowercased() }
    throw FileError(
      .notFound, file,
      "there is no column '\(name)'; "
        + (alike.map { "'\($0)' is spelled otherwise" } ?? "the columns are \(quotedList(columns))"))
  }

  /// The place of a cell for error messages.
  func place(row: Int, column: Int) -> FileError.Place {
    .cell(line: scanned.lines[row + headerRows], column: column + 1)
  }

  func field(row: Int, column: Int) -> CSVScanner.Field {
    scanned.fields[(row + headerRows) * scanned.width + column]
  }
}

/// The text without blanks around it.
func trimmed(_ text: String) -> String {
  var rest = text[...]
  while let first = rest.first, first.isWhitespace { rest.removeFirst() }
  while let last = rest.last, last.isWhitespace { rest.removeLast() }
  return String(rest)
}

/// The names with a number behind those that occur more than once.
private func distinct(_ names: [String]) -> [String] {
  let counts = Dictionary(names.map { ($0, 1) }, uniquingKeysWith: +)
  var seen: [String: Int] = [:]
  return names.map { name in
    guard counts[name]! > 1 else { return name }
    seen[name, default: 0] += 1
    return "\(name) (\(seen[name]!))"
  }
}
