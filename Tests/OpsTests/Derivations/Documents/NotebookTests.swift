import Foundation
import Testing

@testable import Ops

@Suite("Mathematics in notebooks")
struct NotebookTests {
  private func message(_ text: String) -> String? {
    do throws(ParseError) {
      _ = try Notebook.items(of: text)
      return nil
    } catch {
      return "\(error.line):\(error.column) \(error.message)"
    }
  }

  @Test("Markdown cells, with lines counted in the cell")
  func cells() throws {
    let cells: [[String: Any]] = [
      ["cell_type": "markdown", "source": ["# T\n", "\n", "Let $x$"]],
      ["cell_type": "code", "source": ["y = \"$y$\""], "outputs": []],
      ["cell_type": "markdown", "source": "by\n$z$ and `"],
      ["cell_type": "markdown", "source": "` $a$"], ["cell_type": "markdown"], [:],
    ]
    let data = try JSONSerialization.data(withJSONObject: ["cells": cells, "nbformat": 4])
    let items = try Notebook.items(of: String(decoding: data, as: UTF8.self))
    #expect(Scanned(items).lines == ["# T", "1:3:6 x", "3:2:2 z", "4:1:4 a"])
  }

  @Test(
    "what is no notebook",
    arguments: [
      ("", "1:1 this is no notebook: expected a value before the text ends"),
      ("# Notes\n$x$", "1:1 this is no notebook: expected a value"),
      ("{\n \"cells\": [\n", "3:1 this is no notebook: expected a value before the text ends"),
      ("{\"é\": 1,}", "1:9 this is no notebook: expected a key in quotes"),
      ("{\"cells\": 1}", "1:1 this is no notebook: expected an object with a list 'cells'"),
      ("[]", "1:1 this is no notebook: expected an object with a list 'cells'"),
    ])
  func none(text: String, expected: String) { #expect(message(text) == expected) }
}
