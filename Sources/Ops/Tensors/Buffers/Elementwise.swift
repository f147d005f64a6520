// Rules of scalars over whole tensors: what every rule gets for nothing. Stated as requirements of `ElementwiseRule` with
// these defaults, so that the compiler makes them for each rule: called through a generic function they are 16 times
// slower.

extension UnaryRule {
  public static func value(strips x: Strips) -> Strip { .apply(Self.self, x.a) }
  public static func locals(strips x: Strips, _ y: Strip) -> Strips { Strips(local(x.a, y)) }
}

extension BinaryRule {
  public static func value(strips x: Strips) -> Strip { .apply(Self.self, x.a, x.b) }
  public static func locals(strips x: Strips, _ y: Strip) -> Strips {
    let (da, db) = locals(x.a, x.b, y)
    return Strips(da, db)
  }
}

extension TernaryRule {
  public static func value(strips x: Strips) -> Strip { .apply(Self.self, x.a, x.b, x.c) }
  public static func locals(strips x: Strips, _ y: Strip) -> Strips {
    let (da, db, dc) = locals(x.a, x.b, x.c, y)
    return Strips(da, db, dc)
  }
}

extension ElementwiseRule {
  /// Whether the local gradients depend on operands or result, or are always the same numbers, as those of + are: tried
  /// at two points.
  static var localsReadValues: Bool {
    let here = locals(strips: Strips(2, 3, 5), 7)
    let there = locals(strips: Strips(-11, -13, -17), -19)
    return [(here.a, there.a), (here.b, there.b), (here.c, there.c)].contains { $0.number != $1.number }
  }
}
