// What is found out about each statement.

extension DerivationReader {
  /// Tests every claim, in the order of the document.
  package func check(points: Int, seed: UInt64, whenFound: (Finding) -> Void) -> [Finding] {
    hideUnreadable()
    for case .entry(let entry) in items { inferSizes(entry) }
    return items.flatMap { item in
      let findings = findings(item, points, seed)
      findings.forEach(whenFound)
      return findings
    }
  }

  func inferSizes(_ entry: Entry) {
    for link in links(of: entry) { link.inferSizes() }
  }

  /// A definition that cannot be read, or that refers to itself, leaves its name as it was.
  private func hideUnreadable() {
    for case .entry(let entry) in items {
      guard let definition = entry.definition, let obstacle = obstacle(definition, entry) else { continue }
      unreadable[definition.id] = obstacle
      lexicon.hide(definition)
    }
  }

  private func obstacle(_ definition: Lexicon.Definition, _ entry: Entry) -> Obstacle? {
    func obstacle(_ elaborator: Elaborator) -> Obstacle? {
      do throws(Obstacle) { _ = try elaborator.value(of: definition) } catch { return error }
      return nil
    }
    let elaborator = elaborator(at: entry)
    let first = obstacle(elaborator)
    guard case .index("ℓ", _, _)? = first else { return first }
    return obstacle(elaborator.with(layer: lexicon.layers.lowerBound))
  }

  private func elaborator(at entry: Entry) -> Elaborator {
    Elaborator(Draft(lexicon, at: entry.position, in: entry.span, isTrial: false))
  }

  private func links(of entry: Entry) -> [ClaimReading] {
    let statement = entry.statement
    return statement.relations.enumerated().compactMap { place, relation in
      let left = place == 0 && statement.isContinuation ? entry.continued : statement.parts[place]
      return left.map {
        ClaimReading(
          lexicon: lexicon, left: $0, relation: relation, right: statement.parts[place + 1], position: entry.position,
          span: entry.span)
      }
    }
  }

  private func findings(_ item: Item, _ points: Int, _ seed: UInt64) -> [Finding] {
    switch item {
    case .unread(let error, let span, let range):
      return [finding(.notRead, span, range).unread(error)]
    case .entry(let entry):
      let statement = entry.statement
      if entry.isDeclaration { return [finding(.declaration, entry.span, statement.range, statement.tag)] }
      guard !statement.relations.isEmpty else { return [finding(.mention, entry.span, statement.range, statement.tag)] }
      return links(of: entry).map { finding($0, entry, points, seed) }
    }
  }

  private func finding(_ kind: Finding.Kind, _ span: MathSpan, _ range: Range<Int>, _ tag: String? = nil) -> Finding {
    let place = span.place(range.lowerBound).lineAndColumn
    let text = Array(span.text)
    let end = min(range.upperBound, text.count)
    let latex = String(text[min(range.lowerBound, end)..<end])
    var finding = Finding(kind, line: place.line, column: place.column, latex: latex)
    finding.tag = tag
    finding.cell = span.start.source.cell
    return finding
  }

  // MARK: One link

  private static let mentions: Set<String> = ["→", "←", "∝", "∼", "≪", "≫", "↦", "∉", "⊂", "∈"]

  private func finding(_ link: ClaimReading, _ entry: Entry, _ points: Int, _ seed: UInt64) -> Finding {
    let isFirst = link.relation == entry.statement.relations[0]
    let start = isFirst ? link.left.start : link.relation.place
    let range = (entry.continued != nil && isFirst ? link.relation.place : start)..<max(start + 1, link.right.end)
    var finding = finding(.claim, entry.span, range, entry.statement.tag)
    finding.expectedRefutation = entry.expectedRefutation
    if Self.mentions.contains(link.sign) { return finding.being(.mention) }
    if isFirst, isTuple(link.left) { return finding.being(link.right.isTupleOfNumbers ? .declaration : .mention) }
    if isFirst, let given = givenValue(link, entry) { return finding.being(given) }
    if isFirst, let definition = entry.definition {
      return self.finding(definition, link, entry, finding, points, seed)
    }
    if isFirst, link.sign == "=", entry.expectedRefutation == nil, isInput(link.left, entry) {
      // Of a name that stands for any value an equation says which: it may hold, but it is never wrong.
      if let result = try? link.result(points: points, seed: seed), result.verdict.outcome == .holds {
        return finding.described(result)
      }
      return finding.being(.declaration)
    }
    return tested(link, finding, points, seed)
  }

