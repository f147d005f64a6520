// The operations as functions of any algebra, so that a model written once computes, records and prints. Their
// derivatives and edges are stated at their rules.

/// eˣ.
@inlinable @inline(__always) public func exp<A: Algebra>(_ x: A) -> A { A.exp(x) }
/// eˣ − 1, without cancellation near 0.
@inlinable @inline(__always) public func expm1<A: Algebra>(_ x: A) -> A { A.expm1(x) }
/// The natural logarithm ln x; NaN for x < 0.
@inlinable @inline(__always) public func log<A: Algebra>(_ x: A) -> A { A.log(x) }
/// ln(1 + x), without cancellation near 0.
@inlinable @inline(__always) public func log1p<A: Algebra>(_ x: A) -> A { A.log1p(x) }
/// 2ˣ.
@inlinable @inline(__always) public func exp2<A: Algebra>(_ x: A) -> A { A.exp2(x) }
/// The logarithm to the base 2.
@inlinable @inline(__always) public func log2<A: Algebra>(_ x: A) -> A { A.log2(x) }
/// The logarithm to the base 10.
@inlinable @inline(__always) public func log10<A: Algebra>(_ x: A) -> A { A.log10(x) }
/// √x; NaN for x < 0.
@inlinable @inline(__always) @_disfavoredOverload public func sqrt<A: Algebra>(_ x: A) -> A { A.sqrt(x) }
/// sin x, of radians.
@inlinable @inline(__always) public func sin<A: Algebra>(_ x: A) -> A { A.sin(x) }
/// cos x, of radians.
@inlinable @inline(__always) public func cos<A: Algebra>(_ x: A) -> A { A.cos(x) }
/// tan x, of radians.
@inlinable @inline(__always) public func tan<A: Algebra>(_ x: A) -> A { A.tan(x) }
/// arcsin x, in −π/2 ... π/2; NaN outside of −1 ... 1.
@inlinable @inline(__always) public func asin<A: Algebra>(_ x: A) -> A { A.asin(x) }
/// arccos x, in 0 ... π; NaN outside of −1 ... 1.
@inlinable @inline(__always) public func acos<A: Algebra>(_ x: A) -> A { A.acos(x) }
/// arctan x, in −π/2 ... π/2.
@inlinable @inline(__always) public func atan<A: Algebra>(_ x: A) -> A { A.atan(x) }
/// The hyperbolic sine, (eˣ − e⁻ˣ)/2.
@inlinable @inline(__always) public func sinh<A: Algebra>(_ x: A) -> A { A.sinh(x) }
/// The hyperbolic cosine, (eˣ + e⁻ˣ)/2.
@inlinable @inline(__always) public func cosh<A: Algebra>(_ x: A) -> A { A.cosh(x) }
/// The hyperbolic tangent, sinh x / cosh x.
@inlinable @inline(__always) public func tanh<A: Algebra>(_ x: A) -> A { A.tanh(x) }
/// The inverse of `sinh`.
@inlinable @inline(__always) public func asinh<A: Algebra>(_ x: A) -> A { A.asinh(x) }
/// The inverse of `cosh` on x ≥ 1; NaN below.
@inlinable @inline(__always) public func acosh<A: Algebra>(_ x: A) -> A { A.acosh(x) }
/// The inverse of `tanh`; NaN outside of −1 ... 1.
@inlinable @inline(__always) public func atanh<A: Algebra>(_ x: A) -> A { A.atanh(x) }
/// The error function, 2/√π · ∫₀ˣ exp(−t²) dt.
@inlinable @inline(__always) public func erf<A: Algebra>(_ x: A) -> A { A.erf(x) }
/// 1 − erf(x), without cancellation for large x.
@inlinable @inline(__always) public func erfc<A: Algebra>(_ x: A) -> A { A.erfc(x) }
/// ln|Γ(x)|.
@inlinable @inline(__always) public func lgamma<A: Algebra>(_ x: A) -> A { A.lgamma(x) }
/// The derivative of `lgamma`, ψ(x) = Γ′(x)/Γ(x).
@inlinable @inline(__always) public func digamma<A: Algebra>(_ x: A) -> A { A.apply(Digamma.self, x) }
/// sin(x)/x, 1 at 0.
@inlinable @inline(__always) public func sinc<A: Algebra>(_ x: A) -> A { A.apply(Sinc.self, x) }
/// The largest integer that is not above x; gradient 0.
@inlinable @inline(__always) @_disfavoredOverload public func floor<A: Algebra>(_ x: A) -> A { A.floor(x) }
/// The smallest integer that is not below x; gradient 0.
@inlinable @inline(__always) @_disfavoredOverload public func ceil<A: Algebra>(_ x: A) -> A { A.apply(Ceil.self, x) }
/// The nearest integer, of two the even one; gradient 0.
@inlinable @inline(__always) @_disfavoredOverload public func round<A: Algebra>(_ x: A) -> A { A.apply(Round.self, x) }
/// |x|; gradient 0 at 0.
@inlinable @inline(__always) public func abs<A: Algebra>(_ x: A) -> A { A.abs(x) }

