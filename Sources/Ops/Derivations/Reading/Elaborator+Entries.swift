// Entries of tensors: indices, and the δ of two of them.

extension Elaborator {
  /// `w_j`, with the values of the letters.
  func entry(_ whole: Term, _ below: [Notation], _ owner: String) throws(Obstacle) -> Term {
    let items = below.digits(count: whole.rank)
    guard items.count <= whole.rank else {
      throw error("\(items.count) indices into a tensor of \(counted(whole.rank, "dimension"))")
    }
    let indices = try items.enumerated().map { (axis, item) throws(Obstacle) -> Formula.Index in
      .element(try place(item, Axis(owner, axis, whole)))
    }
    let origin = whole.origin.map { Term.Origin(name: $0.name, indices: $0.indices + indices) }
    let formula =
      origin.map { Formula(.slice(.name($0.name), $0.indices)) } ?? Formula(.slice(whole.formula, indices))
    return Term(formula: formula, shape: Array(whole.shape.dropFirst(items.count)), origin: origin)
  }

  /// An axis of a tensor, with the name whose entries are counted along it.
  struct Axis {
    let owner: String
    let number: Int
    let rank: Int
    let extent: Extent

    init(_ owner: String, _ number: Int, _ whole: Term) {
      (self.owner, self.number, rank, extent) = (owner, number, whole.rank, whole.shape[number])
    }
  }

  private func origin(_ axis: Axis) -> Int {
    lexicon.origin(axis.owner, axis: axis.number, of: axis.rank, at: position)
  }

  /// The place of an index along an axis, from 0.
  func place(_ item: Notation, _ axis: Axis) throws(Obstacle) -> Int {
    let value = try index(item, axis)
    guard isTrial, let value else { return 0 }
    let place = value - origin(axis)
    guard let size = draft.used(axis.extent), (0..<size).contains(place) else {
      throw error("there is no entry \(value)")
    }
    return place
  }

  /// The value of an index; nil while sizes are not known.
  func index(_ item: Notation, _ axis: Axis?) throws(Obstacle) -> Int? {
    switch item.form {
    case .number(let text): return Int(text)
    case .group(let items, _) where items.count == 1: return try index(items[0], axis)
    case .symbol(let letter): return try index(letter, axis, item)
    case .sum(let addends):
      var sum: Int? = 0
      for addend in addends {
        let value = try index(addend.term, nil)
        sum = sum.flatMap { sum in value.map { sum + (addend.isNegative ? -$0 : $0) } }
      }
      return sum
    default: throw error("an index is a letter or a number", at: item)
    }
  }

  private func index(_ letter: String, _ axis: Axis?, _ item: Notation) throws(Obstacle) -> Int? {
    if let bound = indices[letter] {
      if let axis {
        if bound.range.first == 0 { lexicon.learnOrigin(axis.owner, axis: axis.number, 0, at: position) }
        if origin(axis) == bound.range.first { bound.range.extent.join(axis.extent) }
      }
      return bound.value
    }
    // The last one: w_d.
    if let size = lexicon.knownSize(letter) {
      if !isTrial, let axis { axis.extent.join(lexicon.size(letter, plus: 1 - origin(axis))) }
      return draft.used(size)
    }
    let range = axis.map { IndexRange(first: origin($0), extent: $0.extent) }
    throw .index(letter, range, span.error("which \(letter) is meant", at: item.start))
  }

  /// δ_{ij}, of two indices.
  func kronecker(_ use: NameUse) throws(Obstacle) -> Term? {
    let items = use.below.digits(count: 2)
    guard items.count == 2, use.mark == nil else { return nil }
    var values: [Int?] = []
    for item in items {
      guard let letter = item.indexLetter else {
        guard let number = item.wholeNumber else { return nil }
        values.append(number)
        continue
      }
      guard let bound = indices[letter] else {
        if let size = lexicon.knownSize(letter) {
          values.append(size.size)
          continue
        }
        throw .index(letter, nil, span.error("what \(letter) runs over", at: item.start))
      }
      let shift = try index(item, nil)
      values.append(shift ?? bound.value)
    }
    return .number(values[0] == values[1] ? 1 : 0)
  }
}
