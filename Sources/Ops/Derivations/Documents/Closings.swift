/// Finds where delimiters close, and remembers up to where none was found: thousands of open ones take linear time.
struct Closings {
  /// What a remark begins with, up to the end of its line; nothing closes there.
  let comment: Character?
  /// For each closing delimiter the place before which there is none behind the last one that was looked for.
  private var absent: [String: Int] = [:]

  init(comment: Character? = nil) { self.comment = comment }

  /// The first place from `start` on at which `isClosing` says so.
  ///
  /// - Parameter name: the same for all searches with the same `isClosing`, whose answer depends on the place alone.
  mutating func find(
    _ name: String, from start: Int, before limit: Int, in text: DocumentText, where isClosing: (Int) -> Bool
  ) -> Int? {
    var place = max(start, absent[name] ?? 0)
    while place < limit {
      if isClosing(place) { return place }
      switch text[place] {
      case "\\": place += 2
      case comment?: place = text.endOfLine(from: place)
      default: place += 1
      }
    }
    absent[name] = max(limit, absent[name] ?? 0)
    return nil
  }

  /// The first place of a text that no backslash stands before.
  mutating func find(_ closing: String, from start: Int, before limit: Int, in text: DocumentText) -> Int? {
    find(closing, from: start, before: limit, in: text) { text.starts(with: closing, at: $0) }
  }
}
