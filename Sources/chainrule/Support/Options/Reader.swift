import Train

/// How the text of an option becomes its value.
///
/// - Throws: `OptionError` with what was expected and what was found; the option puts its name in front.
struct Reader<Value> {
  let read: (String) throws -> Value
  init(_ read: @escaping (String) throws -> Value) { self.read = read }

  /// - Parameter read: gives nil for what is not as expected.
  static func expecting(_ what: String, _ read: @escaping (String) -> Value?) -> Self {
    Self { text in
      guard let value = read(text) else { throw OptionError("expected \(what), found \(text.quoted)") }
      return value
    }
  }
}

extension Reader where Value == String {
  static var text: Self { Self { $0 } }

  /// A file to write, of one of these kinds by its name; a name without an ending may be a device. That its folder is
  /// missing is said before the work, not after it.
  static func file(_ endings: String...) -> Self {
    Self { path in
      let name = path.split(separator: "/").last ?? ""
      guard !name.contains(".") || endings.contains(where: { name.hasSuffix("." + $0) }) else {
        let known = endings.map { "." + $0 }.joined(separator: " or ")
        throw OptionError("expected a file name with \(known), found \(path.quoted)")
      }
      if let end = path.lastIndex(of: "/"), !isFolder(String(path[...end])) {
        throw Failure("\(path): cannot be written: No such file or directory")
      }
      return path
    }
  }
}

extension Reader where Value: FixedWidthInteger {
  /// A whole number within bounds.
  static func whole(in range: ClosedRange<Value>) -> Self {
    let bounds = "from \(range.lowerBound)" + (range.upperBound == .max ? " up" : " to \(range.upperBound)")
    return expecting("a whole number \(bounds)") { text in Value(text).flatMap { range.contains($0) ? $0 : nil } }
  }
}

extension Reader where Value == UInt64 {
  static var seed: Self {
    Self { UInt64(try Reader<Int>.whole(in: 0...Int.max).read($0)) }
  }
}

extension Reader where Value == Double {
  static var positive: Self { number("a positive number") { $0 > 0 } }
  static var notNegative: Self { number("0 or a positive number") { $0 >= 0 } }
  /// Between 0 and 1, both left out.
  static var share: Self { number("a share between 0 and 1") { $0 > 0 && $0 < 1 } }

  private static func number(_ expected: String, _ fits: @escaping (Double) -> Bool) -> Self {
    expecting(expected) { text in Double(text).flatMap { $0.isFinite && fits($0) ? $0 : nil } }
  }
}

extension Reader where Value == [Double] {
  /// Positive numbers with commas between them.
  static var positives: Self {
    Self {
      try $0.split(separator: ",", omittingEmptySubsequences: false).map {
        try Reader<Double>.positive.read(String($0))
      }
    }
  }
}

extension Reader where Value: RawRepresentable & CaseIterable, Value.RawValue == String {
  static var choice: Self {
    Self { text in
      guard let choice = Value(rawValue: text) else {
        let near = suggested(for: text, among: Value.allCases.map(\.rawValue))
        throw OptionError("expected one of \(words), found \(text.quoted)" + near)
      }
      return choice
    }
  }

  /// All of them, with commas.
  private static var words: String { Value.allCases.map(\.rawValue).joined(separator: ", ") }
}

extension Reader where Value == [String] {
  /// Names with commas between them; one that has a comma itself stands in quotes: `"size, in m²",price`.
  static var names: Self {
    Self { text in
      var (names, isQuoted) = ([""], false)
      for character in text {
        switch character {
        case "\"": isQuoted.toggle()
        case "," where !isQuoted: names.append("")
        default: names[names.count - 1].append(character)
        }
      }
      guard !isQuoted else { throw OptionError("the quote in \(text.quoted) is never closed") }
      return names
    }
  }
}

extension Reader where Value == Formula.Domain {
  /// `x in [a, b]`
  static var interval: Self {
    expecting("'NAME in [LOW, HIGH]'") { text in
      guard let domain = try? Formula.Domain(parsing: text), case .interval(let bounds)? = domain.values,
        bounds.lowerBound < bounds.upperBound
      else { return nil }
      return domain
    }
  }
}
