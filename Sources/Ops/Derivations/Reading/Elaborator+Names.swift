// What a name with its scripts stands for.

extension Elaborator {
  func use(_ notation: Notation) -> NameUse? {
    NameUse(notation, isNamed: lexicon.isNamed) { lexicon.isLayered($0, at: position) }
  }

  /// The key that definitions and declarations are found under: the layer in numbers, everything else as written.
  func key(of use: NameUse) throws(Obstacle) -> String {
    try layer(of: use).map { "\(use.stem)^⟨\($0)⟩" } ?? use.key
  }

  private func layer(of use: NameUse) throws(Obstacle) -> Int? {
    guard let mark = use.mark else { return nil }
    if mark.isLayer {
      guard let layer else { throw .index("ℓ", nil, span.error("which layer ℓ is", at: mark.start)) }
      return mark.layer(where: layer)
    }
    guard lexicon.isLayered(use.base, at: position) else { return nil }
    return mark.symbol == "L" ? lexicon.layers.upperBound : mark.wholeNumber
  }

  func definition(_ key: String) -> Lexicon.Definition? { lexicon.definition(key, at: position, without: draft.hidden) }

  /// What defines the members of a family with so many indices below.
  private func family(_ use: NameUse, below count: Int) -> Lexicon.Definition? {
    lexicon.family(use, below: count, at: position, without: draft.hidden)
  }

  /// A name without what stands above it as a power or a transpose.
  func name(_ use: NameUse) throws(Obstacle) -> Term {
    if use.below.isEmpty, use.mark == nil, let bound = indices[use.base] {
      return .number(Double(bound.value ?? 1))
    }
    let key = try key(of: use)
    if let parameter = parameters[notation.withoutPowers.text] ?? parameters[key] { return parameter }
    let definition = definition(key)
    if let definition, definition.letters.isEmpty { return try value(of: definition) }
    // W_1: [h, d], the first of several matrices, not an entry.
    let isOneOfSeveral = !use.below.isEmpty && use.below.allSatisfy { $0.wholeNumber != nil }
    if lexicon.isLabel(key, at: position) || isOneOfSeveral && lexicon.shape(key, at: position) != nil {
      return try free(use, key)
    }
    if let part = try part(use) { return part }
    if let member = try member(use) { return member }
    // The letter only names it: `w_i` is a name, where nothing is summed over i.
    if let definition { return try value(of: definition) }
    if use.base == "δ", let value = try kronecker(use) { return value }
    if let constant = constant(use, key) { return constant }
    return try free(use, key)
  }

  /// A term of a sequence that is given by its formula: `η_t = C/\sqrt{t}`, for a number t.
  private func member(_ use: NameUse) throws(Obstacle) -> Term? {
    guard use.mark == nil, !use.below.isEmpty, let family = family(use, below: use.below.count),
      family.letters.count == use.below.count
    else { return nil }
    var inner = Elaborator(draft)
    for (letter, item) in zip(family.letters, use.below) {
      guard let value = item.wholeNumber ?? item.symbol.flatMap({ indices[$0]?.value }) else { return nil }
      inner.indices[letter] = (value, IndexRange(first: value, extent: Extent(1)))
    }
    return try inner.value(ofMember: family)
  }

