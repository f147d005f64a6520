// The operations as functions of any algebra, so that a model written once computes, records and prints. What each
// does is stated at its rule.

/// eˣ.
@inlinable @inline(__always) public func exp<A: Algebra>(_ x: A) -> A { A.exp(x) }
@inlinable @inline(__always) public func expm1<A: Algebra>(_ x: A) -> A { A.expm1(x) }
@inlinable @inline(__always) public func log<A: Algebra>(_ x: A) -> A { A.log(x) }
@inlinable @inline(__always) public func log1p<A: Algebra>(_ x: A) -> A { A.log1p(x) }
@inlinable @inline(__always) public func exp2<A: Algebra>(_ x: A) -> A { A.exp2(x) }
@inlinable @inline(__always) public func log2<A: Algebra>(_ x: A) -> A { A.log2(x) }
@inlinable @inline(__always) public func log10<A: Algebra>(_ x: A) -> A { A.log10(x) }
@inlinable @inline(__always) @_disfavoredOverload public func sqrt<A: Algebra>(_ x: A) -> A { A.sqrt(x) }
@inlinable @inline(__always) public func sin<A: Algebra>(_ x: A) -> A { A.sin(x) }
@inlinable @inline(__always) public func cos<A: Algebra>(_ x: A) -> A { A.cos(x) }
@inlinable @inline(__always) public func tan<A: Algebra>(_ x: A) -> A { A.tan(x) }
@inlinable @inline(__always) public func asin<A: Algebra>(_ x: A) -> A { A.asin(x) }
@inlinable @inline(__always) public func acos<A: Algebra>(_ x: A) -> A { A.acos(x) }
@inlinable @inline(__always) public func atan<A: Algebra>(_ x: A) -> A { A.atan(x) }
@inlinable @inline(__always) public func sinh<A: Algebra>(_ x: A) -> A { A.sinh(x) }
@inlinable @inline(__always) public func cosh<A: Algebra>(_ x: A) -> A { A.cosh(x) }
@inlinable @inline(__always) public func tanh<A: Algebra>(_ x: A) -> A { A.tanh(x) }
@inlinable @inline(__always) public func asinh<A: Algebra>(_ x: A) -> A { A.asinh(x) }
@inlinable @inline(__always) public func acosh<A: Algebra>(_ x: A) -> A { A.acosh(x) }
@inlinable @inline(__always) public func atanh<A: Algebra>(_ x: A) -> A { A.atanh(x) }
@inlinable @inline(__always) public func erf<A: Algebra>(_ x: A) -> A { A.erf(x) }
@inlinable @inline(__always) public func erfc<A: Algebra>(_ x: A) -> A { A.erfc(x) }
@inlinable @inline(__always) public func lgamma<A: Algebra>(_ x: A) -> A { A.lgamma(x) }
@inlinable @inline(__always) public func digamma<A: Algebra>(_ x: A) -> A { A.apply(Digamma.self, x) }
@inlinable @inline(__always) public func sinc<A: Algebra>(_ x: A) -> A { A.apply(Sinc.self, x) }
@inlinable @inline(__always) @_disfavoredOverload public func floor<A: Algebra>(_ x: A) -> A { A.floor(x) }
@inlinable @inline(__always) @_disfavoredOverload public func ceil<A: Algebra>(_ x: A) -> A { A.apply(Ceil.self, x) }
@inlinable @inline(__always) @_disfavoredOverload public func round<A: Algebra>(_ x: A) -> A { A.apply(Round.self, x) }
@inlinable @inline(__always) public func abs<A: Algebra>(_ x: A) -> A { A.abs(x) }

/// −1, 0 or 1 by the sign of x; gradient 0.
@inlinable @inline(__always) public func sgn<A: Algebra>(_ x: A) -> A { A.apply(Sgn.self, x) }
@inlinable @inline(__always) public func step<A: Algebra>(_ x: A) -> A { A.apply(Step.self, x) }
@inlinable @inline(__always) public func square<A: Algebra>(_ x: A) -> A { A.apply(Square.self, x) }
@inlinable @inline(__always) public func reciprocal<A: Algebra>(_ x: A) -> A { A.apply(Reciprocal.self, x) }
@inlinable @inline(__always) public func sigmoid<A: Algebra>(_ x: A) -> A { A.apply(Sigmoid.self, x) }
@inlinable @inline(__always) public func relu<A: Algebra>(_ x: A) -> A { A.apply(Relu.self, x) }
@inlinable @inline(__always) public func softplus<A: Algebra>(_ x: A) -> A { A.apply(Softplus.self, x) }
@inlinable @inline(__always) public func logSigmoid<A: Algebra>(_ x: A) -> A { A.apply(LogSigmoid.self, x) }
@inlinable @inline(__always) public func leakyRelu<A: Algebra>(_ x: A) -> A { A.apply(LeakyRelu.self, x) }
@inlinable @inline(__always) public func elu<A: Algebra>(_ x: A) -> A { A.apply(Elu.self, x) }
@inlinable @inline(__always) public func gelu<A: Algebra>(_ x: A) -> A { A.apply(Gelu.self, x) }
@inlinable @inline(__always) public func silu<A: Algebra>(_ x: A) -> A { A.apply(Silu.self, x) }
@inlinable @inline(__always) public func stopGradient<A: Algebra>(_ x: A) -> A {
  A.apply(StopGradient.self, x)
}

/// xᵖ.
@inlinable @inline(__always) public func pow<A: Algebra>(_ x: A, _ p: A) -> A { A.pow(x, p) }
@inlinable @_disfavoredOverload public func pow<A: Algebra>(_ x: A, _ p: Double) -> A { A.pow(x, .number(p)) }
@inlinable @inline(__always) public func maximum<A: Algebra>(_ a: A, _ b: A) -> A {
  A.apply(Maximum.self, a, b)
}
/// The smaller of a and b; equal shares of the gradient at a tie. NaN where either is.
@inlinable @inline(__always) public func minimum<A: Algebra>(_ a: A, _ b: A) -> A {
  A.apply(Minimum.self, a, b)
}
/// √(a² + b²), which neither overflows nor underflows.
@inlinable @inline(__always) public func hypot<A: Algebra>(_ a: A, _ b: A) -> A { A.hypot(a, b) }
@inlinable @inline(__always) public func polygamma<A: Algebra>(_ n: A, _ x: A) -> A { A.polygamma(n, x) }
@inlinable @inline(__always) public func mod<A: Algebra>(_ a: A, _ b: A) -> A { A.mod(a, b) }
@inlinable @inline(__always) public func logAddExp<A: Algebra>(_ a: A, _ b: A) -> A { A.apply(LogAddExp.self, a, b) }
@inlinable @inline(__always) public func xlogy<A: Algebra>(_ x: A, _ y: A) -> A { A.apply(XLogY.self, x, y) }
@inlinable @inline(__always) public func less<A: Algebra>(_ a: A, _ b: A) -> A { A.less(a, b) }
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
