import Train

/// The formulas of a document beside what was found out about them, as one page without scripts.
struct DocumentPage {
  let reports: [DocumentReport]

  var html: String {
    WebPage(
      title: reports.map(\.file).joined(separator: ", "), style: String(resource: PackageResources.document_css),
      body: reports.map(section).joined(separator: "\n")
    ).text
  }

  /// With its name above, where the page has several.
  private func section(_ report: DocumentReport) -> String {
    let name = reports.count > 1 ? "<h2>\(MathML.escaped(report.file))</h2>\n" : ""
    let rows = report.findings.filter { $0.kind != .mention }.map { row($0, report) }
    return name + "<p>\(MathML.escaped(report.summary))</p>\n" + rows.joined(separator: "\n")
  }

  private func row(_ finding: Finding, _ report: DocumentReport) -> String {
    let formula = mathML(ofLaTeX: finding.latex) ?? "<code>\(MathML.escaped(finding.latex))</code>"
    let place = finding.cell.map { "cell \($0), line \(finding.line)" } ?? "line \(finding.line)"
    let tag = finding.tag.map { " (\(MathML.escaped($0)))" } ?? ""
    return """
      <section class="formula">
      <div class="place">\(place)\(tag)</div>
      <div>\(formula)</div>
      <div><span class="\(Self.style(finding))">\(MathML.escaped(report.result(finding)))</span>\(details(finding))</div>
      </section>
      """
  }

  private static func style(_ finding: Finding) -> String {
    guard let outcome = finding.verdict?.outcome else { return "quiet" }
    switch outcome {
    case .holds: return finding.isAsExpected ? "holds" : "refuted"
    case .refuted: return finding.isAsExpected ? "expected" : "refuted"
    case .undefined: return "undecided"
    }
  }

  private func details(_ finding: Finding) -> String {
    guard !finding.reading.isEmpty else { return "" }
    var text = "read as \(finding.reading)"
    if let example = finding.verdict?.counterexample {
      text += "\n\nat " + example.at.map { "\($0.name) = \($0.value.formulaText)" }.joined(separator: ", ")
      text += "\nleft side  \(example.autodiff.formulaText)\nright side \(example.claimed.formulaText)"
    }
    return "<details><summary>how it was read</summary><pre>\(MathML.escaped(text))</pre></details>\(tape(finding))"
  }

  /// The worked solution at the point where a claim fails, if it is one that people read.
  private func tape(_ finding: Finding) -> String {
    guard let program = finding.readProgram, let verdict = finding.verdict,
      let recorded = (try? RecordedProgram(program, atCounterexampleOf: verdict)) ?? nil,
      recorded.tape.count <= 100
    else { return "" }
    let snapshot = recorded.tape.snapshot(recorded.output.backward(), output: recorded.output)
    return "\n<details><summary>the tape at this point</summary>\n\(snapshot.narrationPart(in: .english))</details>"
  }
}
