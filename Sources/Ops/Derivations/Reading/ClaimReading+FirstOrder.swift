// Approximations.

extension ClaimReading {
  /// `≈`: both sides and their derivatives by what is small agree where it is 0.
  func firstOrder(_ points: Int, _ seed: UInt64) throws(Obstacle) -> Result {
    let elaborator = elaborator()
    var bindings = Bindings()
    var small: Term?
    if let (x, a) = difference {
      // f(x) ≈ f(a) + f'(a)(x - a): in h = x - a.
      let h = elaborator.input("h", shape: try elaborator.term(a, Bindings()).shape)
      let sum = try elaborator.plus(try elaborator.term(a, Bindings()), h, false, x)
      bindings.parameters[x.text] = elaborator.named(sum, x.text, at: x)
      small = h
    }
    let sides = try sides(elaborator, bindings)
    small = small ?? elaborator.inputs.first { $0.shape.isEmpty && Self.isSmall($0.key) }.map { .name($0.name, []) }
    guard let small, let origin = small.origin, small.isNumber, sides.left.count == 1 else {
      throw .unread(span.error("approximately equal in what? ε, η, h, Δ… or x - a are taken for small", at: left.start))
    }
    func jet(_ side: Term) throws(Obstacle) -> Formula {
      Formula(.list([side.formula, try elaborator.derivative(of: side, by: small, 1, left).formula]))
    }
    let claim = Claim.identity(try jet(sides.left[0]), try jet(sides.right[0]))
    let verdict = try verdict(claim, elaborator, points, seed, zero: origin.name)
    return Result(verdict: verdict, claim: claim, usedDefinitions: elaborator.usedDefinitions)
  }

  private static func isSmall(_ key: String) -> Bool { key.first.map("ηεhΔ".contains) ?? false }

  /// The `x - a` of the right side.
  private var difference: (Notation, Notation)? {
    right.allParts.compactMap { (part) -> (Notation, Notation)? in
      guard case .group(let items, .round) = part.form, items.count == 1, case .sum(let addends) = items[0].form,
        addends.map(\.isNegative) == [false, true], addends.allSatisfy({ $0.term.symbol != nil })
      else { return nil }
      return (addends[0].term, addends[1].term)
    }.last
  }
}
