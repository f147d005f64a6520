extension FormulasFile {
  /// A program with its domains and claims where the sizes that the domains name have values.
  struct Sized: Sendable {
    let sizes: [String: Int]
    let program: Program?
    private(set) var domains: [Formula.Domain] = []
    let entries: [Entry]

    init(_ program: Program?, domains: [SourceText], entries: [Entry], sizes: [String: Int]) throws(ParseError) {
      (self.program, self.entries, self.sizes) = (program, entries, sizes)
      for domain in domains { self.domains.append(try Formula.Domain(parsing: domain, sizes: sizes)) }
    }

    func subject(seed: UInt64) throws(ParseError) -> Subject {
      try Subject(program, domains: domains, sizes: sizes, seed: seed)
    }

    /// - Throws: ``ParseError`` at a domain of a name that nobody uses: a slip of the pen.
    func checkDomainsAreUsed(_ sources: [SourceText]) throws(ParseError) {
      var names = Set(program?.freeNames ?? []).union(sizes.keys)
      for entry in entries {
        // What cannot be read might have used it.
        guard let used = try? entry.names else { return }
        names.formUnion(used)
      }
      for (domain, source) in zip(domains, sources) where !names.contains(domain.name) {
        throw Location(source: source, offset: 0).error(
          "neither the program nor a claim uses \(domain.name.quoted)",
          suggestion: nearest(to: domain.name, among: names))
      }
    }
  }

  /// What one link of a claim came to in all trials.
  struct TestedLink: TrialResult {
    var verdict: Verdict
    /// In the trial that decided.
    var verification: Verification
    var entry: Entry
    var program: Program?
  }

  /// Trials with their names looked up, once for all claims.
  struct SizedSubjects {
    fileprivate let trials: [(trial: Sized, subject: Result<Subject, ParseError>)]
  }
}

extension [FormulasFile.Sized] {
  func subjects(seed: UInt64) -> FormulasFile.SizedSubjects {
    let subjects = enumerated().map { number, trial in
      (trial, Result { () throws(ParseError) in try trial.subject(seed: seed &+ UInt64(number)) })
    }
    return FormulasFile.SizedSubjects(trials: subjects)
  }
}

extension FormulasFile.SizedSubjects {
  /// A claim, or the links of a chain, in all trials until one refutes it.
  func links(of place: Int, points: Int) -> [Result<FormulasFile.TestedLink, ParseError>] {
    var links: [Result<FormulasFile.TestedLink, ParseError>] = []
    for (trial, subject) in trials {
      do throws(ParseError) {
        let read = trial.entries[place].links(about: try subject.get(), trial.program)
        for (number, link) in read.enumerated() {
          if number == links.count {
            links.append(tested(link, trial, points))
          } else if case .success(let earlier) = links[number], earlier.verdict.outcome != .refuted {
            links[number] = tested(link, trial, points).map { earlier.with($0) }
          }
        }
      } catch {
        return [.failure(error)]
      }
    }
    return links
  }

  private func tested(
    _ link: Result<FormulasFile.Entry.Link, ParseError>, _ trial: FormulasFile.Sized, _ points: Int
  ) -> Result<FormulasFile.TestedLink, ParseError> {
    Result { () throws(ParseError) in
      let link = try link.get()
      var verdict = try link.verification.verdict(points: points)
      if trials.count > 1 { verdict.sizes = [trial.sizes] }
      return FormulasFile.TestedLink(
        verdict: verdict, verification: link.verification, entry: link.entry, program: link.program)
    }
  }
}

// MARK: - Claims of one trial

extension FormulasFile.Entry {
  struct Link {
    let verification: Verification
    let entry: FormulasFile.Entry
    /// What it is about.
    let program: Program?
  }

  /// One, or one for each link of a chain.
  fileprivate func links(about subject: Subject, _ program: Program?) -> [Result<Link, ParseError>] {
    guard let reading else {
      return subject.links(of: source).map { link in link.map { Link($0, of: self, program) } }
    }
    return [Result { () throws(ParseError) in try self.link(try reading.get(), about: subject, program) }]
  }

  private func link(
    _ reading: Meaning, about subject: Subject, _ program: Program?
  ) throws(ParseError) -> Link {
    let verification = try subject.with(reading.program).verification(reading: reading.claim)
    // A document may use names that nothing defines; a claim about a program does not.
    if let stranger = verification.sampler.inputs.first(where: { !subject.knows($0.name) }) {
      throw Location(source: source, offset: 0).error("no name \(stranger.name.quoted)")
    }
    return Link(verification: verification, entry: self, program: reading.program ?? program)
  }

  /// The names in its text; of a claim in LaTeX the domains need not speak.
  var names: Set<String> {
    get throws(ParseError) { reading == nil ? try Subject.names(in: source) : [] }
  }
}

extension FormulasFile.Entry.Link {
  fileprivate init(_ link: Subject.Link, of entry: FormulasFile.Entry, _ program: Program?) {
    (verification, self.program) = (link.verification, link.program ?? program)
    guard link.isShownAsWritten else {
      self.entry = entry
      return
    }
    self.entry = FormulasFile.Entry(
      line: entry.line, note: entry.note, expectedRefutation: entry.expectedRefutation, source: entry.source,
      reading: .success(.init(claim: link.verification.sides.claim, isAtPoint: true, program: link.program)))
  }
}
