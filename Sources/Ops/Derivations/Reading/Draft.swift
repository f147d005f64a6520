/// A program that is written while formulas of a document are read at one place: what the names stand for, and which get
/// values from outside.
final class Draft {
  let lexicon: Lexicon
  let position: Lexicon.Position
  /// The formula that is read, for the places of errors.
  let span: MathSpan
  /// Sizes are given: sums are written out.
  let isTrial: Bool
  /// Definitions that do not count: that of a name which is claimed to equal what it was before.
  let hidden: Set<Int>

  /// What the names stand for, each behind those that it reads.
  private(set) var statements: [Program.Statement] = []
  var program: Program? { statements.isEmpty ? nil : Program(statements) }
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
  /// Inputs and definitions that were read, by their keys.
  private var values: [String: Term] = [:]
  /// The definitions that are being read.
  var active: Set<String> = []
  var opaqueCalls: [String: Term] = [:]
  /// The sizes that the formulas depend on.
  private(set) var usedExtents: [ObjectIdentifier: Extent] = [:]

  init(_ lexicon: Lexicon, at position: Lexicon.Position, in span: MathSpan, isTrial: Bool, hidden: Set<Int> = []) {
    (self.lexicon, self.position, self.span) = (lexicon, position, span)
    (self.isTrial, self.hidden) = (isTrial, hidden)
  }

  func used(_ extent: Extent) -> Int? {
    usedExtents[extent.identity] = extent
    return extent.size
  }
}

// MARK: - Names and statements

extension Draft {
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
  func named(_ term: Term, _ wish: String, at place: Location) -> Term {
    let name = freshName(wish)
    statements.append(Program.Statement(name: name, formula: term.formula, location: place))
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

  /// What a definition stands for under a key, computed once; what is needed while it is computed has no value.
  func value(
    _ key: String, of definition: Lexicon.Definition, circle name: String, _ read: () throws(Obstacle) -> Term
  ) throws(Obstacle) -> Term {
    if let known = values[key] { return known }
    guard active.insert(key).inserted else { throw .circle(name) }
    defer { active.remove(key) }
    usedDefinitions.append(definition.id)
    let term = try read()
    values[key] = term
    return term
  }

  /// The names in the program that a parameter has outside of its function.
  func names(ofParameter parameter: String) -> [String] {
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
