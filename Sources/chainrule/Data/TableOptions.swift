import Train

/// What `--data` can name.
let kindsOfData = "a CSV file, a folder of images, iris or commute"

/// How tables are read from CSV files.
struct TableOptions: Options {
  static let title = "Tables"

  @Option(
    "separator", "C", .separator,
    "what stands between the fields: a character, or tab; unless given whichever of tab ; | , the lines agree on")
  var separator: Character?
  @Option("decimal", "what stands before the decimals; comma has to be said") var decimal = CSVFormat.Decimal.point
  @Option("header", "whether the first row names the columns; automatic asks where that is not clear")
  var header = CSVFormat.Header.automatic
  @Option(
    "missing", "HOW", .missing,
    """
    of cells that are empty, NA or ?: drop leaves their rows out; mean, median or a number fills them in; an error \
    unless given
    """)
  var missing = MissingValues.refused

  func table(_ path: String) throws -> Table {
    try Table(contentsOf: path, CSVFormat(separator: separator, decimal: decimal, header: header))
  }

  /// Refuses all of them where there is no such file.
  func refuse(for data: String) throws {
    for option in all { try option.refuse(because: "is for CSV files, and \(data) is none") }
  }
}

extension Reader where Value == Character {
  static var separator: Self {
    expecting("a character of ASCII or tab") { text in
      let names: [String: Character] = ["tab": "\t", "\\t": "\t", "comma": ",", "semicolon": ";", "space": " "]
      let separator = names[text] ?? (text.count == 1 ? text.first : nil)
      return separator.flatMap { [nil, 0x22, 0x0a, 0x0d].contains($0.asciiValue) ? nil : $0 }
    }
  }
}

extension Reader where Value == MissingValues {
  static var missing: Self { Self { try MissingValues(parsing: $0) } }
}
