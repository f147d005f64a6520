// What a name with its scripts stands for.

extension Elaborator {
  func use(_ notation: Notation) -> NameUse? {
    NameUse(
      notation, isNamed: { [lexicon] in lexicon.isNamed($0) },
      isLayered: { [lexicon, position] in lexicon.isLayered($0, at: position) })
  }

  /// The key that definitions and declarations are found under: the layer in numbers, everything else as written.
  func key(of use: NameUse, _ bindings: Bindings) throws(Obstacle) -> String {
    var key = use.base
    if !use.below.isEmpty { key += "_" + use.below.map(\.text).joined() }
    return key + (try mark(of: use, bindings))
  }

  /// `^(t)`, `^*`, `^⟨2⟩` for a layer.
  private func mark(of use: NameUse, _ bindings: Bindings) throws(Obstacle) -> String {
    guard let mark = use.mark else { return "" }
    if let layer = try layer(mark, use.base, bindings) { return "^⟨\(layer)⟩" }
    return "^" + mark.text
  }

  private func layer(of use: NameUse, _ bindings: Bindings) throws(Obstacle) -> Int? {
    guard let mark = use.mark else { return nil }
    return try layer(mark, use.base, bindings)
  }

  private func layer(_ mark: Notation, _ base: String, _ bindings: Bindings) throws(Obstacle) -> Int? {
    if mark.isLayer {
      guard let layer = bindings.layer else { throw .index("ℓ", nil, span.error("which layer ℓ is", at: mark.start)) }
      return mark.layer(where: layer)
    }
    if lexicon.isLayered(base, at: position) {
      if mark.symbol == "L" { return lexicon.layers.upperBound }
      return mark.wholeNumber
    }
    return nil
  }

  /// A name without what stands above it as a power or a transpose.
  func name(_ use: NameUse, _ notation: Notation, _ bindings: Bindings) throws(Obstacle) -> Term {
    if use.below.isEmpty, use.mark == nil, let bound = bindings.indices[use.base] {
      return .number(Double(bound.value ?? 1))
    }
    let key = try key(of: use, bindings)
    if let parameter = bindings.parameters[notation.withoutPowers.text] ?? bindings.parameters[key] { return parameter }
    if let definition = lexicon.definition(key, at: position, without: hidden), definition.letters.isEmpty {
      return try value(of: definition, bindings)
    }
    if lexicon.isLabel(key, at: position) { return try free(use, key, notation, bindings) }
    // W_1: [h, d], the first of several matrices, not an entry.
    if !use.below.isEmpty, use.below.allSatisfy({ $0.wholeNumber != nil }), lexicon.shape(key, at: position) != nil {
      return try free(use, key, notation, bindings)
    }
    if let part = try part(use, notation, bindings) { return part }
    if let member = try member(use, bindings) { return member }
    // The letter only names it: `w_i` is a name, where nothing is summed over i.
    if let definition = lexicon.definition(key, at: position, without: hidden) {
      return try value(of: definition, bindings)
    }
    if use.base == "δ", let value = try kronecker(use, bindings) { return value }
    if let constant = constant(use, key) { return constant }
    return try free(use, key, notation, bindings)
  }

  /// A term of a sequence that is given by its formula: `η_t = C/\sqrt{t}`, for a number t.
  private func member(_ use: NameUse, _ bindings: Bindings) throws(Obstacle) -> Term? {
    guard use.mark == nil, !use.below.isEmpty,
      let family = lexicon.family(use.base, below: use.below.count, isMarked: false, at: position, without: hidden),
      family.letters.count == use.below.count
    else { return nil }
    var inner = Bindings()
    for (letter, item) in zip(family.letters, use.below) {
      guard let value = item.wholeNumber ?? item.symbol.flatMap({ bindings.indices[$0]?.value }) else { return nil }
      inner.indices[letter] = (value, IndexRange(first: value, extent: Extent(1)))
    }
    return try value(of: family, memberOf: inner)
  }

