// Approximations.

extension ClaimReading {
  /// `≈`: both sides and their derivatives by what is small agree where it is 0.
  func firstOrder(_ points: Int, _ seed: UInt64) throws(Obstacle) -> Result {
    var elaborator = Elaborator(draft())
    var small: Term?
    if let (x, a) = difference {
      // f(x) ≈ f(a) + f'(a)(x - a): in h = x - a.
      let h = elaborator.draft.input("h", shape: try elaborator.term(a).shape)
      let sum = try elaborator.at(x).plus(try elaborator.term(a), h, false)
      elaborator.parameters[x.text] = elaborator.named(sum, x.text, at: x)
      small = h
    }
    let sides = try sides(elaborator)
    small =
      small ?? elaborator.draft.inputs.first { $0.shape.isEmpty && Self.isSmall($0.key) }.map { .name($0.name, []) }
    guard let small, let origin = small.origin, small.isNumber, sides.left.count == 1 else {
      throw .unread(span.error("approximately equal in what? ε, η, h, Δ… or x - a are taken for small", at: left.start))
    }
    func jet(_ side: Term) throws(Obstacle) -> Formula {
      Formula(.list([side.formula, try elaborator.at(left).derivative(of: side, by: small, 1).formula]))
    }
    let claim = Claim.identity(try jet(sides.left[0]), try jet(sides.right[0]))
    let verdict = try verdict(claim, elaborator.draft, points, seed, zero: origin.name)
    return Result(verdict: verdict, claim: claim, usedDefinitions: elaborator.draft.usedDefinitions)
  }

  private static func isSmall(_ key: String) -> Bool { key.first.map("ηεhΔ".contains) ?? false }

  /// The `x - a` of the right side.
  private var difference: (Notation, Notation)? {
    right.allParts.compactMap { (part) -> (Notation, Notation)? in
      guard case .sum(let addends)? = part.single(in: .round)?.form, addends.map(\.isNegative) == [false, true],
        addends.allSatisfy({ $0.term.symbol != nil })
      else { return nil }
      return (addends[0].term, addends[1].term)
    }.last
  }
}
