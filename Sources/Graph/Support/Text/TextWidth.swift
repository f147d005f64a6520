/// How wide a text of that font size will be, roughly: the font is chosen by whoever shows the picture.
package func textWidth(_ text: String, size: Double) -> Double {
  text.reduce(0) { $0 + characterWidth($1) } * size
}

/// In parts of the font size, for a usual sans-serif font.
private func characterWidth(_ character: Character) -> Double {
  if character.isWide { return 1 }
  if "iljtf.,:;|'!()[] ⁰¹²³⁴⁵⁶⁷⁸⁹⁻".contains(character) { return 0.38 }
  if "mwMW%@".contains(character) || character.isUppercase { return 0.78 }
  return 0.6
}

extension Character {
  /// Chinese, Japanese, Korean, emoji: two columns of a terminal, a square in print.
  fileprivate var isWide: Bool {
    let first = unicodeScalars.first!
    if first.value < 0x1100 { return false }
    switch first.value {
    case 0x1100...0x115f, 0x2e80...0x303e, 0x3041...0xa4cf, 0xa960...0xa97c, 0xac00...0xd7a3, 0xf900...0xfaff,
      0xfe10...0xfe19, 0xfe30...0xfe6f, 0xff00...0xff60, 0xffe0...0xffe6, 0x20000...0x3fffd:
      return true
    default: return first.properties.isEmojiPresentation || unicodeScalars.contains("\u{fe0f}")
    }
  }

  /// How many columns of a terminal it takes: none for a mark that stands alone.
  package var displayWidth: Int {
    switch unicodeScalars.first!.properties.generalCategory {
    case .nonspacingMark, .enclosingMark, .format, .control: 0
    default: isWide ? 2 : 1
    }
  }
}

extension String {
  /// How many columns of a terminal it takes. Combining marks take none, `ŷ` is one however it is encoded.
  package var displayWidth: Int { reduce(0) { $0 + $1.displayWidth } }

  /// With blanks up to so many columns of a terminal.
  package func padded(to width: Int) -> String { self + String(repeating: " ", count: max(0, width - displayWidth)) }
}

/// The text cut to a width, with an ellipsis where something is missing.
package func fitted(_ text: String, width: Double, size: Double) -> String {
  if textWidth(text, size: size) <= width { return text }
  var kept = text
  while !kept.isEmpty && textWidth(kept + "…", size: size) > width { kept.removeLast() }
  return kept + "…"
}

/// The text broken into lines of a width: at spaces, and between any two characters of scripts without them.
/// At most `limit` lines; the last one is cut where that is too few.
package func wrapped(_ text: String, width: Double, size: Double, limit: Int) -> [String] {
  var rest = Substring(text)
  var lines: [String] = []
  while !rest.isEmpty {
    if lines.count == limit - 1 || textWidth(String(rest), size: size) <= width {
      lines.append(fitted(String(rest), width: width, size: size))
      break
    }
    var (end, lastBreak, used) = (rest.startIndex, rest.startIndex, 0.0)
    while end < rest.endIndex {
      used += characterWidth(rest[end]) * size
      if used > width { break }
      let next = rest.index(after: end)
      if rest[end] == " " || characterWidth(rest[end]) == 1 { lastBreak = next }
      end = next
    }
    let split = lastBreak > rest.startIndex ? lastBreak : max(end, rest.index(after: rest.startIndex))
    lines.append(String(rest[..<split]))
    rest = rest[split...]
  }
  return lines
}
