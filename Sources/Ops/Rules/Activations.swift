/// σ(x) = 1/(1 + e⁻ˣ), in the form that overflows on neither side.
@usableFromInline
package enum Sigmoid: UnaryRule {
  @inlinable package static var code: UInt16 { 44 }
  @inlinable
  package static func value<A: Algebra>(_ x: A) -> A {
    let small = A.exp(-.abs(x))
    return .select(.less(x, 0), small, 1) / (1 + small)
  }
  @inlinable
  package static func local<A: Algebra>(_ x: A, _ y: A) -> A {
    .written(y * (1 - y), computed: .apply(LogisticDensity.self, x))
  }
}

/// The slope of the sigmoid, σ(x)·σ(−x), which has all its digits where σ is next to 1; its own slope has them next to 0.
@usableFromInline
package enum LogisticDensity: UnaryRule {
  @usableFromInline package static let code = RuleRegistry.code(of: Self.self)
  @inlinable package static var isWrittenOut: Bool { true }
  @inlinable
  package static func value<A: Algebra>(_ x: A) -> A {
    let small = A.exp(-.abs(x))
    return .written(
      .apply(Sigmoid.self, x) * (1 - .apply(Sigmoid.self, x)), computed: small / ((1 + small) * (1 + small)))
  }
  @inlinable package static func local<A: Algebra>(_ x: A, _ y: A) -> A { -(y * .tanh(0.5 * x)) }
}

/// max(0, x); its local gradient at 0 is 0.
@usableFromInline
package enum Relu: UnaryRule {
  @inlinable package static var code: UInt16 { 45 }
  @inlinable package static var kinks: [Double] { [0.0] }
  @inlinable package static func value<A: Algebra>(_ x: A) -> A { .select(.less(x, 0), 0, x) }
  @inlinable package static func local<A: Algebra>(_ x: A, _ y: A) -> A { .less(0, x) }
}

/// log(1 + eˣ), in the form that does not overflow.
@usableFromInline
package enum Softplus: UnaryRule {
  @inlinable package static var code: UInt16 { 46 }
  @inlinable
  package static func value<A: Algebra>(_ x: A) -> A {
    .log1p(.exp(-.abs(x))) + .select(.less(x, 0), 0, x)
  }
  @inlinable package static func local<A: Algebra>(_ x: A, _ y: A) -> A { .apply(Sigmoid.self, x) }
}

/// x, or x/100 below 0; its local gradient at 0 is that of below.
@usableFromInline
package enum LeakyRelu: UnaryRule {
  @inlinable package static var code: UInt16 { 47 }
  @inlinable package static var kinks: [Double] { [0.0] }
  @inlinable package static func value<A: Algebra>(_ x: A) -> A { .select(.less(x, 0), 0.01 * x, x) }
  @inlinable
  package static func local<A: Algebra>(_ x: A, _ y: A) -> A { .select(.less(0, x), 1, 0.01) }
}

/// x, or eˣ − 1 below 0.
@usableFromInline
package enum Elu: UnaryRule {
  @inlinable package static var code: UInt16 { 48 }
  @inlinable package static var kinks: [Double] { [0.0] }
  @inlinable package static func value<A: Algebra>(_ x: A) -> A { .select(.less(x, 0), .expm1(x), x) }
  @inlinable
  package static func local<A: Algebra>(_ x: A, _ y: A) -> A { .select(.less(x, 0), .exp(x), 1) }
}

/// x·Φ(x), with Φ the distribution function of the normal distribution: the exact form, by erfc.
@usableFromInline
package enum Gelu: UnaryRule {
  @inlinable package static var code: UInt16 { 49 }
  @inlinable
  package static func value<A: Algebra>(_ x: A) -> A { x * (0.5 * .erfc(-0.7071067811865476 * x)) }
  @inlinable
  package static func local<A: Algebra>(_ x: A, _ y: A) -> A {
    0.5 * .erfc(-0.7071067811865476 * x) + x * (0.3989422804014327 * .exp(-0.5 * (x * x)))
  }
}

@usableFromInline
package enum Silu: UnaryRule {
  @inlinable package static var code: UInt16 { 50 }
  @inlinable package static func value<A: Algebra>(_ x: A) -> A { x * .apply(Sigmoid.self, x) }
  @inlinable
  package static func local<A: Algebra>(_ x: A, _ y: A) -> A {
    let s = A.apply(Sigmoid.self, x)
    return s + .written(y * (1 - s), computed: x * .apply(LogisticDensity.self, x))
  }
}
