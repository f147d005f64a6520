public enum Exp: UnaryRule {
  @inlinable public static var code: UInt16 { 16 }
  public static var isPrimitive: Bool { true }
  @inlinable public static func value<A: Algebra>(_ x: A) -> A { .exp(x) }
  @inlinable public static func local<A: Algebra>(_ x: A, _ y: A) -> A { y }
}

/// eˣ − 1, exact for small x.
public enum Expm1: UnaryRule {
  @inlinable public static var code: UInt16 { 17 }
  public static var isPrimitive: Bool { true }
  @inlinable public static func value<A: Algebra>(_ x: A) -> A { .expm1(x) }
  // Not y + 1: below −37 y rounds to −1, and eˣ would be lost.
  @inlinable public static func local<A: Algebra>(_ x: A, _ y: A) -> A { .exp(x) }
}

/// The natural logarithm.
public enum Log: UnaryRule {
  @inlinable public static var code: UInt16 { 18 }
  public static var isPrimitive: Bool { true }
  public static let domain = Domain(0, .infinity)
  @inlinable public static func value<A: Algebra>(_ x: A) -> A { .log(x) }
  @inlinable public static func local<A: Algebra>(_ x: A, _ y: A) -> A { 1 / x }
}

/// log(1 + x), exact for small x.
public enum Log1p: UnaryRule {
  @inlinable public static var code: UInt16 { 19 }
  public static var isPrimitive: Bool { true }
  public static let domain = Domain(-1, .infinity)
  @inlinable public static func value<A: Algebra>(_ x: A) -> A { .log1p(x) }
  @inlinable public static func local<A: Algebra>(_ x: A, _ y: A) -> A { 1 / (1 + x) }
}

public enum Sqrt: UnaryRule {
  @inlinable public static var code: UInt16 { 20 }
  public static var isPrimitive: Bool { true }
  public static let domain = Domain(0, .infinity)
  @inlinable public static func value<A: Algebra>(_ x: A) -> A { .sqrt(x) }
  @inlinable public static func local<A: Algebra>(_ x: A, _ y: A) -> A { 0.5 / y }
}

public enum Sin: UnaryRule {
  @inlinable public static var code: UInt16 { 21 }
  public static var isPrimitive: Bool { true }
  @inlinable public static func value<A: Algebra>(_ x: A) -> A { .sin(x) }
  @inlinable public static func local<A: Algebra>(_ x: A, _ y: A) -> A { .cos(x) }
}

public enum Cos: UnaryRule {
  @inlinable public static var code: UInt16 { 22 }
  public static var isPrimitive: Bool { true }
  @inlinable public static func value<A: Algebra>(_ x: A) -> A { .cos(x) }
  @inlinable public static func local<A: Algebra>(_ x: A, _ y: A) -> A { -.sin(x) }
}

public enum Tan: UnaryRule {
  @inlinable public static var code: UInt16 { 23 }
  public static var isPrimitive: Bool { true }
  @inlinable public static func value<A: Algebra>(_ x: A) -> A { .tan(x) }
  @inlinable public static func local<A: Algebra>(_ x: A, _ y: A) -> A { 1 + y * y }
}

public enum Asin: UnaryRule {
  @inlinable public static var code: UInt16 { 24 }
  public static var isPrimitive: Bool { true }
  public static let domain = Domain(-1, 1)
  @inlinable public static func value<A: Algebra>(_ x: A) -> A { .asin(x) }
  @inlinable public static func local<A: Algebra>(_ x: A, _ y: A) -> A { 1 / .sqrt(.apply(OneMinusSquare.self, x)) }
}

public enum Acos: UnaryRule {
  @inlinable public static var code: UInt16 { 25 }
  public static var isPrimitive: Bool { true }
  public static let domain = Domain(-1, 1)
  @inlinable public static func value<A: Algebra>(_ x: A) -> A { .acos(x) }
  @inlinable public static func local<A: Algebra>(_ x: A, _ y: A) -> A { -1 / .sqrt(.apply(OneMinusSquare.self, x)) }
}

