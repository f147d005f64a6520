extension MarkdownScanner {
  /// What a whole line is, if it is no part of a paragraph: empty, a heading, a fence, indented code.
  mutating func takeLine() -> Bool {
    let line = Line(text, at: place)
    defer { isBehindBlank = line.isBlank || (isBehindBlank && isIndentedCode(line)) }
    updateEnds(line)
    if line.isBlank || isIndentedCode(line) {
      place = text.nextLine(from: place)
      return true
    }
    isTableRow = text[line.start] == "|"
    if let fence = line.fence(in: text) { return takeFence(fence, line) }
    if line.isListMark(in: text) {
      isInList = true
    } else if line.indent == 0 && isBehindBlank {
      isInList = false
    }
    return takeHeading(line)
  }

  /// In a list what is indented is usually text that belongs to an item.
  private func isIndentedCode(_ line: Line) -> Bool { line.indent >= 4 && isBehindBlank && !isInList && !line.isBlank }

  /// Titles are scanned for mathematics, too.
  private mutating func takeHeading(_ line: Line) -> Bool {
    if let level = line.headingLevel(in: text) {
      place = line.start + level
      items.append(.heading(level: level, title: text.text(place..<line.end).trimmed))
      return true
    }
    if isBehindBlank, let level = underlinedLevel(line) {
      items.append(.heading(level: level, title: text.text(line.start..<line.end).trimmed))
    }
    return false
  }

  /// A line of `=` or `-` below makes a title.
  private func underlinedLevel(_ line: Line) -> Int? {
    guard line.end < text.count, !line.isListMark(in: text), text[line.start] != "|" else { return nil }
    let below = Line(text, at: line.end + 1)
    guard let mark = text[below.start], mark == "=" || mark == "-", below.indent < 4 else { return nil }
    let length = text.run(of: mark, at: below.start)
    guard length > 1, text.isBlank(below.start + length..<below.end) else { return nil }
    return mark == "=" ? 1 : 2
  }

  // MARK: Where things end

  /// Looks where the paragraph and the section end that a line belongs to.
  private mutating func updateEnds(_ first: Line) {
    if first.begin >= sectionEnd { sectionEnd = end(behind: first) { isBreak($0) } }
    if first.begin >= paragraphEnd { paragraphEnd = end(behind: first) { $0.isBlank || isBreak($0) } }
  }

  private func isBreak(_ line: Line) -> Bool {
    line.fence(in: text) != nil || line.headingLevel(in: text) != nil
  }

  private func end(behind first: Line, where isEnd: (Line) -> Bool) -> Int {
    var line = first
    repeat {
      guard line.end < text.count else { return text.count }
      line = Line(text, at: line.end + 1)
    } while !isEnd(line)
    return line.begin
  }

  // MARK: Fences

  /// `---` at the very start opens what a program reads that makes a page of the text.
  mutating func skipMetadata() {
    guard let mark = ["---", "+++"].first(where: { text.starts(with: $0, at: 0) }), text.endOfLine(from: 0) == 3 else {
      return
    }
    var line = text.nextLine(from: 0)
    while line < text.count {
      let end = text.endOfLine(from: line)
      if [mark, "..."].contains(text.text(line..<end)) {
        place = text.nextLine(from: line)
        return
      }
      line = text.nextLine(from: line)
    }
  }

  private mutating func takeFence(_ fence: Line.Fence, _ line: Line) -> Bool {
    let body = text.nextLine(from: line.start)
    var close = body
    while close < text.count, !Line(text, at: close).closes(fence, in: text) { close = text.nextLine(from: close) }
    let lines = body..<close
    switch fence.language {
    case _ where lines.isEmpty: break
    case "math", "{math}": addMath(lines, isDisplay: true)
    case "chainrule": items.append(.declaration(text.text(lines), text.location(lines)))
    default: break
    }
    place = text.nextLine(from: close)
    return true
  }
}

/// One line of a text: how far it is indented behind marks of quotations, and where its words begin and end.
struct Line {
  let begin: Int, start: Int, end: Int, indent: Int

  init(_ text: DocumentText, at begin: Int) {
    let end = text.endOfLine(from: begin)
    var (start, indent) = (begin, 0)
    while start < end, let mark = text[start], mark == " " || mark == "\t" || mark == ">" {
      indent = mark == ">" ? 0 : indent + (mark == " " ? 1 : 4)
      start += 1
      // The blank behind the mark belongs to it.
      if mark == ">", start < end, text[start] == " " { start += 1 }
    }
    (self.begin, self.start, self.end, self.indent) = (begin, start, end, indent)
  }

  var isBlank: Bool { start == end }

  /// That of `## Title`.
  func headingLevel(in text: DocumentText) -> Int? {
    guard text[start] == "#", indent < 4 else { return nil }
    let level = text.run(of: "#", at: start)
    return level <= 6 && (text[start + level]?.isWhitespace ?? true) ? level : nil
  }

  func isListMark(in text: DocumentText) -> Bool {
    guard let mark = text[start] else { return false }
    if "-*+".contains(mark) { return text[start + 1] == " " }
    var digits = start
    while text[digits]?.isDigit == true { digits += 1 }
    return digits > start && (text[digits] == "." || text[digits] == ")")
  }

  struct Fence {
    let mark: Character, length: Int
    let language: String
  }

  /// ```` ```math ````
  func fence(in text: DocumentText) -> Fence? {
    guard let mark = text[start], mark == "`" || mark == "~", !isBlank else { return nil }
    let length = text.run(of: mark, at: start)
    guard length >= 3 else { return nil }
    let language = text.text(start + length..<end).trimmed
    return language.contains("`") ? nil : Fence(mark: mark, length: length, language: language)
  }

  func closes(_ fence: Fence, in text: DocumentText) -> Bool {
    let length = text.run(of: fence.mark, at: start)
    return length >= fence.length && text.isBlank(start + length..<end)
  }
}

extension DocumentText {
  func isBlank(_ range: Range<Int>) -> Bool { characters[range].allSatisfy(\.isWhitespace) }
}
