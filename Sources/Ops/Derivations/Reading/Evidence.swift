/// What the use of names tells about them.
struct Evidence {
  /// The rank that the use of a name speaks of: `x_i` in a sum over i, `W^T`.
  private(set) var ranks: [String: Int] = [:]
  /// Names with an index in brackets above: `x^{(i)}`.
  private(set) var families: Set<String> = []
  private(set) var layered: Set<String> = []
  /// Names of which only the way they are written speaks of a rank: upper case, a transpose.
  private(set) var guesses: Set<String> = []
  /// Names with an index below, by section.
  private(set) var indexed: [Int: Set<String>] = [:]
  var section = 0
  var shapes: [String: [Extent]] = [:]
  /// By axis.
  var origins: [String: [Int: Int]] = [:]

  /// Learns from how names are used which are vectors and matrices, which have layers or an index above.
  mutating func learn(from notation: Notation, bound: Set<String> = []) {
    var bound = bound
    switch notation.form {
    case .big(_, let below, let above, let body) where above?.symbol != "∞":
      bound.formUnion(below?.boundLetters ?? [])
      learn(from: body, bound: bound)
      return
    case .scripts(let base, let below, let above, _):
      if let name = base.symbol { learn(name, below?.items ?? [], above, bound) }
    case .norm(let inner): learnVectors(inner)
    case .function(let function, _, let arguments) where arguments.count == 1:
      if Self.ofVectors.contains(function) { learnVector(arguments[0]) }
      if Self.ofMatrices.contains(function), let name = arguments[0].unbracketed.symbol { learnRank(name, 2) }
    default: break
    }
    for part in notation.parts { learn(from: part, bound: bound) }
  }

  private static let ofVectors: Set<String> = ["softmax", "logsumexp", "norm", "diag", "mean"]
  private static let ofMatrices: Set<String> = ["det", "trace"]

  /// `\|XW - Y\|`: of numbers one would write |…|.
  private mutating func learnVectors(_ notation: Notation) {
    learnVector(notation)
    switch notation.form {
    case .sum, .product, .group: for part in notation.parts { learnVectors(part) }
    default: break
    }
  }

  private mutating func learnVector(_ notation: Notation) {
    guard let name = notation.unbracketed.symbol, let letter = name.first else { return }
    guess(name, letter.isUppercase && letter.isASCII ? 2 : 1)
  }

  /// What only the way a name is written speaks of.
  private mutating func guess(_ name: String, _ rank: Int) {
    guard ranks[name] == nil else { return }
    learnRank(name, rank)
    guesses.insert(name)
  }

  private mutating func learnRank(_ name: String, _ rank: Int) { ranks[name] = max(ranks[name] ?? 0, rank) }

  private mutating func learn(_ name: String, _ below: [Notation], _ above: Notation?, _ bound: Set<String>) {
    if let above {
      if above.isLayer { layered.insert(name) }
      if let letter = above.items.first?.single(in: .round)?.symbol, bound.contains(letter) {
        families.insert(name)
        if !below.isEmpty, below.allSatisfy({ $0.indexLetter != nil }) { learnRank(name + "^()", 1 + below.count) }
      }
      let isUppercase = name.first?.isUppercase ?? false
      if above.isTransposeSign, below.isEmpty { guess(name, isUppercase ? 2 : 1) }
      if above.isInverseSign, isUppercase { guess(name, 2) }
    }
    for (axis, item) in below.enumerated() where item.wholeNumber == 0 { origins[name, default: [:]][axis] = 0 }
    guard !below.isEmpty, below.contains(where: { $0.indexLetter.map(bound.contains) == true }) else { return }
    guard above.map({ $0.isLayer || $0.isTransposeSign || $0.wholeNumber != nil }) ?? true else { return }
    guesses.remove(name)
    indexed[section, default: []].insert(name)
    learnRank(name, below.count)
  }
}

extension Notation {
  /// The letters that a sum runs over: `i = 1`, `i, j`, `k \neq j`.
  var boundLetters: Set<String> {
    switch form {
    case .symbol(let letter): [letter]
    case .relation(let left, let sign, let right):
      sign == "<" || sign == "≤" ? left.boundLetters.union(right.boundLetters) : left.boundLetters
    case .group(let items, .none): items.reduce(into: []) { $0.formUnion($1.boundLetters) }
    case .product(let a, .adjacent, let b): a.boundLetters.union(b.boundLetters)
    default: []
    }
  }

  /// The letter of an index: `i`, `i + 1`.
  var indexLetter: String? {
    switch form {
    case .symbol(let name) where name.count == 1: name
    case .sum(let addends): addends.lazy.compactMap { $0.term.symbol }.first { $0.count == 1 }
    default: nil
    }
  }

  var isInverseSign: Bool {
    if case .sum(let addends) = form, addends.count == 1, addends[0].isNegative {
      return addends[0].term.isTransposeSign || addends[0].term.wholeNumber == 1
    }
    return false
  }
}
