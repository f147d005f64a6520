/// The error function 2/√π ∫₀ˣ exp(−t²) dt.
@usableFromInline
package enum Erf: UnaryRule, PrimitiveRule {
  @inlinable package static var code: UInt16 { 33 }
  @inlinable package static func value<A: Algebra>(_ x: A) -> A { .erf(x) }
  @inlinable
  package static func local<A: Algebra>(_ x: A, _ y: A) -> A { 1.1283791670955126 * .exp(-(x * x)) }
}

/// 1 − erf(x), with all its digits where that is next to 0.
@usableFromInline
package enum Erfc: UnaryRule, PrimitiveRule {
  @inlinable package static var code: UInt16 { 83 }
  @inlinable package static func value<A: Algebra>(_ x: A) -> A { .erfc(x) }
  @inlinable
  package static func local<A: Algebra>(_ x: A, _ y: A) -> A { -1.1283791670955126 * .exp(-(x * x)) }
}

@usableFromInline
package enum Lgamma: UnaryRule, PrimitiveRule {
  @inlinable package static var code: UInt16 { 85 }
  @inlinable package static func value<A: Algebra>(_ x: A) -> A { .lgamma(x) }
  @inlinable package static func local<A: Algebra>(_ x: A, _ y: A) -> A { .apply(Digamma.self, x) }
}

/// The derivative of log Γ(x); no number at −1, −2, …
@usableFromInline
package enum Digamma: UnaryRule {
  @inlinable package static var code: UInt16 { 86 }
  @inlinable package static func value<A: Algebra>(_ x: A) -> A { .polygamma(0, x) }
  @inlinable package static func local<A: Algebra>(_ x: A, _ y: A) -> A { .polygamma(1, x) }
}

/// ψ⁽ⁿ⁾(x), the n-th derivative of digamma for a whole n ≥ 0, which has no gradient by n: its local gradient there is 0.
@usableFromInline
package enum Polygamma: BinaryRule, PrimitiveRule {
  @inlinable package static var code: UInt16 { 87 }
  @inlinable package static func value<A: Algebra>(_ n: A, _ x: A) -> A { .polygamma(n, x) }
  @inlinable
  package static func locals<A: Algebra>(_ n: A, _ x: A, _ y: A) -> (A, A) { (0, .polygamma(n + 1, x)) }
}

/// sin(πx)/(πx), and 1 at 0, as in NumPy and PyTorch; exactly 0 at other whole numbers.
@usableFromInline
package enum Sinc: UnaryRule {
  @inlinable package static var code: UInt16 { 88 }
  @inlinable
  package static func value<A: Algebra>(_ x: A) -> A {
    let (sign, part) = halfTurns(x)
    let sine = A.sin(.number(.pi) * .select(.less(part, 0.5), part, 1 - part))
    let y = A.written(.sin(.number(.pi) * x), computed: .select(.equal(part, 0), 0, sign * sine))
    return .select(.equal(x, 0), 1, y / (.number(.pi) * .written(x, computed: .abs(x))))
  }

  /// (cos(πx) − y)/x, which next to 0 is −π²x/3·(1 − (πx)²/10 + …).
  @inlinable
  package static func local<A: Algebra>(_ x: A, _ y: A) -> A {
    let (sign, part) = halfTurns(x)
    let pi = A.number(.pi)
    let square = pi * pi * (x * x)
    let series = slopeSeries.reduce(A.number(0)) { sum, coefficient in sum * square + .number(coefficient) }
    let quotient = (sign * .sin(pi * (0.5 - part)) - y) / x
    return .written(
      (.cos(pi * x) - y) / x, computed: .select(.less(.abs(x), 0.5), series * (pi * pi * x), quotient))
  }

  /// 2k·(−1)ᵏ/(2k + 1)!, from k = 11 down to 1.
  @usableFromInline static let slopeSeries: [Double] = (1...11).reversed().map { k in
    let factorial = (1...(2 * k + 1)).reduce(1.0) { $0 * Double($1) }
    return Double(k % 2 == 0 ? 2 * k : -2 * k) / factorial
  }

  /// |x| = k + part, and (−1)ᵏ.
  @inlinable
  static func halfTurns<A: Algebra>(_ x: A) -> (sign: A, part: A) {
    let whole = A.floor(.abs(x))
    return (.select(.equal(.mod(whole, 2), 0), 1, -1), .abs(x) - whole)
  }
}