  /// An entry of a tensor, or a member of a family.
  private func part(_ use: NameUse, _ notation: Notation, _ bindings: Bindings) throws(Obstacle) -> Term? {
    var whole: Term?
    var below = use.below
    var owner = use.base
    if let target = lexicon.whole(use.base + (use.mark == nil ? "" : "^"), at: position)
      ?? lexicon.whole(use.base, at: position)
    {
      // w_j: entries of W; x^{(i)}: rows of X.
      var container = target
      if let mark = use.mark, mark.familyIndex == nil { container.mark = mark }
      owner = target.base
      whole = try name(container, notation, bindings)
      if let index = use.mark?.familyIndex { below.insert(index, at: 0) }
    } else if let index = use.mark?.familyIndex, let family = try family(use, index, notation, bindings) {
      whole = family
      owner = use.base + "^()"
      below.insert(index, at: 0)
    } else if !below.isEmpty {
      whole = try indexed(use, notation, bindings)
    } else {
      whole = try vector(of: use, bindings)
    }
    guard let whole else { return nil }
    return try below.isEmpty ? whole : entry(whole, below, owner, notation, bindings)
  }

  /// A whole family by the name of its members: `p`, where `p_i = …`.
  private func vector(of use: NameUse, _ bindings: Bindings) throws(Obstacle) -> Term? {
    guard use.mark?.familyIndex == nil else { return nil }
    for count in 1...2 {
      let isMarked = use.mark != nil
      guard
        let family = lexicon.family(use.base, below: count, isMarked: isMarked, at: position, without: hidden),
        isMarked == family.use.mark?.isLayer ?? false
      else { continue }
      let layer = try layer(of: use, bindings)
      guard layer.map({ lexicon.layers.contains($0) }) ?? true, !isActive(family, layer: layer) else { continue }
      return try value(of: family, try layered(family, use, bindings))
    }
    if let mark = use.mark, try layer(mark, use.base, bindings) != nil { return try whole(use, bindings) }
    return nil
  }

  /// `a^\ell = …`, of which this is one layer.
  private func whole(_ use: NameUse, _ bindings: Bindings) throws(Obstacle) -> Term? {
    guard let mark = use.mark, let layer = try layer(mark, use.base, bindings), lexicon.layers.contains(layer),
      let definition = lexicon.definition("\(use.base)^ℓ", at: position, without: hidden)
    else { return nil }
    var inner = bindings
    inner.layer = layer
    return try value(of: definition, inner)
  }

  private func layered(
    _ family: Lexicon.Definition, _ use: NameUse, _ bindings: Bindings
  ) throws(Obstacle) -> Bindings {
    guard let mark = use.mark, let layer = try layer(mark, use.base, bindings) else { return bindings }
    var inner = bindings
    inner.layer = layer
    return inner
  }

  /// The tensor behind `p_i`, if `p` is one.
  private func indexed(_ use: NameUse, _ notation: Notation, _ bindings: Bindings) throws(Obstacle) -> Term? {
    // y_j: [m], another tensor than y_k.
    let own = try self.key(of: use, bindings)
    if let shape = lexicon.shape(own, at: position) {
      return shape.count < use.below.count ? nil : input(own, shape: shape, values: lexicon.values(own, at: position))
    }
    var base = use
    base.below = []
    let isLayer = try layer(of: use, bindings)
    let isMarked = use.mark != nil
    if let family = lexicon.family(use.base, below: use.below.count, isMarked: isMarked, at: position, without: hidden)
    {
      if isLayer.map({ lexicon.layers.contains($0) }) ?? true {
        do throws(Obstacle) {
          let value = try value(of: family, try layered(family, use, bindings))
          if value.rank >= use.below.count { return value }
        } catch {
          // c_{t-1} in what defines c_t is the value of the step before: an input.
          guard case .circle = error, isEarlier(use, bindings) else { throw error }
          return nil
        }
      }
    }
    let key = try key(of: base, bindings)
    if let definition = lexicon.definition(key, at: position, without: hidden) {
      let value = try value(of: definition, bindings)
      return value.rank >= use.below.count ? value : nil
    }
    if isLayer != nil, let value = try whole(base, bindings), value.rank >= use.below.count { return value }
    let shape = shape(key, base)
    guard shape.count >= use.below.count else { return nil }
    return input(key, shape: shape, values: values(key, base), knowledge: knowledge(of: shape, key, base))
  }

  /// `t - 1`, where nothing says what t is.
  private func isEarlier(_ use: NameUse, _ bindings: Bindings) -> Bool {
    use.below.contains { item in
      guard case .sum = item.form, let letter = item.indexLetter else { return false }
      return bindings.indices[letter] == nil
    }
  }