public enum Atan: UnaryRule {
  @inlinable public static var code: UInt16 { 26 }
  public static var isPrimitive: Bool { true }
  @inlinable public static func value<A: Algebra>(_ x: A) -> A { .atan(x) }
  // By the root, which overflows with the gradient and not before.
  @inlinable
  public static func local<A: Algebra>(_ x: A, _ y: A) -> A {
    .written(1 / (1 + x * x), computed: .apply(Square.self, 1 / .hypot(1, x)))
  }
}

public enum Sinh: UnaryRule {
  @inlinable public static var code: UInt16 { 27 }
  public static var isPrimitive: Bool { true }
  @inlinable public static func value<A: Algebra>(_ x: A) -> A { .sinh(x) }
  @inlinable public static func local<A: Algebra>(_ x: A, _ y: A) -> A { .cosh(x) }
}

public enum Cosh: UnaryRule {
  @inlinable public static var code: UInt16 { 28 }
  public static var isPrimitive: Bool { true }
  @inlinable public static func value<A: Algebra>(_ x: A) -> A { .cosh(x) }
  @inlinable public static func local<A: Algebra>(_ x: A, _ y: A) -> A { .sinh(x) }
}

public enum Tanh: UnaryRule {
  @inlinable public static var code: UInt16 { 29 }
  public static var isPrimitive: Bool { true }
  @inlinable public static func value<A: Algebra>(_ x: A) -> A { .tanh(x) }
  // 1 − y² has no digits left where y is next to 1.
  @inlinable
  public static func local<A: Algebra>(_ x: A, _ y: A) -> A {
    .written(1 - y * y, computed: 4 * .apply(LogisticDensity.self, 2 * x))
  }
}

public enum Asinh: UnaryRule {
  @inlinable public static var code: UInt16 { 30 }
  public static var isPrimitive: Bool { true }
  @inlinable public static func value<A: Algebra>(_ x: A) -> A { .asinh(x) }
  @inlinable
  public static func local<A: Algebra>(_ x: A, _ y: A) -> A {
    .written(1 / .sqrt(x * x + 1), computed: 1 / .hypot(x, 1))
  }
}

public enum Acosh: UnaryRule {
  @inlinable public static var code: UInt16 { 31 }
  public static var isPrimitive: Bool { true }
  public static let domain = Domain(1, .infinity)
  @inlinable public static func value<A: Algebra>(_ x: A) -> A { .acosh(x) }
  // Two roots: one of the product would overflow above 1e154.
  @inlinable
  public static func local<A: Algebra>(_ x: A, _ y: A) -> A { 1 / (.sqrt(x - 1) * .sqrt(x + 1)) }
}

public enum Atanh: UnaryRule {
  @inlinable public static var code: UInt16 { 32 }
  public static var isPrimitive: Bool { true }
  public static let domain = Domain(-1, 1)
  @inlinable public static func value<A: Algebra>(_ x: A) -> A { .atanh(x) }
  @inlinable public static func local<A: Algebra>(_ x: A, _ y: A) -> A { 1 / .apply(OneMinusSquare.self, x) }
}

/// √(a² + b²), where neither square leaves the range; its local gradients at the origin are 0.
public enum Hypot: BinaryRule {
  @inlinable public static var code: UInt16 { 84 }
  public static var isPrimitive: Bool { true }
  @inlinable public static func value<A: Algebra>(_ a: A, _ b: A) -> A { .hypot(a, b) }
  @inlinable
  public static func locals<A: Algebra>(_ a: A, _ b: A, _ y: A) -> (A, A) {
    let isOrigin = A.equal(y, 0)
    return (.select(isOrigin, 0, a / y), .select(isOrigin, 0, b / y))
  }
}

/// 1 − x² as a step of other rules: the product has all its digits next to ±1, and −2x next to 0.
public enum OneMinusSquare: UnaryRule {
  public static let code = RuleRegistry.code(of: Self.self)
  public static var isPrimitive: Bool { true }
  public static let isWrittenOut = true
  @inlinable
  public static func value<A: Algebra>(_ x: A) -> A { .written(1 - x * x, computed: (1 - x) * (1 + x)) }
  @inlinable public static func local<A: Algebra>(_ x: A, _ y: A) -> A { -2 * x }
}
