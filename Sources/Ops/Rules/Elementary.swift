@usableFromInline
package enum Exp: UnaryRule, PrimitiveRule {
  @inlinable package static var code: UInt16 { 16 }
  @inlinable package static func value<A: Algebra>(_ x: A) -> A { .exp(x) }
  @inlinable package static func local<A: Algebra>(_ x: A, _ y: A) -> A { y }
}

@usableFromInline
package enum Expm1: UnaryRule, PrimitiveRule {
  @inlinable package static var code: UInt16 { 17 }
  @inlinable package static func value<A: Algebra>(_ x: A) -> A { .expm1(x) }
  // Not y + 1: below −37 y rounds to −1, and eˣ would be lost.
  @inlinable package static func local<A: Algebra>(_ x: A, _ y: A) -> A { .exp(x) }
}

@usableFromInline
package enum Log: UnaryRule, PrimitiveRule {
  @inlinable package static var code: UInt16 { 18 }
  @inlinable package static var domain: Domain { Domain(0, .infinity) }
  @inlinable package static func value<A: Algebra>(_ x: A) -> A { .log(x) }
  @inlinable package static func local<A: Algebra>(_ x: A, _ y: A) -> A { 1 / x }
}

@usableFromInline
package enum Log1p: UnaryRule, PrimitiveRule {
  @inlinable package static var code: UInt16 { 19 }
  @inlinable package static var domain: Domain { Domain(-1, .infinity) }
  @inlinable package static func value<A: Algebra>(_ x: A) -> A { .log1p(x) }
  @inlinable package static func local<A: Algebra>(_ x: A, _ y: A) -> A { 1 / (1 + x) }
}

@usableFromInline
package enum Sqrt: UnaryRule, PrimitiveRule {
  @inlinable package static var code: UInt16 { 20 }
  @inlinable package static var domain: Domain { Domain(0, .infinity) }
  @inlinable package static func value<A: Algebra>(_ x: A) -> A { .sqrt(x) }
  @inlinable package static func local<A: Algebra>(_ x: A, _ y: A) -> A { 0.5 / y }
}

@usableFromInline
package enum Sin: UnaryRule, PrimitiveRule {
  @inlinable package static var code: UInt16 { 21 }
  @inlinable package static func value<A: Algebra>(_ x: A) -> A { .sin(x) }
  @inlinable package static func local<A: Algebra>(_ x: A, _ y: A) -> A { .cos(x) }
}

@usableFromInline
package enum Cos: UnaryRule, PrimitiveRule {
  @inlinable package static var code: UInt16 { 22 }
  @inlinable package static func value<A: Algebra>(_ x: A) -> A { .cos(x) }
  @inlinable package static func local<A: Algebra>(_ x: A, _ y: A) -> A { -.sin(x) }
}

@usableFromInline
package enum Tan: UnaryRule, PrimitiveRule {
  @inlinable package static var code: UInt16 { 23 }
  @inlinable package static func value<A: Algebra>(_ x: A) -> A { .tan(x) }
  @inlinable package static func local<A: Algebra>(_ x: A, _ y: A) -> A { 1 + y * y }
}

@usableFromInline
package enum Asin: UnaryRule, PrimitiveRule {
  @inlinable package static var code: UInt16 { 24 }
  @inlinable package static var domain: Domain { Domain(-1, 1) }
  @inlinable package static func value<A: Algebra>(_ x: A) -> A { .asin(x) }
  @inlinable package static func local<A: Algebra>(_ x: A, _ y: A) -> A { 1 / .sqrt(.apply(OneMinusSquare.self, x)) }
}

@usableFromInline
package enum Acos: UnaryRule, PrimitiveRule {
  @inlinable package static var code: UInt16 { 25 }
  @inlinable package static var domain: Domain { Domain(-1, 1) }
  @inlinable package static func value<A: Algebra>(_ x: A) -> A { .acos(x) }
  @inlinable package static func local<A: Algebra>(_ x: A, _ y: A) -> A { -1 / .sqrt(.apply(OneMinusSquare.self, x)) }
}

