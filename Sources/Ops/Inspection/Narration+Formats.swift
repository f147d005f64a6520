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

/// A line of a worked solution as LaTeX. Each side becomes one formula, in which derivatives and what is no formula have
/// names of one private character; parentheses are then those of all formulas.
private struct NarrationLaTeX {
  static func html(_ lines: [NarrationLine], _ language: NarrationLanguage) -> String {
    lines.map { "<div class=\"wide\">\(mathML($0, language))</div>" }.joined(separator: "\n")
  }

  private var written: [String] = []

  static func aligned(_ lines: [NarrationLine], _ environment: String, _ language: NarrationLanguage) -> String {
    let rows = lines.map { line in
      let sides = sides(of: line)
      return sides[0] + (sides.count > 1 ? " &= " + sides.dropFirst().joined(separator: " = ") : "")
        + note(line, language)
    }
    return "\\begin{\(environment)}\n" + rows.joined(separator: " \\\\\n") + "\n\\end{\(environment)}"
  }

  static func mathML(_ line: NarrationLine, _ language: NarrationLanguage) -> String {
    let latex = sides(of: line).joined(separator: " = ") + note(line, language)
    return Ops.mathML(ofLaTeX: latex) ?? "<code>\(MathML.escaped(latex))</code>"
  }

  private static func note(_ line: NarrationLine, _ language: NarrationLanguage) -> String {
    line.note.map { "\\quad \\text{(\($0.words(language)))}" } ?? ""
  }

  /// Each written once where it repeats the one before.
  private static func sides(of line: NarrationLine) -> [String] {
    var shown: [String] = []
    for side in line.sides {
      var writer = NarrationLaTeX()
      let text = writer.text(side)
      if text != shown.last { shown.append(text) }
    }
    return shown
  }

  private mutating func text(_ products: [[NarrationLine.Factor]]) -> String {
    var sum: Formula?
    for factors in products {
      var product: Formula?
      for factor in factors {
        let next = formula(factor)
        product = product.map { Formula(.binary(.times, $0, next)) } ?? next
      }
      guard let product else { continue }
      sum = sum.map { Formula(.binary(.plus, $0, product)) } ?? product
    }
    return filledIn(sum?.latex ?? "")
  }

  private mutating func formula(_ factor: NarrationLine.Factor) -> Formula {
    switch factor {
    case .total(let of, let by): return derivative("d", of, by)
    case .local(let of, let by): return derivative("\\partial ", of, by)
    case .formula(let text): return parsed(text)
    case .pullback(let text, let upstream):
      let g = upstream.map { derivative("d", $0.output, $0.by) } ?? 1
      return parsed(text).fold { (form: Formula.Form<Formula>, _) in form == .name("g") ? g : Formula(form) }
    }
  }

  private mutating func derivative(_ d: String, _ of: String, _ by: String) -> Formula {
    held("\\frac{\(d)\(label(of))}{\(d)\(label(by))}")
  }

  /// A name, or a formula in parentheses.
  private mutating func label(_ text: String) -> String {
    let formula = parsed(text)
    let isName = if case .name = formula.form { true } else { false }
    return isName ? filledIn(formula.latex) : "\\left(\(filledIn(formula.latex))\\right)"
  }

  private mutating func parsed(_ text: String) -> Formula {
    (try? Formula(parsing: text)) ?? held("\\text{\(text.escapedForLaTeX)}")
  }

  private static let firstHeld: UInt32 = 0xE000

  private mutating func held(_ latex: String) -> Formula {
    written.append(latex)
    return .name(String(Unicode.Scalar(Self.firstHeld + UInt32(written.count - 1)).map(Character.init) ?? "?"))
  }

  private func filledIn(_ latex: String) -> String {
    var (result, rest) = ("", latex[...])
    while let next = rest.popFirst() {
      guard let scalar = next.unicodeScalars.first?.value, scalar >= Self.firstHeld,
        Int(scalar - Self.firstHeld) < written.count
      else { result.append(next); continue }
      let text = written[Int(scalar - Self.firstHeld)]
      result += rest.first == "^" ? "\\left(\(text)\\right)" : text
    }
    return result
  }
}
