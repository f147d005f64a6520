/// A rational function at a random point, computed exactly modulo the prime p = 2⁶¹ − 1: if two of them agree there,
/// they are equal but for a chance of degree/p (Schwartz 1980, Zippel 1979).
///
/// What is no rational function has no value here: `none`, which spreads to all that is computed from it.
struct Residue: Sendable {
  static let prime: UInt64 = 1 << 61 - 1
  /// Below the prime; `prime` itself stands for "none".
  let value: UInt64
  /// The degrees of numerator and denominator in the names, or more.
  let degree: (above: Double, below: Double)

  private init(_ value: UInt64, _ degree: (above: Double, below: Double)) {
    (self.value, self.degree) = (value, degree)
  }

  static let none = Residue(prime, (0, 0))
  var exists: Bool { value != Self.prime }

  /// A name that takes any value.
  static func name(_ value: UInt64) -> Residue { Residue(value % prime, (1, 0)) }
  private init(number: UInt64) { self.init(number % Self.prime, (0, 0)) }
}

extension Residue: ExpressibleByFloatLiteral, ExpressibleByIntegerLiteral {
  init(floatLiteral value: Double) { self = .number(value) }
  init(integerLiteral value: Int) {
    let positive = Residue(number: UInt64(value.magnitude))
    self = value < 0 ? -positive : positive
  }

  /// The decimal that was written, as a fraction.
  static func number(_ value: Double) -> Residue {
    guard let decimal = Decimal(value), decimal.exponent.magnitude <= 400 else { return .none }
    let digits = Residue(integerLiteral: Int(decimal.digits))
    let power = Residue(number: 10).raised(to: decimal.exponent.magnitude)
    return decimal.exponent < 0 ? digits / power : digits * power
  }
}

// MARK: - Arithmetic

extension Residue {
  static func + (a: Self, b: Self) -> Self {
    guard a.exists, b.exists else { return .none }
    let above = max(a.degree.above + b.degree.below, b.degree.above + a.degree.below)
    return Residue((a.value + b.value) % prime, (above, a.degree.below + b.degree.below))
  }

  static prefix func - (a: Self) -> Self {
    a.exists ? Residue((prime - a.value) % prime, a.degree) : a
  }

  static func - (a: Self, b: Self) -> Self { a + -b }

  static func * (a: Self, b: Self) -> Self {
    guard a.exists, b.exists else { return .none }
    let product = a.value.multipliedFullWidth(by: b.value)
    let value = prime.dividingFullWidth((product.high, product.low)).remainder
    return Residue(value, (a.degree.above + b.degree.above, a.degree.below + b.degree.below))
  }

  /// None where b is 0: then the point is a pole, or b is 0 everywhere.
  static func / (a: Self, b: Self) -> Self {
    guard b.exists, b.value != 0 else { return .none }
    let inverse = Residue(number: b.value).raised(to: UInt(prime - 2))
    return a * Residue(inverse.value, (b.degree.below, b.degree.above))
  }

  private func raised(to exponent: UInt) -> Residue { bySquaring(self, UInt64(exponent), one: Residue(number: 1), *) }
}

// MARK: - The rest of the language

extension Residue: RuleAlgebra {
  /// Whole exponents only: a number below 2²⁰, or its negative. A name that happens to be that small has a chance of
  /// 2⁻⁴⁰.
  static func pow(_ x: Self, _ p: Self) -> Self {
    guard x.exists, p.exists, p.degree == (0, 0) else { return .none }
    if p.value < 1 << 20 { return x.raised(to: UInt(p.value)) }
    let negative = prime - p.value
    return negative < 1 << 20 ? 1 / x.raised(to: UInt(negative)) : .none
  }

  /// Nothing but arithmetic has a value here.
  static func apply<R: UnaryRule>(_ rule: R.Type, _ x: Self) -> Self {
    switch R.code {
    case Square.code, Reciprocal.code, Negate.code, StopGradient.code: R.value(x)
    default: .none
    }
  }

  static func apply<R: BinaryRule>(_ rule: R.Type, _ a: Self, _ b: Self) -> Self {
    switch R.code {
    case Add.code, Subtract.code, Multiply.code, Divide.code, Power.code: R.value(a, b)
    default: .none
    }
  }

  static func apply<R: TernaryRule>(_ rule: R.Type, _ a: Self, _ b: Self, _ c: Self) -> Self { .none }
}
