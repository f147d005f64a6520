/// What a comment says to the reader of derivations: it begins with `chainrule`.
enum DocumentDeclaration {
  private static let word = "chainrule"

  /// Nil where the comment is for people.
  static func item(in document: DocumentText, _ comment: Range<Int>) -> DocumentItem? {
    var start = comment.lowerBound
    while start < comment.upperBound, document[start]?.isWhitespace == true { start += 1 }
    guard document.starts(with: word, at: start) else { return nil }
    start += word.count
    if document[start] == ":", start < comment.upperBound {
      start += 1
    } else if start < comment.upperBound, document[start]?.isWhitespace == false {
      return nil
    }
    guard start <= comment.upperBound else { return nil }
    let body = start..<comment.upperBound
    return .declaration(document.text(body), document.location(body))
  }
}
