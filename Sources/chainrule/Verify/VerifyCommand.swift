import Train

/// `chainrule verify`: verdicts on formulas derived by hand.
struct VerifyCommand: Command {
  static let name = "verify"
  static let summary = "is a derivative found on paper right? Verdicts, with a counterexample where not"
  static let operands = [
    "PROGRAM --claim CLAIM… [--domain DOMAIN…]", "FILE.formulas", "DOCUMENT… [--with FILE…]",
  ]
  static let about = #"""
    Tests claims about a program against its derivatives by the chain rule, or every formula of a document: Markdown
    (.md), LaTeX (.tex), a notebook (.ipynb), or - for standard input. A program or claim with a command such as \frac is
    read as LaTeX.
    """#
  static let notes = """
    Exit status: 0 every claim holds (or is refuted where the file expects it), 1 one does not, 2 one could
    not be tested.
    """
  static let examples = [
    "chainrule verify 'ŷ = w*x + b; e = ŷ - y; c = e^2' --claim 'dc/dw = 2*e*x' --claim 'dc/db = e'",
    """
    chainrule verify 'C = sum((X@W - Y)^2)/(2*n)' --claim "dC/dW = X'@(X@W - Y)/n" \\
        --domain 'X: [n, d]' --domain 'W: [d]' --domain 'Y: [n]'
    """,
    "chainrule verify notes.md",
  ]

  @Option(
    each: "claim", "CLAIM", .text,
    """
    dc/dw = 2*e*x, d2c/dw2 = 2*x^2, dc/dw = dc/de*de/dw, f'(x) = 2*x, an identity A = B, A >= B, a chain A = B = C, or \
    to first order A ≈ B in h
    """)
  var claims: [String]
  @Option(
    each: "domain", "DOMAIN", .text,
    "y in {-1, 1}, x in [-2, 2], X: [5, 3], X: [n, d] for sizes of any value, n = 5; else numbers from [-2, 2]")
  var domains: [String]
  @Option(
    "points", "N", .whole(in: 1...1_000_000),
    "how many points to compare, fewer where each has thousands of derivatives")
  var points = 100
  @Option("seed", "N", .seed, "another seed gives other points") var seed: UInt64 = 1
  @Option(flag: "suggest", "a right form of each refuted gradient") var suggests: Bool
  @Option(
    "format", "FORM", .choice,
    """
    text, json, markdown; of programs and .formulas also latex, and html: the tape at the first counterexample; of \
    documents html and annotations
    """)
  var format = VerifyReport.Format.text
  @Option(each: "with", "FILE", .text, "declarations beside a document: shapes, values, definitions")
  var companions: [String]
  @Option(each: "let", "LINE", .text, "one line of such a file: 'X: [n, d]', 'y in {-1, 1}', 'ŷ = W^T x'")
  var lets: [String]
  @Option(flag: "explain", "how every formula of a document was read") var explains: Bool
  @Option(flag: "strict", "formulas of a document that were not read are errors") var isStrict: Bool
  @Option("as", "FORM", .choice, "what standard input is: markdown, latex or notebook")
  var kind = Derivation.Format.markdown

  func run(_ words: [String], _ console: Console) throws -> Int32 {
    if !words.isEmpty, words.allSatisfy({ $0 == "-" || DocumentFile.format(of: $0) != nil }) {
      return try verifyDocuments(words, console)
    }
    if format == .annotations { throw Failure("--format annotations is for documents") }
    let file = try file(words)
    let found = verdicts(of: file, console)
    let report = VerifyReport(lines: found.lines)
    console.progress("")
    let rest =
      switch format {
      case .text: report.ending
      case .latex: try file.latex(verdicts: found)
      case .html: try page(found, console)
      case .json: "\(report.json)"
      case .markdown, .annotations: report.markdown
      }
    if !rest.isEmpty { console.print(rest) }
    return report.status
  }

  /// The tape at the counterexample of the first refuted claim.
  private func page(_ found: FormulasReport, _ console: Console) throws -> String {
    for line in found.lines {
      guard let program = line.program, let verdict = line.verdict,
        let recorded = try RecordedProgram(program, atCounterexampleOf: verdict)
      else { continue }
      return recorded.tape.inspector(of: recorded.output, title: "refuted: \(verdict.claim): \(verdict.explanation)")
    }
    console.message("no gradient of a number is refuted: there is no tape at a counterexample to show")
    return ""
  }

  private func file(_ words: [String]) throws -> FormulasFile {
    guard let first = words.first else {
      throw Failure("a program or a file is missing; try chainrule verify --help")
    }
    guard words.count == 1 else {
      if words.contains(where: { DocumentFile.format(of: $0) != nil }) {
        throw Failure(
          "documents are verified together with documents only; \(words.first { DocumentFile.format(of: $0) == nil }!.quoted) is none"
        )
      }
      let hint = claims.isEmpty ? "; a claim is written --claim \(words[1].quoted)" : ""
      throw Failure("one program or file is expected, found also \(words[1].quoted)" + hint)
    }
    if first.hasSuffix(".formulas") {
      guard claims.isEmpty, domains.isEmpty else {
        throw Failure("--claim and --domain belong to a program; a file has its own")
      }
      let text = try DocumentFile.text(first)
      do {
        return try FormulasFile(parsing: text)
      } catch {
        throw Failure("\(first): \(error)")
      }
    }
    guard !claims.isEmpty else {
      throw Failure("a claim is missing: --claim 'dc/dw = …'; or a file of claims, whose name ends in .formulas")
    }
    return try FormulasFile(program: first, domains: domains, claims: claims)
  }

  /// Text appears line by line, as the verdicts are found; other formats are whole.
  private func verdicts(of file: FormulasFile, _ console: Console) -> FormulasReport {
    var report = VerifyReport(lines: [])
    func showProgress() {
      // A chain, which counts as one in the file, has a line for each link.
      let total = max(file.claimCount, report.lines.count)
      console.progress("\(report.lines.count) of \(counted(total, "claim")) tested")
    }
    showProgress()
    return file.verify(points: points, seed: seed, suggesting: suggests) { line in
      let text = report.adding(line)
      if format == .text {
        console.progress("")
        console.print(text)
      }
      showProgress()
    }
  }
}
