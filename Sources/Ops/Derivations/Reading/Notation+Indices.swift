extension Notation {
  /// `i` of `x^{(i)}`, a number as well.
  var familyIndex: Notation? {
    guard let index = single(in: .round) else { return nil }
    switch index.form {
    case .symbol(let letter): return letter.count == 1 && letter != "t" ? index : nil
    case .number: return index
    default: return nil
    }
  }

  func layer(where layer: Int) -> Int? {
    switch form {
    case .symbol("ℓ"): layer
    case .number(let text): Int(text)
    case .group(let items, _) where items.count == 1: items[0].layer(where: layer)
    case .sum(let addends):
      addends.reduce(Int?(0)) { sum, addend in
        sum.flatMap { sum in addend.term.layer(where: layer).map { sum + (addend.isNegative ? -$0 : $0) } }
      }
    default: nil
    }
  }

  /// A name without its primes, transposes and powers: as the parameter of a function was written.
  var withoutPowers: Notation {
    guard case .scripts(let base, let below, let above?, _) = form, above.isTransposeSign || above.wholeNumber != nil
    else { return withoutPrimes }
    return base.scripted(below: below, above: nil, at: self)
  }
}

extension [Notation] {
  /// `11` as 1 and 1, where as many indices are wanted.
  func digits(count wanted: Int) -> [Notation] {
    guard count < wanted else { return self }
    let split = flatMap { item -> [Notation] in
      guard case .number(let text) = item.form, text.count > 1 else { return [item] }
      return text.map { Notation(.number(String($0)), item.start, item.end) }
    }
    return split.count == wanted ? split : self
  }
}
