import Foundation

/// The Markdown cells of a Jupyter notebook.
enum Notebook {
  private struct File: Decodable {
    let cells: [Cell]
  }

  private struct Cell: Decodable {
    let kind: String
    let source: Lines

    enum CodingKeys: String, CodingKey {
      case kind = "cell_type"
      case source
    }
  }

  /// A text, or the list of its lines.
  private struct Lines: Decodable {
    let text: String

    init(from decoder: Decoder) throws {
      let container = try decoder.singleValueContainer()
      if let lines = try? container.decode([String].self) {
        text = lines.joined()
      } else {
        text = try container.decode(String.self)
      }
    }
  }

  static func items(of text: String) throws(ParseError) -> [DocumentItem] {
    let file: File
    do {
      file = try JSONDecoder().decode(File.self, from: Data(text.utf8))
    } catch {
      throw Location(source: SourceText(String(text.prefix(1000))), offset: 0).error(
        "this is no notebook: a JSON object with a list 'cells' is expected, each with 'cell_type' and 'source'")
    }
    return file.cells.enumerated().filter { $1.kind == "markdown" }.flatMap { number, cell in
      MarkdownScanner.items(of: DocumentText(cell.source.text, cell: number + 1))
    }
  }
}
