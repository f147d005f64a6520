/// The language in which derivative rules are written.
///
/// A rule states its value and its local gradients once, in these operations. What they do depends on who reads
/// the rule: `Double` and `Float` compute, `Strip` runs over arrays, `Variable` records (so that gradients of
/// gradients need no further rule), `Dual` differentiates forward, `Formula` prints.
///
/// ```swift
/// func bell<A: Algebra>(_ x: A) -> A { exp(-x * x / 2) }
/// bell(1.0)                // 0.6065306597126334
/// bell(Formula.name("x"))  // exp(-x·x/2)
/// ```
public protocol Algebra: ExpressibleByFloatLiteral, ExpressibleByIntegerLiteral {
  /// A number that is known only at run time, such as one in a text.
  static func number(_ value: Double) -> Self

  /// The sum.
  static func + (a: Self, b: Self) -> Self
  /// The difference.
  static func - (a: Self, b: Self) -> Self
  /// The product.
  static func * (a: Self, b: Self) -> Self
  /// The quotient; infinite or no number where b is 0.
  static func / (a: Self, b: Self) -> Self
  /// The negative.
  static prefix func - (a: Self) -> Self

  /// eˣ.
  static func exp(_ x: Self) -> Self
  /// eˣ − 1, with all digits near 0 too.
  static func expm1(_ x: Self) -> Self
  /// The natural logarithm; no number for x < 0, −∞ at 0.
  static func log(_ x: Self) -> Self
  /// log(1 + x), with all digits near 0 too.
  static func log1p(_ x: Self) -> Self
  /// 2ˣ.
  static func exp2(_ x: Self) -> Self
  /// The logarithm to base 2.
  static func log2(_ x: Self) -> Self
  /// The logarithm to base 10.
  static func log10(_ x: Self) -> Self
  /// The square root; no number for x < 0.
  static func sqrt(_ x: Self) -> Self
  /// xʸ; no number where x < 0 and y is not whole.
  static func pow(_ x: Self, _ y: Self) -> Self

  /// The sine of an angle in radians.
  static func sin(_ x: Self) -> Self
  /// The cosine of an angle in radians.
  static func cos(_ x: Self) -> Self
  /// The tangent of an angle in radians.
  static func tan(_ x: Self) -> Self
  /// The angle in [−π/2, π/2] whose sine is x.
  static func asin(_ x: Self) -> Self
  /// The angle in [0, π] whose cosine is x.
  static func acos(_ x: Self) -> Self
  /// The angle in [−π/2, π/2] whose tangent is x.
  static func atan(_ x: Self) -> Self
  /// (eˣ − e⁻ˣ)/2.
  static func sinh(_ x: Self) -> Self
  /// (eˣ + e⁻ˣ)/2.
  static func cosh(_ x: Self) -> Self
  /// sinh(x)/cosh(x), between −1 and 1.
  static func tanh(_ x: Self) -> Self
  /// The number whose sinh is x.
  static func asinh(_ x: Self) -> Self
  /// The number from 0 on whose cosh is x; none for x < 1.
  static func acosh(_ x: Self) -> Self
  /// The number whose tanh is x; none outside of [−1, 1].
  static func atanh(_ x: Self) -> Self
  /// The error function, 2/√π · ∫₀ˣ exp(−t²) dt.
  static func erf(_ x: Self) -> Self
  /// 1 − erf(x), with all digits where that is next to 0.
  static func erfc(_ x: Self) -> Self
  /// √(a² + b²), without squares that overflow.
  static func hypot(_ a: Self, _ b: Self) -> Self
  /// log |Γ(x)|
  static func lgamma(_ x: Self) -> Self
  /// ψ⁽ⁿ⁾(x), the derivative of order n + 1 of log Γ(x), for a whole n.
  static func polygamma(_ n: Self, _ x: Self) -> Self

  /// The magnitude.
  static func abs(_ x: Self) -> Self
  /// The largest whole number that is not above x.
  static func floor(_ x: Self) -> Self
  /// a − b·⌊a/b⌋: what is left of a, with the sign of b.
  static func mod(_ a: Self, _ b: Self) -> Self
  /// 1 where a < b, else 0.
  static func less(_ a: Self, _ b: Self) -> Self
  /// 1 where a = b, else 0.
  static func equal(_ a: Self, _ b: Self) -> Self
  /// `then` where the condition is not 0, else `otherwise`. What is not taken has no influence, not even by
  /// being NaN.
  static func select(_ condition: Self, _ then: Self, _ otherwise: Self) -> Self

  /// The product of the chain rule: a local gradient times what arrives. A 0 lets nothing through, be the other
  /// factor infinite or NaN.
  static func chain(_ local: Self, _ arriving: Self) -> Self

