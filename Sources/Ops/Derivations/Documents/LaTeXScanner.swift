/// Finds the mathematics of a LaTeX text, with the commands that it defines. Before `\begin{document}`, in listings and
/// behind `\end{document}` there is none.
struct LaTeXScanner {
  private let text: DocumentText
  private var end: Int
  private var place = 0
  private var isPreamble: Bool
  private var items: [DocumentItem] = []
  private var macros: [String: Macro] = [:]
  private var closings = Closings(comment: "%")
  private var paragraphEnd = 0

  static func items(of text: DocumentText) -> [DocumentItem] {
    var scanner = LaTeXScanner(text: text)
    while scanner.place < scanner.end { scanner.step() }
    return scanner.items
  }

  private init(text: DocumentText) {
    self.text = text
    isPreamble = text.next("\\begin{document}", from: 0, before: text.count) != nil
    end = text.count
  }

  private mutating func step() {
    switch text[place] {
    case "%": takeComment()
    case "\\": takeCommand()
    case "$" where !isPreamble:
      if text[place + 1] == "$" { takeMath("$$", isDisplay: true) } else { takeMath("$") }
    default: place += 1
    }
  }

  private mutating func takeComment() {
    let end = text.endOfLine(from: place)
    if let item = text.declaration(place + 1..<end) { items.append(item) }
    place = end
  }

  // MARK: Mathematics

  /// Behind an opening sign that is as long as the closing one.
  private mutating func takeMath(_ closing: String, isDisplay: Bool = false) {
    let start = place + closing.count
    place = start
    updateParagraph()
    guard let end = closings.find(closing, from: start, before: paragraphEnd, in: text) else { return }
    if end > start { items.append(.math(text.span(start..<end, isDisplay: isDisplay, macros: macros))) }
    place = end + closing.count
  }

  /// An empty line ends a formula, closed or not.
  private mutating func updateParagraph() {
    if place < paragraphEnd { return }
    var next = text.nextLine(from: place)
    while next < end, !isEmptyLine(next) { next = text.nextLine(from: next) }
    paragraphEnd = next
  }

  private func isEmptyLine(_ start: Int) -> Bool {
    text.characters[start...].first { $0 != " " && $0 != "\t" }?.isNewline ?? true
  }

  // MARK: Commands

  private mutating func takeCommand() {
    switch text[place + 1] {
    case "(" where !isPreamble: return takeMath("\\)")
    case "[" where !isPreamble: return takeMath("\\]", isDisplay: true)
    default: break
    }
    let name = text.commandName(at: place)
    let start = place
    place += 1 + max(name.count, 1)
    switch name {
    case "begin": takeEnvironment(start)
    case "end": if text.starts(with: "{document}", at: place) { end = min(end, place) }
    case "part", "chapter", "section", "subsection", "subsubsection", "paragraph": takeHeading(name)
    case "verb", "lstinline", "mintinline": skipVerb(name)
    case "iffalse":
      if let close = closings.find("\\fi", from: place, before: end, in: text) { place = close + 3 }
    case _ where DocumentText.definingCommands.contains(name):
      guard let (name, macro, behind) = text.macro(name, at: place) else { return }
      macros[name] = macro
      place = behind
    default: break
    }
  }

  private mutating func takeEnvironment(_ start: Int) {
    guard let (name, written) = MathEnvironments.name(in: text, at: place) else { return }
    if name == "document" { isPreamble = false }
    let isMath = LaTeXVocabulary.environments.contains(name)
    guard isMath || MathEnvironments.verbatim.contains(name),
      let close = closings.find("\\end{\(written)}", from: place, before: end, in: text)
    else { return }
    place = close + 6 + written.count
    if isMath, !isPreamble { items.append(.math(text.span(start..<place, isDisplay: true, macros: macros))) }
  }

  /// `\section*{…}`, `\section[short]{…}`
  private mutating func takeHeading(_ name: String) {
    var start = text[place] == "*" ? place + 1 : place
    if text[start] == "[", let close = text.next("]", from: start, before: text.endOfLine(from: start)) {
      start = close + 1
    }
    guard !isPreamble, let (range, _) = text.braces(at: start) else { return }
    let level = ["part": 0, "chapter": 1, "section": 2, "subsection": 3][name] ?? 4
    items.append(.heading(level: level, title: text.text(range).trimmed))
    place = range.lowerBound
  }

  /// `\verb|…|`, `\mintinline{swift}|…|`, on one line.
  private mutating func skipVerb(_ name: String) {
    if text[place] == "*" { place += 1 }
    if name == "mintinline", let (_, behind) = text.braces(at: place) { place = behind }
    guard let mark = text[place], !mark.isWhitespace,
      let close = text.next(mark == "{" ? "}" : String(mark), from: place + 1, before: text.endOfLine(from: place))
    else { return }
    place = close + 1
  }
}
