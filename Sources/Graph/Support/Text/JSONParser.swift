/// Where a text stops being JSON.
package struct JSONError: Error {
  package let byte: Int
  /// "expected ':'", and whether the text ends there.
  package let message: String
}

extension JSONValue {
  /// Reads a text in UTF-8 (RFC 8259) in which no object has a key twice, nothing is nested more than 256 deep, and all
  /// numbers are in the range of `Double`.
  package init(json bytes: some Collection<UInt8>) throws(JSONError) {
    var parser = JSONParser(bytes: Array(bytes))
    self = try parser.document()
  }
}

/// Recursive descent, one method per rule of the grammar.
private struct JSONParser {
  let bytes: [UInt8]
  var position = 0

  static let maximumDepth = 256
  /// What stands behind a backslash, and what it means.
  static let escapes: [UInt8: UInt8] = [
    0x22: 0x22, 0x5c: 0x5c, 0x2f: 0x2f, 0x62: 0x08, 0x66: 0x0c, 0x6e: 0x0a, 0x72: 0x0d, 0x74: 0x09,
  ]

  init(bytes: [UInt8]) { self.bytes = bytes }

  mutating func document() throws(JSONError) -> JSONValue {
    let value = try value(depth: 0)
    skipSpace()
    if position < bytes.count { throw expected("the end of the document") }
    return value
  }

  private mutating func value(depth: Int) throws(JSONError) -> JSONValue {
    skipSpace()
    if depth > Self.maximumDepth { throw expected("at most \(Self.maximumDepth) levels of nesting") }
    switch peek {
    case UInt8(ascii: "{"): return try object(depth: depth)
    case UInt8(ascii: "["): return try array(depth: depth)
    case UInt8(ascii: "\""): return .string(try string())
    case UInt8(ascii: "t"): return try word("true", .bool(true))
    case UInt8(ascii: "f"): return try word("false", .bool(false))
    case UInt8(ascii: "n"): return try word("null", .null)
    default: return try number()
    }
  }

  private mutating func object(depth: Int) throws(JSONError) -> JSONValue {
    var members: [JSONValue.Member] = []
    var keys: Set<String> = []
    try list("{", "}") { parser throws(JSONError) in
      parser.skipSpace()
      if parser.peek != UInt8(ascii: "\"") { throw parser.expected("a key in quotes") }
      let key = try parser.string()
      if !keys.insert(key).inserted { throw parser.expected("each key once, and '\(key)' is there twice") }
      parser.skipSpace()
      if !parser.take(":") { throw parser.expected("':'") }
      members.append(JSONValue.Member(key, try parser.value(depth: depth + 1)))
    }
    return .object(members)
  }

  private mutating func array(depth: Int) throws(JSONError) -> JSONValue {
    var items: [JSONValue] = []
    try list("[", "]") { parser throws(JSONError) in items.append(try parser.value(depth: depth + 1)) }
    return .array(items)
  }

  /// What stands between brackets, with commas.
  private mutating func list(
    _ open: Unicode.Scalar, _ close: Unicode.Scalar, _ item: (inout JSONParser) throws(JSONError) -> Void
  ) throws(JSONError) {
    take(open)
    skipSpace()
    if take(close) { return }
    repeat {
      try item(&self)
      skipSpace()
    } while take(",")
    if !take(close) { throw expected("',' or '\(close)'") }
  }

  private mutating func word(_ word: String, _ value: JSONValue) throws(JSONError) -> JSONValue {
    guard bytes[position...].starts(with: word.utf8) else { throw expected("a value") }
    position += word.utf8.count
    return value
  }

  /// `-`? then `0` or digits without a leading zero, then a fraction and an exponent, each optional.
  private mutating func number() throws(JSONError) -> JSONValue {
    let start = position
    take("-")
    if !take("0") { if !digits() { throw expected("a value") } }
    if take(".") { if !digits() { throw expected("a digit") } }
    if take("e") || take("E") {
      if !take("+") { take("-") }
      if !digits() { throw expected("a digit") }
    }
    let text = String(decoding: bytes[start..<position], as: UTF8.self)
    guard let number = Double(text), number.isFinite else {
      position = start
      throw expected("a number within the range of Double")
    }
    return .number(number)
  }

  @discardableResult
  private mutating func digits() -> Bool {
    let start = position
    while let byte = peek, isDigit(byte) { position += 1 }
    return position > start
  }

  private mutating func string() throws(JSONError) -> String {
    var text: [UInt8] = []
    take("\"")
    while let byte = peek {
      if take("\"") {
        guard let string = String(validating: text, as: UTF8.self) else {
          throw expected("UTF-8 in the string")
        }
        return string
      }
      if byte < 0x20 { throw expected("no control character in a string") }
      if take("\\") { try escape(to: &text) } else { text.append(byte); position += 1 }
    }
    throw expected("'\"' at the end of the string")
  }

  private mutating func escape(to text: inout [UInt8]) throws(JSONError) {
    if let byte = peek, let meaning = Self.escapes[byte] {
      position += 1
      text.append(meaning)
    } else if take("u") {
      var units = [try codeUnit()]
      if UTF16.isLeadSurrogate(units[0]) && take("\\") && take("u") { units.append(try codeUnit()) }
      guard let string = String(validating: units, as: UTF16.self) else {
        throw expected("both halves of a surrogate pair")
      }
      text += string.utf8
    } else {
      throw expected("an escape such as \\n or \\u00e9")
    }
  }

  private mutating func codeUnit() throws(JSONError) -> UInt16 {
    let digits = bytes[position...].prefix(4)
    guard digits.count == 4, digits.allSatisfy(isHexDigit),
      let unit = UInt16(String(decoding: digits, as: UTF8.self), radix: 16)
    else { throw expected("four hexadecimal digits") }
    position += 4
    return unit
  }

  // MARK: Single bytes

  private var peek: UInt8? { position < bytes.count ? bytes[position] : nil }

  @discardableResult
  private mutating func take(_ character: Unicode.Scalar) -> Bool {
    guard peek == UInt8(ascii: character) else { return false }
    position += 1
    return true
  }

  private mutating func skipSpace() {
    while let byte = peek, [0x20, 0x09, 0x0a, 0x0d].contains(byte) { position += 1 }
  }

  private func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }

  private func isHexDigit(_ byte: UInt8) -> Bool {
    isDigit(byte) || (0x41...0x46).contains(byte) || (0x61...0x66).contains(byte)
  }

  private func expected(_ what: String) -> JSONError {
    let found = position < bytes.count ? "" : " before the text ends"
    return JSONError(byte: position, message: "expected \(what)\(found)")
  }
}