  /// An entry of a tensor, or a member of a family.
  private func part(_ use: NameUse) throws(Obstacle) -> Term? {
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
      whole = try name(container)
      if let index = use.mark?.familyIndex { below.insert(index, at: 0) }
    } else if let index = use.mark?.familyIndex, let family = try family(use) {
      whole = family
      owner = use.base + "^()"
      below.insert(index, at: 0)
    } else if !below.isEmpty {
      whole = try indexed(use)
    } else {
      whole = try vector(of: use)
    }
    guard let whole else { return nil }
    return try below.isEmpty ? whole : entry(whole, below, owner)
  }

  /// A whole family by the name of its members: `p`, where `p_i = …`.
  private func vector(of use: NameUse) throws(Obstacle) -> Term? {
    guard use.mark?.familyIndex == nil else { return nil }
    for count in 1...2 {
      guard let family = family(use, below: count), (use.mark != nil) == family.use.mark?.isLayer ?? false else {
        continue
      }
      let layer = try layer(of: use)
      guard layer.map(lexicon.layers.contains) ?? true, !isActive(family, layer: layer) else { continue }
      return try with(layer: layer).value(of: family)
    }
    return try whole(use)
  }

  /// `a^\ell = …`, of which this is one layer.
  private func whole(_ use: NameUse) throws(Obstacle) -> Term? {
    guard let layer = try layer(of: use), lexicon.layers.contains(layer),
      let definition = definition("\(use.base)^ℓ")
    else { return nil }
    return try with(layer: layer).value(of: definition)
  }

  /// The tensor behind `p_i`, if `p` is one.
  private func indexed(_ use: NameUse) throws(Obstacle) -> Term? {
    // y_j: [m], another tensor than y_k.
    let own = try self.key(of: use)
    if let shape = lexicon.shape(own, at: position) {
      return shape.count < use.below.count
        ? nil : draft.input(own, shape: shape, values: lexicon.values(own, at: position))
    }
    var base = use
    base.below = []
    let layer = try layer(of: use)
    if let family = family(use, below: use.below.count), layer.map(lexicon.layers.contains) ?? true {
      do throws(Obstacle) {
        let value = try with(layer: layer).value(of: family)
        if value.rank >= use.below.count { return value }
      } catch {
        // c_{t-1} in what defines c_t is the value of the step before: an input.
        guard case .circle = error, isEarlier(use) else { throw error }
        return nil
      }
    }
    let key = try key(of: base)
    if let definition = definition(key) {
      let value = try value(of: definition)
      return value.rank >= use.below.count ? value : nil
    }
    if let value = try whole(base), value.rank >= use.below.count { return value }
    return input(key, base, atLeast: use.below.count)
  }

  /// `t - 1`, where nothing says what t is.
  private func isEarlier(_ use: NameUse) -> Bool {
    use.below.contains { item in
      guard case .sum = item.form, let letter = item.indexLetter else { return false }
      return indices[letter] == nil
    }
  }

  /// The tensor of all `x^{(i)}`.
  private func family(_ use: NameUse) throws(Obstacle) -> Term? {
    if let family = family(use, below: use.below.count), family.use.mark?.familyIndex != nil {
      let value = try value(of: family)
      return value.rank > 0 ? value : nil
    }
    guard lexicon.isFamily(use.base, at: position) else { return nil }
    let key = use.base + "^()"
    let extent = lexicon.namelessExtent(key, at: position)
    if let shape = lexicon.shape(use.base + "^(i)", at: position) ?? lexicon.shape(use.base, at: position) {
      return draft.input(key, shape: [extent] + shape, values: lexicon.values(use.base + "^(i)", at: position))
    }
    let rank = (lexicon.inferredRank(key, at: position) ?? 1 + (lexicon.inferredRank(use.base, at: position) ?? 0)) - 1
    let inner = (0..<rank).map { lexicon.namelessExtent("\(key)\($0)", at: position) }
    let values = lexicon.values(use.base + "^(i)", at: position) ?? lexicon.values(use.base, at: position)
    return draft.input(key, shape: [extent] + inner, values: values, knowledge: .inferred)
  }

  private func constant(_ use: NameUse, _ key: String) -> Term? {
    guard use.below.isEmpty, use.mark == nil, lexicon.shape(key, at: position) == nil else { return nil }
    switch key {
    case "e", "π": return Term(formula: .name(key))
    case "I", "𝕀":
      let extent = lexicon.namelessExtent("identity \(span.start.offset)", at: position)
      return Term(formula: .call("eye", .number(Double(draft.used(extent) ?? 2))), shape: [extent, extent])
    default:
      if key != "∞", let size = lexicon.knownSize(key) { return .number(Double(draft.used(size) ?? 2)) }
      return nil
    }
  }

  /// A name that nothing defines.
  private func free(_ use: NameUse, _ key: String) throws(Obstacle) -> Term {
    if ["∞", "ℝ", "∅", "·", "𝔼", "ℕ", "ℤ", "⊤", "prime", ""].contains(use.base) {
      throw error("\(use.base.isEmpty ? "nothing" : use.base) has no value")
    }
    if let known = draft.opaqueCalls[use.base], use.below.isEmpty { return known }
    return input(key, use, atLeast: 0)!
  }

  /// A value from outside, by what is said or known of its name, if it has so many axes.
  private func input(_ key: String, _ use: NameUse, atLeast rank: Int) -> Term? {
    let names = variants(key, use).lazy
    let said = names.compactMap { lexicon.shape($0, at: position) }.first
    let shape = said ?? (use.below.isEmpty ? lexicon.inferredShape(key, use.base, at: position) : [])
    guard shape.count >= rank else { return nil }
    let isSaid = said != nil || shape.isEmpty
    return draft.input(
      key, shape: shape, values: names.compactMap { lexicon.values($0, at: position) }.first,
      knowledge: isSaid ? .said : lexicon.isGuess(use.base, at: position) ? .guessed : .inferred)
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
