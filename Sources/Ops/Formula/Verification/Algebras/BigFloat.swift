/// A number of about 150 digits: ±0.m·2^exponent with 512 bits of m, for the points at which 31 digits cancel away.
///
/// Simple rather than fast: a product takes a fifth of a microsecond. The range is cut to that of `Double`.
struct BigFloat: Sendable {
  typealias Limbs = SIMD8<UInt64>

  let isNegative: Bool
  let exponent: Int
  /// The bits of m, lowest first. The topmost one is 1, unless the number is 0, infinite or NaN: then all are 0.
  private let limbs: Limbs
  let high: Double

  init(_ value: Double) {
    let isOrdinary = value.isFinite && value != 0
    var limbs = Limbs.zero
    if isOrdinary { limbs[7] = UInt64(value.magnitude.significand * 0x1p63) }
    self.init(value, value < 0, isOrdinary ? Int(value.exponent) + 1 : 0, limbs)
  }

  private init(_ high: Double, _ isNegative: Bool, _ exponent: Int, _ limbs: Limbs) {
    (self.high, self.isNegative, self.exponent, self.limbs) = (high, isNegative, exponent, limbs)
  }

  /// - Parameter limbs: of any size; they are shifted until the topmost bit is 1.
  private init(_ isNegative: Bool, _ exponent: Int, _ limbs: Limbs, rest: UInt64) {
    guard limbs != .zero || rest != 0 else {
      self.init(0)
      return
    }
    var (limbs, rest, exponent) = (limbs, rest, exponent)
    while limbs[7] == 0 {
      for place in (1..<8).reversed() { limbs[place] = limbs[place - 1] }
      (limbs[0], rest, exponent) = (rest, 0, exponent - 64)
    }
    let shift = UInt64(limbs[7].leadingZeroBitCount)
    if shift > 0 {
      for place in (1..<8).reversed() { limbs[place] = limbs[place] << shift | limbs[place - 1] >> (64 - shift) }
      limbs[0] = limbs[0] << shift | rest >> (64 - shift)
    }
    self.init(isNegative, exponent - Int(shift), limbs)
  }

  /// - Parameter limbs: with the topmost bit 1. Beyond the range the number is infinite or 0.
  private init(_ isNegative: Bool, _ exponent: Int, _ limbs: Limbs) {
    guard exponent > -1022 else {
      self.init(0)
      return
    }
    let mantissa = Double(limbs[7]) * 0x1p-63
    let power = exponent > 1024 ? .infinity : Double(sign: .plus, exponent: exponent - 1, significand: 1)
    let high = isNegative ? -mantissa * power : mantissa * power
    self.init(high, isNegative, high.isFinite ? exponent : 0, high.isFinite ? limbs : .zero)
  }

  private var isOrdinary: Bool { limbs[7] != 0 }

  static func < (a: Self, b: Self) -> Bool {
    a.high != b.high || !a.isOrdinary || !b.isOrdinary ? a.high < b.high : (a - b).high < 0
  }

  static func == (a: Self, b: Self) -> Bool { a.high == b.high && a.exponent == b.exponent && a.limbs == b.limbs }

  func scaled(by exponent: Int) -> BigFloat {
    isOrdinary ? BigFloat(isNegative, self.exponent + exponent, limbs) : self
  }
}

// MARK: - Arithmetic

extension BigFloat {
  static prefix func - (a: Self) -> Self {
    a.isOrdinary ? BigFloat(!a.isNegative, a.exponent, a.limbs) : BigFloat(-a.high)
  }

  static func - (a: Self, b: Self) -> Self { a + -b }

  static func + (a: Self, b: Self) -> Self {
    guard a.isOrdinary, b.isOrdinary else {
      return a.high == 0 ? b : b.high == 0 ? a : BigFloat(a.high + b.high)
    }
    let (large, small) = a.exceeds(b) ? (a, b) : (b, a)
    let distance = large.exponent - small.exponent
    guard distance <= 512 else { return large }
    // The bits that do not fit stand in `rest`, so that they are there when the sum cancels.
    let (shifted, rest) = small.shiftedRight(by: distance)
    return large.isNegative == small.isNegative
      ? sum(large, shifted, rest) : difference(large, shifted, rest)
  }

  /// |self| ≥ |other|.
  private func exceeds(_ other: BigFloat) -> Bool {
    if exponent != other.exponent { return exponent > other.exponent }
    for place in (0..<8).reversed() where limbs[place] != other.limbs[place] {
      return limbs[place] > other.limbs[place]
    }
    return true
  }

