extension DerivationReader {
  /// Its definitions as one program.
  ///
  /// - Throws: ``ParseError`` at the first formula that cannot be read, and where nothing says how long a sum is.
  func program() throws(ParseError) -> Program {
    let entries = try entries()
    for entry in entries { inferSizes(entry) }
    let trial = Trial(lexicon.openExtents, number: 0)
    defer { trial.end() }
    var draft: Draft?
    for entry in entries {
      guard let definition = entry.definition, definition.parameters == nil else { continue }
      let own = draft ?? Draft(lexicon, at: end, in: entry.span, isTrial: true)
      draft = own
      do throws(Obstacle) {
        _ = try Elaborator(own).value(of: definition)
      } catch {
        switch error {
        case .unread(let error), .index(_, _, let error): throw error
        case .circle(let name): throw entry.span.error("\(name) refers to itself", at: 0)
        }
      }
      guard Extent.free(own.usedExtents.values).isEmpty else {
        throw entry.span.error("nothing says what shapes the names have; a domain can, such as X: [5, 3]", at: 0)
      }
    }
    if let program = draft?.program { return program }
    throw entries.isEmpty
      ? SourceText("").start.error("no formula here")
      : entries[0].span.error("no definition here; expected a formula such as z = wx", at: 0)
  }

  private func entries() throws(ParseError) -> [Entry] {
    try items.map { (item) throws(ParseError) in
      switch item {
      case .entry(let entry): return entry
      case .unread(let error, _, _): throw error
      }
    }
  }
}
