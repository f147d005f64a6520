import Train

/// A document on disk.
enum DocumentFile {
  static func format(of path: String) -> Derivation.Format? {
    let lowercased = path.lowercased()
    if [".md", ".markdown", ".mdown", ".qmd", ".rmd"].contains(where: lowercased.hasSuffix) { return .markdown }
    if [".tex", ".ltx"].contains(where: lowercased.hasSuffix) { return .latex }
    return lowercased.hasSuffix(".ipynb") ? .notebook : nil
  }

  static func text(_ path: String) throws -> String {
    let bytes = try WholeFile.read(path == "-" ? "/dev/stdin" : path)
    guard let text = String(validating: bytes, as: UTF8.self) else { throw Failure("\(path): the text is not UTF-8") }
    return text
  }
}

extension VerifyCommand {
  /// Every formula of some documents; text appears line by line, other formats are whole.
  func verifyDocuments(_ paths: [String], _ console: Console) throws -> Int32 {
    guard claims.isEmpty else { throw Failure("--claim belongs to a program; the claims of a document stand in it") }
    if format == .latex { throw Failure("--format latex is for programs and files of formulas") }
    guard !suggests else { throw Failure("--suggest is for programs and files of formulas") }
    let declarations = try companions.map(DocumentFile.text) + [(lets + domains).joined(separator: "\n")]
    var reports: [DocumentReport] = []
    for path in paths { reports.append(try report(path, declarations, console)) }
    switch format {
    case .text, .latex: break
    case .json:
      let all = reports.map(\.json)
      console.print((all.count == 1 ? all[0] : .array(all)).description)
    case .markdown: console.print(reports.map(\.markdown).joined(separator: "\n\n"))
    case .html: console.print(DocumentPage(reports: reports).html)
    case .annotations:
      let lines = reports.map(\.annotations).filter { !$0.isEmpty }
      if !lines.isEmpty { console.print(lines.joined(separator: "\n")) }
    }
    return reports.map { $0.status(isStrict: isStrict) }.max() ?? 0
  }

  private func report(_ path: String, _ declarations: [String], _ console: Console) throws -> DocumentReport {
    let name = path == "-" ? "standard input" : path
    do {
      let text = try DocumentFile.text(path)
      let derivation = try Derivation(
        parsing: text, as: DocumentFile.format(of: path) ?? kind, declarations: declarations)
      var report = DocumentReport(file: name, explains: explains)
      console.progress("\(counted(derivation.formulaCount, "formula"))")
      try derivation.check(points: points, seed: seed) { finding in
        report.findings.append(finding)
        if format == .text, let line = report.text(finding) {
          console.progress("")
          console.print(line)
        }
        console.progress("\(report.findings.count) formulas")
      }
      console.progress("")
      if format == .text { console.print(report.summary) }
      return report
    } catch let error as ParseError {
      throw Failure("\(name): \(error)")
    }
  }
}
