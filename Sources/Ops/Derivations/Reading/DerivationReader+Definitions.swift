// What a statement defines.

extension DerivationReader {
  func use(_ notation: Notation) -> NameUse? {
    NameUse(notation) { lexicon.isLayered($0, at: position) }
  }

  /// `z = wx + b`, `f(x, y) = …`
  func define(
    _ left: Notation, _ right: Notation, _ position: Lexicon.Position, _ span: MathSpan
  ) -> Lexicon.Definition? {
    if case .call(let function, let arguments) = left.form {
      return define(function, arguments, right, position, span)
    }
    guard let use = use(left), use.primes == 0, !use.isTransposed, !use.isInverse,
      use.base.first.map({ $0.isLetter || $0 == "∂" }) ?? false
    else { return nil }
    let key = use.key
    // σ^2 is a name where it is defined as one, and σ is none.
    if use.power != nil {
      if lexicon.definition(key, at: position) != nil { return nil }
      guard case .scripts(let base, let below, let above?, 0) = left.form, below == nil, let name = base.symbol,
        name != "e", above.wholeNumber == 2, let letter = name.first, !letter.isASCII || name.count > 1
      else { return nil }
      var named = NameUse(base: name)
      named.mark = above
      return lexicon.define(named, name + "^" + above.text, parameters: nil, .notation(right), at: position, in: span)
    }
    if let value = right.numericValue {
      guard let known = lexicon.definition(key, at: position) else {
        give(key, value, position)
        return nil
      }
      // x = 2/3, and in another exercise x = 1.
      guard case .notation(let body) = known.body, body.isOfNumbers else { return nil }
    }
    if right.isListOfEntries(of: use.base) { return nil }
    if case .matrix = right.form {
      if lexicon.shape(key, at: position) != nil { return nil }
      if use.mark?.isLayer == true, lexicon.shape("\(use.base)^ℓ", at: position) != nil { return nil }
    }
    return lexicon.define(use, key, parameters: nil, .notation(right), at: position, in: span)
  }

  func give(_ key: String, _ value: Double, _ position: Lexicon.Position) {
    if let extent = lexicon.knownSize(key), let size = Int(exactly: value), size > 0 { extent.fix(size) }
    lexicon.declare(key, Lexicon.Fact(given: value), at: position)
  }

  func define(
    _ function: Notation, _ arguments: [Notation], _ body: Notation, _ position: Lexicon.Position, _ span: MathSpan
  ) -> Lexicon.Definition? {
    guard let use = use(function), use.primes == 0, use.power == nil, !use.isTransposed else { return nil }
    if isPartial(use, arguments, position) { return nil }
    let isPlain = arguments.allSatisfy { self.use($0).map { $0.power == nil && !$0.isTransposed } ?? false }
    if isPlain {
      return lexicon.define(use, use.key, parameters: arguments, .notation(body), at: position, in: span)
    }
    // G(yŷ) = …: a function of one number, whatever it is called.
    guard arguments.count == 1, case .product = arguments[0].form else { return nil }
    let parameter = Notation.symbol("argument")
    let general = body.replacing(arguments[0], with: parameter)
    return lexicon.define(use, use.key, parameters: [parameter], .notation(general), at: position, in: span)
  }

  /// `f_x(x, y)` of a function that is known: its derivative.
  private func isPartial(_ use: NameUse, _ arguments: [Notation], _ position: Lexicon.Position) -> Bool {
    guard let letters = use.partialLetters,
      lexicon.definition(use.base, at: position)?.parameters != nil || "fg".contains(use.base)
    else { return false }
    return letters.allSatisfy { letter in arguments.contains { $0.symbol == letter } }
  }
}

extension Notation {
  /// A number with its sign.
  var numericValue: Double? {
    switch form {
    case .number(let text): Double(text)
    case .sum(let addends) where addends.count == 1:
      addends[0].term.numericValue.map { addends[0].isNegative ? -$0 : $0 }
    case .group(let items, .none) where items.count == 1: items[0].numericValue
    default: nil
    }
  }

  /// `[w_0, …, w_d]^T`, for w: notation, not a definition.
  func isListOfEntries(of base: String) -> Bool {
    switch form {
    case .scripts(let inner, nil, let above?, 0): return above.isTransposeSign && inner.isListOfEntries(of: base)
    case .matrix, .group(_, .square), .group(_, .round):
      return allParts.contains {
        if case .scripts(let inner, _?, _, _) = $0.form { inner.symbol == base } else { false }
      }
    default: return false
    }
  }

  /// `y_k` as the vector y.
  var withoutIndices: Notation {
    guard case .scripts(let base, let below?, let above, 0) = form, below.items.allSatisfy({ $0.indexLetter != nil })
    else { return self }
    return base.scripted(below: nil, above: above, at: self)
  }

  /// Whether no name stands in it but π; e may be one.
  fileprivate var isOfNumbers: Bool {
    allParts.allSatisfy { $0.symbol == nil || $0.symbol == "π" }
  }

  var plainName: String? { items.allSatisfy { $0.symbol != nil } ? text : nil }

  /// With another notation in place of every part that is written like it.
  func replacing(_ part: Notation, with other: Notation) -> Notation {
    self == part || single(in: .round) == part ? other : mapParts { $0.replacing(part, with: other) }
  }
}