/// −1, 0 or 1 by the sign of x; gradient 0.
@inlinable @inline(__always) public func sgn<A: Algebra>(_ x: A) -> A { A.apply(Sgn.self, x) }
/// 1 where x ≥ 0, else 0; gradient 0.
@inlinable @inline(__always) public func step<A: Algebra>(_ x: A) -> A { A.apply(Step.self, x) }
/// x².
@inlinable @inline(__always) public func square<A: Algebra>(_ x: A) -> A { A.apply(Square.self, x) }
/// 1/x.
@inlinable @inline(__always) public func reciprocal<A: Algebra>(_ x: A) -> A { A.apply(Reciprocal.self, x) }
/// 1/(1 + e⁻ˣ).
@inlinable @inline(__always) public func sigmoid<A: Algebra>(_ x: A) -> A { A.apply(Sigmoid.self, x) }
/// max(x, 0); gradient 0 at 0.
@inlinable @inline(__always) public func relu<A: Algebra>(_ x: A) -> A { A.apply(Relu.self, x) }
/// ln(1 + eˣ), which does not overflow.
@inlinable @inline(__always) public func softplus<A: Algebra>(_ x: A) -> A { A.apply(Softplus.self, x) }
/// ln sigmoid(x), which does not underflow.
@inlinable @inline(__always) public func logSigmoid<A: Algebra>(_ x: A) -> A { A.apply(LogSigmoid.self, x) }
/// x where x > 0, else 0.01·x.
@inlinable @inline(__always) public func leakyRelu<A: Algebra>(_ x: A) -> A { A.apply(LeakyRelu.self, x) }
/// x where x > 0, else eˣ − 1.
@inlinable @inline(__always) public func elu<A: Algebra>(_ x: A) -> A { A.apply(Elu.self, x) }
/// x·Φ(x), with the distribution function Φ of the normal distribution.
@inlinable @inline(__always) public func gelu<A: Algebra>(_ x: A) -> A { A.apply(Gelu.self, x) }
/// x·sigmoid(x).
@inlinable @inline(__always) public func silu<A: Algebra>(_ x: A) -> A { A.apply(Silu.self, x) }
/// x, through which no gradient flows.
@inlinable @inline(__always) public func stopGradient<A: Algebra>(_ x: A) -> A {
  A.apply(StopGradient.self, x)
}

/// xᵖ.
@inlinable @inline(__always) public func pow<A: Algebra>(_ x: A, _ p: A) -> A { A.pow(x, p) }
/// xᵖ for a number p, which has no gradient of its own.
@inlinable @_disfavoredOverload public func pow<A: Algebra>(_ x: A, _ p: Double) -> A { A.pow(x, .number(p)) }
/// The larger of a and b; equal shares of the gradient at a tie. NaN where either is.
@inlinable @inline(__always) public func maximum<A: Algebra>(_ a: A, _ b: A) -> A {
  A.apply(Maximum.self, a, b)
}
/// The smaller of a and b; equal shares of the gradient at a tie. NaN where either is.
@inlinable @inline(__always) public func minimum<A: Algebra>(_ a: A, _ b: A) -> A {
  A.apply(Minimum.self, a, b)
}
/// √(a² + b²), which neither overflows nor underflows.
@inlinable @inline(__always) public func hypot<A: Algebra>(_ a: A, _ b: A) -> A { A.hypot(a, b) }
/// The derivative of order n of `digamma`, for a whole n ≥ 0; by n it has none.
@inlinable @inline(__always) public func polygamma<A: Algebra>(_ n: A, _ x: A) -> A { A.polygamma(n, x) }
/// a − b·⌊a/b⌋, of the sign of b.
@inlinable @inline(__always) public func mod<A: Algebra>(_ a: A, _ b: A) -> A { A.mod(a, b) }
/// ln(eᵃ + eᵇ), which does not overflow.
@inlinable @inline(__always) public func logAddExp<A: Algebra>(_ a: A, _ b: A) -> A { A.apply(LogAddExp.self, a, b) }
/// x·ln y, 0 at x = 0.
@inlinable @inline(__always) public func xlogy<A: Algebra>(_ x: A, _ y: A) -> A { A.apply(XLogY.self, x, y) }
/// 1 where a < b, else 0; gradient 0.
@inlinable @inline(__always) public func less<A: Algebra>(_ a: A, _ b: A) -> A { A.less(a, b) }
/// 1 where a = b, else 0; gradient 0.
@inlinable @inline(__always) public func equal<A: Algebra>(_ a: A, _ b: A) -> A { A.equal(a, b) }

/// x, but no less than `low` and no more than `high`.
@inlinable
public func clip<A: Algebra>(_ x: A, _ low: A, _ high: A) -> A { A.apply(Clip.self, x, low, high) }

/// `a` where the condition is not 0, else `b`.
@inlinable
public func select<A: Algebra>(_ condition: A, _ a: A, _ b: A) -> A { A.select(condition, a, b) }

/// An operation of your own: see `Rule`.
@inlinable
public func apply<R: UnaryRule, A: Algebra>(_ rule: R.Type, _ x: A) -> A { A.apply(rule, x) }
/// An operation of your own on two operands: see `Rule`.
@inlinable
public func apply<R: BinaryRule, A: Algebra>(_ rule: R.Type, _ a: A, _ b: A) -> A { A.apply(rule, a, b) }