  /// A term of a rule that reads as it stands in textbooks and is computed in another form, equal to it, that loses no
  /// digits: `Formula` prints the first, all others take the second.
  static func written(_ textbook: @autoclosure () -> Self, computed: @autoclosure () -> Self) -> Self

  /// A power of two by which numbers up to x are divided, so that their squares stay within the range; 1 where they do
  /// anyway.
  static func scale(_ x: Self) -> Self

  /// What an operation outside this language does: most algebras compute its value, `Variable` records it.
  static func apply<R: UnaryRule>(_ rule: R.Type, _ x: Self) -> Self
  /// The value of a rule of two operands.
  static func apply<R: BinaryRule>(_ rule: R.Type, _ a: Self, _ b: Self) -> Self
  /// The value of a rule of three operands.
  static func apply<R: TernaryRule>(_ rule: R.Type, _ a: Self, _ b: Self, _ c: Self) -> Self
}

extension Algebra {
  @inlinable @inline(__always)
  public static func apply<R: UnaryRule>(_ rule: R.Type, _ x: Self) -> Self { R.value(x) }
  @inlinable @inline(__always)
  public static func apply<R: BinaryRule>(_ rule: R.Type, _ a: Self, _ b: Self) -> Self { R.value(a, b) }
  @inlinable @inline(__always)
  public static func apply<R: TernaryRule>(_ rule: R.Type, _ a: Self, _ b: Self, _ c: Self) -> Self {
    R.value(a, b, c)
  }

  @inlinable @inline(__always)
  public static func chain(_ local: Self, _ arriving: Self) -> Self { local * arriving }

  @inlinable @inline(__always)
  public static func written(_ textbook: @autoclosure () -> Self, computed: @autoclosure () -> Self) -> Self {
    computed()
  }

  @inlinable public static func exp2(_ x: Self) -> Self { exp(x * log(2)) }
  @inlinable public static func log2(_ x: Self) -> Self { log(x) / log(2) }
  @inlinable public static func log10(_ x: Self) -> Self { log(x) / log(10) }
  @inlinable public static func mod(_ a: Self, _ b: Self) -> Self { a - b * floor(a / b) }

  @inlinable public static func scale(_ x: Self) -> Self { 1 }

  /// √(a² + b²) by the larger and its ratio with the smaller, so that no square leaves the range.
  @inlinable
  public static func hypot(_ a: Self, _ b: Self) -> Self {
    let (a, b) = (abs(a), abs(b))
    let (large, small) = (select(less(a, b), b, a), select(less(a, b), a, b))
    let ratio = select(equal(large, small), 1, small / large)
    return large * sqrt(1 + ratio * ratio)
  }

  @inlinable @inline(__always) @_disfavoredOverload
  public static func += (a: inout Self, b: Self) { a = a + b }
  @inlinable @inline(__always) @_disfavoredOverload
  public static func -= (a: inout Self, b: Self) { a = a - b }
  @inlinable @inline(__always) @_disfavoredOverload
  public static func *= (a: inout Self, b: Self) { a = a * b }
}

extension Algebra where FloatLiteralType == Double {
  @inlinable
  public static func number(_ value: Double) -> Self { Self(floatLiteral: value) }
}

// A number beside an operand, as in `k * x`. Disfavoured: a literal is an operand itself, where that is possible. The
// compiler is not told so for what it computes (a literal is a number without a tape) but for its own sake: without
// these it looks for `(1 - x) * (1 - x) * y` in a generic function until it gives up.
extension Algebra {
  @inlinable @inline(__always) @_disfavoredOverload
  public static func + (a: Double, b: Self) -> Self { number(a) + b }
  @inlinable @inline(__always) @_disfavoredOverload
  public static func + (a: Self, b: Double) -> Self { a + number(b) }
  @inlinable @inline(__always) @_disfavoredOverload
  public static func - (a: Double, b: Self) -> Self { number(a) - b }
  @inlinable @inline(__always) @_disfavoredOverload
  public static func - (a: Self, b: Double) -> Self { a - number(b) }
  @inlinable @inline(__always) @_disfavoredOverload
  public static func * (a: Double, b: Self) -> Self { number(a) * b }
  @inlinable @inline(__always) @_disfavoredOverload
  public static func * (a: Self, b: Double) -> Self { a * number(b) }
  @inlinable @inline(__always) @_disfavoredOverload
  public static func / (a: Double, b: Self) -> Self { number(a) / b }
  @inlinable @inline(__always) @_disfavoredOverload
  public static func / (a: Self, b: Double) -> Self { a / number(b) }
}
