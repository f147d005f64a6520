/// Finds the mathematics of a Markdown text: `$…$`, `$$…$$`, `\(…\)`, `\[…\]`, `` $`…`$ ``, fences of `math`, and
/// environments that stand bare. What stands in code or comments is none, but for comments that begin with `chainrule`.
struct MarkdownScanner {
  private let text: DocumentText
  private var place = 0
  private var items: [DocumentItem] = []
  /// Delimiters that are not closed any more: behind the place where that was found nobody need look again.
  private var unclosed: Set<String> = []
  private var noInlineEndBefore = 0
  private var isInList = false
  private var isBehindBlank = true

  static func items(of text: DocumentText) -> [DocumentItem] {
    var scanner = MarkdownScanner(text: text)
    while scanner.place < text.characters.count { scanner.step() }
    return scanner.items
  }

  private init(text: DocumentText) { self.text = text }

  private mutating func step() {
    if text.isStartOfLine(place), takeBlock() { return }
    switch text[place] {
    case "`": skipCode()
    case "\\": takeCommand()
    case "$": takeDollar()
    case "<" where text.starts(with: "<!--", at: place): takeComment()
    default: place += 1
    }
  }

  // MARK: Lines

  /// Headings, fences, indented code.
  private mutating func takeBlock() -> Bool {
    let end = text.endOfLine(from: place)
    var start = place
    while start < end, text[start] == " " || text[start] == ">" || text[start] == "\t" { start += 1 }
    let indent = start - place
    defer { isBehindBlank = start == end }
    if start == end {
      place = min(end + 1, text.characters.count)
      return true
    }
    if let fence = fence(at: start) { return takeFence(fence, from: start, end) }
    if isListMark(start) { isInList = true } else if indent == 0 { isInList = false }
    if indent >= 4, isBehindBlank, !isInList, text[place] == " " {
      place = min(end + 1, text.characters.count)
      return true
    }
    guard text[start] == "#", indent < 4 else { return false }
    var level = 0
    while text[start + level] == "#" { level += 1 }
    guard level <= 6, text[start + level]?.isWhitespace ?? true else { return false }
    let title = text.text(start + level..<end)
    items.append(.heading(level: level, title: title.trimmed))
    place = start + level
    return true
  }

  private func isListMark(_ start: Int) -> Bool {
    if let mark = text[start], "-*+".contains(mark) { return text[start + 1] == " " }
    var end = start
    while text[end]?.isASCIIDigit == true { end += 1 }
    return end > start && (text[end] == "." || text[end] == ")")
  }

  private func fence(at start: Int) -> String? {
    guard let mark = text[start], mark == "`" || mark == "~" else { return nil }
    var count = 0
    while text[start + count] == mark { count += 1 }
    return count >= 3 ? String(repeating: mark, count: count) : nil
  }

  private mutating func takeFence(_ fence: String, from start: Int, _ end: Int) -> Bool {
    let info = text.text(start + fence.count..<end).trimmed
    guard !info.contains("`") else { return false }
    let body = min(end + 1, text.characters.count)
    var close = body
    while close < text.characters.count {
      var mark = close
      while text[mark] == " " || text[mark] == ">" { mark += 1 }
      if text.starts(with: fence, at: mark) { break }
      close = text.endOfLine(from: close) + 1
    }
    let bodyEnd = min(max(body, close - 1), text.characters.count)
    if info == "math", bodyEnd > body { items.append(.math(text.span(body..<bodyEnd, isDisplay: true))) }
    if info == "chainrule", bodyEnd > body {
      items.append(.declaration(text.text(body..<bodyEnd), text.location(body..<bodyEnd)))
    }
    place = close < text.characters.count ? min(text.endOfLine(from: close) + 1, text.characters.count) : close
    return true
  }

  // MARK: Within lines

  private mutating func skipCode() {
    var count = 0
    while text[place + count] == "`" { count += 1 }
    let mark = String(repeating: "`", count: count)
    place += count
    guard !unclosed.contains(mark) else { return }
    var end = place
    while let next = text.next(mark, from: end) {
      var length = 0
      while text[next + length] == "`" { length += 1 }
      if length == count {
        place = next + count
        return
      }
      end = next + length
    }
    unclosed.insert(mark)
  }

  private mutating func takeComment() {
    guard !unclosed.contains("-->"), let end = text.next("-->", from: place + 4) else {
      unclosed.insert("-->")
      place += 4
      return
    }
    let body = place + 4..<end
    place = end + 3
    if let declaration = DocumentDeclaration(text, body) {
      items.append(.declaration(declaration.text, declaration.place))
    }
  }

  private mutating func takeCommand() {
    switch text[place + 1] {
    case "(": takeDelimited("\\)", length: 2, isDisplay: false)
    case "[": takeDelimited("\\]", length: 2, isDisplay: true)
    case "b" where text.starts(with: "\\begin{", at: place): takeEnvironment()
    default: place += 2
    }
  }

  private mutating func takeEnvironment() {
    guard let (name, _) = text.braces(at: place + 6), case let environment = text.text(name).filter({ $0 != "*" }),
      MathEnvironments.names.contains(environment), let end = text.next("\\end{\(text.text(name))}", from: place)
    else {
      place += 7
      return
    }
    let close = end + 6 + name.count
    items.append(.math(text.span(place..<close, isDisplay: true)))
    place = close
  }

  private mutating func takeDelimited(_ closing: String, length: Int, isDisplay: Bool) {
    let start = place + length
    guard !unclosed.contains(closing), let end = text.next(closing, from: start) else {
      unclosed.insert(closing)
      place = start
      return
    }
    if end > start { items.append(.math(text.span(start..<end, isDisplay: isDisplay))) }
    place = end + closing.count
  }

  private mutating func takeDollar() {
    if text[place + 1] == "$" { return takeDelimited("$$", length: 2, isDisplay: true) }
    if text[place + 1] == "`" { return takeDelimited("`$", length: 2, isDisplay: false) }
    let start = place + 1
    place = start
    guard start > noInlineEndBefore, let first = text[start], !first.isWhitespace else { return }
    // Not across an empty line; no blank before the end, no digit behind it: $5 and $7 are prices.
    var end = start
    while let character = text[end] {
      if character == "\\" {
        end += 2
        continue
      }
      if character.isNewline, text[end + 1]?.isNewline == true { break }
      if character == "$", text[end - 1]?.isWhitespace == false, end > start, text[end + 1]?.isASCIIDigit != true {
        items.append(.math(text.span(start..<end, isDisplay: false)))
        place = end + 1
        return
      }
      end += 1
    }
    noInlineEndBefore = end
  }
}

/// What a comment says to the reader of derivations: it begins with `chainrule`.
struct DocumentDeclaration {
  let text: String
  let place: Location

  init?(_ document: DocumentText, _ range: Range<Int>) {
    var start = range.lowerBound
    while start < range.upperBound, document[start]?.isWhitespace == true { start += 1 }
    guard document.starts(with: "chainrule", at: start) else { return nil }
    start += 9
    if document[start] == ":" { start += 1 } else if document[start]?.isWhitespace == false { return nil }
    guard start <= range.upperBound else { return nil }
    text = document.text(start..<range.upperBound)
    place = document.location(start..<range.upperBound)
  }
}
