/// What a document says about its names, with the place from where on it says so.
final class Lexicon {
  /// Where in a document something stands: statements are counted, formulas, sections, and how often all names were
  /// forgotten before, beyond which nothing is known.
  struct Position: Comparable {
    let order: Int
    let formula: Int
    let section: Int
    let region: Int
    static func < (a: Position, b: Position) -> Bool { a.order < b.order }
  }

  struct Definition {
    let id: Int
    let use: NameUse
    let key: String
    /// Of a function: the names of its arguments.
    let parameters: [Notation]?
    let body: Body
    let position: Position
    let span: MathSpan

    /// Letters that may index a family: `p_i`, `e^{(i)}`.
    var letters: [String] { use.letters }
    /// Whether it is no function.
    var isValue: Bool { if case .notation = body { parameters == nil } else { false } }
  }

  enum Body {
    case notation(Notation)
    /// Any differentiable function of these names; of its arguments, where there are none.
    case opaque([Notation])
  }

  /// What a declaration says of a name.
  struct Fact {
    var shape: [Extent]?
    var values: Formula.Domain.Values?
    /// `w_j: entries of W`, `x^{(i)}: rows of X`
    var whole: NameUse?
    /// The number of the first entry, along each axis from the last one back.
    var origin: [Int]?
    /// What stands below it is a part of the name, no index.
    var isLabel: Bool?
    /// `w = 5`: at this point formulas with numbers on one side are tested.
    var given: Double?
  }

  private(set) var definitions: [Definition] = []
  private var byKey: [String: [Int]] = [:]
  private var byBase: [String: [Int]] = [:]
  private var facts: [String: [(position: Position, fact: Fact)]] = [:]
  private var bys: [(Position, Notation)] = []
  private var sizes: [String: Extent] = [:]
  /// What the use of names tells, by region.
  private var evidence: [Evidence] = [Evidence()]
  private var hidden: Set<Int> = []
  /// Of the functions that each section defines.
  private var parameters: [Int: Set<String>] = [:]
  /// The layers that a formula with ℓ is tested for.
  var layers = 2...3

  // MARK: What is said

  @discardableResult
  func define(
    _ use: NameUse, _ key: String, parameters: [Notation]?, _ body: Body, at position: Position, in span: MathSpan
  ) -> Definition {
    var use = use
    if isLabel(key, at: position) { use.below = use.below.map { Notation(.words($0.text)) } }
    let definition = Definition(
      id: definitions.count, use: use, key: key, parameters: parameters, body: body, position: position, span: span)
    definitions.append(definition)
    for parameter in parameters ?? [] { self.parameters[position.section, default: []].insert(parameter.text) }
    byKey[key, default: []].append(definition.id)
    byBase[use.base, default: []].append(definition.id)
    return definition
  }

  func declare(_ key: String, _ fact: Fact, at position: Position) {
    facts[key, default: []].append((position, fact))
  }

  /// Of the statements that are read now.
  var region: Int { evidence.count - 1 }

  func forgetAll() { evidence.append(Evidence()) }

  func declareDerivatives(by name: Notation, at position: Position) { bys.append((position, name)) }

  /// A definition that turned out to be none.
  func hide(_ definition: Definition) { hidden.insert(definition.id) }

  func learn(from notation: Notation, at position: Position) {
    evidence[position.region].section = position.section
    evidence[position.region].learn(from: notation)
  }

  /// Whether only the way a name is written, or its use elsewhere, speaks of its shape.
  func isGuess(_ base: String, at position: Position) -> Bool {
    let evidence = evidence[position.region]
    return evidence.guesses.contains(base) || !evidence.indexed[position.section, default: []].contains(base)
  }

  // MARK: What is known

  /// The definition in force: one in the same formula, else the last one before, else the next one in the section.
  func definition(_ key: String, at position: Position, without hidden: Set<Int> = []) -> Definition? {
    choose(byKey[key] ?? [], at: position, hidden)
  }

  /// Of a family whose members are named with other letters: `p_i` for `p_j`.
  func family(_ use: NameUse, below: Int, at position: Position, without hidden: Set<Int>) -> Definition? {
    let fitting = (byBase[use.base] ?? []).filter { id in
      let member = definitions[id].use
      return member.below.count == below && (member.mark == nil) == (use.mark == nil) && !member.letters.isEmpty
    }
    return choose(fitting, at: position, hidden)
  }

  func earlierDefinitions(_ key: String, than definition: Definition) -> [Definition] {
    (byKey[key] ?? []).filter { $0 < definition.id }.map { definitions[$0] }
  }

  private func choose(_ ids: [Int], at position: Position, _ hidden: Set<Int>) -> Definition? {
    let visible = ids.map { definitions[$0] }.filter { definition in
      !hidden.contains(definition.id) && !self.hidden.contains(definition.id)
        && definition.position.region == position.region
    }
    return visible.last { $0.position.formula == position.formula }
      ?? visible.last { $0.position.order <= position.order }
      ?? visible.first { $0.position.section == position.section }
  }

