extension DocumentText {
  /// What a comment says to the reader of derivations: it begins with `chainrule`. Nil where it is for people.
  func declaration(_ comment: Range<Int>) -> DocumentItem? {
    let (word, text) = ("chainrule", characters[comment].drop(while: \.isWhitespace))
    guard text.starts(with: word) else { return nil }
    var body = text.dropFirst(word.count)
    if body.first == ":" {
      body.removeFirst()
    } else if body.first?.isWhitespace == false {
      return nil
    }
    return .declaration(String(body), location(body.indices))
  }
}