  private func shiftedRight(by distance: Int) -> (Limbs, rest: UInt64) {
    let (whole, bits) = (distance / 64, UInt64(distance % 64))
    func limb(_ place: Int) -> UInt64 { 0..<8 ~= place ? limbs[place] : 0 }
    func shifted(_ place: Int) -> UInt64 {
      let place = place + whole
      return bits == 0 ? limb(place) : limb(place) >> bits | limb(place + 1) << (64 - bits)
    }
    var result = Limbs.zero
    for place in 0..<8 { result[place] = shifted(place) }
    return (result, shifted(-1))
  }

  private static func sum(_ a: BigFloat, _ limbs: Limbs, _ rest: UInt64) -> BigFloat {
    var (result, carry) = (Limbs.zero, UInt64(0))
    for place in 0..<8 {
      let (first, over) = a.limbs[place].addingReportingOverflow(limbs[place])
      let (second, more) = first.addingReportingOverflow(carry)
      (result[place], carry) = (second, over || more ? 1 : 0)
    }
    guard carry == 1 else { return BigFloat(a.isNegative, a.exponent, result) }
    for place in 0..<7 { result[place] = result[place] >> 1 | result[place + 1] << 63 }
    result[7] = result[7] >> 1 | 1 << 63
    return BigFloat(a.isNegative, a.exponent + 1, result)
  }

  private static func difference(_ a: BigFloat, _ limbs: Limbs, _ rest: UInt64) -> BigFloat {
    var (result, borrow) = (Limbs.zero, rest == 0 ? UInt64(0) : 1)
    for place in 0..<8 {
      let (first, under) = a.limbs[place].subtractingReportingOverflow(limbs[place])
      let (second, more) = first.subtractingReportingOverflow(borrow)
      (result[place], borrow) = (second, under || more ? 1 : 0)
    }
    return BigFloat(a.isNegative, a.exponent, result, rest: 0 &- rest)
  }

  static func * (a: Self, b: Self) -> Self {
    guard a.isOrdinary, b.isOrdinary else { return BigFloat(a.high * b.high) }
    // Of the lower half of the product only what carries into the upper one is of interest.
    var (below, above) = (Limbs.zero, Limbs.zero)
    for i in 0..<8 {
      var carry: UInt64 = 0
      for j in 0..<8 {
        let place = i + j
        let old = place < 8 ? below[place] : above[place - 8]
        let (product, low) = a.limbs[i].multipliedFullWidth(by: b.limbs[j])
        let (first, over) = low.addingReportingOverflow(old)
        let (second, more) = first.addingReportingOverflow(carry)
        carry = product &+ (over ? 1 : 0) &+ (more ? 1 : 0)
        if place < 8 { below[place] = second } else { above[place - 8] = second }
      }
      above[i] = carry
    }
    return BigFloat(a.isNegative != b.isNegative, a.exponent + b.exponent, above, rest: below[7])
  }

  /// Newton's steps for 1/b, and one for the quotient.
  static func / (a: Self, b: Self) -> Self {
    guard a.isOrdinary, b.isOrdinary else { return BigFloat(a.high / b.high) }
    // Both near 1, so that nothing leaves the range on the way.
    let (x, y) = (a.scaled(by: -a.exponent), b.scaled(by: -b.exponent))
    var inverse = BigFloat(1 / y.high)
    for _ in 0..<newtonSteps { inverse = inverse + inverse * (1 - y * inverse) }
    let quotient = x * inverse
    return (quotient + inverse * (x - y * quotient)).scaled(by: a.exponent - b.exponent)
  }
}

// MARK: - Precision

extension BigFloat: Precise {
  static var unit: Double { 0x1p-496 }
  static var negligible: Double { 1e-100 }
  static let inverseFactorials: [BigFloat] = factorialInverses(to: 100)
  static var exponentialSeries: (halvings: Int, terms: Int) { (16, 26) }
  static var newtonSteps: Int { 4 }

  static func subtractingQuarters(_ x: Self, _ k: Double) -> Self { x - pi.scaled(by: -1) * BigFloat(k) }

  /// Machin, 1706.
  static let pi = 16 * inverseArc(5, alternating: true) - 4 * inverseArc(239, alternating: true)
  static let log2 =
    18 * inverseArc(26, alternating: false) - 2 * inverseArc(4801, alternating: false)
    + 8 * inverseArc(8749, alternating: false)

  /// Σ ±1/((2k+1)·n^(2k+1)): the arc tangent of 1/n, or without the signs the area tangent.
  private static func inverseArc(_ n: Double, alternating: Bool) -> BigFloat {
    let (step, least) = (BigFloat(1) / BigFloat(alternating ? -n * n : n * n), 0x1p-520)
    var (power, sum, k) = (BigFloat(1) / BigFloat(n), BigFloat(0), 1.0)
    while power.high.magnitude > least {
      sum = sum + power / BigFloat(k)
      (power, k) = (power * step, k + 2)
    }
    return sum
  }
}
