/// A number of about 31 digits: the unevaluated sum of two doubles, `high` the nearest double.
///
/// The sums and products of doubles are taken apart without error (Dekker 1971; Knuth, volume 2, 4.2.2; the
/// product by a fused multiply-add), so that an operation errs by a few units in 2⁻¹⁰⁴. Infinity and NaN live in
/// `high`, and then `low` is 0. The range is that of `Double`; below 10⁻²⁹⁰ digits are lost.
struct DoubleDouble: Sendable {
  let high: Double
  let low: Double

  /// - Precondition: `low` is small beside `high`.
  init(_ high: Double, _ low: Double = 0) {
    let sum = high + low
    (self.high, self.low) = sum.isFinite ? (sum, low - (sum - high)) : (sum, 0)
  }

  var isFinite: Bool { high.isFinite }
  var magnitude: DoubleDouble { high < 0 ? -self : self }

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

// MARK: - Numbers

extension DoubleDouble: ExpressibleByFloatLiteral, ExpressibleByIntegerLiteral {
  init(floatLiteral value: Double) { self = .number(value) }
  init(integerLiteral value: Int) { self.init(Double(value)) }

  /// The decimal that a double prints as: 0.1 is one tenth here, as whoever wrote it meant.
  static func number(_ value: Double) -> DoubleDouble {
    guard let decimal = Decimal(value), decimal.exponent < 0 else { return DoubleDouble(value) }
    return DoubleDouble(decimal.digits) / ten(to: -decimal.exponent)
  }

  private static func ten(to exponent: Int) -> DoubleDouble {
    (0..<exponent).reduce(1) { power, _ in power * 10 }
  }
}

/// The shortest decimal of a double, as digits·10^exponent.
struct Decimal {
  let digits: Double
  let exponent: Int
  let digitCount: Int

  /// nil where the digits are more than a double holds exactly, or the number is not finite.
  init?(_ value: Double) {
    guard value.isFinite else { return nil }
    let parts = "\(value.magnitude)".split(separator: "e")
    let mantissa = parts[0].split(separator: ".", omittingEmptySubsequences: false)
    let fraction = mantissa.count > 1 && mantissa[1] != "0" ? mantissa[1] : ""
    guard let digits = Double(mantissa[0] + fraction), digits < 0x1p53 else { return nil }
    self.digits = value < 0 ? -digits : digits
    exponent = (parts.count > 1 ? Int(parts[1])! : 0) - fraction.count
    digitCount = (mantissa[0] + fraction).drop { $0 == "0" }.count
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

extension DoubleDouble {
  static func abs(_ x: Self) -> Self { x.magnitude }
  static func less(_ a: Self, _ b: Self) -> Self { a < b ? 1 : 0 }
  static func equal(_ a: Self, _ b: Self) -> Self { a == b ? 1 : 0 }
  static func select(_ condition: Self, _ then: Self, _ otherwise: Self) -> Self {
    condition == 0 ? otherwise : then
  }
}
