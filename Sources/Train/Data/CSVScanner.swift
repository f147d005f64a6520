/// The fields of a CSV text (RFC 4180), found in one pass and left where they are.
///
/// Beyond the RFC: lines may end with CR LF, LF or CR, empty lines are skipped, a byte order mark is ignored, and blanks
/// may stand around quotes.
struct CSVScanner {
  /// A field as a part of the text, without its enclosing quotes.
  struct Field {
    var start: Int
    var end: Int
    /// Whether quotes inside it are doubled.
    var hasDoubledQuotes = false
  }

  private(set) var fields: [Field] = []
  /// The line on which each row begins, counted from 1.
  private(set) var lines: [Int] = []
  /// Fields per row: as many as the first row has.
  private(set) var width = 0

  private let file: String
  private let separator: UInt8
  private var position = 0
  private var line = 1

  private static let (quote, lineFeed, carriageReturn) = (UInt8(0x22), UInt8(0x0a), UInt8(0x0d))

  init(_ text: [UInt8], separator: UInt8, file: String) throws(FileError) {
    (self.file, self.separator) = (file, separator)
    if text.starts(with: [0xff, 0xfe]) || text.starts(with: [0xfe, 0xff]) {
      throw FileError(.unsupported, file, "expected text in UTF-8, found UTF-16")
    }
    if text.starts(with: [0xef, 0xbb, 0xbf]) { position = 3 }
    while position < text.count {
      if skipLineEnd(text) { continue }
      try row(text)
    }
    if lines.isEmpty { throw FileError(.malformed, file, "expected rows, found an empty file") }
  }

  private mutating func row(_ text: [UInt8]) throws(FileError) {
    lines.append(line)
    let (first, firstLine) = (fields.count, line)
    while true {
      try field(text, column: fields.count - first + 1)
      if position < text.count, text[position] == separator { position += 1 } else { break }
    }
    skipLineEnd(text)
    let found = fields.count - first
    if width == 0 { width = found }
    guard found == width else {
      throw FileError(
        .malformed, file, at: .line(firstLine),
        "expected \(counted(width, "field")) as in line \(lines[0]), found \(found)")
    }
  }

  private mutating func field(_ text: [UInt8], column: Int) throws(FileError) {
    let start = position
    skipBlanks(text)
    if position < text.count, text[position] == Self.quote { return try quotedField(text, column: column) }
    position = start
    while position < text.count {
      let byte = text[position]
      if byte == separator || byte == Self.lineFeed || byte == Self.carriageReturn { break }
      if byte == Self.quote {
        throw FileError(
          .malformed, file, at: .cell(line: line, column: column),
          "a quote inside a field that does not begin with one")
      }
      position += 1
    }
    fields.append(Field(start: start, end: position))
  }

  private mutating func quotedField(_ text: [UInt8], column: Int) throws(FileError) {
    let place = FileError.Place.cell(line: line, column: column)
    position += 1
    var field = Field(start: position, end: position)
    while true {
      guard position < text.count else {
        throw FileError(.malformed, file, at: place, "the quote that begins here is never closed")
      }
      if text[position] == Self.quote {
        field.end = position
        position += 1
        guard position < text.count, text[position] == Self.quote else { break }
        field.hasDoubledQuotes = true
        position += 1
      } else if !skipLineEnd(text) {
        position += 1
      }
    }
    fields.append(field)
    skipBlanks(text)
    if position < text.count, ![separator, Self.lineFeed, Self.carriageReturn].contains(text[position]) {
      throw FileError(.malformed, file, at: place, "text after the closing quote")
    }
  }

  private mutating func skipBlanks(_ text: [UInt8]) {
    while position < text.count, [0x20, 0x09].contains(text[position]), text[position] != separator { position += 1 }
  }

  /// Moves past CR LF, LF or CR, if one is here.
  @discardableResult
  private mutating func skipLineEnd(_ text: [UInt8]) -> Bool {
    let start = position
    if position < text.count, text[position] == Self.carriageReturn { position += 1 }
    if position < text.count, text[position] == Self.lineFeed { position += 1 }
    if position > start { line += 1 }
    return position > start
  }
}

extension CSVScanner.Field {
  /// The field with its doubled quotes made single.
  func string(in text: [UInt8]) -> String {
    let string = String(decoding: text[start..<end], as: UTF8.self)
    guard hasDoubledQuotes else { return string }
    return string.split(separator: "\"\"", omittingEmptySubsequences: false).joined(separator: "\"")
  }

  /// The field as a decimal number, if it is one.
  func number(in text: [UInt8], point: UInt8) -> Double? {
    text.withUnsafeBufferPointer { DecimalNumber.parse(UnsafeBufferPointer(rebasing: $0[start..<end]), point: point) }
  }
}
