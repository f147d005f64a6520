// The elementary functions: power series where they are short, Newton's steps from the double result where a function
// has an easy inverse.

extension Precise {
  /// 2^k·e^r with |r| ≤ ½·log 2.
  static func exp(_ x: Self) -> Self {
    guard x.high.magnitude < 750 else {
      return Self(x.high > 0 ? .infinity : x.high.isNaN ? .nan : 0)
    }
    let k = (x.high / log2.high).rounded()
    return (1 + smallExpm1(x - log2 * Self(k))).scaled(by: Int(k))
  }

  static func expm1(_ x: Self) -> Self { x.high.magnitude < 0.35 ? smallExpm1(x) : exp(x) - 1 }

  /// For |x| < ½: the series at x/64, say, and then six times s ← 2s + s², which takes e^x − 1 to e^2x − 1.
  private static func smallExpm1(_ x: Self) -> Self {
    let (halvings, terms) = exponentialSeries
    let r = x.scaled(by: -halvings)
    var s = r * polynomial(r, inverseFactorials[1...terms])
    for _ in 0..<halvings { s = s.scaled(by: 1) + s * s }
    return s
  }

  static func log(_ x: Self) -> Self {
    guard x.high > 0, x.isFinite else { return Self(system_log(x.high)) }
    if (x.high - 1).magnitude < 0.5 { return log1p(x - 1) }
    return improved(system_log(x.high)) { y in
      // At the ends of the range e^−y alone would overflow.
      let half = exp(-y.scaled(by: -1))
      return x * half * half - 1
    }
  }

  /// Newton's step on e^y − 1 = x.
  static func log1p(_ x: Self) -> Self {
    if x.high > 1 || x.high < -0.75 { return log(1 + x) }
    return improved(system_log1p(x.high)) { y in
      let s = expm1(y)
      return (x - s) / (1 + s)
    }
  }

  static func sqrt(_ x: Self) -> Self {
    improved(x.high.squareRoot()) { y in (x - y * y) / y.scaled(by: 1) }
  }

  /// What is left to the true value, added as often as it takes.
  private static func improved(_ guess: Double, by rest: (Self) -> Self) -> Self {
    guard guess.isFinite, guess != 0 else { return Self(guess) }
    return (0..<newtonSteps).reduce(Self(guess)) { y, _ in y + rest(y) }
  }

  /// Whole exponents by multiplication, which is defined for negative bases too.
  static func pow(_ x: Self, _ p: Self) -> Self {
    if let n = p.wholeNumber {
      let y = bySquaring(x, UInt64(n.magnitude), one: 1, *)
      return n < 0 ? 1 / y : y
    }
    guard x.high > 0 else { return Self(system_pow(x.high, p.high)) }
    return exp(p * log(x))
  }
}

// MARK: - Circle

extension Precise {
  static func sin(_ x: Self) -> Self {
    guard let (r, quarter) = reduced(x) else { return Self(.nan) }
    let y = quarter & 1 == 0 ? smallSin(r) : smallCos(r)
    return quarter & 2 == 0 ? y : -y
  }

  static func cos(_ x: Self) -> Self {
    guard let (r, quarter) = reduced(x) else { return Self(.nan) }
    let y = quarter & 1 == 0 ? smallCos(r) : smallSin(r)
    return (quarter + 1) & 2 == 0 ? y : -y
  }

  static func tan(_ x: Self) -> Self { sin(x) / cos(x) }

  /// x − k·π/2 and k modulo 4.
  private static func reduced(_ x: Self) -> (Self, Int)? {
    guard x.high.magnitude < 1e6 else { return nil }
    let k = (x.high / (.pi / 2)).rounded()
    return (subtractingQuarters(x, k), Int(k) & 3)
  }

  private static func smallSin(_ r: Self) -> Self {
    r * polynomial(-(r * r), stride(from: 1, to: inverseFactorials.count, by: 2).map { inverseFactorials[$0] }[...])
  }

  private static func smallCos(_ r: Self) -> Self {
    polynomial(-(r * r), stride(from: 0, to: inverseFactorials.count, by: 2).map { inverseFactorials[$0] }[...])
  }

