/// The characters of a document with the lines they stand on, so that pieces can be cut out with their places.
struct DocumentText {
  let characters: [Character]
  /// Where each line begins.
  private let lineStarts: [Int]
  /// Of a notebook: the number of the cell whose text it is.
  let cell: Int?

  init(_ text: String, cell: Int? = nil) {
    let characters = Array(text)
    lineStarts = [0] + characters.indices.filter { characters[$0].isNewline }.map { $0 + 1 }
    (self.characters, self.cell) = (characters, cell)
  }

  subscript(place: Int) -> Character? { place < characters.count && place >= 0 ? characters[place] : nil }

  func starts(with text: String, at place: Int) -> Bool {
    var place = place
    for character in text {
      guard self[place] == character else { return false }
      place += 1
    }
    return true
  }

  func text(_ range: Range<Int>) -> String { String(characters[range]) }

  /// The line of a place, from 0.
  private func line(of place: Int) -> Int {
    var (low, high) = (0, lineStarts.count)
    while high - low > 1 {
      let middle = (low + high) / 2
      if lineStarts[middle] <= place { low = middle } else { high = middle }
    }
    return low
  }

  func endOfLine(from place: Int) -> Int {
    let line = line(of: place)
    return line + 1 < lineStarts.count ? lineStarts[line + 1] - 1 : characters.count
  }

  func isStartOfLine(_ place: Int) -> Bool { place == 0 || self[place - 1]?.isNewline == true }

  /// Where a piece stands: the source is its lines alone, so that its messages cost no more than these.
  func location(_ range: Range<Int>) -> Location {
    let first = line(of: range.lowerBound)
    let start = lineStarts[first]
    let end = max(range.upperBound, endOfLine(from: max(range.lowerBound, range.upperBound - 1)))
    let source = SourceText(text(start..<min(end, characters.count)), firstLine: first + 1, cell: cell)
    return Location(source: source, offset: range.lowerBound - start)
  }

  /// A formula; marks of quotations at the starts of its lines become blanks.
  func span(_ range: Range<Int>, isDisplay: Bool, macros: [String: Macro] = [:]) -> MathSpan {
    var text = Array(characters[range])
    var isStart = false
    for place in text.indices {
      if text[place].isNewline {
        isStart = true
      } else if isStart, text[place] == ">" {
        text[place] = " "
      } else if !text[place].isWhitespace {
        isStart = false
      }
    }
    return MathSpan(String(text), at: location(range), isDisplay: isDisplay, macros: macros)
  }

  /// Where a text is found next.
  func next(_ text: String, from place: Int) -> Int? {
    guard let first = text.first else { return nil }
    var place = place
    while place < characters.count {
      if characters[place] == first, starts(with: text, at: place) { return place }
      place += 1
    }
    return nil
  }

  /// The text in braces that begins at a place, and the place behind it.
  func braces(at place: Int) -> (Range<Int>, Int)? {
    guard self[place] == "{" else { return nil }
    var (end, depth) = (place, 0)
    while end < characters.count {
      if characters[end] == "\\" { end += 2; continue }
      if characters[end] == "{" { depth += 1 }
      if characters[end] == "}" { depth -= 1 }
      if depth == 0 { return (place + 1..<end, end + 1) }
      end += 1
    }
    return nil
  }
}

/// The environments whose body is mathematics.
enum MathEnvironments {
  static let names: Set<String> = [
    "equation", "align", "gather", "multline", "eqnarray", "displaymath", "math", "alignat", "flalign", "subequations",
    "aligned", "gathered", "split", "dmath",
  ]

  static let verbatim: Set<String> = [
    "verbatim", "lstlisting", "minted", "comment", "Verbatim", "alltt", "filecontents",
  ]
}
