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

  var count: Int { characters.count }

  subscript(place: Int) -> Character? { place < characters.count && place >= 0 ? characters[place] : nil }

  func starts(with text: String, at place: Int) -> Bool { characters.dropFirst(place).starts(with: text) }

  func text(_ range: Range<Int>) -> String { String(characters[range]) }

  /// How many of a character follow one another from a place on.
  func run(of character: Character, at place: Int) -> Int {
    characters[place...].prefix { $0 == character }.count
  }

  // MARK: Lines

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

  /// Where the next line begins, or the end of the text.
  func nextLine(from place: Int) -> Int { min(endOfLine(from: place) + 1, characters.count) }

  func isStartOfLine(_ place: Int) -> Bool { place == 0 || self[place - 1]?.isNewline == true }

  /// The marks of quotations that the line of a place begins with.
  private func quotationMarks(onLineOf place: Int) -> Int {
    characters[lineStarts[line(of: place)]..<place].prefix { $0 == ">" || $0 == " " }.count { $0 == ">" }
  }

  // MARK: Pieces

  /// Of a line longer than this, messages need only the surroundings of what they are about.
  private static let longLine = 200

  /// Where a piece stands: the source is its lines alone, so that its messages cost no more than these.
  func location(_ range: Range<Int>) -> Location {
    let first = line(of: range.lowerBound)
    let start = max(lineStarts[first], range.lowerBound - Self.longLine)
    let lineEnd = max(range.upperBound, endOfLine(from: max(range.lowerBound, range.upperBound - 1)))
    let end = min(lineEnd, range.upperBound + Self.longLine, characters.count)
    let source = SourceText(
      text(start..<end), firstLine: first + 1, firstColumn: start - lineStarts[first] + 1, cell: cell)
    return Location(source: source, offset: range.lowerBound - start)
  }

  /// A formula. If it stands in a quotation, the marks at the starts of its further lines become blanks.
  func span(_ range: Range<Int>, isDisplay: Bool, macros: [String: Macro] = [:]) -> MathSpan {
    var text = Array(characters[range])
    let marks = quotationMarks(onLineOf: range.lowerBound)
    var left = 0
    for place in text.indices where marks > 0 {
      if text[place].isNewline {
        left = marks
      } else if text[place] == ">", left > 0 {
        text[place] = " "
        left -= 1
      } else if text[place] != " " {
        left = 0
      }
    }
    return MathSpan(String(text), at: location(range), isDisplay: isDisplay, macros: macros)
  }

  /// Where a text is found next before a limit.
  func next(_ text: String, from place: Int, before limit: Int) -> Int? {
    (place..<max(place, limit)).first { starts(with: text, at: $0) }
  }

  /// The longest text in braces that is looked at: a title, a command that the document defines.
  private static let longestBraces = 2000

  /// The text in braces that begins at a place, and the place behind it.
  func braces(at place: Int) -> (range: Range<Int>, behind: Int)? {
    guard self[place] == "{" else { return nil }
    var (end, depth) = (place, 0)
    while end < min(characters.count, place + Self.longestBraces) {
      switch characters[end] {
      case "\\": end += 1
      case "{": depth += 1
      case "}": depth -= 1
      default: break
      }
      if depth == 0 { return (place + 1..<end, end + 1) }
      end += 1
    }
    return nil
  }
}