  private func isInput(_ notation: Notation, _ entry: Entry) -> Bool {
    guard let use = use(notation), use.power == nil, use.primes == 0, !use.isTransposed, !use.isInverse else {
      return false
    }
    let elaborator = elaborator(at: entry)
    guard let term = try? elaborator.term(notation), let origin = term.origin else { return false }
    return origin.indices.isEmpty && elaborator.draft.inputs.contains { $0.name == origin.name }
  }

  /// `(x_{n+1}, y_{n+1}) = …`: new names.
  private func isTuple(_ notation: Notation) -> Bool {
    guard case .group(let items, .round) = notation.form, items.count > 1 else { return false }
    return items.allSatisfy { use($0).map { lexicon.definition($0.key, at: end) == nil } ?? false }
  }

  var end: Lexicon.Position {
    Lexicon.Position(order: .max, formula: .max, section: -1, region: lexicon.region)
  }

  /// `w = 5`: of a name that nothing defines it is a declaration; of another one a claim, where all that it depends on
  /// has a value, where it holds for all values, and where a slip is expected.
  private func givenValue(_ link: ClaimReading, _ entry: Entry) -> Finding.Kind? {
    guard link.sign == "=", link.right.numericValue != nil, let use = use(link.left), use.power == nil,
      use.primes == 0
    else { return nil }
    let key = use.key
    guard lexicon.definition(key, at: entry.position) != nil else {
      return lexicon.declaredValue(key, at: entry.position) == nil ? .declaration : nil
    }
    let elaborator = elaborator(at: entry)
    guard (try? elaborator.term(link.left)) != nil else { return nil }
    let isGiven = elaborator.draft.inputs.allSatisfy {
      (lexicon.given($0.key, at: entry.position) ?? lexicon.declaredValue($0.key, at: entry.position)) != nil
    }
    if isGiven || entry.expectedRefutation != nil { return nil }
    return (try? link.result(points: 3, seed: 1))?.verdict.outcome == .holds ? nil : .declaration
  }

  /// A definition; where the name had one before, a claim if the two agree.
  private func finding(
    _ definition: Lexicon.Definition, _ link: ClaimReading, _ entry: Entry, _ finding: Finding, _ points: Int,
    _ seed: UInt64
  ) -> Finding {
    let isKnown =
      lexicon.definition(definition.key, at: entry.position, without: [definition.id])
      .map { $0.position < entry.position } ?? false
    if isKnown || finding.expectedRefutation != nil || lexicon.shape(definition.key, at: entry.position) != nil {
      var reading = link
      reading.hidden = [definition.id]
      if let result = try? reading.result(points: points, seed: seed) {
        if result.verdict.outcome == .holds || (result.isMisfit && isKnown && !definition.letters.isEmpty) {
          if result.isMisfit { lexicon.hide(definition) }
          return finding.described(result)
        }
        if finding.expectedRefutation != nil { return finding.described(result) }
      }
    }
    switch unreadable[definition.id] {
    case nil:
      var finding = finding.being(.definition)
      let elaborator = elaborator(at: entry)
      if let term = try? elaborator.value(of: definition) {
        finding.reading = "\(term.formula) = \(elaborator.draft.statements.last?.formula.description ?? "")"
      }
      return finding
    case .circle: return finding.being(.mention, because: "a step that gives a name a new value")
    case .unread(let error), .index(_, _, let error): return finding.unread(error)
    }
  }

