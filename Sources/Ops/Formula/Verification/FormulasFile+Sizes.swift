extension FormulasFile {
  /// A program with its domains and claims where the sizes that the domains name have values.
  struct Sized: Sendable {
    let sizes: [String: Int]
    let program: Program?
    let domains: [Formula.Domain]
    let entries: [Entry]

    init(_ program: Program?, domains: [SourceText], entries: [Entry], sizes: [String: Int]) throws(ParseError) {
      (self.program, self.entries, self.sizes) = (program, entries, sizes)
      self.domains = try domains.map { (text) throws(ParseError) in try Formula.Domain(parsing: text, sizes: sizes) }
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
        throw source.start.error(
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

    init(_ trials: [Sized], seed: UInt64) {
      self.trials = trials.enumerated().map { number, trial in
        (trial, Result { () throws(ParseError) in try trial.subject(seed: seed &+ UInt64(number)) })
      }
    }
  }
}

extension FormulasFile.SizedSubjects {
  /// A claim, or the links of a chain, in all trials until one refutes it.
  func links(of place: Int, points: Int) -> [Result<FormulasFile.TestedLink, ParseError>] {
    var links: [Result<FormulasFile.TestedLink, ParseError>] = []
    for (trial, subject) in trials {
      do throws(ParseError) {
        let entry = trial.entries[place]
        for (number, link) in entry.links(about: try subject.get()).enumerated() {
          if number == links.count {
            links.append(tested(link, of: entry, trial, points))
          } else if case .success(let earlier) = links[number], earlier.verdict.outcome != .refuted {
            links[number] = tested(link, of: entry, trial, points).map { earlier.with($0) }
          }
        }
      } catch {
        return [.failure(error)]
      }
    }
    return links
  }

  private func tested(
    _ link: Result<Subject.Link, ParseError>, of entry: FormulasFile.Entry, _ trial: FormulasFile.Sized, _ points: Int
  ) -> Result<FormulasFile.TestedLink, ParseError> {
    Result { () throws(ParseError) in
      let link = try link.get()
      var verdict = try link.verification.verdict(points: points)
      if trials.count > 1 { verdict.sizes = [trial.sizes] }
      return FormulasFile.TestedLink(
        verdict: verdict, verification: link.verification, entry: entry.shown(link),
        program: link.program ?? trial.program)
    }
  }
}

// MARK: - Claims of one trial

extension FormulasFile.Entry {
  /// One, or one for each link of a chain.
  fileprivate func links(about subject: Subject) -> [Result<Subject.Link, ParseError>] {
    guard let reading else { return subject.links(of: source) }
    return [Result { () throws(ParseError) in try link(try reading.get(), about: subject) }]
  }

  private func link(_ reading: Meaning, about subject: Subject) throws(ParseError) -> Subject.Link {
    let verification = try subject.with(reading.program).verification(reading: reading.claim)
    // A document may use names that nothing defines; a claim about a program does not.
    if let stranger = verification.sampler.inputs.first(where: { !subject.knows($0.name) }) {
      throw source.start.error("no name \(stranger.name.quoted)")
    }
    return Subject.Link(verification: verification, program: reading.program, isShownAsWritten: false)
  }

  /// As a report shows a link of it.
  fileprivate func shown(_ link: Subject.Link) -> FormulasFile.Entry {
    guard link.isShownAsWritten else { return self }
    var entry = self
    entry.reading = .success(.init(claim: link.verification.sides.claim, isAtPoint: true, program: link.program))
    return entry
  }

  /// The names in its text; of a claim in LaTeX the domains need not speak.
  var names: Set<String> {
    get throws(ParseError) { reading == nil ? try Subject.names(in: source) : [] }
  }
}
