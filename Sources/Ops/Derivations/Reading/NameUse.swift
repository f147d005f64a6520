/// A name with its scripts sorted by what they may mean.
struct NameUse {
  let base: String
  var below: [Notation] = []
  /// A script above that belongs to the name: `(t)`, `*`, a layer.
  var mark: Notation?
  /// What is above and does not belong to the name.
  var power: Notation?
  var isTransposed = false
  var isInverse = false
  var primes = 0

  /// - Parameter isNamed: whether a superscript such as 2 belongs to the name that ends in it.
  init?(_ notation: Notation, isNamed: (String) -> Bool = { _ in false }, isLayered: (String) -> Bool) {
    switch notation.form {
    case .symbol(let name): self.init(base: name)
    case .differential(let inner):
      guard let use = NameUse(inner.unbracketed, isNamed: isNamed, isLayered: isLayered) else { return nil }
      self.init(base: "∂" + use.base)
      (below, mark, power, isTransposed) = (use.below, use.mark, use.power, use.isTransposed)
    case .scripts(let inner, let below, let above, let primes):
      guard let name = inner.symbol else { return nil }
      if case .indices? = below?.form { return nil }
      self.init(base: name)
      self.primes = primes
      self.below = below?.items ?? []
      if let above { sort(above, isNamed, isLayered) }
    default: return nil
    }
  }

  init(base: String) { self.base = base }

  /// Sorts what stands above a name, of which nothing else is known unless said.
  mutating func sort(
    _ above: Notation, _ isNamed: (String) -> Bool = { _ in false }, _ isLayered: (String) -> Bool = { _ in false }
  ) {
    switch above.form {
    case _ where above.isTransposeSign: isTransposed = true
    case .product(let first, .adjacent, let last) where last.isTransposeSign:
      sort(first, isNamed, isLayered)
      isTransposed = true
    case .group(let items, .none) where items.count == 2 && items[1].isTransposeSign:
      sort(items[0], isNamed, isLayered)
      isTransposed = true
    case .sum(let addends) where addends.count == 1 && addends[0].isNegative && addends[0].term.isTransposeSign:
      (isTransposed, isInverse) = (true, true)
    case .sum where above.wholeNumber == -1: isInverse = true
    case .group(_, .round), .group(_, .square), .words,
      .symbol("*"), .symbol("+"), .symbol("-"), .symbol("†"), .symbol("·"):
      mark = above
    case _ where above.isLayer || isNamed("\(base)^\(above.text)"): mark = above
    case .number where isLayered(base), .symbol("L") where isLayered(base): mark = above
    default: power = above
    }
  }
}

extension NameUse {
  /// With what stands below: `z_j`.
  var stem: String { below.isEmpty ? base : base + "_" + below.map(\.text).joined() }

  /// The key of a name where layers are letters: `z_j^ℓ` is `z_j^ℓ`.
  var key: String { stem + (mark.map { "^" + $0.text } ?? "") }

  /// Letters below, or in brackets above, that may be indices: at most two, and a word is a name.
  var letters: [String] {
    var letters = below.compactMap { $0.symbol.flatMap { $0.count == 1 ? $0 : nil } }
    if letters.count < below.count || letters.count > 2 { letters = [] }
    if let letter = mark?.single(in: .round)?.symbol { letters.insert(letter, at: 0) }
    return letters
  }

  /// x and y of `f_{xy}`, where that may be a derivative.
  var partialLetters: [String]? {
    let letters = below.flatMap { $0.symbol.map { $0.map(String.init) } ?? ["?"] }
    return !letters.isEmpty && mark == nil && letters.allSatisfy("xyzuv".contains) ? letters : nil
  }
}

extension Notation {
  /// `\ell`, `\ell - 1`, `[\ell]`
  var isLayer: Bool {
    switch form {
    case .symbol("ℓ"): true
    case .sum(let addends): addends.contains { $0.term.isLayer }
    case .group(let items, _): items.count == 1 && items[0].isLayer
    default: false
    }
  }
}