@usableFromInline
package enum Atan: UnaryRule, PrimitiveRule {
  @inlinable package static var code: UInt16 { 26 }
  @inlinable package static func value<A: Algebra>(_ x: A) -> A { .atan(x) }
  // By the root, which overflows with the gradient and not before.
  @inlinable
  package static func local<A: Algebra>(_ x: A, _ y: A) -> A {
    .written(1 / (1 + x * x), computed: .apply(Square.self, 1 / .hypot(1, x)))
  }
}

@usableFromInline
package enum Sinh: UnaryRule, PrimitiveRule {
  @inlinable package static var code: UInt16 { 27 }
  @inlinable package static func value<A: Algebra>(_ x: A) -> A { .sinh(x) }
  @inlinable package static func local<A: Algebra>(_ x: A, _ y: A) -> A { .cosh(x) }
}

@usableFromInline
package enum Cosh: UnaryRule, PrimitiveRule {
  @inlinable package static var code: UInt16 { 28 }
  @inlinable package static func value<A: Algebra>(_ x: A) -> A { .cosh(x) }
  @inlinable package static func local<A: Algebra>(_ x: A, _ y: A) -> A { .sinh(x) }
}

@usableFromInline
package enum Tanh: UnaryRule, PrimitiveRule {
  @inlinable package static var code: UInt16 { 29 }
  @inlinable package static func value<A: Algebra>(_ x: A) -> A { .tanh(x) }
  // 1 − y² has no digits left where y is next to 1.
  @inlinable
  package static func local<A: Algebra>(_ x: A, _ y: A) -> A {
    .written(1 - y * y, computed: 4 * .apply(LogisticDensity.self, 2 * x))
  }
}

@usableFromInline
package enum Asinh: UnaryRule, PrimitiveRule {
  @inlinable package static var code: UInt16 { 30 }
  @inlinable package static func value<A: Algebra>(_ x: A) -> A { .asinh(x) }
  @inlinable
  package static func local<A: Algebra>(_ x: A, _ y: A) -> A {
    .written(1 / .sqrt(x * x + 1), computed: 1 / .hypot(x, 1))
  }
}

@usableFromInline
package enum Acosh: UnaryRule, PrimitiveRule {
  @inlinable package static var code: UInt16 { 31 }
  @inlinable package static var domain: Domain { Domain(1, .infinity) }
  @inlinable package static func value<A: Algebra>(_ x: A) -> A { .acosh(x) }
  // Two roots: one of the product would overflow above 1e154.
  @inlinable
  package static func local<A: Algebra>(_ x: A, _ y: A) -> A { 1 / (.sqrt(x - 1) * .sqrt(x + 1)) }
}

@usableFromInline
package enum Atanh: UnaryRule, PrimitiveRule {
  @inlinable package static var code: UInt16 { 32 }
  @inlinable package static var domain: Domain { Domain(-1, 1) }
  @inlinable package static func value<A: Algebra>(_ x: A) -> A { .atanh(x) }
  @inlinable package static func local<A: Algebra>(_ x: A, _ y: A) -> A { 1 / .apply(OneMinusSquare.self, x) }
}

/// √(a² + b²), where neither square leaves the range; its local gradients at the origin are 0.
@usableFromInline
package enum Hypot: BinaryRule, PrimitiveRule {
  @inlinable package static var code: UInt16 { 84 }
  @inlinable package static func value<A: Algebra>(_ a: A, _ b: A) -> A { .hypot(a, b) }
  @inlinable
  package static func locals<A: Algebra>(_ a: A, _ b: A, _ y: A) -> (A, A) {
    let isOrigin = A.equal(y, 0)
    return (.select(isOrigin, 0, a / y), .select(isOrigin, 0, b / y))
  }
}

/// 1 − x² as a step of other rules: the product has all its digits next to ±1, and −2x next to 0.
@usableFromInline
package enum OneMinusSquare: UnaryRule, PrimitiveRule {
  @usableFromInline package static let code = RuleRegistry.code(of: Self.self)
  @inlinable package static var isWrittenOut: Bool { true }
  @inlinable
  package static func value<A: Algebra>(_ x: A) -> A { .written(1 - x * x, computed: (1 - x) * (1 + x)) }
  @inlinable package static func local<A: Algebra>(_ x: A, _ y: A) -> A { -2 * x }
}
