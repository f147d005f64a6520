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

extension Tensor {
  /// All elements where they are few: `[[1, 2], [3, 4]]`; else the shape and the range, `[20] from 0 to 1.9`.
  package var text: String {
    guard elements.count > 8 else {
      return nested(elements.map { shortText($0) }[...], shape.dimensions[...])
    }
    let ordered = elements.filter { !$0.isNaN }
    guard let least = ordered.min(), let most = ordered.max() else { return "\(shape) of nan" }
    if least == most, ordered.count == elements.count { return "\(shape) all \(shortText(least))" }
    let missing = ordered.count < elements.count ? " and nan" : ""
    return "\(shape) from \(shortText(least)) to \(shortText(most))\(missing)"
  }

  private func nested(_ texts: ArraySlice<String>, _ extents: ArraySlice<Int>) -> String {
    guard let extent = extents.first else { return texts.first ?? "" }
    let size = extents.dropFirst().reduce(1, *)
    let parts = (0..<extent).map { index in
      nested(texts.dropFirst(index * size).prefix(size), extents.dropFirst())
    }
    return "[" + parts.joined(separator: ", ") + "]"
  }
}
