// The elementary functions to about 30 digits: power series where they are short, Newton's step from the double
// result where a function has an easy inverse.

extension DoubleDouble: Algebra {
  /// 2^k·e^r with |r| ≤ ½·log 2.
  static func exp(_ x: Self) -> Self {
    guard x.high.magnitude < 750 else {
      return DoubleDouble(x.high > 0 ? .infinity : x.high.isNaN ? .nan : 0)
    }
    let k = (x.high / log2.high).rounded()
    return (1 + smallExpm1(x - log2 * DoubleDouble(k))).scaled(by: Int(k))
  }

  static func expm1(_ x: Self) -> Self { x.high.magnitude < 0.35 ? smallExpm1(x) : exp(x) - 1 }

  /// For |x| < ½: the series at x/64, whose e^x − 1 is then doubled six times by s ← 2s + s².
  private static func smallExpm1(_ x: Self) -> Self {
    let r = x.scaled(by: -6)
    var s = r * polynomial(r, inverseFactorials[1...14])
    for _ in 0..<6 { s = s.scaled(by: 1) + s * s }
    return s
  }

  static func log(_ x: Self) -> Self {
    guard x.high > 0, x.isFinite else { return DoubleDouble(system_log(x.high)) }
    if (x.high - 1).magnitude < 0.5 { return log1p(x - 1) }
    let y = DoubleDouble(system_log(x.high))
    // At the ends of the range e^−y alone would overflow.
    let half = exp(-y.scaled(by: -1))
    return y + (x * half * half - 1)
  }

  /// Newton's step on e^y − 1 = x.
  static func log1p(_ x: Self) -> Self {
    if x.high > 1 { return log(1 + x) }
    let guess = system_log1p(x.high)
    guard guess.isFinite, x.high != 0 else { return DoubleDouble(guess, x.high == 0 ? x.low : 0) }
    let y = DoubleDouble(guess)
    let s = expm1(y)
    return y - (s - x) / (1 + s)
  }

  static func sqrt(_ x: Self) -> Self {
    let guess = x.high.squareRoot()
    guard guess.isFinite, guess > 0 else { return DoubleDouble(guess) }
    let y = DoubleDouble(guess)
    return y + (x - y * y) / y.scaled(by: 1)
  }

  /// Whole exponents by multiplication, which is defined for negative bases too.
  static func pow(_ x: Self, _ p: Self) -> Self {
    if p.low == 0, p.high.magnitude <= 1024, let n = Int(exactly: p.high) {
      return n < 0 ? 1 / whole(x, -n) : whole(x, n)
    }
    guard x.high > 0 else { return DoubleDouble(system_pow(x.high, p.high)) }
    return exp(p * log(x))
  }

  private static func whole(_ x: Self, _ n: Int) -> Self {
    var (result, square, rest) = (DoubleDouble(1), x, n)
    while rest > 0 {
      if rest & 1 == 1 { result = result * square }
      rest >>= 1
      if rest > 0 { square = square * square }
    }
    return result
  }
}

// MARK: - Circle

extension DoubleDouble {
  static func sin(_ x: Self) -> Self {
    guard let (r, quarter) = reduced(x) else { return DoubleDouble(.nan) }
    let y = quarter & 1 == 0 ? smallSin(r) : smallCos(r)
    return quarter & 2 == 0 ? y : -y
  }

  static func cos(_ x: Self) -> Self {
    guard let (r, quarter) = reduced(x) else { return DoubleDouble(.nan) }
    let y = quarter & 1 == 0 ? smallCos(r) : smallSin(r)
    return (quarter + 1) & 2 == 0 ? y : -y
  }

  static func tan(_ x: Self) -> Self { sin(x) / cos(x) }

  /// x − k·π/2 and k modulo 4. π/2 comes in three parts of 33, 33 and 106 bits: k times the first two is exact.
  private static func reduced(_ x: Self) -> (Self, Int)? {
    guard x.high.magnitude < 1e6 else { return nil }
    let k = (x.high / halfPi.high).rounded()
    let first = x - DoubleDouble(k * 0x1.921fb544p0) - DoubleDouble(k * 0x1.0b4611a6p-34)
    let rest = DoubleDouble(0x1.3198a2e037073p-69, 0x1.129024e088a68p-123)
    return (first - rest * DoubleDouble(k), Int(k) & 3)
  }

  private static func smallSin(_ r: Self) -> Self {
    r * polynomial(-(r * r), stride(from: 1, through: 29, by: 2).map { inverseFactorials[$0] }[...])
  }

  private static func smallCos(_ r: Self) -> Self {
    polynomial(-(r * r), stride(from: 0, through: 30, by: 2).map { inverseFactorials[$0] }[...])
  }

  /// The angle y of the double result, and what is left: tan(a − y) = (x·cos y − sin y)/(cos y + x·sin y).
  static func atan(_ x: Self) -> Self {
    let y = DoubleDouble(system_atan(x.high))
    guard x.isFinite else { return x.high.isNaN ? x : x.high < 0 ? -halfPi : halfPi }
    let (s, c) = (sin(y), cos(y))
    return y + (x * c - s) / (c + x * s)
  }

  static func asin(_ x: Self) -> Self { atan(x / sqrt((1 - x) * (1 + x))) }
  static func acos(_ x: Self) -> Self { atan(sqrt((1 - x) / (1 + x))).scaled(by: 1) }
}

// MARK: - Hyperbola

extension DoubleDouble {
  static func sinh(_ x: Self) -> Self {
    let s = expm1(x)
    return x.high > 300 ? exp(x).scaled(by: -1) : (s + s / (1 + s)).scaled(by: -1)
  }

  static func cosh(_ x: Self) -> Self { (exp(x) + exp(-x)).scaled(by: -1) }

  static func tanh(_ x: Self) -> Self {
    // 1 − tanh x < 10⁻⁴³ from here on.
    if x.high.magnitude > 50 { return x.high < 0 ? -1 : 1 }
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

extension DoubleDouble {
  /// 2/√π·e^(−x²)·Σ 2ⁿx²ⁿ⁺¹/(2n+1)!!, all of whose terms have one sign.
  static func erf(_ x: Self) -> Self {
    // 1 − erf(9) < 10⁻³⁶.
    guard x.high.magnitude < 9 else { return DoubleDouble(system_erf(x.high)) }
    let square = x * x
    var (term, sum, n) = (x, x, 1.0)
    while term.high.magnitude > 1e-34 * sum.high.magnitude {
      term = term * square.scaled(by: 1) / DoubleDouble(2 * n + 1)
      sum = sum + term
      n += 1
    }
    return sum.scaled(by: 1) * exp(-square) / sqrt(pi)
  }
}

// MARK: - Constants

extension DoubleDouble {
  static let pi = DoubleDouble(0x1.921fb54442d18p1, 0x1.1a62633145c07p-53)
  private static let halfPi = pi.scaled(by: -1)
  private static let log2 = DoubleDouble(0x1.62e42fefa39efp-1, 0x1.abc9e3b39803fp-56)

  /// 1/n!.
  private static let inverseFactorials: [DoubleDouble] = (1...30).reduce(into: [1]) { list, n in
    list.append(list[n - 1] / DoubleDouble(Double(n)))
  }

  /// Horner's scheme, lowest coefficient first.
  private static func polynomial(_ x: Self, _ coefficients: ArraySlice<Self>) -> Self {
    coefficients.reversed().reduce(0) { $0 * x + $1 }
  }
}
