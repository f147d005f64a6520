import Ops
import Testing

/// Texts that are nearly right, and where errors in them may be.
enum TextFuzz {
  static let alphabet: [Character] = Array(
    "wxybcdef0123456789.+-*/@^()[]{},;:=<>!'# \n\t·×²³⁻ᵀ∂ŷσ距√；\u{302}\u{200B}\u{0}\r\u{1F600}\u{1F468}\u{200D}"
  )

  /// One edit: a character more, some fewer, a part twice or the start of another text.
  static func mutate(_ text: inout [Character], from texts: [[Character]], using generator: inout SeededGenerator) {
    let place = Int.random(in: 0...text.count, using: &generator)
    let end = min(text.count, place + Int.random(in: 0...5, using: &generator))
    switch Int.random(in: 0..<4, using: &generator) {
    case 0: text.insert(alphabet.randomElement(using: &generator)!, at: place)
    case 1: text.removeSubrange(place..<end)
    case 2: text.insert(contentsOf: text[place..<end], at: Int.random(in: 0...text.count, using: &generator))
    default: text.replaceSubrange(place..<end, with: texts.randomElement(using: &generator)!.prefix(8))
    }
  }

  /// An error must be at a place inside one of the texts.
  /// - Returns: whether there was none.
  @discardableResult
  static func checkPlace(in texts: [String], _ body: () throws(ParseError) -> Void) -> Bool {
    do {
      try body()
      return true
    } catch {
      let isInside = texts.contains { text in
        let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
        return lines.indices.contains(error.line - 1)
          && (1...lines[error.line - 1].count + 1).contains(error.column)
      }
      #expect(isInside, "\(error) is outside of \(texts.map(\.debugDescription))")
      #expect(error.caretLine.last == "^")
      return false
    }
  }
}
