extension DocumentText {
  static let definingCommands: Set<String> = [
    "newcommand", "renewcommand", "providecommand", "def", "DeclareMathOperator",
  ]

  /// The letters of a command whose backslash stands at a place.
  func commandName(at place: Int) -> String {
    String(characters[(place + 1)...].prefix { $0.isASCII && $0.isLetter })
  }

  /// `\newcommand{\norm}[1]{\lVert #1 \rVert}`, `\def\R{\mathbb{R}}`, `\DeclareMathOperator{\prox}{prox}`
  ///
  /// - Parameter start: behind the command that defines.
  func macro(_ command: String, at start: Int) -> (name: String, macro: Macro, behind: Int)? {
    guard let (name, behindName) = macroName(at: self[start] == "*" ? start + 1 : start) else { return nil }
    let (count, behindCount) = argumentCount(at: behindName)
    guard let (body, behind) = braces(at: behindCount), !name.isEmpty else { return nil }
    let written = text(body)
    let isOperator = command == "DeclareMathOperator"
    return (
      name, Macro(argumentCount: count, body: isOperator ? "\\operatorname{\(written)}" : written), behind
    )
  }

  private func macroName(at place: Int) -> (String, Int)? {
    if let (range, behind) = braces(at: place) {
      return (text(range).filter { $0 != "\\" && !$0.isWhitespace }, behind)
    }
    guard self[place] == "\\" else { return nil }
    let name = commandName(at: place)
    return (name, place + 1 + name.count)
  }

  /// `[2]` or `#1#2`
  private func argumentCount(at place: Int) -> (Int, Int) {
    var (count, next) = (0, place)
    if self[next] == "[", let digit = self[next + 1]?.wholeNumberValue, self[next + 2] == "]" {
      (count, next) = (digit, next + 3)
    }
    while self[next] == "#", let digit = self[next + 1]?.wholeNumberValue { (count, next) = (digit, next + 2) }
    return (count, next)
  }
}
