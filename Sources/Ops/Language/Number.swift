#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif
@_exported import Graph

/// A number type of tapes that can also compute every operation: `Float` or `Double`.
///
/// What tapes do with tensors is stated for each of the two: through a generic function, another module would look up
/// types at run time before each operation, which takes longer than to record it.
public protocol Number: Real, Algebra {
  /// What tapes of these numbers do with tensors.
  static var tensorEngine: TensorEngine<Self> { get }
  /// Records an operation on tensors.
  static func record(
    _ rule: any TensorRule.Type, _ x: Operands<Variable<Self>>, _ options: UnsafeRawBufferPointer
  ) -> Variable<Self>
  /// Records a rule of scalars over tensors.
  static func record(
    _ rule: any ElementwiseRule.Type, _ x: Operands<Variable<Self>>, on tape: Tape<Self>
  ) -> Variable<Self>
}

extension Number {
  @inlinable public static func sqrt(_ x: Self) -> Self { x.squareRoot() }
  @inlinable public static func abs(_ x: Self) -> Self { x.magnitude }
  @inlinable public static func floor(_ x: Self) -> Self { x.rounded(.down) }
  @inlinable
  public static func mod(_ a: Self, _ b: Self) -> Self {
    let rest = a.truncatingRemainder(dividingBy: b)
    return rest != 0 && (rest < 0) != (b < 0) ? rest + b : rest
  }
  @inlinable public static func chain(_ local: Self, _ arriving: Self) -> Self {
    local == 0 || arriving == 0 ? 0 : local * arriving
  }
  @inlinable public static func less(_ a: Self, _ b: Self) -> Self { a < b ? 1 : 0 }
  @inlinable public static func equal(_ a: Self, _ b: Self) -> Self { a == b ? 1 : 0 }
  @inlinable public static func select(_ c: Self, _ then: Self, _ otherwise: Self) -> Self {
    c != 0 ? then : otherwise
  }

  public static func scale(_ x: Self) -> Self {
    // A fifth of the range of exponents is left for the sum of the squares.
    let largest = greatestFiniteMagnitude.exponent * 2 / 5
    let isUsual = !x.isFinite || x <= 0 || (-largest...largest).contains(x.exponent)
    return isUsual ? 1 : max(Self(sign: .plus, exponent: x.exponent, significand: 1), .leastNormalMagnitude)
  }
}

extension Double: Number {
  @inlinable public static func exp(_ x: Double) -> Double { system_exp(x) }
  @inlinable public static func expm1(_ x: Double) -> Double { system_expm1(x) }
  @inlinable public static func log(_ x: Double) -> Double { system_log(x) }
  @inlinable public static func log1p(_ x: Double) -> Double { system_log1p(x) }
  @inlinable public static func exp2(_ x: Double) -> Double { system_exp2(x) }
  @inlinable public static func log2(_ x: Double) -> Double { system_log2(x) }
  @inlinable public static func log10(_ x: Double) -> Double { system_log10(x) }
  @inlinable public static func sin(_ x: Double) -> Double { system_sin(x) }
  @inlinable public static func cos(_ x: Double) -> Double { system_cos(x) }
  @inlinable public static func tan(_ x: Double) -> Double { system_tan(x) }
  @inlinable public static func asin(_ x: Double) -> Double { system_asin(x) }
  @inlinable public static func acos(_ x: Double) -> Double { system_acos(x) }
  @inlinable public static func atan(_ x: Double) -> Double { system_atan(x) }
  @inlinable public static func sinh(_ x: Double) -> Double { system_sinh(x) }
  @inlinable public static func cosh(_ x: Double) -> Double { system_cosh(x) }
  @inlinable public static func tanh(_ x: Double) -> Double { system_tanh(x) }
  @inlinable public static func asinh(_ x: Double) -> Double { system_asinh(x) }
  @inlinable public static func acosh(_ x: Double) -> Double { system_acosh(x) }
  @inlinable public static func atanh(_ x: Double) -> Double { system_atanh(x) }
  @inlinable public static func erf(_ x: Double) -> Double { system_erf(x) }
  @inlinable public static func erfc(_ x: Double) -> Double { system_erfc(x) }
  @inlinable public static func hypot(_ x: Double, _ y: Double) -> Double { system_hypot(x, y) }
  @inlinable public static func pow(_ x: Double, _ y: Double) -> Double { system_pow(x, y) }
  public static func lgamma(_ x: Double) -> Double { system_lgamma(x) }
  public static func polygamma(_ n: Double, _ x: Double) -> Double {
    Int(exactly: n).map { GammaSeries(digits: 17, pi: .pi).polygamma($0, x, near: x) } ?? .nan
  }
}