  /// The tensor of all `x^{(i)}`.
  private func family(
    _ use: NameUse, _ index: Notation, _ notation: Notation, _ bindings: Bindings
  ) throws(Obstacle) -> Term? {
    if let family = lexicon.family(use.base, below: use.below.count, isMarked: true, at: position, without: hidden),
      family.use.mark?.familyIndex != nil
    {
      let value = try value(of: family, bindings)
      return value.rank > 0 ? value : nil
    }
    guard lexicon.isFamily(use.base, at: position) else { return nil }
    let key = use.base + "^()"
    if let shape = lexicon.shape(use.base + "^(i)", at: position) ?? lexicon.shape(use.base, at: position) {
      return input(
        key, shape: [familyExtent(use.base)] + shape, values: lexicon.values(use.base + "^(i)", at: position))
    }
    let rank = (lexicon.inferredRank(key, at: position) ?? 1 + (lexicon.inferredRank(use.base, at: position) ?? 0)) - 1
    let inner = (0..<rank).map { lexicon.namelessExtent("\(key)\($0)", at: position) }
    let values = lexicon.values(use.base + "^(i)", at: position) ?? lexicon.values(use.base, at: position)
    return input(key, shape: [familyExtent(use.base)] + inner, values: values, knowledge: .inferred)
  }

  private func familyExtent(_ base: String) -> Extent { lexicon.namelessExtent("\(base)^()", at: position) }

  private func constant(_ use: NameUse, _ key: String) -> Term? {
    guard use.below.isEmpty, use.mark == nil, lexicon.shape(key, at: position) == nil else { return nil }
    switch key {
    case "e": return Term(formula: .name("e"))
    case "π": return Term(formula: .name("π"))
    case "I", "𝕀":
      let extent = lexicon.namelessExtent("identity \(span.start.offset)", at: position)
      return Term(formula: .call("eye", .number(Double(used(extent) ?? 2))), shape: [extent, extent])
    default:
      if key != "∞", let size = lexicon.knownSize(key) { return .number(Double(used(size) ?? 2)) }
      return nil
    }
  }

  /// A name that nothing defines.
  private func free(_ use: NameUse, _ key: String, _ notation: Notation, _ bindings: Bindings) throws(Obstacle) -> Term
  {
    switch use.base {
    case "∞", "ℝ", "∅", "·", "𝔼", "ℕ", "ℤ", "⊤", "prime", "":
      throw error("\(use.base.isEmpty ? "nothing" : use.base) has no value", at: notation)
    default: break
    }
    if let known = opaqueCalls[use.base], use.below.isEmpty { return known }
    let shape = shape(key, use)
    return input(key, shape: shape, values: values(key, use), knowledge: knowledge(of: shape, key, use))
  }

  private func shape(_ key: String, _ use: NameUse) -> [Extent] {
    for variant in variants(key, use) { if let shape = lexicon.shape(variant, at: position) { return shape } }
    guard use.below.isEmpty else { return [] }
    return lexicon.inferredShape(key, use.base, at: position)
  }

  private func knowledge(of shape: [Extent], _ key: String, _ use: NameUse) -> Knowledge {
    if shape.isEmpty || variants(key, use).contains(where: { lexicon.shape($0, at: position) != nil }) { return .said }
    return lexicon.isGuess(use.base, at: position) ? .guessed : .inferred
  }

  private func values(_ key: String, _ use: NameUse) -> Formula.Domain.Values? {
    for variant in variants(key, use) { if let values = lexicon.values(variant, at: position) { return values } }
    return nil
  }

  /// `W^{(t)}` has the shape of `W`, layer 2 of W that of `W^\ell`.
  private func variants(_ key: String, _ use: NameUse) -> [String] {
    guard use.mark != nil || !use.below.isEmpty else { return [key] }
    // A letter or number below a vector is the index of an entry, unless the whole is a name.
    let isEntry =
      use.mark == nil && use.below.count <= 2 && use.below.allSatisfy { $0.indexLetter != nil || $0.wholeNumber != nil }
    return [key, "\(use.base)^ℓ"] + (isEntry ? [] : [use.base])
  }
}
