// Whole numbers. Between its jumps each of these has the gradient 0, and where it jumps too.

/// The largest whole number that is not above x.
public enum Floor: UnaryRule {
  @inlinable public static var code: UInt16 { 89 }
  @inlinable public static func value<A: Algebra>(_ x: A) -> A { .floor(x) }
  @inlinable public static func local<A: Algebra>(_ x: A, _ y: A) -> A { 0 }
}

/// The smallest whole number that is not below x.
public enum Ceil: UnaryRule {
  @inlinable public static var code: UInt16 { 90 }
  @inlinable public static func value<A: Algebra>(_ x: A) -> A { -.floor(-x) }
  @inlinable public static func local<A: Algebra>(_ x: A, _ y: A) -> A { 0 }
}

/// The nearest whole number; of two, the even one, as in NumPy and PyTorch.
public enum Round: UnaryRule {
  @inlinable public static var code: UInt16 { 91 }
  @inlinable
  public static func value<A: Algebra>(_ x: A) -> A {
    let below = A.floor(.abs(x))
    let rest = .abs(x) - below
    let even = below + .mod(below, 2)
    let y = A.select(.less(rest, 0.5), below, .select(.less(0.5, rest), below + 1, even))
    // Infinity has no rest, and −0 keeps its sign.
    return .select(.equal(.floor(x), x), x, .select(.less(x, 0), -y, y))
  }
  @inlinable public static func local<A: Algebra>(_ x: A, _ y: A) -> A { 0 }
}

/// a − b·⌊a/b⌋: what is left of a, with the sign of b, as in NumPy and Python.
public enum Mod: BinaryRule {
  @inlinable public static var code: UInt16 { 92 }
  @inlinable public static func value<A: Algebra>(_ a: A, _ b: A) -> A { .mod(a, b) }
  // a/b may round up to a whole number.
  @inlinable
  public static func locals<A: Algebra>(_ a: A, _ b: A, _ y: A) -> (A, A) {
    (1, .written(-.floor(a / b), computed: .apply(StopGradient.self, (y - a) / b)))
  }
}

/// The power of two of `Algebra.scale`, for steps of other operations.
public enum Scale: UnaryRule {
  public static let code = RuleRegistry.code(of: Self.self)
  public static let isWrittenOut = true
  @inlinable public static func value<A: Algebra>(_ x: A) -> A { .scale(x) }
  @inlinable public static func local<A: Algebra>(_ x: A, _ y: A) -> A { 0 }
}
