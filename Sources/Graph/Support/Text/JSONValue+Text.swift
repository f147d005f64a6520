extension JSONValue: CustomStringConvertible {
  /// The document on one line, with a space after each comma and colon.
  ///
  /// - Complexity: linear in the length of the text.
  public var description: String {
    var text = ""
    write(to: &text)
    return text
  }

  private func write(to text: inout String) {
    switch self {
    case .null: text += "null"
    case .bool(let value): text += value ? "true" : "false"
    case .number(let value): text += JSONValue.text(value)
    case .string(let value): JSONValue.quote(value, to: &text)
    case .array(let items): list("[", "]", items, to: &text) { $0.write(to: &$1) }
    case .object(let members):
      list("{", "}", members, to: &text) { member, text in
        JSONValue.quote(member.key, to: &text)
        text += ": "
        member.value.write(to: &text)
      }
    }
  }

  private func list<Item>(
    _ open: String, _ close: String, _ items: [Item], to text: inout String,
    _ write: (Item, inout String) -> Void
  ) {
    text += open
    for (index, item) in items.enumerated() {
      if index > 0 { text += ", " }
      write(item, &text)
    }
    text += close
  }

  private static func text(_ value: Double) -> String {
    if value.isNaN { return "\"nan\"" }
    if value.isInfinite { return value < 0 ? "\"-inf\"" : "\"inf\"" }
    // Up to 2⁵³ each whole number is written out; beyond, the exponent form is shorter and as exact.
    let isWhole = abs(value) <= 0x1p53 && value == value.rounded()
    guard isWhole else { return value.description }
    return value == 0 && value.sign == .minus ? "-0" : String(Int64(value))
  }

  private static func quote(_ string: String, to text: inout String) {
    text += "\""
    for scalar in string.unicodeScalars {
      switch scalar {
      case "\"": text += "\\\""
      case "\\": text += "\\\\"
      case "\n": text += "\\n"
      case "\r": text += "\\r"
      case "\t": text += "\\t"
      case "\0"..<" ", "\u{7f}"..."\u{9f}", "\u{2028}"..."\u{202e}", "\u{2066}"..."\u{2069}":
        text += "\\u" + hexadecimal(UInt16(scalar.value))
      default: text.unicodeScalars.append(scalar)
      }
    }
    text += "\""
  }
}
