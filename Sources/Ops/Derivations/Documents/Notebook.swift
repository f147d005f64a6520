/// The Markdown cells of a Jupyter notebook.
enum Notebook {
  static func items(of text: String) throws(ParseError) -> [DocumentItem] {
    let file: JSONValue
    do throws(JSONError) {
      file = try JSONValue(json: text.utf8)
    } catch {
      throw Location(source: SourceText(text), offset: text.characterCount(before: error.byte)).error(
        "this is no notebook: \(error.message)")
    }
    guard case .array(let cells)? = file["cells"] else {
      throw SourceText(text).start.error(
        "this is no notebook: expected an object with a list 'cells'", expected: "a list 'cells'")
    }
    return cells.enumerated().filter { $1["cell_type"] == "markdown" }.flatMap { number, cell in
      MarkdownScanner.items(of: DocumentText(cell["source"]?.lines ?? "", cell: number + 1))
    }
  }
}

extension JSONValue {
  /// A text, or the list of its lines.
  fileprivate var lines: String {
    switch self {
    case .string(let text): text
    case .array(let lines): lines.map(\.lines).joined()
    default: ""
    }
  }
}

extension String {
  fileprivate func characterCount(before byte: Int) -> Int {
    distance(from: startIndex, to: utf8.index(startIndex, offsetBy: byte, limitedBy: endIndex) ?? endIndex)
  }
}
