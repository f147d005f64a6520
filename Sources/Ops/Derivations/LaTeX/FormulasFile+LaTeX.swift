extension FormulasFile {
  /// The file as a LaTeX document that ``Derivation`` reads: a section for each of its own, domains as comments, statements
  /// and claims as displayed formulas.
  ///
  /// ```swift
  /// let file = try FormulasFile(parsing: "c = w^2\nclaim: dc/dw = 2*w")
  /// for finding in try Derivation(parsing: file.latex(), as: .latex).check() { print(finding.latex) }
  /// // c = w^{2}
  /// // \frac{\partial c}{\partial w} = 2 \cdot w
  /// ```
  /// - Parameter verdicts: stand behind the claims, in words.
  /// - Throws: ``ParseError`` at what names something that does not exist.
  public func latex(verdicts: FormulasReport? = nil) throws(ParseError) -> String {
    let known = Dictionary(grouping: verdicts?.lines ?? [], by: \.entry.place)
    var lines = ["\\documentclass{article}", "\\usepackage{amsmath}", "\\begin{document}"]
    for section in sections { lines += try section.latex(known) }
    return (lines + ["\\end{document}"]).joined(separator: "\n") + "\n"
  }
}

extension FormulasFile.Section {
  fileprivate func latex(_ verdicts: [String: [FormulasReport.Line]]) throws(ParseError) -> [String] {
    let subject = try trials[0].subject(seed: 1)
    var (lines, ranks) = try trials[0].statements(subject, namingSizes: true)
    lines = ["", "\\section*{\(title.escapedForLaTeX)}", "% chainrule: new"] + lines
    for claim in claims {
      if !claim.note.isEmpty { lines.append(claim.note.escapedForLaTeX) }
      let (names, formulas) = try claim.latex(subject, ranks)
      lines += names
      if let why = claim.expectedRefutation { lines.append("% chainrule: refuted: " + why.inOneDeclaration) }
      lines += formulas.map { "\\[ \($0) \\]" }
      lines += verdicts[claim.place, default: []].map { $0.words(ranks) }
    }
    return lines
  }
}

extension FormulasFile.Sized {
  /// What is said of names, and the statements; with the rank of each name.
  /// - Parameter namingSizes: whether sizes have the names that the domains give them, or the values of this trial.
  func statements(_ subject: Subject, namingSizes: Bool) throws(ParseError) -> (lines: [String], ranks: [String: Int]) {
    var inputs = Set(program?.freeNames ?? [])
    for claim in entries { inputs.formUnion(try claim.names) }
    inputs.subtract((program?.lines.compactMap(\.name) ?? []) + ["in"])
    if namingSizes { inputs.subtract(sizes.keys) }
    let own = Set(domains.map(\.name))
    var lines = inputs.subtracting(own).sorted().map { "% chainrule: \(LaTeXName($0).text): number" }
    lines += (inputs.union(own).union(program?.names ?? [])).filter(\.hasLabel).sorted().map {
      "% chainrule: \(LaTeXName($0).text): name"
    }
    lines += domains.flatMap { $0.latex(namingSizes: namingSizes) }
    var ranks = Dictionary(domains.map { ($0.name, $0.rank) }, uniquingKeysWith: { $1 })
    for statement in subject.program?.statements ?? [] {
      guard let name = statement.name else { continue }
      ranks[name] = statement.formula.rank(ranks)
      lines.append(LaTeXName(name).display(statement.formula, ranks))
    }
    return (lines, ranks)
  }
}

extension FormulasFile.Entry {
  /// What names it needs, and its claims.
  fileprivate func latex(
    _ subject: Subject, _ ranks: [String: Int]
  ) throws(ParseError) -> (names: [String], formulas: [String]) {
    guard reading == nil else { return ([], [text]) }
    let links = try subject.claims(source)
    let arguments = links.first?.arguments.map { LaTeXName($0.name!).display($0.formula, ranks) } ?? []
    let small = links.compactMap(\.small).first.map { ["% chainrule: \(LaTeXName($0).text) in {0}"] } ?? []
    return (arguments + small, links.map { $0.claim.latex(ranks: ranks) })
  }

  /// Claims of the command line have the same line.
  fileprivate var place: String { "\(line) \(text)" }
}

extension FormulasReport.Line {
  fileprivate func words(_ ranks: [String: Int]) -> String {
    guard let verdict else { return "not tested: \(error?.message.escapedForLaTeX ?? "")" }
    let explanation = [verdict.outcome.rawValue, verdict.explanation].filter { !$0.isEmpty }.joined(separator: ": ")
    return explanation.escapedForLaTeX + (suggestion.map { "; try \\(\($0.latex(ranks: ranks))\\)" } ?? "")
  }
}

extension LaTeXName {
  /// What a name stands for; a plain number in a comment, as in a text `n = 5` only says what n might be.
  fileprivate func display(_ formula: Formula, _ ranks: [String: Int]) -> String {
    if let value = formula.arithmeticValue { return "% chainrule: \(text) in {\(shortest(value))}" }
    return "\\[ \(text) = \(formula.latex(ranks: ranks)) \\]"
  }
}

extension Formula.Domain {
  fileprivate var rank: Int {
    if case .fixed(let formula)? = values { formula.rank([:]) } else { shape?.count ?? 0 }
  }

  /// As comments; a fixed vector or matrix is a definition.
  func latex(namingSizes: Bool) -> [String] {
    let written = LaTeXName(name)
    if case .fixed(let formula)? = values { return [written.display(formula, [:])] }
    let named = namingSizes ? writtenShape.map { "[" + $0.joined(separator: ", ") + "]" } : nil
    let sizes = named ?? shape.map { "\($0)" }
    var text = written.text + ": " + (sizes ?? "number")
    switch values {
    case .set(let numbers):
      text += "\n% chainrule: \(written.text) in {\(numbers.map(shortest).joined(separator: ", "))}"
    case .interval(let range):
      text += "\n% chainrule: \(written.text) in [\(shortest(range.lowerBound)), \(shortest(range.upperBound))]"
    case .fixed, nil: break
    }
    return ["% chainrule: " + text]
  }
}

extension String {
  /// `u_k`: as notation k might be an index.
  fileprivate var hasLabel: Bool {
    split(separator: "_", maxSplits: 1).dropFirst().first?.contains(where: \.isLetter) ?? false
  }

  /// As words in a document.
  var escapedForLaTeX: String {
    map { character in
      switch character {
      case "\\": "\\textbackslash{}"
      case "^": "\\textasciicircum{}"
      case "~": "\\textasciitilde{}"
      case "#", "$", "%", "&", "_", "{", "}": "\\" + String(character)
      default: String(character)
      }
    }.joined()
  }

  /// Without the signs that end a declaration.
  fileprivate var inOneDeclaration: String {
    String(map { $0 == ";" ? "," : $0 }.filter { $0 != "#" && !$0.isNewline })
  }
}
