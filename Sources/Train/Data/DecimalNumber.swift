/// Decimal numbers in bytes of text: `-12.5e-3`, with spaces or tabs around it.
///
/// Unlike `Double(String)` it takes no hexadecimal numbers, "nan" or "infinity", which in a table of data are slips
/// and not numbers, and most numbers need no string, which makes it some ten times faster.
enum DecimalNumber {
  /// The nearest double, or nil where the bytes are no number or one beyond the range of `Double`.
  ///
  /// - Parameter point: what stands before the decimals, a point or a comma.
  static func parse(_ bytes: UnsafeBufferPointer<UInt8>, point: UInt8 = UInt8(ascii: ".")) -> Double? {
    var (start, end) = (0, bytes.count)
    while start < end, isSpace(bytes[start]) { start += 1 }
    while start < end, isSpace(bytes[end - 1]) { end -= 1 }
    let text = UnsafeBufferPointer(rebasing: bytes[start..<end])
    guard let parts = Parts(text, point) else { return nil }
    if let number = parts.exact { return number }
    let written = String(decoding: text.map { $0 == point ? UInt8(ascii: ".") : $0 }, as: UTF8.self)
    guard let number = Double(written), number.isFinite else { return nil }
    return number
  }

  private static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }

  /// The number ±digits · 10^exponent.
  private struct Parts {
    var isNegative = false
    var digits: UInt64 = 0
    var exponent = 0
    /// Whether `digits` and `exponent` hold all of it.
    var isWhole = true

    init?(_ text: UnsafeBufferPointer<UInt8>, _ point: UInt8) {
      var position = 0
      func peek() -> UInt8? { position < text.count ? text[position] : nil }
      func sign() -> Bool {
        let isMinus = peek() == UInt8(ascii: "-")
        if isMinus || peek() == UInt8(ascii: "+") { position += 1 }
        return isMinus
      }
      func digit() -> UInt64? {
        guard let byte = peek(), (0x30...0x39).contains(byte) else { return nil }
        position += 1
        return UInt64(byte - 0x30)
      }

      isNegative = sign()
      var found = 0
      var pointAt: Int?
      while true {
        if let digit = digit() {
          found += 1
          append(digit)
        } else if peek() == point, pointAt == nil {
          pointAt = found
          position += 1
        } else {
          break
        }
      }
      guard found > 0 else { return nil }
      if let pointAt { exponent = pointAt - found }
      if peek() == UInt8(ascii: "e") || peek() == UInt8(ascii: "E") {
        position += 1
        let isNegative = sign()
        var (size, found) = (0, false)
        while let digit = digit() { (size, found) = (min(size * 10 + Int(digit), 100_000), true) }
        guard found else { return nil }
        exponent += isNegative ? -size : size
      }
      guard position == text.count else { return nil }
    }

    private mutating func append(_ digit: UInt64) {
      let (product, overflow) = digits.multipliedReportingOverflow(by: 10)
      if overflow || product > UInt64.max - 9 { isWhole = false } else { digits = product + digit }
    }

    /// The number where two exact doubles give it by one rounded operation (Clinger, 1990): digits up to 2⁵³ and
    /// a power of ten up to 10²².
    var exact: Double? {
      guard isWhole, digits <= 1 << 53, abs(exponent) <= 22 else { return nil }
      let power = Parts.powersOfTen[abs(exponent)]
      let size = exponent < 0 ? Double(digits) / power : Double(digits) * power
      return isNegative ? -size : size
    }

    static let powersOfTen: [Double] = [
      1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18,
      1e19, 1e20, 1e21, 1e22,
    ]
  }
}
