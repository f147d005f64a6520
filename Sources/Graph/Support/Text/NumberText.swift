#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// A number as tables show it, with at most 6 significant digits: `5`, `0.1`, `-2.71828`, `1e-5`, `nan`, `-inf`.
///
/// ```swift
/// shortText(1.0 / 3)  // 0.333333
/// ```
package func shortText<E: BinaryFloatingPoint>(_ value: E) -> String {
  if value.isNaN { return "nan" }
  if value == 0 { return "0" }
  // Longest: sign, 6 digits, point, exponent of 5 characters, and the terminating 0.
  let text = withUnsafeTemporaryAllocation(of: CChar.self, capacity: 32) { buffer in
    _ = withVaList([Double(value)]) { vsnprintf(buffer.baseAddress, 32, "%.6g", $0) }
    return String(cString: buffer.baseAddress!)
  }
  // 1e-05 and 1e+06 become 1e-5 and 1e6, as formulas print them.
  let parts = text.split(separator: "e")
  guard parts.count == 2, let exponent = Int(parts[1]) else { return text }
  return "\(parts[0])e\(exponent)"
}

/// The shortest spelling that reads back as the same number: `2`, `0.5`, `1e-5`, `6.02e23`, `nan`, `-inf`.
package func shortest(_ value: some BinaryFloatingPoint & LosslessStringConvertible) -> String {
  // The sign of what is not a number says nothing.
  if value.isNaN { return "nan" }
  let text = value.description
  if text.hasSuffix(".0") { return String(text.dropLast(2)) }
  let parts = text.split(separator: "e")
  guard parts.count == 2, let exponent = Int(parts[1]) else { return text }
  return (parts[0].hasSuffix(".0") ? parts[0].dropLast(2) : parts[0]) + "e\(exponent)"
}

/// The `Double` nearest to the shortest decimal of a number: of the `Float` 0.1 it is 0.1, not 0.10000000149.
package func decimalDouble(_ value: some BinaryFloatingPoint & LosslessStringConvertible) -> Double {
  Double(value.description) ?? Double(value)
}

/// The bits in hexadecimal digits, those of leading zeros too: `00ff`.
package func hexadecimal(_ bits: some FixedWidthInteger & UnsignedInteger) -> String {
  let digits = String(bits, radix: 16)
  return String(repeating: "0", count: bits.bitWidth / 4 - digits.count) + digits
}

/// `1 argument`, `2 arguments`
package func counted(_ count: Int, _ noun: String) -> String { "\(count) \(noun)\(count == 1 ? "" : "s")" }
