// Whole numbers. Between its jumps each of these has the gradient 0, and where it jumps too.

@usableFromInline
package enum Floor: UnaryRule {
  @inlinable package static var code: UInt16 { 89 }
  @inlinable package static var periodicJumps: Double? { 0 }
  @inlinable package static func value<A: Algebra>(_ x: A) -> A { .floor(x) }
  @inlinable package static func local<A: Algebra>(_ x: A, _ y: A) -> A { 0 }
}

@usableFromInline
package enum Ceil: UnaryRule {
  @inlinable package static var code: UInt16 { 90 }
  @inlinable package static var periodicJumps: Double? { 0 }
  @inlinable package static func value<A: Algebra>(_ x: A) -> A { -.floor(-x) }
  @inlinable package static func local<A: Algebra>(_ x: A, _ y: A) -> A { 0 }
}

/// The nearest whole number; of two, the even one, as in NumPy and PyTorch.
@usableFromInline
package enum Round: UnaryRule {
  @inlinable package static var code: UInt16 { 91 }
  @inlinable package static var periodicJumps: Double? { 0.5 }
  @inlinable
  package static func value<A: Algebra>(_ x: A) -> A {
    let below = A.floor(.abs(x))
    let rest = .abs(x) - below
    let even = below + .mod(below, 2)
    let y = A.select(.less(rest, 0.5), below, .select(.less(0.5, rest), below + 1, even))
    // Infinity has no rest, and −0 keeps its sign.
    return .select(.equal(.floor(x), x), x, .select(.less(x, 0), -y, y))
  }
  @inlinable package static func local<A: Algebra>(_ x: A, _ y: A) -> A { 0 }
}

/// a − b·⌊a/b⌋: what is left of a, with the sign of b, as in NumPy and Python.
@usableFromInline
package enum Mod: BinaryRule {
  @inlinable package static var code: UInt16 { 92 }
  @inlinable package static var periodicJumps: Double? { 0 }
  @inlinable package static func value<A: Algebra>(_ a: A, _ b: A) -> A { .mod(a, b) }
  // a/b may round up to a whole number.
  @inlinable
  package static func locals<A: Algebra>(_ a: A, _ b: A, _ y: A) -> (A, A) {
    (1, .written(-.floor(a / b), computed: .apply(StopGradient.self, (y - a) / b)))
  }
}

/// The power of two of `Algebra.scale`, for steps of other operations.
@usableFromInline
package enum Scale: UnaryRule {
  @usableFromInline package static let code = RuleRegistry.code(of: Self.self)
  @inlinable package static var isWrittenOut: Bool { true }
  @inlinable package static func value<A: Algebra>(_ x: A) -> A { .scale(x) }
  @inlinable package static func local<A: Algebra>(_ x: A, _ y: A) -> A { 0 }
}
