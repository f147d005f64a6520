/// Makes formulas of notation, at one place of a document: looks names up, gives products their meaning by shapes, and
/// writes sums over indices out.
///
/// It runs twice: first with sizes unknown, to find out which are equal, then for each trial with sizes given.
struct Elaborator {
  /// What was written so far.
  let draft: Draft
  /// What it reads, for the places of errors.
  private(set) var notation = Notation(.dots)

  /// The values of indices; nil while sizes are not known.
  var indices: [String: (value: Int?, range: IndexRange)] = [:]
  /// The arguments of the function whose body is read, by the names of its parameters.
  var parameters: [String: Term] = [:]
  /// Which layer `\ell` is.
  var layer: Int?
  /// Letters that a sum without limits does not run over.
  var kept: Set<String> = []

  init(_ draft: Draft) { self.draft = draft }

  var lexicon: Lexicon { draft.lexicon }
  var position: Lexicon.Position { draft.position }
  var span: MathSpan { draft.span }
  var isTrial: Bool { draft.isTrial }

  func at(_ notation: Notation) -> Elaborator { changed { $0.notation = notation } }

  func with(_ letter: String, _ value: Int?, in range: IndexRange) -> Elaborator {
    changed { $0.indices[letter] = (value, range) }
  }

  /// Without a layer as it is.
  func with(layer: Int?) -> Elaborator { changed { $0.layer = layer ?? $0.layer } }

  private func changed(_ change: (inout Elaborator) -> Void) -> Elaborator {
    var other = self
    change(&other)
    return other
  }

  func error(_ message: String, at part: Notation? = nil) -> Obstacle {
    .unread(span.error(message, at: (part ?? notation).start))
  }

  func named(_ term: Term, _ wish: String, at part: Notation? = nil) -> Term {
    draft.named(term, wish, at: span.place((part ?? notation).start))
  }
}

// MARK: - Definitions

extension Elaborator {
  /// What a definition stands for, computed once.
  ///
  /// In the body of a function what depends on its parameter is computed anew: in `C(W) = (ŷ - y)^2` with `ŷ = Wx` the
  /// value of `C(V)` has V in ŷ.
  func value(of definition: Lexicon.Definition) throws(Obstacle) -> Term {
    var inner = Elaborator(draft)
    if definition.use.mark?.isLayer == true { inner.layer = layer }
    inner.kept = Set(definition.letters)
    let plain = try inner.value(of: definition, "")
    let replaced = parameters.filter { name, _ in
      draft.names(ofParameter: name).contains { draft.reads(plain.formula, $0) }
    }
    guard !replaced.isEmpty else { return plain }
    inner.parameters = replaced
    let arguments = replaced.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value.formula)" }.joined(separator: ",")
    return try inner.value(of: definition, arguments)
  }

  /// Whether its value is being computed, so that it cannot be used.
  func isActive(_ definition: Lexicon.Definition, layer: Int?) -> Bool {
    draft.active.contains { $0.hasPrefix("\(definition.id) \(layer.map(String.init) ?? "") ") }
  }

  private func value(of definition: Lexicon.Definition, _ arguments: String) throws(Obstacle) -> Term {
    let name = layerName(definition.use)
    let key = "\(definition.id) \(layer.map(String.init) ?? "") \(arguments)"
    return try draft.value(key, of: definition, circle: name) { () throws(Obstacle) in
      named(try family(definition, definition.letters), name)
    }
  }

  /// The value of a definition for the values that its letters have.
  func value(ofMember definition: Lexicon.Definition) throws(Obstacle) -> Term {
    let values = definition.letters.map { "\(indices[$0]?.value ?? 0)" }.joined(separator: "_")
    return try draft.value("\(definition.id) member \(values)", of: definition, circle: definition.key) {
      () throws(Obstacle) in
      named(try body(of: definition), "\(definition.use.base)_\(values)")
    }
  }

  /// `z2` for the layer 2 of `z_j^\ell`.
  private func layerName(_ use: NameUse) -> String {
    let isFamily = !use.letters.isEmpty
    let name = isFamily ? use.base : use.stem
    guard let mark = use.mark, mark.familyIndex == nil || !isFamily else { return name }
    return name + (mark.isLayer ? layer.map(String.init) ?? "" : "^" + mark.text)
  }

  /// The values of a definition for all values of the letters in its name: a tensor whose axes they are.
  private func family(_ definition: Lexicon.Definition, _ letters: [String]) throws(Obstacle) -> Term {
    var ranges: [String: IndexRange] = [:]
    while true {
      var bound = self
      for (letter, range) in ranges { bound = bound.with(letter, isTrial ? range.first : nil, in: range) }
      do throws(Obstacle) {
        let member = try bound.body(of: definition)
        let used = letters.filter { ranges[$0] != nil }
        guard isTrial, !used.isEmpty else {
          return Term(formula: member.formula, shape: used.map { ranges[$0]!.extent } + member.shape)
        }
        return try stacked(definition, used[...], ranges)
      } catch {
        guard case .index(let letter, let range?, _) = error, letters.contains(letter), ranges[letter] == nil else {
          throw error
        }
        ranges[letter] = range
      }
    }
  }

  private func stacked(
    _ definition: Lexicon.Definition, _ letters: ArraySlice<String>, _ ranges: [String: IndexRange]
  ) throws(Obstacle) -> Term {
    guard let letter = letters.first, let range = ranges[letter] else { return try body(of: definition) }
    let rows = try each(letter, in: range).map { (inner) throws(Obstacle) in
      try inner.stacked(definition, letters.dropFirst(), ranges)
    }
    guard let first = rows.first else { throw .unread(definition.span.error("an index without values", at: 0)) }
    return Term(formula: Formula(.list(rows.map(\.formula))), shape: [range.extent] + first.shape)
  }

  private func body(of definition: Lexicon.Definition) throws(Obstacle) -> Term {
    switch definition.body {
    case .notation(let notation): return try term(notation)
    case .opaque(let arguments):
      return opaque(definition.key, try terms(arguments), lexicon.shape(definition.key, at: position) ?? [])
    }
  }
}
