/// The text without what a terminal would take for commands: control characters become their pictures (␛), and those
/// that turn the direction of writing �. Line ends and tabs stay.
func safeText(_ text: String) -> String {
  guard text.unicodeScalars.contains(where: { picture(of: $0) != nil }) else { return text }
  var safe = String.UnicodeScalarView()
  for scalar in text.unicodeScalars { safe.append(picture(of: scalar) ?? scalar) }
  return String(safe)
}

private func picture(of scalar: Unicode.Scalar) -> Unicode.Scalar? {
  switch scalar.value {
  case 0x09, 0x0a: nil
  case 0x00..<0x20: Unicode.Scalar(0x2400 + scalar.value)
  case 0x7f: "\u{2421}"
  case 0x80..<0xa0, 0x2028...0x202e, 0x2066...0x2069: "\u{fffd}"
  default: nil
  }
}
