// Programs and claims that come one by one, in the notation of formulas or in LaTeX.

extension FormulasFile {
  /// One program with its domains and claims, each from a text of its own. What contains a command such as `\frac` is read
  /// as LaTeX; statements of such a program stand between semicolons.
  ///
  /// ```swift
  /// let file = try FormulasFile(
  ///   program: #"c = \frac{(wx - y)^2}{2}"#, domains: [], claims: [#"\frac{\partial c}{\partial w} = (wx - y)x"#])
  /// print(file.verify().lines[0].verdict!.isProved)  // true
  /// ```
  /// - Throws: ``ParseError`` at a mistake in the program or a domain. Of a claim that cannot be read the report tells.
  public init(program: String, domains: [String], claims: [String]) throws(ParseError) {
    let sources = domains.map { SourceText($0) }
    var trials: [Sized] = []
    for sizes in try NamedSizes.trials(of: sources) {
      let translation = try LaTeXTranslation(program, domains: sources, sizes: sizes)
      var entries: [Entry] = []
      for claim in claims { entries += translation.entries(of: claim) }
      trials.append(try Sized(translation.program, domains: sources, entries: entries, sizes: sizes))
    }
    // LaTeX may be read as more claims than there are texts.
    guard trials.allSatisfy({ $0.entries.count == trials[0].entries.count }) else {
      throw SourceText(program).start.error("the claims are others for other sizes")
    }
    try trials[0].checkDomainsAreUsed(sources)
    self.init(Section(trials))
  }
}

/// Reads claims in LaTeX about a program as a document would that begins with the program.
private struct LaTeXTranslation {
  let program: Program
  /// The program as a document, and what is said of its inputs.
  private let document: [DocumentItem]

  init(_ text: String, domains: [SourceText], sizes: [String: Int]) throws(ParseError) {
    guard text.hasLaTeXCommand else {
      program = try Program(parsing: SourceText(text), sizes: sizes, needsOutput: false)
      let trial = try FormulasFile.Sized(program, domains: domains, entries: [], sizes: sizes)
      let lines = try trial.statements(trial.subject(seed: 1), namingSizes: false).lines
      document = LaTeXScanner.items(of: DocumentText(lines.joined(separator: "\n")))
      return
    }
    var declarations: [String] = []
    for domain in domains {
      declarations += try Formula.Domain(parsing: domain, sizes: sizes).latex(namingSizes: false)
    }
    document = LaTeXScanner.items(of: DocumentText(declarations.joined(separator: "\n"))) + Self.formulas(text)
    program = try DerivationReader(document).program()
  }

  /// One, or one for each link of a chain.
  func entries(of claim: String) -> [FormulasFile.Entry] {
    let source = SourceText(claim)
    guard claim.hasLaTeXCommand else { return [FormulasFile.Entry(source: source)] }
    let readings: [Result<FormulasFile.Entry.Meaning, ParseError>]
    do throws(ParseError) {
      let known = try Self.findings(document).count
      // What may be refuted is a claim even where a document would define a name or state a condition.
      let refutable = DocumentItem.declaration("refuted", Location(source: source, offset: 0))
      let claims = Self.formulas(claim).flatMap { [refutable, $0] }
      readings = try Self.findings(document + claims).dropFirst(known).map(\.asReading)
    } catch {
      readings = [.failure(error)]
    }
    return readings.map { FormulasFile.Entry(source: source, reading: $0) }
  }

  private static func findings(_ document: [DocumentItem]) throws(ParseError) -> [Finding] {
    try DerivationReader(document).check(points: 1, seed: 1) { _ in }
  }

  /// What stands between semicolons, as displayed formulas in their places.
  private static func formulas(_ text: String) -> [DocumentItem] {
    let source = SourceText(text)
    return text.split(separator: ";").map { part in
      let offset = text.distance(from: text.startIndex, to: part.startIndex)
      return .math(MathSpan(String(part), at: Location(source: source, offset: offset), isDisplay: true))
    }
  }
}

extension Finding {
  fileprivate var asReading: Result<FormulasFile.Entry.Meaning, ParseError> {
    if let readClaim {
      return .success(
        FormulasFile.Entry.Meaning(claim: readClaim, isAtPoint: isAtPoint, program: readProgram))
    }
    return .failure(error ?? SourceText(latex).start.error("nothing is claimed here"))
  }
}

extension String {
  /// `\frac`, `\hat`: the notation of formulas has no backslash.
  fileprivate var hasLaTeXCommand: Bool { zip(self, dropFirst()).contains { $0 == "\\" && $1.isLetter } }
}
