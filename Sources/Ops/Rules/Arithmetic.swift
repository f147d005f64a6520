public enum Add: BinaryRule {
  @inlinable public static var code: UInt16 { 8 }
  public static var isPrimitive: Bool { true }
  @inlinable public static func value<A: Algebra>(_ a: A, _ b: A) -> A { a + b }
  @inlinable public static func locals<A: Algebra>(_ a: A, _ b: A, _ y: A) -> (A, A) { (1, 1) }
}

public enum Subtract: BinaryRule {
  @inlinable public static var code: UInt16 { 9 }
  public static var isPrimitive: Bool { true }
  @inlinable public static func value<A: Algebra>(_ a: A, _ b: A) -> A { a - b }
  @inlinable public static func locals<A: Algebra>(_ a: A, _ b: A, _ y: A) -> (A, A) { (1, -1) }
}

public enum Multiply: BinaryRule {
  @inlinable public static var code: UInt16 { 10 }
  public static var isPrimitive: Bool { true }
  @inlinable public static func value<A: Algebra>(_ a: A, _ b: A) -> A { a * b }
  @inlinable public static func locals<A: Algebra>(_ a: A, _ b: A, _ y: A) -> (A, A) { (b, a) }
}

/// The product of the chain rule as an operation on a tape: see `Algebra.chain`.
public enum ChainProduct: BinaryRule {
  public static let code = RuleRegistry.code(of: Self.self)
  public static let isWrittenOut = true
  @inlinable public static func value<A: Algebra>(_ a: A, _ b: A) -> A { .written(a * b, computed: .chain(a, b)) }
  @inlinable public static func locals<A: Algebra>(_ a: A, _ b: A, _ y: A) -> (A, A) { (b, a) }
}

public enum Divide: BinaryRule {
  @inlinable public static var code: UInt16 { 11 }
  public static var isPrimitive: Bool { true }
  @inlinable public static func value<A: Algebra>(_ a: A, _ b: A) -> A { a / b }
  @inlinable public static func locals<A: Algebra>(_ a: A, _ b: A, _ y: A) -> (A, A) { (1 / b, -(y / b)) }
}

public enum Negate: UnaryRule {
  @inlinable public static var code: UInt16 { 12 }
  public static var isPrimitive: Bool { true }
  @inlinable public static func value<A: Algebra>(_ x: A) -> A { -x }
  @inlinable public static func local<A: Algebra>(_ x: A, _ y: A) -> A { -1 }
}

/// x². `pow(x, 2)` and `x^2` in text come here: no logarithm, and defined for every x.
public enum Square: UnaryRule {
  @inlinable public static var code: UInt16 { 14 }
  public static var isPrimitive: Bool { true }
  @inlinable public static func value<A: Algebra>(_ x: A) -> A { x * x }
  @inlinable public static func local<A: Algebra>(_ x: A, _ y: A) -> A { 2 * x }
}

/// 1/x.
public enum Reciprocal: UnaryRule {
  @inlinable public static var code: UInt16 { 15 }
  public static var isPrimitive: Bool { true }
  @inlinable public static func value<A: Algebra>(_ x: A) -> A { 1 / x }
  @inlinable public static func local<A: Algebra>(_ x: A, _ y: A) -> A { -(y * y) }
}

/// x^p. Its local gradient by p is 0 where x = 0, as the limit from above is for p > 0; that by x is 0 at 0⁰, where
/// p·x^(p−1) would be 0·∞.
public enum Power: BinaryRule {
  @inlinable public static var code: UInt16 { 13 }
  public static var isPrimitive: Bool { true }
  @inlinable public static func value<A: Algebra>(_ x: A, _ p: A) -> A { .pow(x, p) }
  @inlinable
  public static func locals<A: Algebra>(_ x: A, _ p: A, _ y: A) -> (A, A) {
    (.chain(p, .pow(x, p - 1)), .select(.equal(x, 0), 0, y * .log(x)))
  }
}
