/// Makes formulas of notation, at one place of a document: looks names up, gives products their meaning by shapes, and
/// writes sums over indices out.
///
/// It runs twice: first with sizes unknown, to find out which are equal, then for each trial with sizes given.
final class Elaborator {
  let lexicon: Lexicon
  let position: Lexicon.Position
  /// Sizes are given: sums are written out.
  let isTrial: Bool
  /// Definitions that do not count: that of a name which is claimed to equal what it was before.
  let hidden: Set<Int>
  /// The formula that is read, for the places of errors.
  let span: MathSpan

  /// What the names stand for, each behind those that it reads.
  private(set) var statements: [Program.Statement] = []
  var program: Program? { statements.isEmpty ? nil : Program(statements: statements, definitions: []) }
  /// The names that get values from outside, in the order of their use.
  private(set) var inputs: [Input] = []

  /// Where the shape of an input is known from.
  enum Knowledge {
    case said
    /// From an index below it in the same section.
    case inferred
    /// From its letter, a transpose, or its use elsewhere.
    case guessed
  }

  struct Input {
    let name: String
    let key: String
    let shape: [Extent]
    let values: Formula.Domain.Values?
    let knowledge: Knowledge
  }

  private(set) var usedDefinitions: [Int] = []
  /// Where formulas are evaluated: `x_2 = 3`.
  var points: [String] = []
  /// A sum runs to infinity; it is written out to a few terms.
  var usesInfinity = false
  private var taken: Set<String> = []
  private var values: [String: Term] = [:]
  var active: Set<String> = []
  var opaqueCalls: [String: Term] = [:]
  /// The sizes that the formulas depend on.
  private(set) var usedExtents: [ObjectIdentifier: Extent] = [:]

  init(_ lexicon: Lexicon, at position: Lexicon.Position, in span: MathSpan, isTrial: Bool, hidden: Set<Int> = []) {
    (self.lexicon, self.position, self.span) = (lexicon, position, span)
    (self.isTrial, self.hidden) = (isTrial, hidden)
  }

  func error(_ message: String, at notation: Notation) -> Obstacle { .unread(span.error(message, at: notation.start)) }

  func used(_ extent: Extent) -> Int? {
    usedExtents[extent.identity] = extent
    return extent.size
  }
}

// MARK: - Names and statements

extension Elaborator {
  /// A name that the language of formulas can write and that nothing else has.
  private func freshName(_ wish: String) -> String {
    var name = wish.asName
    if Self.reserved.contains(name) { name += "_" }
    var number = 2
    let base = name
    while !taken.insert(name).inserted {
      name = "\(base)_\(number)"
      number += 1
    }
    return name
  }

  private static let reserved: Set<String> = ["pi", "π", "inf", "nan", "in", "for"]

  /// Gives a formula a name of its own, so that one can differentiate by it.
  func named(_ term: Term, _ wish: String, at notation: Notation) -> Term {
    let name = freshName(wish)
    statements.append(Program.Statement(name: name, formula: term.formula, location: span.place(notation.start)))
    var copy = term
    copy.formula = .name(name)
    copy.origin = Term.Origin(name: name)
    return copy
  }

  /// A value from outside.
  func input(
    _ key: String, shape: [Extent], values domain: Formula.Domain.Values? = nil, knowledge: Knowledge = .said
  ) -> Term {
    if let known = values[key] { return known }
    let name = freshName(key)
    inputs.append(Input(name: name, key: key, shape: shape, values: domain, knowledge: knowledge))
    for extent in shape { _ = used(extent) }
    values[key] = .name(name, shape)
    return .name(name, shape)
  }