  /// The angle y of the double result, and what is left: tan(a − y) = (x·cos y − sin y)/(cos y + x·sin y).
  static func atan(_ x: Self) -> Self {
    guard x.isFinite else { return x.high.isNaN ? x : (x.high < 0 ? -pi : pi).scaled(by: -1) }
    return improved(system_atan(x.high)) { y in
      let (s, c) = (sin(y), cos(y))
      return (x * c - s) / (c + x * s)
    }
  }

  static func asin(_ x: Self) -> Self { atan(x / sqrt((1 - x) * (1 + x))) }
  static func acos(_ x: Self) -> Self { atan(sqrt((1 - x) / (1 + x))).scaled(by: 1) }
}

// MARK: - Hyperbola

extension Precise {
  static func sinh(_ x: Self) -> Self {
    let a = x.magnitude
    let s = expm1(a)
    let y = a.high > 300 ? exp(a).scaled(by: -1) : (s + s / (1 + s)).scaled(by: -1)
    return x.high < 0 ? -y : y
  }

  static func cosh(_ x: Self) -> Self { (exp(x) + exp(-x)).scaled(by: -1) }

  static func tanh(_ x: Self) -> Self {
    // 1 − tanh x < 10⁻³⁰³ from here on.
    if x.high.magnitude > 350 { return x.high < 0 ? -1 : 1 }
    let s = expm1(x.scaled(by: 1))
    return s / (s + 2)
  }

  static func asinh(_ x: Self) -> Self {
    let a = x.magnitude
    let y = log1p(a + a * a / (1 + sqrt(1 + a * a)))
    return x.high < 0 ? -y : y
  }

  static func acosh(_ x: Self) -> Self {
    let t = x - 1
    return log1p(t + sqrt(t * (t + 2)))
  }

  static func atanh(_ x: Self) -> Self { log1p(x.scaled(by: 1) / (1 - x)).scaled(by: -1) }
}

// MARK: - The error function

extension Precise {
  /// 2/√π·e^(−x²)·Σ 2ⁿx²ⁿ⁺¹/(2n+1)!!, all of whose terms have one sign.
  static func erf(_ x: Self) -> Self {
    // 1 − erf(x) < e^(−x²).
    guard x.high * x.high < -system_log(unit) else { return Self(system_erf(x.high)) }
    let (square, least) = (x * x, unit * 0x1p-8)
    var (term, sum, n) = (x, x, 1.0)
    while term.high.magnitude > least * sum.high.magnitude {
      term = term * square.scaled(by: 1) / Self(2 * n + 1)
      sum = sum + term
      n += 1
    }
    return sum.scaled(by: 1) * exp(-square) / sqrt(pi)
  }
}

extension Precise {
  /// 1 − erf(x) while that has its digits, else the continued fraction
  /// e^(−x²)/√π · 1/(x + ½/(x + 1/(x + 3/2/(x + …)))), from the term on that does not count any more.
  static func erfc(_ x: Self) -> Self {
    guard x.high >= 1 else { return 1 - erf(x) }
    guard x.high < 27 else { return Self(system_erfc(x.high)) }
    let root = system_log(unit) / (2.8 * x.high)
    let terms = Int(root * root) + 8
    let fraction = (1...terms).reversed().reduce(x) { fraction, n in x + Self(Double(n) / 2) / fraction }
    return exp(-(x * x)) / (fraction * sqrt(pi))
  }
}

// MARK: - The gamma function

extension Precise {
  private static var gammaSeries: GammaSeries<Self> { GammaSeries(digits: 2 - system_log10(unit), pi: pi) }

  static func lgamma(_ x: Self) -> Self {
    x.high <= 0 && x.high == x.high.rounded() || !x.isFinite
      ? Self(system_lgamma(x.high)) : gammaSeries.logGamma(x, near: x.high)
  }

  static func polygamma(_ n: Self, _ x: Self) -> Self {
    n.wholeNumber.map { gammaSeries.polygamma($0, x, near: x.high) } ?? Self(.nan)
  }
}

// MARK: - Polynomials

extension Precise {
  /// Horner's scheme, lowest coefficient first.
  private static func polynomial(_ x: Self, _ coefficients: ArraySlice<Self>) -> Self {
    coefficients.reversed().reduce(0) { $0 * x + $1 }
  }
}
