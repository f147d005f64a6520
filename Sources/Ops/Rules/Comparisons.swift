// Operations that compare. What they do where they jump is decided here and listed in Docs/Conventions.md.

/// |x|; its local gradient at 0 is 0.
@usableFromInline
package enum Abs: UnaryRule {
  @inlinable package static var code: UInt16 { 34 }
  @inlinable package static var kinks: [Double] { [0.0] }
  @inlinable package static func value<A: Algebra>(_ x: A) -> A { .abs(x) }
  @inlinable package static func local<A: Algebra>(_ x: A, _ y: A) -> A { .apply(Sgn.self, x) }
}

/// −1, 0 or 1 by the sign of x; NaN stays NaN.
@usableFromInline
package enum Sgn: UnaryRule {
  @inlinable package static var code: UInt16 { 35 }
  @inlinable package static var kinks: [Double] { [0.0] }
  @inlinable
  package static func value<A: Algebra>(_ x: A) -> A {
    .select(.less(x, 0), -1, .select(.less(0, x), 1, x))
  }
  @inlinable package static func local<A: Algebra>(_ x: A, _ y: A) -> A { 0 }
}

/// 0 where x < 0, else 1; NaN stays NaN.
@usableFromInline
package enum Step: UnaryRule {
  @inlinable package static var code: UInt16 { 36 }
  @inlinable package static var kinks: [Double] { [0.0] }
  @inlinable
  package static func value<A: Algebra>(_ x: A) -> A { .select(.less(x, 0), 0, .select(.equal(x, x), 1, x)) }
  @inlinable package static func local<A: Algebra>(_ x: A, _ y: A) -> A { 0 }
}

@usableFromInline
package enum Less: BinaryRule {
  @inlinable package static var code: UInt16 { 37 }
  @inlinable package static var meetings: [(Int, Int)] { [(0, 1)] }
  @inlinable package static func value<A: Algebra>(_ a: A, _ b: A) -> A { .less(a, b) }
  @inlinable package static func locals<A: Algebra>(_ a: A, _ b: A, _ y: A) -> (A, A) { (0, 0) }
}

/// 1 where a ≤ b, else 0.
@usableFromInline
package enum LessOrEqual: BinaryRule {
  @inlinable package static var code: UInt16 { 39 }
  @inlinable package static var meetings: [(Int, Int)] { [(0, 1)] }
  @inlinable
  package static func value<A: Algebra>(_ a: A, _ b: A) -> A { .select(.less(a, b), 1, .equal(a, b)) }
  @inlinable package static func locals<A: Algebra>(_ a: A, _ b: A, _ y: A) -> (A, A) { (0, 0) }
}

@usableFromInline
package enum Equal: BinaryRule {
  @inlinable package static var code: UInt16 { 38 }
  @inlinable package static var meetings: [(Int, Int)] { [(0, 1)] }
  @inlinable package static func value<A: Algebra>(_ a: A, _ b: A) -> A { .equal(a, b) }
  @inlinable package static func locals<A: Algebra>(_ a: A, _ b: A, _ y: A) -> (A, A) { (0, 0) }
}

/// The larger of two; a tie is shared equally. NaN where either is.
@usableFromInline
package enum Maximum: BinaryRule {
  @inlinable package static var name: String { "max" }
  @inlinable package static var code: UInt16 { 40 }
  @inlinable package static var meetings: [(Int, Int)] { [(0, 1)] }
  @inlinable
  package static func value<A: Algebra>(_ a: A, _ b: A) -> A {
    .select(.less(a, b), b, .select(.equal(b, b), a, b))
  }
  @inlinable
  package static func locals<A: Algebra>(_ a: A, _ b: A, _ y: A) -> (A, A) {
    let tie = 0.5 * A.equal(a, b)
    return (.less(b, a) + tie, .less(a, b) + tie)
  }
}

/// The smaller of two; a tie is shared equally. NaN where either is.
@usableFromInline
package enum Minimum: BinaryRule {
  @inlinable package static var name: String { "min" }
  @inlinable package static var code: UInt16 { 41 }
  @inlinable package static var meetings: [(Int, Int)] { [(0, 1)] }
  @inlinable
  package static func value<A: Algebra>(_ a: A, _ b: A) -> A {
    .select(.less(b, a), b, .select(.equal(b, b), a, b))
  }
  @inlinable
  package static func locals<A: Algebra>(_ a: A, _ b: A, _ y: A) -> (A, A) {
    let tie = 0.5 * A.equal(a, b)
    return (.less(a, b) + tie, .less(b, a) + tie)
  }
}

/// x held between two bounds; its local gradient is 1 within them and on them. The lower bound wins where they are
/// crossed.
@usableFromInline
package enum Clip: TernaryRule {
  @inlinable package static var code: UInt16 { 42 }
  @inlinable package static var meetings: [(Int, Int)] { [(0, 1), (0, 2)] }
  @inlinable
  package static func value<A: Algebra>(_ x: A, _ low: A, _ high: A) -> A {
    .select(.less(x, low), low, .select(.less(high, x), high, x))
  }
  @inlinable
  package static func locals<A: Algebra>(_ x: A, _ low: A, _ high: A, _ y: A) -> (A, A, A) {
    let below = A.less(x, low)
    let above = A.select(below, 0, .less(high, x))
    return (1 - below - above, below, above)
  }
}

/// a where the condition is not 0, else b. No gradient and no NaN passes through the branch that is not taken.
@usableFromInline
package enum Where: TernaryRule {
  @inlinable package static var code: UInt16 { 43 }
  @inlinable package static var kinks: [Double] { [0.0] }
  @inlinable
  package static func value<A: Algebra>(_ condition: A, _ a: A, _ b: A) -> A { .select(condition, a, b) }
  @inlinable
  package static func locals<A: Algebra>(_ condition: A, _ a: A, _ b: A, _ y: A) -> (A, A, A) {
    (0, .select(condition, 1, 0), .select(condition, 0, 1))
  }
}

/// x itself, but no gradient flows through it.
@usableFromInline
package enum StopGradient: UnaryRule {
  @inlinable package static var code: UInt16 { 51 }
  @inlinable package static func value<A: Algebra>(_ x: A) -> A { x }
  @inlinable package static func local<A: Algebra>(_ x: A, _ y: A) -> A { 0 }
}
