/// A number of about 31 digits: the unevaluated sum of two doubles, `high` the nearest double.
///
/// The sums and products of doubles are taken apart without error (Dekker 1971; Knuth, volume 2, 4.2.2; the
/// product by a fused multiply-add), so that an operation errs by a few units in 2⁻¹⁰⁴. Infinity and NaN live in
/// `high`, and then `low` is 0. The range is that of `Double`; below 10⁻²⁹⁰ digits are lost.
struct DoubleDouble: Sendable {
  let high: Double
  let low: Double

  init(_ value: Double) { (high, low) = (value, 0) }

  /// - Precondition: `low` is small beside `high`.
  init(_ high: Double, _ low: Double) {
    let sum = high + low
    (self.high, self.low) = sum.isFinite ? (sum, low - (sum - high)) : (sum, 0)
  }

  static func < (a: Self, b: Self) -> Bool { a.high < b.high || a.high == b.high && a.low < b.low }
  static func == (a: Self, b: Self) -> Bool { a.high == b.high && a.low == b.low }

  /// Times a power of two, which is exact.
  func scaled(by exponent: Int) -> DoubleDouble {
    // In two steps: 2^1024 is no double, but half of it squared is in range of what it may multiply.
    let half = exponent / 2
    let (a, b) = (power(half), power(exponent - half))
    return DoubleDouble(high * a * b, low * a * b)
  }

  private func power(_ exponent: Int) -> Double {
    Double(sign: .plus, exponent: max(-1022, min(1023, exponent)), significand: 1)
  }
}

// MARK: - Arithmetic

extension DoubleDouble {
  static func + (a: Self, b: Self) -> Self {
    let (high, error) = sum(a.high, b.high)
    guard high.isFinite else { return DoubleDouble(high) }
    let (low, lowError) = sum(a.low, b.low)
    let first = DoubleDouble(high, error + low)
    return DoubleDouble(first.high, first.low + lowError)
  }

  static func - (a: Self, b: Self) -> Self { a + -b }
  static prefix func - (a: Self) -> Self { DoubleDouble(-a.high, -a.low) }

  static func * (a: Self, b: Self) -> Self {
    let high = a.high * b.high
    guard high.isFinite else { return DoubleDouble(high) }
    let error = (-high).addingProduct(a.high, b.high)
    return DoubleDouble(high, error + (a.high * b.low + a.low * b.high))
  }

  static func / (a: Self, b: Self) -> Self {
    let first = a.high / b.high
    guard first.isFinite, b.high.isFinite else { return DoubleDouble(first) }
    let rest = a - b * DoubleDouble(first)
    let second = rest.high / b.high
    let last = (rest - b * DoubleDouble(second)).high / b.high
    return DoubleDouble(first, second) + DoubleDouble(last)
  }

  /// a + b and the rounding error of it.
  private static func sum(_ a: Double, _ b: Double) -> (Double, Double) {
    let sum = a + b
    let part = sum - a
    return (sum, (a - (sum - part)) + (b - part))
  }
}

// MARK: - Precision

extension DoubleDouble: Precise {
  static var unit: Double { 0x1p-96 }
  static var negligible: Double { 0 }
  static let pi = DoubleDouble(0x1.921fb54442d18p1, 0x1.1a62633145c07p-53)
  static let log2 = DoubleDouble(0x1.62e42fefa39efp-1, 0x1.abc9e3b39803fp-56)
  static let inverseFactorials: [DoubleDouble] = factorialInverses(to: 30)
  static var exponentialSeries: (halvings: Int, terms: Int) { (6, 14) }
  static var newtonSteps: Int { 1 }

  /// π/2 in three parts of 33, 33 and 106 bits: k times the first two is exact.
  static func subtractingQuarters(_ x: Self, _ k: Double) -> Self {
    let first = x - DoubleDouble(k * 0x1.921fb544p0) - DoubleDouble(k * 0x1.0b4611a6p-34)
    let rest = DoubleDouble(0x1.3198a2e037073p-69, 0x1.129024e088a68p-123)
    return first - rest * DoubleDouble(k)
  }
}