  private func tested(_ reading: ClaimReading, _ finding: Finding, _ points: Int, _ seed: UInt64) -> Finding {
    do throws(Obstacle) {
      let result = try reading.result(points: points, seed: seed)
      if result.verdict.outcome != .holds {
        if let (earlier, line) = earlier(reading, result, points, seed) {
          return finding.described(earlier).being(.claim, because: "with the definition of line \(line)")
        }
        if finding.expectedRefutation == nil, isCondition(reading) {
          return finding.being(.mention, because: "a condition, not true everywhere")
        }
      }
      return finding.described(result)
    } catch {
      switch error {
      case .circle(let name): return finding.being(.mention, because: "\(name) is given a new value")
      case .unread(let error), .index(_, _, let error): return finding.unread(error)
      }
    }
  }

  /// `C'(W^*) = 0` says where something is, not what it is.
  private func isCondition(_ reading: ClaimReading) -> Bool {
    // a ≤ t ≤ b says where t is.
    let isPlain = [reading.left, reading.right].allSatisfy { use($0) != nil || $0.numericValue != nil }
    if reading.sign != "=", reading.sign != "≈", !reading.span.isDisplay || isPlain { return true }
    if reading.sign == "=", isIndependent(reading) { return true }
    guard reading.sign == "=", reading.right.numericValue == 0 else { return false }
    return reading.left.allParts.contains { part in
      switch part.form {
      case .derivative, .gradient: true
      case .scripts(_, _, _, let primes): primes > 0
      default: false
      }
    }
  }

  /// `g(p) = k` with any k: an equation, which no derivation leads to, of something with a number that it does not depend on.
  private func isIndependent(_ reading: ClaimReading) -> Bool {
    let draft = reading.draft(isTrial: false)
    guard let use = use(reading.right), lexicon.definition(use.key, at: reading.position) == nil,
      let right = try? Elaborator(draft).term(reading.right), let name = right.origin?.name,
      let left = try? Elaborator(draft).term(reading.left)
    else { return false }
    return !left.formula.hasDerivative && !draft.reads(left.formula, name)
      && draft.inputs.contains { draft.reads(left.formula, $0.name) }
  }

  /// The same claim with an earlier definition of a name that it uses: a text may go back to what it said before.
  private func earlier(
    _ reading: ClaimReading, _ result: ClaimReading.Result, _ points: Int, _ seed: UInt64
  ) -> (ClaimReading.Result, Int)? {
    for id in Set(result.usedDefinitions).sorted() {
      let definition = lexicon.definitions[id]
      guard definition.position.formula < reading.position.formula,
        let before = lexicon.earlierDefinitions(definition.key, than: definition).last
      else { continue }
      var other = reading
      other.hidden = Set(lexicon.definitions.filter { $0.key == definition.key && $0.id > before.id }.map(\.id))
      if let found = try? other.result(points: points, seed: seed), found.verdict.outcome == .holds {
        return (found, before.span.place(0).lineAndColumn.line)
      }
    }
    return nil
  }
}

extension Finding {
  fileprivate func being(_ kind: Kind, because reason: String? = nil) -> Finding {
    var finding = self
    (finding.kind, finding.reason) = (kind, reason)
    return finding
  }

  fileprivate func unread(_ error: ParseError) -> Finding {
    var finding = being(.notRead, because: error.message)
    finding.error = error
    return finding
  }

  fileprivate func described(_ result: ClaimReading.Result) -> Finding {
    var finding = being(.claim)
    finding.verdict = result.verdict
    finding.readClaim = result.claim
    finding.readProgram = result.program
    finding.isAtPoint = !result.points.isEmpty
    finding.reading = ([result.claim.description] + result.points).joined(separator: "; ")
    return finding
  }
}

extension Notation {
  fileprivate var isTupleOfNumbers: Bool {
    if case .group(let items, _) = form { items.allSatisfy { $0.numericValue != nil } } else { false }
  }
}
