/// The words and marks of Swift source: without comments and the text of literals, but with what is interpolated.
struct SwiftWords {
  enum Word: Equatable {
    case name(String)
    case mark(Character)
  }

  private let bytes: [UInt8]
  private var place = 0
  private(set) var words: [Word] = []

  init(_ source: String) {
    bytes = Array(source.utf8)
    readCode(untilParenthesis: false)
  }

  private func starts(with text: StaticString, at place: Int) -> Bool {
    guard place + text.utf8CodeUnitCount <= bytes.count else { return false }
    return (0..<text.utf8CodeUnitCount).allSatisfy { bytes[place + $0] == text.utf8Start[$0] }
  }

  private func starts(with text: StaticString) -> Bool { starts(with: text, at: place) }

  /// To the end, or behind the parenthesis that closes an interpolation.
  private mutating func readCode(untilParenthesis: Bool) {
    var depth = 0
    while place < bytes.count {
      switch bytes[place] {
      case UInt8(ascii: "/") where starts(with: "//"): skipLine()
      case UInt8(ascii: "/") where starts(with: "/*"): skipBlock()
      case UInt8(ascii: "\""): readLiteral(hashes: 0)
      case UInt8(ascii: "#") where opensRawLiteral: readLiteral(hashes: hashes(at: place))
      case let byte where byte == UInt8(ascii: "`") || isOfName(byte): readName()
      case let byte where byte > 32:
        if byte == UInt8(ascii: "(") { depth += 1 }
        if byte == UInt8(ascii: ")") { depth -= 1 }
        place += 1
        if untilParenthesis, depth < 0 { return }
        words.append(.mark(Character(Unicode.Scalar(byte))))
      default: place += 1
      }
    }
  }

  private func isOfName(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), 128...:
      true
    default: false
    }
  }

  private mutating func readName() {
    let isQuoted = bytes[place] == UInt8(ascii: "`")
    if isQuoted { place += 1 }
    let start = place
    while place < bytes.count, isOfName(bytes[place]) { place += 1 }
    words.append(.name(String(decoding: bytes[start..<place], as: UTF8.self)))
    if isQuoted { place += 1 }
  }

  private mutating func skipLine() {
    while place < bytes.count, bytes[place] != UInt8(ascii: "\n") { place += 1 }
  }

  private mutating func skipBlock() {
    var depth = 0
    repeat {
      if starts(with: "/*") { depth += 1 }
      if starts(with: "*/") { depth -= 1 }
      place += starts(with: "/*") || starts(with: "*/") ? 2 : 1
    } while depth > 0 && place < bytes.count
  }

  private func hashes(at start: Int) -> Int { bytes[start...].prefix { $0 == UInt8(ascii: "#") }.count }

  private var opensRawLiteral: Bool {
    let end = place + hashes(at: place)
    return end < bytes.count && bytes[end] == UInt8(ascii: "\"")
  }

  private mutating func readLiteral(hashes count: Int) {
    place += count
    let quotes = starts(with: "\"\"\"") ? 3 : 1
    place += quotes
    while place < bytes.count {
      if bytes[place] == UInt8(ascii: "\\"), hashes(at: place + 1) >= count {
        place += 1 + count
        if place < bytes.count, bytes[place] == UInt8(ascii: "(") {
          place += 1
          readCode(untilParenthesis: true)
        } else {
          place += 1
        }
      } else if bytes[place] == UInt8(ascii: "\""), quotes == 1 || starts(with: "\"\"\""),
        hashes(at: place + quotes) >= count
      {
        place += quotes + count
        return
      } else {
        place += 1
      }
    }
  }
}
