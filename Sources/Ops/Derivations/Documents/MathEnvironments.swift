/// Environments by what their body is.
enum MathEnvironments {
  /// Nothing that is read.
  static let verbatim: Set<String> = [
    "verbatim", "Verbatim", "lstlisting", "minted", "comment", "alltt", "filecontents", "code",
  ]

  /// Behind `\begin`: `{align*}` without the star, and as it is written.
  static func name(in text: DocumentText, at place: Int) -> (plain: String, written: String)? {
    guard text[place] == "{" else { return nil }
    var end = place + 1
    while let next = text[end], next.isASCII, next.isLetter || next == "*", end - place < 30 { end += 1 }
    guard text[end] == "}" else { return nil }
    let written = text.text(place + 1..<end)
    return (written.filter { $0 != "*" }, written)
  }
}
