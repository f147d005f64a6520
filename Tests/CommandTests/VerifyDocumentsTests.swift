import Foundation
import Testing

@Suite("chainrule verify of documents")
struct VerifyDocumentsTests {
  private static let text = """
    With $z = wx + b$ and $C = z^2$:

    $$\\frac{\\partial C}{\\partial w} = 2zx \\tag{1}$$
    <!-- chainrule: refuted: x -->
    $$\\frac{\\partial C}{\\partial b} = 2zx$$

    and $\\operatorname{prox}(v) = v$, $|z| < 1$ & more.
    """

  private func run(_ text: String, name: String = "notes.md", _ options: String...) throws -> Chainrule.Result {
    let folder = FileManager.default.temporaryDirectory.appending(path: "chainrule-\(UUID())")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let file = folder.appending(path: name).path
    try text.write(toFile: file, atomically: true, encoding: .utf8)
    let result = try Chainrule.run(["verify", file] + options)
    return Chainrule.Result(
      status: result.status, output: result.output.replacing(file, with: name),
      errors: result.errors.replacing(file, with: name))
  }

  @Test("text, with what was expected to be wrong, and the status")
  func text() throws {
    let result = try run(Self.text)
    #expect(result.status == 0)
    let lines = result.output.split(separator: "\n").map(String.init)
    #expect(lines.contains { $0.hasPrefix("notes.md:3 ") && $0.hasSuffix("proved") })
    #expect(lines.contains { $0.hasPrefix("notes.md:5 ") && $0.contains("refuted as expected: off by a factor x") })
    #expect(lines.last == "5 formulas: 1 claim holds (1 proved), 1 refuted as expected, 1 not read")
    #expect(try run(Self.text, "--strict").status == 2)
    #expect(try run(Self.text.replacing("refuted: x", with: "σ: function")).status == 1)
  }

  @Test("JSON with the members that programs read")
  func json() throws {
    let output = try run(Self.text, "--format", "json").output
    let document = try #require(try JSONSerialization.jsonObject(with: Data(output.utf8)) as? [String: Any])
    let formulas = try #require(document["formulas"] as? [[String: Any]])
    #expect(formulas.map { $0["line"] as? Int } == [1, 1, 3, 5, 7])
    #expect(formulas[2]["tag"] as? String == "1")
    #expect(formulas[2]["reading"] as? String == "∂C/∂w = 2·z·x")
    #expect(formulas[2]["proved"] as? Bool == true)
    let at = (formulas[3]["counterexample"] as? [String: Any])?["at"] as? [String: Any]
    #expect(Set(at.map(\.keys) ?? [:].keys) == ["w", "x", "b"])
    #expect(formulas[4]["reason"] as? String == "no function 'prox'")
  }

  @Test("annotations: one line each, of what is not as it should be")
  func annotations() throws {
    let output = try run(Self.text.replacing("refuted: x", with: "σ: function"), "--format", "annotations").output
    let lines = output.split(separator: "\n")
    #expect(lines.count == 2)
    #expect(lines[0].hasPrefix("::error file=notes.md,line=5,col=3::refuted: off by a factor x"))
    #expect(lines[1].hasPrefix("::warning file=notes.md,line=7,col="))
  }

  @Test("a page is well-formed XML but for its first line")
  func page() throws {
    let output = try run(Self.text, "--format", "html").output
    let body = output.replacing("<!DOCTYPE html>", with: "").replacing(try Regex("<meta [^>]*>"), with: "")
    let parser = XMLLint(body)
    #expect(parser.complaint == nil)
    #expect(output.contains("<mfrac><mrow><mo>∂</mo><mi>C</mi></mrow>"))
  }

  @Test("LaTeX with commands of its own, a notebook, declarations from the command line")
  func formats() throws {
    let tex =
      "\\newcommand{\\d}[2]{\\frac{\\partial #1}{\\partial #2}}\n\\begin{align*}\n L &= \\|w\\|^2 \\\\\n \\d{L}{w} &= 2w\n\\end{align*}\n"
    let result = try run(tex, name: "notes.tex", "--let", "w: [n]")
    #expect(result.output.contains("proved for 3 sizes"))
    let notebook =
      "{\"cells\": [{\"cell_type\": \"code\", \"source\": \"$1=2$\"}, {\"cell_type\": \"markdown\", \"source\": [\"a\\n\", \"$1 + 1 = 2$\"]}]}"
    #expect(try run(notebook, name: "book.ipynb").output.hasPrefix("book.ipynb:cell 2:2"))
    let wrong = try run("no JSON", name: "book.ipynb")
    #expect(wrong.status == 2)
    #expect(wrong.errors.hasPrefix("chainrule: book.ipynb: line 1, column 1: this is no notebook: expected a value\n"))
  }

  @Test(
    "exit status",
    arguments: [
      ("$c = w^2$, $\\frac{dc}{dw} = w$", [], 1),
      ("$c = w^2$, <!-- chainrule: refuted: no slip --> $\\frac{dc}{dw} = 2w$", [], 1),
      ("$c = \\unknown{w}$", [], 0), ("$c = \\unknown{w}$", ["--strict"], 2), ("It costs $5 or $6.", ["--strict"], 0),
    ] as [(String, [String], Int32)])
  func status(text: String, options: [String], status: Int32) throws {
    let file = FileManager.default.temporaryDirectory.appending(path: "\(UUID()).md")
    defer { try? FileManager.default.removeItem(at: file) }
    try text.write(to: file, atomically: true, encoding: .utf8)
    let result = Chainrule.called(["verify", file.path, "--points", "5"] + options)
    #expect(result.status == status, "\(result)")
  }

  /// A comma in the name of a file would end it; markup would run where the page is shown.
  @Test("no report takes anything from a document as its own")
  func markup() throws {
    let text = "$c = w^2$ and $\\text{<script>alert(1)</script>}||c|| = \\unknown{<b>}$"
    let page = try run(text, "--format", "html").output
    for markup in ["<script", "<b>"] { #expect(!page.contains(markup), "\(page)") }
    #expect(try run(text, "--format", "markdown").output.contains("\\|\\|c\\|\\|"))
    #expect(
      try run(text, name: "a,b.md", "--format", "annotations").output.contains("/a%2Cb.md,line=1,"))
  }
}

/// Whether every element is closed in its order.
private struct XMLLint {
  let complaint: String?

  init(_ text: String) {
    var open: [Substring] = []
    var rest = text[...]
    while let start = rest.firstIndex(of: "<") {
      guard let end = rest[start...].firstIndex(of: ">") else { break }
      let tag = rest[rest.index(after: start)..<end]
      rest = rest[rest.index(after: end)...]
      if tag.hasPrefix("/") {
        guard open.popLast() == tag.dropFirst() else {
          complaint = "</\(tag.dropFirst())>"
          return
        }
      } else {
        open.append(tag.prefix { $0 != " " })
      }
    }
    complaint = open.last.map(String.init)
  }
}
