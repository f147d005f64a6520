@usableFromInline
package enum Exp2: UnaryRule, PrimitiveRule {
  @inlinable package static var code: UInt16 { 77 }
  @inlinable package static func value<A: Algebra>(_ x: A) -> A { .exp2(x) }
  @inlinable package static func local<A: Algebra>(_ x: A, _ y: A) -> A { 0.6931471805599453 * y }
}

/// The logarithm to base 2, exact at powers of 2.
@usableFromInline
package enum Log2: UnaryRule, PrimitiveRule {
  @inlinable package static var code: UInt16 { 78 }
  @inlinable package static var domain: Domain { Domain(0, .infinity) }
  @inlinable package static func value<A: Algebra>(_ x: A) -> A { .log2(x) }
  @inlinable package static func local<A: Algebra>(_ x: A, _ y: A) -> A { 1.4426950408889634 / x }
}

/// The logarithm to base 10.
@usableFromInline
package enum Log10: UnaryRule, PrimitiveRule {
  @inlinable package static var code: UInt16 { 79 }
  @inlinable package static var domain: Domain { Domain(0, .infinity) }
  @inlinable package static func value<A: Algebra>(_ x: A) -> A { .log10(x) }
  @inlinable package static func local<A: Algebra>(_ x: A, _ y: A) -> A { 0.4342944819032518 / x }
}

/// log σ(x) = −softplus(−x), which is x where the sigmoid is 0.
@usableFromInline
package enum LogSigmoid: UnaryRule {
  @inlinable package static var code: UInt16 { 80 }
  @inlinable package static func value<A: Algebra>(_ x: A) -> A { -.apply(Softplus.self, -x) }
  @inlinable
  package static func local<A: Algebra>(_ x: A, _ y: A) -> A {
    .written(1 - .apply(Sigmoid.self, x), computed: .apply(Sigmoid.self, -x))
  }
}

/// log(eᵃ + eᵇ), in the form that does not overflow.
@usableFromInline
package enum LogAddExp: BinaryRule {
  @inlinable package static var code: UInt16 { 81 }
  @inlinable
  package static func value<A: Algebra>(_ a: A, _ b: A) -> A {
    // Two that are infinite have no difference.
    let distance = A.select(.equal(a, b), 0, .abs(a - b))
    return .apply(Maximum.self, a, b) + .log1p(.exp(-distance))
  }
  @inlinable
  package static func locals<A: Algebra>(_ a: A, _ b: A, _ y: A) -> (A, A) {
    (.apply(Sigmoid.self, a - b), .apply(Sigmoid.self, b - a))
  }
}

/// x·log(y), and 0 where x is: entropies have such terms. There the local gradient by x is 0 too, unless y is positive.
@usableFromInline
package enum XLogY: BinaryRule {
  @inlinable package static var code: UInt16 { 82 }
  @inlinable
  package static func value<A: Algebra>(_ x: A, _ y: A) -> A { .select(.equal(x, 0), 0, x * .log(y)) }
  @inlinable
  package static func locals<A: Algebra>(_ x: A, _ y: A, _ z: A) -> (A, A) {
    let isEmpty = A.equal(x, 0) * (1 - .less(0, y))
    return (
      .written(.log(y), computed: .select(isEmpty, 0, .log(y))),
      .written(x / y, computed: .select(isEmpty, 0, x / y))
    )
  }
}
