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
  /// Whether the first row names the columns.
  public enum Header: String, Sendable, CaseIterable {
    /// It does if none of its cells is a number.
    case automatic
    case present
    case absent
  }

  /// A column: by name, or by number from 1, or from −1 for the last one backwards. A name that no column has but
  /// that reads as a number is taken as that number, so that names and numbers can come from one option.
  public enum Column: Sendable, Equatable, ExpressibleByStringLiteral, ExpressibleByIntegerLiteral {
    case name(String)
    case number(Int)
    public init(stringLiteral name: String) { self = .name(name) }
    public init(integerLiteral number: Int) { self = .number(number) }
  }

  /// The name that errors carry, usually the path.
  public let file: String
  /// The names of the columns; their numbers from 1 as text where there is no header.
  public let columns: [String]
  /// The number of rows below the header.
  public let count: Int

  let text: [UInt8]
  let scanned: CSVScanner
  /// Rows of the header: 0 or 1.
  let headerRows: Int

  /// Reads a file.
  public init(
    contentsOf path: String, header: Header = .automatic, separator: Character = ","
  ) throws(FileError) {
    try self.init(parsing: try WholeFile.read(path), header: header, separator: separator, file: path)
  }

  /// Reads text in UTF-8.
  ///
  /// - Parameters:
  ///   - separator: a character of ASCII, such as `,`, `;` or a tab.
  ///   - file: the name that errors carry.
  /// - Throws: ``FileError`` of kind `malformed` with the line for rows of different widths and misplaced quotes,
  ///   and where there is nothing at all or nothing below the header.
  /// - Complexity: one pass over the text.
  public init(
    parsing text: [UInt8], header: Header = .automatic, separator: Character = ",", file: String = "CSV"
  ) throws(FileError) {
    guard let separator = separator.asciiValue else {
      throw FileError(.unsupported, file, "expected a separator of ASCII, found '\(separator)'")
    }
    let scanned = try CSVScanner(text, separator: separator, file: file)
    let first = scanned.fields[..<scanned.width].map { $0.string(in: text) }
    let hasHeader: Bool
    switch header {
    case .present: hasHeader = true
    case .absent: hasHeader = false
    case .automatic:
      hasHeader = scanned.fields[..<scanned.width].allSatisfy { $0.number(in: text) == nil }
    }
    (self.file, self.text, self.scanned) = (file, text, scanned)
    headerRows = hasHeader ? 1 : 0
    columns = hasHeader ? first : (1...scanned.width).map { String($0) }
    count = scanned.lines.count - headerRows
    if count == 0 { throw FileError(.malformed, file, "expected rows below the header, found none") }
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
        .notFound, file, "there is no column \(number) among \(quantity(columns.count, "column"))")
    case .name(let name):
      let matches = columns.indices.filter { columns[$0] == name }
      if matches.count == 1 { return matches[0] }
      if matches.count > 1 {
        throw FileError(.notFound, file, "\(matches.count) columns are named '\(name)'; choose one by number")
      }
      if let number = Int(name) { return try index(of: .number(number)) }
      throw FileError(.notFound, file, "there is no column '\(name)'; the columns are \(quotedList(columns))")
    }
  }

  /// The place of a cell for error messages.
  func place(row: Int, column: Int) -> FileError.Place {
    .cell(line: scanned.lines[row + headerRows], column: column + 1)
  }

  func field(row: Int, column: Int) -> CSVScanner.Field {
    scanned.fields[(row + headerRows) * scanned.width + column]
  }
}
