/// Finds the mathematics of a Markdown text: `$…$`, `$$…$$`, `\(…\)`, `\[…\]`, both also with two backslashes, `` $`…`$ ``,
/// fences of `math`, and environments that stand bare. What stands in code or comments is none, but for comments that begin
/// with `chainrule`.
///
/// Lines are looked at first: headings, fences, indented code. What is left are paragraphs; nothing within a line goes on
/// beyond the end of its paragraph, but for a `$$` at the start of a line, up to the next heading or fence.
struct MarkdownScanner {
  let text: DocumentText
  var place = 0
  var items: [DocumentItem] = []
  var macros: [String: Macro] = [:]
  var closings = Closings()
  /// Where the paragraph ends, and where the next heading or fence begins.
  var paragraphEnd = 0
  var sectionEnd = 0
  /// A formula in a row of a table does not go on in the next.
  var isTableRow = false
  var isInList = false
  var isBehindBlank = true

  static func items(of text: DocumentText) -> [DocumentItem] {
    var scanner = MarkdownScanner(text: text)
    scanner.skipMetadata()
    while scanner.place < text.count { scanner.step() }
    return scanner.items
  }

  private init(text: DocumentText) { self.text = text }

  private mutating func step() {
    if text.isStartOfLine(place), takeLine() { return }
    switch text[place] {
    case "`": skipCode()
    case "\\": takeCommand()
    case "$": takeDollar()
    case "<": takeMarkup()
    default: place += 1
    }
  }

  // MARK: Code and comments

  /// Runs of backticks longer than this open nothing.
  private static let longestRun = 80

  private mutating func skipCode() {
    let count = text.run(of: "`", at: place)
    let end = count > Self.longestRun ? nil : endOfCode(count, from: place + count)
    place = end ?? place + count
  }

  /// Behind the next run of as many backticks in the paragraph, where a backslash means nothing.
  private mutating func endOfCode(_ count: Int, from start: Int) -> Int? {
    let text = text
    let close = closings.find(String(repeating: "`", count: count), from: start, before: paragraphEnd, in: text) {
      text[$0] == "`" && text[$0 - 1] != "`" && text.run(of: "`", at: $0) == count
    }
    return close.map { $0 + count }
  }

  /// Elements of HTML whose text is no Markdown.
  private static let codeElements = ["pre", "code", "script", "style"]

  private mutating func takeMarkup() {
    let start = place
    place += 1
    if text.starts(with: "<!--", at: start) {
      guard let close = closings.find("-->", from: start + 4, before: text.count, in: text) else { return }
      place = close + 3
      if let item = text.declaration(start + 4..<close) { items.append(item) }
      return
    }
    for name in Self.codeElements where text.starts(with: name, at: place) && text[place + name.count]?.isLetter != true
    {
      if let close = closings.find("</\(name)>", from: place, before: text.count, in: text) { place = close }
      return
    }
  }

  // MARK: Mathematics

  private mutating func takeCommand() {
    let isTwice = text[place + 1] == "\\"
    let mark = isTwice ? "\\\\" : "\\"
    switch text[place + mark.count] {
    case "(": takeMath(mark + ")", isDisplay: false, before: paragraphEnd)
    case "[": takeMath(mark + "]", isDisplay: true, before: paragraphEnd)
    case "b" where !isTwice && text.starts(with: "\\begin{", at: place): takeEnvironment()
    default: place += 2
    }
  }

  private mutating func takeEnvironment() {
    let start = place
    place += 6
    guard let (name, written) = MathEnvironments.name(in: text, at: place), LaTeXVocabulary.environments.contains(name),
      let close = closings.find("\\end{\(written)}", from: place, before: sectionEnd, in: text)
    else { return }
    place = close + 6 + written.count
    addMath(start..<place, isDisplay: true)
  }

  /// Behind an opening sign that is as long as the closing one.
  private mutating func takeMath(_ closing: String, isDisplay: Bool, before limit: Int) {
    let start = place + closing.count
    place = start
    guard let end = closings.find(closing, from: start, before: limit, in: text) else { return }
    addMath(start..<end, isDisplay: isDisplay)
    place = end + closing.count
  }

  private mutating func takeDollar() {
    if text[place + 1] == "`" { return takeMath("`$", isDisplay: false, before: paragraphEnd) }
    if text[place + 1] == "$" {
      let limit = isFirstOnLine(place) ? sectionEnd : paragraphEnd
      return takeMath("$$", isDisplay: true, before: limit)
    }
    let start = place + 1
    place = start
    let limit = isTableRow ? text.endOfLine(from: start) : paragraphEnd
    guard text[start]?.isWhitespace == false, let end = endOfInline(from: start, before: limit) else { return }
    addMath(start..<end, isDisplay: false)
    place = end + 1
  }

  /// No blank before the closing sign, no digit behind it: $5 and $7 are prices. What begins with a sign and goes on through
  /// code is none either.
  private mutating func endOfInline(from start: Int, before limit: Int) -> Int? {
    let text = text
    let end = closings.find("$", from: start, before: limit, in: text) {
      text[$0] == "$" && text[$0 - 1]?.isWhitespace == false && text[$0 + 1]?.isDigit != true
    }
    guard let end else { return nil }
    var tick = start
    while tick < end {
      let count = text.run(of: "`", at: tick)
      if count > 0, count <= Self.longestRun, endOfCode(count, from: tick + count) != nil { return nil }
      tick += max(count, 1)
    }
    return end
  }

  private func isFirstOnLine(_ place: Int) -> Bool {
    var start = place
    while let before = text[start - 1], before == " " || before == "\t" || before == ">" { start -= 1 }
    return text.isStartOfLine(start)
  }

  /// A formula, without the commands that are defined in it.
  mutating func addMath(_ range: Range<Int>, isDisplay: Bool) {
    var start = range.lowerBound
    for place in range where text[place] == "\\" && place >= start {
      let command = text.commandName(at: place)
      guard DocumentText.definingCommands.contains(command),
        let (name, macro, behind) = text.macro(command, at: place + 1 + command.count), behind <= range.upperBound
      else { continue }
      macros[name] = macro
      start = behind
    }
    guard !range.isEmpty, !text.isBlank(start..<range.upperBound) else { return }
    items.append(.math(text.span(start..<range.upperBound, isDisplay: isDisplay, macros: macros)))
  }
}