  /// What a definition stands for, computed once.
  ///
  /// In the body of a function what depends on its parameter is computed anew: in `C(W) = (ŷ - y)^2` with `ŷ = Wx` the
  /// value of `C(V)` has V in ŷ.
  func value(of definition: Lexicon.Definition, _ bindings: Bindings) throws(Obstacle) -> Term {
    var inner = Bindings()
    if definition.use.mark?.isLayer == true { inner.layer = bindings.layer }
    inner.kept = Set(definition.letters)
    let plain = try value(of: definition, inner, "")
    let replaced = bindings.parameters.filter { name, _ in
      names(ofParameter: name).contains { reads(plain.formula, $0) }
    }
    guard !replaced.isEmpty else { return plain }
    inner.parameters = replaced
    let arguments = replaced.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value.formula)" }.joined(separator: ",")
    return try value(of: definition, inner, arguments)
  }

  /// Whether its value is being computed, so that it cannot be used.
  func isActive(_ definition: Lexicon.Definition, layer: Int?) -> Bool {
    active.contains { $0.hasPrefix("\(definition.id) \(layer.map(String.init) ?? "") ") }
  }

  private func value(of definition: Lexicon.Definition, _ inner: Bindings, _ arguments: String) throws(Obstacle) -> Term
  {
    let key = "\(definition.id) \(inner.layer.map(String.init) ?? "") \(arguments)"
    if let known = values[key] { return known }
    guard active.insert(key).inserted else { throw .circle(layerName(definition.use, inner.layer)) }
    defer { active.remove(key) }
    usedDefinitions.append(definition.id)
    let body = try family(definition, inner, definition.letters)
    let term = named(body, layerName(definition.use, inner.layer), at: Notation(.dots))
    values[key] = term
    return term
  }

  /// The value of a definition for given values of its letters.
  func value(of definition: Lexicon.Definition, memberOf inner: Bindings) throws(Obstacle) -> Term {
    let values = definition.letters.map { "\(inner.indices[$0]?.value ?? 0)" }.joined(separator: "_")
    let key = "\(definition.id) member \(values)"
    if let known = self.values[key] { return known }
    guard active.insert(key).inserted else { throw .circle(definition.key) }
    defer { active.remove(key) }
    usedDefinitions.append(definition.id)
    let term = named(try body(of: definition, inner), "\(definition.use.base)_\(values)", at: Notation(.dots))
    self.values[key] = term
    return term
  }

  /// The names in the program that a parameter has outside of its function.
  private func names(ofParameter parameter: String) -> [String] {
    values.filter { $0.key == parameter }.compactMap { $0.value.origin?.name }
      + lexicon.definitions.filter { $0.key == parameter }.compactMap { values["\($0.id)  "]?.origin?.name }
  }

  /// The names that a formula depends on, through all statements.
  func namesRead(by formula: Formula) -> [String] {
    var (seen, pending, read) = (Set<String>(), formula.names, [String]())
    while let name = pending.popLast() {
      guard seen.insert(name).inserted else { continue }
      read.append(name)
      if let statement = statements.first(where: { $0.name == name }) { pending += statement.formula.names }
    }
    return read
  }

  func reads(_ formula: Formula, _ name: String) -> Bool { namesRead(by: formula).contains(name) }

  /// `z2` for the layer 2 of `z_j^\ell`.
  private func layerName(_ use: NameUse, _ layer: Int?) -> String {
    let isFamily = !use.letters.isEmpty
    let name = isFamily ? use.base : use.stem
    guard let mark = use.mark, mark.familyIndex == nil || !isFamily else { return name }
    return name + (mark.isLayer ? layer.map(String.init) ?? "" : "^" + mark.text)
  }

  /// The values of a definition for all values of the letters in its name: a tensor whose axes they are.
  private func family(
    _ definition: Lexicon.Definition, _ bindings: Bindings, _ letters: [String]
  ) throws(Obstacle) -> Term {
    var ranges: [String: IndexRange] = [:]
    while true {
      var bound = bindings
      for (letter, range) in ranges { bound = bound.with(letter, isTrial ? range.first : nil, in: range) }
      do throws(Obstacle) {
        let member = try body(of: definition, bound)
        let used = letters.filter { ranges[$0] != nil }
        guard isTrial, !used.isEmpty else {
          return Term(formula: member.formula, shape: used.map { ranges[$0]!.extent } + member.shape)
        }
        return try stacked(definition, bindings, used[...], ranges)
      } catch {
        guard case .index(let letter, let range?, _) = error, letters.contains(letter), ranges[letter] == nil else {
          throw error
        }
        ranges[letter] = range
      }
    }
  }

  private func stacked(
    _ definition: Lexicon.Definition, _ bindings: Bindings, _ letters: ArraySlice<String>,
    _ ranges: [String: IndexRange]
  ) throws(Obstacle) -> Term {
    guard let letter = letters.first, let range = ranges[letter] else { return try body(of: definition, bindings) }
    var rows: [Term] = []
    for inner in each(letter, in: range, bindings) {
      rows.append(try stacked(definition, inner, letters.dropFirst(), ranges))
    }
    guard let first = rows.first else { throw .unread(definition.span.error("an index without values", at: 0)) }
    return Term(formula: Formula(.list(rows.map(\.formula))), shape: [range.extent] + first.shape)
  }

  private func body(of definition: Lexicon.Definition, _ bindings: Bindings) throws(Obstacle) -> Term {
    switch definition.body {
    case .notation(let notation): return try term(notation, bindings)
    case .opaque(let arguments):
      return opaque(definition.key, try terms(arguments, bindings), lexicon.shape(definition.key, at: position) ?? [])
    }
  }
}

extension String {
  /// Letters and digits only: `W^(t+1)` becomes `W_t_1`, `W^*` becomes `W_opt`.
  fileprivate var asName: String {
    var name = ""
    for character in self {
      switch character {
      case "*": name += "_opt"
      case "∂": name += "d"
      case ",": break
      case "⟨", "⟩", "(", ")", "[", "]", "{", "}": if !name.hasSuffix("_") && character != "⟩" { name += "_" }
      default:
        if character.isNamePart, !(name.isEmpty && !character.isNameStart) {
          name.append(character)
        } else if !name.hasSuffix("_") {
          name += "_"
        }
      }
    }
    while name.hasSuffix("_"), name.count > 1 { name.removeLast() }
    return name.isEmpty || name == "_" ? "v" : name
  }
}
