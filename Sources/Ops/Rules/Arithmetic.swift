@usableFromInline
package enum Add: BinaryRule, PrimitiveRule {
  @inlinable package static var code: UInt16 { 8 }
  @inlinable package static func value<A: Algebra>(_ a: A, _ b: A) -> A { a + b }
  @inlinable package static func locals<A: Algebra>(_ a: A, _ b: A, _ y: A) -> (A, A) { (1, 1) }
}

@usableFromInline
package enum Subtract: BinaryRule, PrimitiveRule {
  @inlinable package static var code: UInt16 { 9 }
  @inlinable package static func value<A: Algebra>(_ a: A, _ b: A) -> A { a - b }
  @inlinable package static func locals<A: Algebra>(_ a: A, _ b: A, _ y: A) -> (A, A) { (1, -1) }
}

@usableFromInline
package enum Multiply: BinaryRule, PrimitiveRule {
  @inlinable package static var code: UInt16 { 10 }
  @inlinable package static func value<A: Algebra>(_ a: A, _ b: A) -> A { a * b }
  @inlinable package static func locals<A: Algebra>(_ a: A, _ b: A, _ y: A) -> (A, A) { (b, a) }
}

/// The product of the chain rule as an operation on a tape: see `Algebra.chain`.
@usableFromInline
package enum ChainProduct: BinaryRule {
  @usableFromInline package static let code = RuleRegistry.code(of: Self.self)
  @inlinable package static var isWrittenOut: Bool { true }
  @inlinable package static func value<A: Algebra>(_ a: A, _ b: A) -> A { .written(a * b, computed: .chain(a, b)) }
  @inlinable package static func locals<A: Algebra>(_ a: A, _ b: A, _ y: A) -> (A, A) { (b, a) }
}

@usableFromInline
package enum Divide: BinaryRule, PrimitiveRule {
  @inlinable package static var code: UInt16 { 11 }
  @inlinable package static func value<A: Algebra>(_ a: A, _ b: A) -> A { a / b }
  @inlinable package static func locals<A: Algebra>(_ a: A, _ b: A, _ y: A) -> (A, A) { (1 / b, -(y / b)) }
}

@usableFromInline
package enum Negate: UnaryRule, PrimitiveRule {
  @inlinable package static var code: UInt16 { 12 }
  @inlinable package static func value<A: Algebra>(_ x: A) -> A { -x }
  @inlinable package static func local<A: Algebra>(_ x: A, _ y: A) -> A { -1 }
}

/// x². `pow(x, 2)` and `x^2` in text come here: no logarithm, and defined for every x.
@usableFromInline
package enum Square: UnaryRule, PrimitiveRule {
  @inlinable package static var code: UInt16 { 14 }
  @inlinable package static func value<A: Algebra>(_ x: A) -> A { x * x }
  @inlinable package static func local<A: Algebra>(_ x: A, _ y: A) -> A { 2 * x }
}

@usableFromInline
package enum Reciprocal: UnaryRule, PrimitiveRule {
  @inlinable package static var code: UInt16 { 15 }
  @inlinable package static func value<A: Algebra>(_ x: A) -> A { 1 / x }
  @inlinable package static func local<A: Algebra>(_ x: A, _ y: A) -> A { -(y * y) }
}

/// x^p. Its local gradient by p is 0 where x = 0, as the limit from above is for p > 0; that by x is 0 at 0⁰, where
/// p·x^(p−1) would be 0·∞.
@usableFromInline
package enum Power: BinaryRule, PrimitiveRule {
  @inlinable package static var code: UInt16 { 13 }
  @inlinable package static func value<A: Algebra>(_ x: A, _ p: A) -> A { .pow(x, p) }
  @inlinable
  package static func locals<A: Algebra>(_ x: A, _ p: A, _ y: A) -> (A, A) {
    (.chain(p, .pow(x, p - 1)), .select(.equal(x, 0), 0, y * .log(x)))
  }
}
