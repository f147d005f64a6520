/// The operators write formulas down as one would on paper: 0 and 1 disappear, plain numbers are added up, signs
/// move to the front, `x·x` becomes `x²`. Nothing is expanded, ordered or collected.
///
/// They are for printing local gradients, not for deciding identities: each step holds wherever both sides are
/// finite. `0·x` is written `0`, although 0·∞ is not; `x⁰` is written 1. What is parsed is left as it was written.
extension Formula {
  static func sum(_ a: Formula, _ b: Formula) -> Formula {
    switch (a.constant, b.constant) {
    case (0?, _): return b
    case (_, 0?): return a
    case (let x?, let y?) where (x + y).isFinite: return number(x + y)
    default: break
    }
    if let positive = b.withoutSign { return a - positive }
    return Formula(.binary(.plus, a, b))
  }

  static func difference(_ a: Formula, _ b: Formula) -> Formula {
    switch (a.constant, b.constant) {
    case (0?, _): return -b
    case (_, 0?): return a
    case (let x?, let y?) where (x - y).isFinite: return number(x - y)
    default: break
    }
    if let positive = b.withoutSign { return a + positive }
    return Formula(.binary(.minus, a, b))
  }

  static func product(_ a: Formula, _ b: Formula) -> Formula {
    switch (a.constant, b.constant) {
    case (0?, _), (_, 0?): return 0
    case (1?, _): return b
    case (_, 1?): return a
    case (.some(-1), _): return -b
    case (_, .some(-1)): return -a
    case (let x?, let y?) where (x * y).isFinite: return number(x * y)
    case (nil, _?): return b * a
    default: break
    }
    if let positive = b.withoutSign { return -a * positive }
    if let (x, rest) = b.scaled, let y = a.constant, (x * y).isFinite { return number(x * y) * rest }
    if let product = powers(a, b) { return product }
    if case .binary(.times, let first, let last) = a.form, let product = powers(last, b) {
      return first * product
    }
    if case .binary(.divide, let one, let divisor) = b.form, one.constant == 1 { return a / divisor }
    return Formula(.binary(.times, a, b))
  }

  static func quotient(_ a: Formula, _ b: Formula) -> Formula {
    switch (a.constant, b.constant) {
    case (_, 1?): return a
    case (_, .some(-1)): return -a
    case (0?, let y) where y != 0: return 0
    case (let x?, let y?) where (x / y).isWhole && (x / y) * y == x: return number(x / y)
    default: break
    }
    if let positive = b.withoutSign { return -a / positive }
    if case .binary(.divide, let numerator, let divisor) = a.form { return numerator / (divisor * b) }
    return Formula(.binary(.divide, a, b))
  }

  static func negated(_ a: Formula) -> Formula {
    if let value = a.constant { return value == 0 ? a : number(-value) }
    if let positive = a.withoutSign { return positive }
    if case .binary(.minus, let b, let c) = a.form { return c - b }
    if case .binary(let symbol, let b, let c) = a.form, symbol == .times || symbol == .divide {
      return Formula(.binary(symbol, -b, c))
    }
    return Formula(.negative(a))
  }

  static func power(_ base: Formula, _ exponent: Formula) -> Formula {
    switch (base.constant, exponent.constant) {
    case (_, 0?): return 1
    case (_, 1?): return base
    case (let x?, let n?):
      if let value = wholePower(x, n) { return number(value) }
    default: break
    }
    return Formula(.binary(.power, base, exponent))
  }
}

extension Formula {
  public init(floatLiteral value: Double) { self.init(.number(value)) }
  public init(integerLiteral value: Int) { self.init(.number(Double(value))) }
}

extension Formula {
  /// `a` for `-a`, `a·b` for `-a·b`, 2 for `-2`; nil without a sign in front.
  private var withoutSign: Formula? { withoutSign(behind: 3) }

  /// - Parameter levels: how many products and quotients the sign may stand in front of.
  private func withoutSign(behind levels: Int) -> Formula? {
    switch form {
    case .negative(let inner): inner
    case .binary(let symbol, let a, let b) where symbol.precedence >= .elementwise && symbol != .power && levels > 0:
      a.withoutSign(behind: levels - 1).map { inner in
        switch symbol {
        case .times: inner * b
        case .divide: inner / b
        default: Formula(.binary(symbol, inner, b))
        }
      }
    default: nil
    }
  }

  /// `(2, x)` for `2·x`.
  private var scaled: (Double, Formula)? {
    guard case .binary(.times, let a, let b) = form, let factor = a.constant else { return nil }
    return (factor, b)
  }

  /// `x³` for `x` times `x²`; only whole positive exponents, since `x^0.5·x^0.5` is `x` for positive `x` alone.
  private static func powers(_ a: Formula, _ b: Formula) -> Formula? {
    let ((x, m), (y, n)) = (a.baseAndExponent, b.baseAndExponent)
    return x == y && x.constant == nil ? pow(x, number(m + n)) : nil
  }

  private var baseAndExponent: (Formula, Double) {
    if case .binary(.power, let base, let exponent) = form, let n = exponent.constant, n > 0, n.isWhole {
      return (base, n)
    }
    return (self, 1)
  }

  /// x to a small whole power where that is exact: 2^10 is 1024.
  private static func wholePower(_ x: Double, _ n: Double) -> Double? {
    guard x.isWhole, n.isWhole, n > 0, n <= 64 else { return nil }
    let value = (0..<Int(n)).reduce(1.0) { product, _ in product * x }
    return value.magnitude < 0x1p53 ? value : nil
  }
}

extension Double {
  /// A whole number of the range of Int.
  fileprivate var isWhole: Bool { Int(exactly: self) != nil }
}
