/// A text of declarations beside a document.
struct SideText {
  private var sections: [(title: String, lines: [(String, Location)])] = [("", [])]

  init(_ text: String) {
    let source = SourceText(text)
    var offset = 0
    for line in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline) {
      if line.first == "#" {
        sections.append((line.drop { $0 == "#" || $0 == " " }.description, []))
      } else {
        sections[sections.count - 1].lines.append((String(line), Location(source: source, offset: offset)))
      }
      offset += line.count + 1
    }
  }

  /// What is in force from the beginning.
  var start: [(String, Location)] { sections[0].lines }

  /// What is in force from a heading on.
  func lines(for title: String) -> [(String, Location)] {
    sections.dropFirst().filter { title.containsWord($0.title) }.flatMap(\.lines)
  }
}

extension String {
  /// Whether a word stands in it that is no part of a longer one: 3.1 is not in "3.1.2".
  func containsWord(_ word: String) -> Bool {
    guard !word.isEmpty else { return false }
    let (text, word) = (Array(self), Array(word))
    func isPart(_ place: Int) -> Bool {
      guard text.indices.contains(place) else { return false }
      return text[place].isDigit
        || (text[place] == "." && text.indices.contains(place + 1) && text[place + 1].isDigit)
    }
    return text.indices.contains { start in
      text[start...].starts(with: word) && !isPart(start + word.count)
        && !(start > 0 && isPart(start - 1) && word[0].isNumber)
    }
  }
}