  /// What was said last of a name, else what is said next in the section.
  private func fact<Value>(_ key: String, at position: Position, _ fact: (Fact) -> Value?) -> Value? {
    let visible = (facts[key] ?? []).filter { $0.position.region == position.region && fact($0.fact) != nil }
    let last = visible.last { $0.position.order <= position.order }
    return (last ?? visible.first { $0.position.section == position.section }).flatMap { fact($0.fact) }
  }

  func shape(_ key: String, at position: Position) -> [Extent]? { fact(key, at: position, \.shape) }
  func values(_ key: String, at position: Position) -> Formula.Domain.Values? { fact(key, at: position, \.values) }
  func given(_ key: String, at position: Position) -> Double? { fact(key, at: position, \.given) }
  func whole(_ key: String, at position: Position) -> NameUse? { fact(key, at: position, \.whole) }
  func isLabel(_ key: String, at position: Position) -> Bool { fact(key, at: position, \.isLabel) ?? false }

  /// The one that a declaration leaves: `w in {5}`.
  func declaredValue(_ key: String, at position: Position) -> Double? {
    guard case .set(let numbers)? = values(key, at: position), numbers.count == 1 else { return nil }
    return numbers[0]
  }

  func derivativesAreBy(at position: Position) -> Notation? {
    bys.last { $0.0.order <= position.order && $0.0.region == position.region }?.1
  }

  /// The size of a name, such as the `n` of `[n, d]` and of `\sum_{i=1}^n`.
  func size(_ name: String, plus offset: Int = 0) -> Extent {
    let key = offset == 0 ? name : "\(name)+\(offset)"
    if let known = sizes[key] { return known }
    let extent =
      offset == 0
      ? Extent(name: name)
      : Extent(size(name), plus: offset, name: offset > 0 ? "\(name)+\(offset)" : "\(name)\(offset)")
    sizes[key] = extent
    return extent
  }

  /// The size that is written as a number, or as a name and what is added to it: `3`, `d + 1`.
  func size(_ notation: Notation, plus offset: Int = 0) -> Extent? {
    if let number = notation.wholeNumber { return Extent(max(0, number + offset)) }
    if let name = notation.symbol { return size(name, plus: offset) }
    guard case .sum(let addends) = notation.form, addends.count == 2, let name = addends[0].term.symbol,
      let shift = addends[1].term.wholeNumber
    else { return nil }
    return size(name, plus: offset + (addends[1].isNegative ? -shift : shift))
  }

  /// All that sizes can be chosen for: what has a name first, then in the order of its use.
  var openExtents: [Extent] {
    let named = sizes.sorted { $0.key < $1.key }.map(\.value)
    let shapes = facts.sorted { $0.key < $1.key }.flatMap(\.value).flatMap { $0.fact.shape ?? [] }
    let inferred = evidence.flatMap { $0.shapes.sorted { $0.key < $1.key }.flatMap(\.value) }
    return Extent.free(named + shapes + inferred)
  }

  func knownSize(_ name: String) -> Extent? { sizes[name] }

  /// The shape of a name of which nothing is declared.
  func inferredShape(_ key: String, _ base: String, at position: Position) -> [Extent] {
    let region = position.region
    guard let rank = evidence[region].ranks[key] ?? evidence[region].ranks[base] else { return [] }
    // The x of `f(x) = …` is a number, if nothing in the section says otherwise.
    let isParameter = parameters[position.section, default: []].contains(base)
    let isIndexedHere = evidence[region].indexed[position.section, default: []].contains(base)
    if isParameter, !isIndexedHere, !evidence[region].guesses.contains(base) { return [] }
    return namelessShape(key, rank: rank, region)
  }

  /// A size that nobody named, the same whenever it is asked for.
  func namelessExtent(_ key: String, at position: Position) -> Extent {
    namelessShape(key, rank: 1, position.region)[0]
  }

  private func namelessShape(_ key: String, rank: Int, _ region: Int) -> [Extent] {
    if let known = evidence[region].shapes[key] { return known }
    let shape = (0..<rank).map { _ in Extent() }
    evidence[region].shapes[key] = shape
    return shape
  }

  func inferredRank(_ key: String, at position: Position) -> Int? { evidence[position.region].ranks[key] }
  func isFamily(_ base: String, at position: Position) -> Bool { evidence[position.region].families.contains(base) }
  func isLayered(_ base: String, at position: Position) -> Bool { evidence[position.region].layered.contains(base) }

  /// The number of the first entry along an axis: 1, or 0 for `w_0, …, w_d`.
  func origin(_ base: String, axis: Int, of rank: Int, at position: Position) -> Int {
    if let declared = fact(base, at: position, \.origin) {
      return rank - 1 - axis < declared.count ? declared[declared.count - rank + axis] : 1
    }
    return evidence[position.region].origins[base]?[axis] ?? 1
  }

  func learnOrigin(_ base: String, axis: Int, _ first: Int, at position: Position) {
    evidence[position.region].origins[base, default: [:]].merge([axis: first]) { known, _ in known }
  }

  func isNamed(_ key: String) -> Bool { byKey[key] != nil || facts[key] != nil }
}
