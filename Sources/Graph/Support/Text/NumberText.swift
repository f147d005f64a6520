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
