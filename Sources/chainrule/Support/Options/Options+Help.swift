import Train

extension Options {
  /// The options with what they do, section by section.
  var listed: [String] {
    let lists = ([self] + sections as [any Options]).map { (title: type(of: $0).title, options: $0.own) }
    return lists.filter { !$0.options.isEmpty }.map { title, options in
      let lines = HelpLayout.lines(options.map { ($0.usage, $0.help) })
      return ((title.isEmpty ? [] : [title + ":"]) + lines).joined(separator: "\n")
    }
  }

  /// What stands behind a command's words: `--data DATA [--label COLUMN]`, or `[options]` where they are many.
  var usage: String {
    let required = all.filter(\.isRequired).map(\.usage)
    let others = all.filter { !$0.isRequired }
    return (required + (others.count > 4 ? ["[options]"] : others.map { Self.unbroken("[\($0.usage)]") })).joined(
      separator: " ")
  }

  /// With blanks that do not end a line.
  private static func unbroken(_ text: String) -> String { text.replacing(" ", with: "\u{a0}") }
}

/// Words and what they mean, side by side.
enum HelpLayout {
  private static let width = 110

  /// Two columns; an entry too long for the left one has a line of its own.
  static func lines(_ entries: [(words: String, meaning: String)]) -> [String] {
    let left = entries.map(\.words.displayWidth).filter { $0 <= 22 }.max() ?? 0
    return entries.flatMap { words, meaning in
      let text = wrapped(meaning, to: width - left - 5)
      let fits = words.displayWidth <= left
      let first = fits ? words.padded(to: left) + "   " + (text.first ?? "") : words
      return (["  " + first] + text.dropFirst(fits ? 1 : 0).map { String(repeating: " ", count: left + 5) + $0 })
    }
  }

  /// A line with its continuations below what follows the first `indent` columns.
  static func hanging(_ text: String, indent: Int) -> String {
    let lines = wrapped(text, to: width - indent)
    return lines.joined(separator: "\n" + String(repeating: " ", count: indent)).replacing("\u{a0}", with: " ")
  }

  /// Broken at blanks.
  private static func wrapped(_ text: String, to width: Int) -> [String] {
    var lines: [String] = []
    for word in text.split(separator: " ") {
      if let last = lines.last, last.displayWidth + 1 + word.count <= width {
        lines[lines.count - 1] += " " + word
      } else {
        lines.append(String(word))
      }
    }
    return lines
  }
}
