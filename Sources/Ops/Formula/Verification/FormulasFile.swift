/// A file of programs with claims about them, domains and prose: a derivation that checks itself.
///
/// ```
/// title: Linear regression, §4.2.2
/// # A line that starts with # is prose.
/// u = w*x; ŷ = u + b
/// e = ŷ - y; c = e^2
/// domain: y in {-1, 1}
/// claim: dc/dw = 2*e*x     # (4.3)
/// claim: dc/dw = e*x       # refuted: the 2 of the square was forgotten
/// ```
///
/// `title:` starts a section. Lines without such a word at their start are the section's program; a section without
/// one has claims that are identities about names of their own. What follows `#` behind a claim is its place in the
/// source; `refuted: why` there says that the claim is a known slip and shall be refuted.
public struct FormulasFile: Sendable {
  /// A program, what is said of its names, and the claims about it.
  public struct Section: Sendable {
    /// Empty for what stands before the first title.
    public let title: String
    /// In the order of the file.
    public private(set) var claims: [Entry]
    /// One, or several where its domains give sizes names.
    let trials: [Sized]

    init(title: String = "", _ trials: [Sized]) {
      (self.title, self.trials, claims) = (title, trials, trials[0].entries)
    }
  }

  /// The lines of a section before it is known where it ends.
  private struct Draft {
    var title = ""
    var firstLine = 1
    var text: [String] = []
    var domains: [SourceText] = []
    var claims: [Entry] = []
  }

  /// One line `claim: …`.
  public struct Entry: Sendable {
    /// Its line in the file, from 1.
    public let line: Int
    /// What stands behind `#`, without the mark of a known slip.
    public let note: String
    /// Why the claim is expected to be refuted, if it is.
    public internal(set) var expectedRefutation: String?
    let source: SourceText
    /// Of a claim in LaTeX: what it says, or why it cannot be read.
    var reading: Result<Meaning, ParseError>?

    init(
      line: Int = 1, note: String = "", expectedRefutation: String? = nil, source: SourceText,
      reading: Result<Meaning, ParseError>? = nil
    ) {
      (self.line, self.note, self.expectedRefutation) = (line, note, expectedRefutation)
      (self.source, self.reading) = (source, reading)
    }

    /// What a report shows of it: its claim, but what was written where that says less in more words, a claim for every entry
    /// of a matrix, or has names of its own for values at a point.
    package func shown(_ claim: Claim) -> String {
      let text = "\(claim)"
      guard case .success(let reading)? = reading, text.count > 100 || reading.isAtPoint else { return text }
      return self.text
    }

    struct Meaning: Sendable {
      let claim: Claim
      let isAtPoint: Bool
      /// With statements for what the claim differentiates by and the program has no name for: z in σ′(z).
      let program: Program?
    }

    /// The claim as it was written, without what is behind `#`.
    public var text: String { source.text.prefix { $0 != "#" }.trimmed }
  }

  /// In the order of the file; those without a claim are among them.
  public private(set) var sections: [Section] = []

  /// - Throws: ``ParseError`` at the first line with a mistake of grammar, and where there is no claim at all.
  public init(parsing text: String) throws(ParseError) {
    let source = SourceText(text)
    var section = Draft()
    for (index, line) in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
      .enumerated()
    {
      let (word, rest) = Self.keyword(line)
      section.text.append(word == nil ? String(line) : "")
      switch word {
      case "title":
        try close(section)
        section = Draft(title: rest.text.trimmed, firstLine: index + 1, text: [""])
      case "domain": section.domains.append(Self.part(line, rest, index))
      case "claim": section.claims.append(Self.entry(line, rest, index))
      default: break
      }
    }
    try close(section)
    guard sections.contains(where: { !$0.claims.isEmpty }) else {
      throw source.start
        .error("no claim here; expected a line such as claim: dc/dw = 2*e*x", expected: "a claim")
    }
  }

  private mutating func close(_ draft: Draft) throws(ParseError) {
    let isProgram = draft.text.contains { line in
      let trimmed = line.trimmed
      return !trimmed.isEmpty && !trimmed.hasPrefix("#")
    }
    guard isProgram || !draft.claims.isEmpty || !draft.title.isEmpty else { return }
    let source = SourceText(draft.text.joined(separator: "\n"), firstLine: draft.firstLine)
    let trials = try NamedSizes.trials(of: draft.domains).map { (sizes) throws(ParseError) in
      let program = isProgram ? try Program(parsing: source, sizes: sizes, needsOutput: false) : nil
      return try Sized(program, domains: draft.domains, entries: draft.claims, sizes: sizes)
    }
    sections.append(Section(title: draft.title, trials))
  }

  init(_ section: Section) { sections = [section] }
}

// MARK: - Lines

