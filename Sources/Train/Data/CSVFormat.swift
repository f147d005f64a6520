/// How a CSV file is written: what stands between its fields, before the decimals, and in its first row.
///
/// ```swift
/// CSVFormat()                              // the separator found out, a decimal point, the header found out
/// CSVFormat(separator: ";", decimal: .comma)  // as spreadsheets in much of Europe write it
/// ```
public struct CSVFormat: Sendable, Equatable {
  /// Whether the first row names the columns.
  public enum Header: String, Sendable, CaseIterable {
    /// It does if none of its cells is a number, or where a text stands above numbers only. Where both are possible, as
    /// for 2019, 2020, 2021 above numbers, the table is not read: ``FileError/Kind/ambiguous``.
    case automatic
    case present
    case absent
  }

  /// What stands before the decimals of a number. There are no separators of thousands.
  public enum Decimal: String, Sendable, CaseIterable {
    case point, comma

    var byte: UInt8 { self == .point ? UInt8(ascii: ".") : UInt8(ascii: ",") }
  }

  /// A character of ASCII; nil for whichever of tab, `;`, `|` and `,` the first two lines have equally often.
  public var separator: Character?
  /// What stands before the decimals.
  public var decimal: Decimal
  /// Whether the first row names the columns.
  public var header: Header

  /// A format; what is not given is found out, but for the decimal sign, which is a point.
  public init(separator: Character? = nil, decimal: Decimal = .point, header: Header = .automatic) {
    (self.separator, self.decimal, self.header) = (separator, decimal, header)
  }

  /// The separator as a byte, for a text that begins so.
  func separatorByte(_ text: [UInt8], _ file: String) throws(FileError) -> UInt8 {
    guard let separator else { return recognized(text) }
    guard let byte = separator.asciiValue, ![0x22, 0x0a, 0x0d].contains(byte) else {
      throw FileError(.unsupported, file, "expected a separator of ASCII, found '\(separator)'")
    }
    return byte
  }

  private func recognized(_ text: [UInt8]) -> UInt8 {
    let lines = text.split(maxSplits: 2, omittingEmptySubsequences: true) { $0 == 0x0a || $0 == 0x0d }.prefix(2)
    let candidates = "\t;|,".utf8.filter { decimal == .point || $0 != decimal.byte }
    func count(_ byte: UInt8, _ line: ArraySlice<UInt8>) -> Int {
      var isQuoted = false
      return line.count {
        if $0 == 0x22 { isQuoted.toggle() }
        return $0 == byte && !isQuoted
      }
    }
    let usual = UInt8(ascii: ",")
    guard let first = lines.first else { return usual }
    let regular = candidates.first { byte in
      count(byte, first) > 0 && lines.dropFirst().allSatisfy { count(byte, $0) == count(byte, first) }
    }
    return regular ?? candidates.max { count($0, first) < count($1, first) } ?? usual
  }
}