extension Float: Number {
  @inlinable public static func number(_ value: Double) -> Float { Float(value) }
  @inlinable public static func exp(_ x: Float) -> Float { system_exp(x) }
  @inlinable public static func expm1(_ x: Float) -> Float { system_expm1(x) }
  @inlinable public static func log(_ x: Float) -> Float { system_log(x) }
  @inlinable public static func log1p(_ x: Float) -> Float { system_log1p(x) }
  @inlinable public static func exp2(_ x: Float) -> Float { system_exp2(x) }
  @inlinable public static func log2(_ x: Float) -> Float { system_log2(x) }
  @inlinable public static func log10(_ x: Float) -> Float { system_log10(x) }
  @inlinable public static func sin(_ x: Float) -> Float { system_sin(x) }
  @inlinable public static func cos(_ x: Float) -> Float { system_cos(x) }
  @inlinable public static func tan(_ x: Float) -> Float { system_tan(x) }
  @inlinable public static func asin(_ x: Float) -> Float { system_asin(x) }
  @inlinable public static func acos(_ x: Float) -> Float { system_acos(x) }
  @inlinable public static func atan(_ x: Float) -> Float { system_atan(x) }
  @inlinable public static func sinh(_ x: Float) -> Float { system_sinh(x) }
  @inlinable public static func cosh(_ x: Float) -> Float { system_cosh(x) }
  @inlinable public static func tanh(_ x: Float) -> Float { system_tanh(x) }
  @inlinable public static func asinh(_ x: Float) -> Float { system_asinh(x) }
  @inlinable public static func acosh(_ x: Float) -> Float { system_acosh(x) }
  @inlinable public static func atanh(_ x: Float) -> Float { system_atanh(x) }
  @inlinable public static func erf(_ x: Float) -> Float { system_erf(x) }
  @inlinable public static func erfc(_ x: Float) -> Float { system_erfc(x) }
  @inlinable public static func hypot(_ x: Float, _ y: Float) -> Float { system_hypot(x, y) }
  @inlinable public static func pow(_ x: Float, _ y: Float) -> Float { system_pow(x, y) }
  public static func lgamma(_ x: Float) -> Float { system_lgamma(x) }
  public static func polygamma(_ n: Float, _ x: Float) -> Float { Float(Double.polygamma(Double(n), Double(x))) }
}

// The system's functions under names of their own: inside `extension Double`, `exp` would mean the one above.
@inlinable func system_exp(_ x: Double) -> Double { exp(x) }
@inlinable func system_expm1(_ x: Double) -> Double { expm1(x) }
@inlinable func system_log(_ x: Double) -> Double { log(x) }
@inlinable func system_log1p(_ x: Double) -> Double { log1p(x) }
@inlinable func system_exp2(_ x: Double) -> Double { exp2(x) }
@inlinable func system_log2(_ x: Double) -> Double { log2(x) }
@inlinable func system_log10(_ x: Double) -> Double { log10(x) }
@inlinable func system_sin(_ x: Double) -> Double { sin(x) }
@inlinable func system_cos(_ x: Double) -> Double { cos(x) }
@inlinable func system_tan(_ x: Double) -> Double { tan(x) }
@inlinable func system_asin(_ x: Double) -> Double { asin(x) }
@inlinable func system_acos(_ x: Double) -> Double { acos(x) }
@inlinable func system_atan(_ x: Double) -> Double { atan(x) }
@inlinable func system_sinh(_ x: Double) -> Double { sinh(x) }
@inlinable func system_cosh(_ x: Double) -> Double { cosh(x) }
@inlinable func system_tanh(_ x: Double) -> Double { tanh(x) }
@inlinable func system_asinh(_ x: Double) -> Double { asinh(x) }
@inlinable func system_acosh(_ x: Double) -> Double { acosh(x) }
@inlinable func system_atanh(_ x: Double) -> Double { atanh(x) }
@inlinable func system_erf(_ x: Double) -> Double { erf(x) }
@inlinable func system_erfc(_ x: Double) -> Double { erfc(x) }
func system_lgamma(_ x: Double) -> Double { lgamma(x).0 }
@inlinable func system_hypot(_ x: Double, _ y: Double) -> Double { hypot(x, y) }
@inlinable func system_pow(_ x: Double, _ y: Double) -> Double { pow(x, y) }
@inlinable func system_exp(_ x: Float) -> Float { exp(x) }
@inlinable func system_expm1(_ x: Float) -> Float { expm1(x) }
@inlinable func system_log(_ x: Float) -> Float { log(x) }
@inlinable func system_log1p(_ x: Float) -> Float { log1p(x) }
@inlinable func system_exp2(_ x: Float) -> Float { exp2(x) }
@inlinable func system_log2(_ x: Float) -> Float { log2(x) }
@inlinable func system_log10(_ x: Float) -> Float { log10(x) }
@inlinable func system_sin(_ x: Float) -> Float { sin(x) }
@inlinable func system_cos(_ x: Float) -> Float { cos(x) }
@inlinable func system_tan(_ x: Float) -> Float { tan(x) }
@inlinable func system_asin(_ x: Float) -> Float { asin(x) }
@inlinable func system_acos(_ x: Float) -> Float { acos(x) }
@inlinable func system_atan(_ x: Float) -> Float { atan(x) }
@inlinable func system_sinh(_ x: Float) -> Float { sinh(x) }
@inlinable func system_cosh(_ x: Float) -> Float { cosh(x) }
@inlinable func system_tanh(_ x: Float) -> Float { tanh(x) }
@inlinable func system_asinh(_ x: Float) -> Float { asinh(x) }
@inlinable func system_acosh(_ x: Float) -> Float { acosh(x) }
@inlinable func system_atanh(_ x: Float) -> Float { atanh(x) }
@inlinable func system_erf(_ x: Float) -> Float { erf(x) }
@inlinable func system_erfc(_ x: Float) -> Float { erfc(x) }
func system_lgamma(_ x: Float) -> Float { lgamma(x).0 }
@inlinable func system_hypot(_ x: Float, _ y: Float) -> Float { hypot(x, y) }
@inlinable func system_pow(_ x: Float, _ y: Float) -> Float { pow(x, y) }