extension FormulasFile {
  private static let keywords: Set = ["title", "domain", "claim"]

  /// `claim: …`: the word and what is behind its colon.
  private static func keyword(_ line: Substring) -> (word: String?, rest: (text: Substring, offset: Int)) {
    guard let colon = line.firstIndex(of: ":") else { return (nil, (line, 0)) }
    let word = line[..<colon].trimmed
    guard keywords.contains(word) else { return (nil, (line, 0)) }
    return (word, (line[line.index(after: colon)...], line.distance(from: line.startIndex, to: colon) + 1))
  }

  /// What is behind the colon as a text in which errors have the columns of the whole line.
  private static func part(_ line: Substring, _ rest: (text: Substring, offset: Int), _ index: Int)
    -> SourceText
  {
    SourceText(
      String(repeating: " ", count: rest.offset) + rest.text, shown: String(line), firstLine: index + 1)
  }

  private static func entry(_ line: Substring, _ rest: (text: Substring, offset: Int), _ index: Int) -> Entry {
    let comment = rest.text.firstIndex(of: "#").map { rest.text[rest.text.index(after: $0)...].trimmed } ?? ""
    let mark = "refuted:"
    let place = comment.firstRange(of: mark)
    return Entry(
      line: index + 1, note: (place.map { comment[..<$0.lowerBound] } ?? comment[...]).trimmed,
      expectedRefutation: place.map { comment[$0.upperBound...].trimmed },
      source: part(line, rest, index))
  }
}

// MARK: - Verdicts

/// What became of the claims of a file.
public struct FormulasReport: Sendable {
  /// What became of one claim.
  public struct Line: Sendable {
    /// The title of its section.
    public let section: String
    /// The claim as the file has it.
    public let entry: FormulasFile.Entry
    /// Nil where the claim could not be tested.
    public let verdict: Verdict?
    /// Why it could not: what it mentions does not exist, or shapes do not fit.
    public let error: ParseError?
    /// A right form of the gradient, where it was asked for and found.
    public let suggestion: Claim?
    /// What the claim is about.
    public let program: Program?
    /// The sizes at which it was tested, where domains name some: `["n": 3]`.
    public var sizes: [[String: Int]] { verdict?.sizes ?? [] }

    /// Whether it is as the file says: holds, or is refuted where that is expected.
    public var isAsExpected: Bool {
      verdict?.outcome == (entry.expectedRefutation == nil ? .holds : .refuted)
    }
  }

  /// A line for each claim, in the order of the file.
  public let lines: [Line]
}

extension FormulasFile {
  /// How many claims there are.
  public var claimCount: Int { sections.reduce(0) { $0 + $1.claims.count } }

  /// Tests every claim.
  ///
  /// ```swift
  /// let file = try FormulasFile(parsing: text)
  /// file.verify { line in print(line.verdict ?? line.error!) }
  /// ```
  /// - Parameters:
  ///   - points: how many points each claim is compared at.
  ///   - seed: of the random points.
  ///   - suggesting: whether a refuted claim is reported with the right side that would hold.
  ///   - whenFound: called with each verdict as soon as there is one. A claim that cannot be tested does not keep the others
  ///     from it.
  @discardableResult
  public func verify(
    points: Int = 100, seed: UInt64 = 1, suggesting: Bool = false, whenFound: (FormulasReport.Line) -> Void = { _ in }
  ) -> FormulasReport {
    var lines: [FormulasReport.Line] = []
    for section in sections {
      let subjects = SizedSubjects(section.trials, seed: seed)
      for place in section.claims.indices {
        for line in section.lines(place, subjects.links(of: place, points: points), suggesting) {
          lines.append(line)
          whenFound(line)
        }
      }
    }
    return FormulasReport(lines: lines)
  }
}

extension FormulasFile.Section {
  /// One for each link of a chain.
  fileprivate func lines(
    _ place: Int, _ links: [Result<FormulasFile.TestedLink, ParseError>], _ isSuggesting: Bool
  ) -> [FormulasReport.Line] {
    // Where a chain is expected to be wrong, one link is, and not all.
    let isOneRefuted = links.contains { (try? $0.get())?.verdict.outcome == .refuted }
    return links.map { link in
      do throws(ParseError) {
        let link = try link.get()
        var entry = link.entry
        if isOneRefuted, link.verdict.outcome == .holds { entry.expectedRefutation = nil }
        return FormulasReport.Line(
          section: title, entry: entry, verdict: link.verdict, error: nil,
          suggestion: isSuggesting && link.verdict.outcome == .refuted ? link.verification.suggestion : nil,
          program: link.program)
      } catch {
        return FormulasReport.Line(
          section: title, entry: claims[place], verdict: nil, error: error, suggestion: nil,
          program: trials[0].program)
      }
    }
  }
}
