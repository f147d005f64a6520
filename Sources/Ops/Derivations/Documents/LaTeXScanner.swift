/// Finds the mathematics of a LaTeX text, with the commands that its preamble defines.
struct LaTeXScanner {
  private let text: DocumentText
  private var place = 0
  private var items: [DocumentItem] = []
  private var macros: [String: Macro] = [:]
  private var unclosed: Set<String> = []

  static func items(of text: DocumentText) -> [DocumentItem] {
    var scanner = LaTeXScanner(text: text)
    while scanner.place < text.characters.count { scanner.step() }
    return scanner.items
  }

  private init(text: DocumentText) { self.text = text }

  private mutating func step() {
    switch text[place] {
    case "%": takeComment()
    case "\\": takeCommand()
    case "$" where text[place + 1] == "$": takeDelimited("$$", length: 2, isDisplay: true)
    case "$": takeDelimited("$", length: 1, isDisplay: false)
    default: place += 1
    }
  }

  private mutating func takeComment() {
    let end = text.endOfLine(from: place)
    if let declaration = DocumentDeclaration(text, place + 1..<end) {
      items.append(.declaration(declaration.text, declaration.place))
    }
    place = end
  }

  private mutating func takeDelimited(_ closing: String, length: Int, isDisplay: Bool) {
    let start = place + length
    guard !unclosed.contains(closing), let end = endOfMath(closing, from: start) else {
      unclosed.insert(closing)
      place = start
      return
    }
    if end > start { items.append(.math(text.span(start..<end, isDisplay: isDisplay, macros: macros))) }
    place = end + closing.count
  }

  /// The next closing delimiter that no backslash stands before.
  private func endOfMath(_ closing: String, from start: Int) -> Int? {
    var end = start
    while end < text.characters.count {
      if text.starts(with: closing, at: end) { return end }
      end += text[end] == "\\" ? 2 : 1
    }
    return nil
  }

  private mutating func takeCommand() {
    switch text[place + 1] {
    case "(": return takeDelimited("\\)", length: 2, isDisplay: false)
    case "[": return takeDelimited("\\]", length: 2, isDisplay: true)
    default: break
    }
    var end = place + 1
    while let next = text[end], next.isASCII, next.isLetter { end += 1 }
    let name = text.text(place + 1..<end)
    guard !name.isEmpty else {
      place += 2
      return
    }
    switch name {
    case "begin": takeEnvironment(end)
    case "section", "subsection", "subsubsection", "chapter", "paragraph", "part": takeHeading(name, end)
    case "newcommand", "renewcommand", "providecommand", "def", "DeclareMathOperator": takeMacro(name, end)
    case "verb": skipVerb(end)
    default: place = end
    }
  }

  private mutating func takeEnvironment(_ argument: Int) {
    guard let (range, behind) = text.braces(at: argument) else {
      place = argument
      return
    }
    let written = text.text(range)
    let name = written.filter { $0 != "*" }
    guard MathEnvironments.names.contains(name) || MathEnvironments.verbatim.contains(name),
      let end = text.next("\\end{\(written)}", from: behind)
    else {
      place = behind
      return
    }
    let close = end + 6 + written.count
    if MathEnvironments.names.contains(name) {
      items.append(.math(text.span(place..<close, isDisplay: true, macros: macros)))
    }
    place = close
  }

  private mutating func takeHeading(_ name: String, _ argument: Int) {
    let start = text[argument] == "*" ? argument + 1 : argument
    place = argument
    guard let (range, behind) = text.braces(at: start) else { return }
    let level = ["part": 0, "chapter": 1, "section": 2, "subsection": 3][name] ?? 4
    items.append(.heading(level: level, title: text.text(range).trimmed))
    place = behind
  }

  private mutating func skipVerb(_ start: Int) {
    place = start
    guard let delimiter = text[start], let end = text.next(String(delimiter), from: start + 1) else { return }
    place = end + 1
  }

  /// `\newcommand{\norm}[1]{\lVert #1 \rVert}`, `\def\R{\mathbb{R}}`, `\DeclareMathOperator{\prox}{prox}`
  private mutating func takeMacro(_ kind: String, _ start: Int) {
    place = start
    var next = text[start] == "*" ? start + 1 : start
    let name: String
    if let (range, behind) = text.braces(at: next) {
      name = text.text(range).filter { $0 != "\\" && !$0.isWhitespace }
      next = behind
    } else {
      guard text[next] == "\\" else { return }
      var end = next + 1
      while text[end]?.isLetter == true { end += 1 }
      name = text.text(next + 1..<end)
      next = end
    }
    var count = 0
    if text[next] == "[", let digit = text[next + 1]?.wholeNumberValue, text[next + 2] == "]" {
      count = digit
      next += 3
    }
    while text[next] == "#", let digit = text[next + 1]?.wholeNumberValue {
      count = digit
      next += 2
    }
    guard let (body, behind) = text.braces(at: next), !name.isEmpty else { return }
    let written = text.text(body)
    macros[name] = Macro(
      argumentCount: count, body: kind == "DeclareMathOperator" ? "\\operatorname{\(written)}" : written)
    place = behind
  }
}
