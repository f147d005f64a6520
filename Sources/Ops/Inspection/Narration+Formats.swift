/// What a worked solution is written for.
public enum NarrationFormat: String, Sendable, CaseIterable { case text, markdown, latex, html }

extension Snapshot {
  /// The worked solution in one of several forms; see `narration`.
  ///
  /// Markdown has one display of mathematics for each pass, LaTeX is a document that needs amsmath, and ctex for Chinese;
  /// HTML is a page with its formulas in MathML.
  public func narration(as format: NarrationFormat, in language: NarrationLanguage = .english) -> String {
    let (forward, backward) = narrationLines
    let passes = [(language.forward, forward), (language.backward, backward)].filter { !$0.1.isEmpty }
    return switch format {
    case .text: narration(in: language)
    case .markdown:
      passes.map { "**\($0)**\n\n$$\n\(NarrationLaTeX.aligned($1, "aligned", language))\n$$\n" }.joined(separator: "\n")
    case .latex:
      """
      \\documentclass{article}
      \\usepackage{amsmath}
      \(language == .chinese ? "\\usepackage{ctex}\n" : "")\\allowdisplaybreaks
      \\begin{document}
      \(passes.map { "\\section*{\($0)}\n\(NarrationLaTeX.aligned($1, "align*", language))" }.joined(separator: "\n"))
      \\end{document}

      """
    case .html:
      WebPage(
        title: language.title, style: PictureStyle.text,
        body: passes.map { "<h2>\($0)</h2>\n" + NarrationLaTeX.html($1, language) }.joined(separator: "\n")
      ).text
    }
  }

  /// The worked solution in MathML, as a part of a page.
  package func narrationPart(in language: NarrationLanguage) -> String {
    let (forward, backward) = narrationLines
    return NarrationLaTeX.html(forward + backward, language)
  }
}

/// Lines of a worked solution in LaTeX.
private enum NarrationLaTeX {
  static func html(_ lines: [NarrationLine], _ language: NarrationLanguage) -> String {
    lines.map { "<div class=\"wide\">\(mathML($0, language))</div>" }.joined(separator: "\n")
  }

  static func aligned(_ lines: [NarrationLine], _ environment: String, _ language: NarrationLanguage) -> String {
    let rows = lines.map { line in
      let sides = line.sides.map(\.latex)
      return sides[0] + (sides.count > 1 ? " &= " + sides.dropFirst().joined(separator: " = ") : "")
        + notes(line, language)
    }
    return "\\begin{\(environment)}\n" + rows.joined(separator: " \\\\\n") + "\n\\end{\(environment)}"
  }

  private static func mathML(_ line: NarrationLine, _ language: NarrationLanguage) -> String {
    let latex = line.sides.map(\.latex).joined(separator: " = ") + notes(line, language)
    return Ops.mathML(ofLaTeX: latex) ?? line.sides.map(mathML).joined(separator: " = ")
  }

  /// A side by itself; what is no formula, as the range of many elements, is text.
  private static func mathML(_ side: WrittenFormula) -> String {
    Ops.mathML(ofLaTeX: side.latex, isDisplay: false) ?? MathML.escaped(side.text)
  }

  private static func notes(_ line: NarrationLine, _ language: NarrationLanguage) -> String {
    line.notes.map { "\\quad \\text{(\($0.words(language)))}" }.joined()
  }
}
