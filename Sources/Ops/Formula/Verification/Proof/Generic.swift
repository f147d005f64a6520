/// A value at a generic point: what is equal here is equal wherever both exist, but for a chance that can be neglected.
///
/// It is computed in a ``Tower``, where exponentials, sines and powers obey the laws that they obey for numbers. Other
/// functions are numbers that depend on the value of their argument and on nothing else. Laws that hold on a part of the
/// line only, √(x²) = x or log(xy) = log(x) + log(y), are used where the signs are known, and for products of names that
/// can be negative they are not.
struct Generic: @unchecked Sendable {
  let value: Tower
  /// 1 where it is not negative, −1 where it is not positive, 0 where that is not known.
  let sign: Int
  /// The logarithm, if it was made by an exponential or is a name. Of a name that may be negative it is what the logarithm
  /// is where it exists.
  let logarithm: Tower?
  /// The number if it is one, else NaN.
  let number: Double
  /// It lives as long as the walk, which stays on its thread. Not counted, for speed.
  let cases: Unmanaged<Cases>?

  init(
    _ value: Tower, sign: Int = 0, logarithm: Tower? = nil, number: Double = .nan, _ cases: Unmanaged<Cases>?
  ) {
    (self.value, self.sign, self.logarithm, self.number, self.cases) = (value, sign, logarithm, number, cases)
  }

  static let none = Generic(.unknown, nil)
  var exists: Bool { value.exists }
  var isNumber: Bool { !number.isNaN }

  /// A name, positive or of any sign: an exponential, so that its powers and roots are there.
  static func name(isPositive: Bool, _ cases: Cases?, _ next: () -> UInt64) -> Generic {
    let logarithm = Tower.random(next)
    let value = Tower.exp(logarithm).completed(by: .random(next))
    return Generic(value, sign: isPositive ? 1 : 0, logarithm: logarithm, cases.map { .passUnretained($0) })
  }

  static func exponential(of x: Tower, _ cases: Unmanaged<Cases>?) -> Generic {
    Generic(.exp(x), sign: 1, logarithm: x, cases)
  }

  /// What its logarithm is, if it has one. Those of sums have nothing to do with each other.
  var anyLogarithm: Tower { logarithm ?? .scrambled(value, by: UInt64(Log.code)) }
}

extension Generic: ExpressibleByFloatLiteral, ExpressibleByIntegerLiteral {
  init(floatLiteral value: Double) { self = .number(value) }
  init(integerLiteral value: Int) {
    self.init(Tower(whole: value), sign: value < 0 ? -1 : 1, number: Double(value), nil)
  }

  static func number(_ value: Double) -> Generic {
    if let known = constants[value] { return known }
    return Tower(value).map { Generic($0, sign: value < 0 ? -1 : 1, number: value, nil) } ?? .none
  }

  static let pi: Generic = {
    var bits = SplitMix64(state: 0x1d3c_5a2f_9e4b_7163)
    return name(isPositive: true, nil) { bits.next() }
  }()

  /// The numbers of rules that stand for others: log 2, 1/√(2π), …
  private static let constants: [Double: Generic] = [
    .pi: pi, 0.6931471805599453: log(2), 1.4426950408889634: 1 / log(2), 0.4342944819032518: 1 / log(10),
    1.1283791670955126: 2 / sqrt(pi), -1.1283791670955126: -(2 / sqrt(pi)),
    0.3989422804014327: 1 / (sqrt(2) * sqrt(pi)),
    0.7071067811865476: 1 / sqrt(2), -0.7071067811865476: -(1 / sqrt(2)),
  ]
}

// MARK: - Arithmetic

extension Generic {
  static func + (a: Self, b: Self) -> Self {
    if a.number == 0 { return b }
    if b.number == 0 { return a }
    return Generic(
      a.value + b.value, sign: a.sign == b.sign ? a.sign : 0, number: a.number + b.number, a.cases ?? b.cases)
  }

  static prefix func - (a: Self) -> Self { Generic(-a.value, sign: -a.sign, number: -a.number, a.cases) }
  static func - (a: Self, b: Self) -> Self { a + -b }

  static func * (a: Self, b: Self) -> Self {
    if a.number == 1 { return b }
    if b.number == 1 { return a }
    let isSquare = a.exists && a.value == b.value
    let logarithm = known(a, b).map { $0 + $1 }
    return Generic(
      a.value * b.value, sign: isSquare ? 1 : a.sign * b.sign, logarithm: logarithm, number: a.number * b.number,
      a.cases ?? b.cases)
  }

  static func / (a: Self, b: Self) -> Self {
    if b.number == 1 { return a }
    let logarithm = known(a, b).map { $0 - $1 }
    return Generic(
      a.value / b.value, sign: a.sign * b.sign, logarithm: logarithm, number: a.number / b.number,
      a.cases ?? b.cases)
  }

  /// The logarithms of two numbers that are both positive.
  private static func known(_ a: Self, _ b: Self) -> (Tower, Tower)? {
    guard a.sign > 0, b.sign > 0, let x = a.logarithm, let y = b.logarithm else { return nil }
    return (x, y)
  }

  /// A 0 lets nothing through, also nothing that does not exist.
  static func chain(_ local: Self, _ arriving: Self) -> Self {
    local.number == 0 || arriving.number == 0 ? 0 : local * arriving
  }

  private func raised(to exponent: Int) -> Self {
    let power = Generic(
      value.raised(to: exponent.magnitude), sign: exponent % 2 == 0 ? 1 : sign,
      logarithm: sign > 0 ? logarithm.map { $0 * Tower(whole: Int(exponent.magnitude)) } : nil,
      number: isNumber ? system_pow(number, Double(exponent.magnitude)) : .nan, cases)
    return exponent < 0 ? 1 / power : power
  }
}

// MARK: - Powers and logarithms

extension Generic {
  static func exp(_ x: Self) -> Self { x.number == 0 ? 1 : exponential(of: x.value, x.cases) }

  static func log(_ x: Self) -> Self {
    guard !(x.number <= 0) else { return .none }
    return x.number == 1 ? 0 : Generic(x.anyLogarithm, x.cases)
  }

  static func sqrt(_ x: Self) -> Self {
    if x.isNumber, let root = Tower(x.number.squareRoot()), root * root == x.value {
      return .number(x.number.squareRoot())
    }
    if let logarithm = x.logarithm { return exponential(of: logarithm / 2, x.cases) }
    guard let cases = x.cases?.takeUnretainedValue() else { return Generic(x.value.squareRoot, sign: 1, nil) }
    return Generic(cases.squareRoot(of: x.value), sign: 1, x.cases)
  }

  /// Of what may be negative a power with an unknown exponent has no sign and no powers of its own: (x²)^½ is not x.
  static func pow(_ x: Self, _ p: Self) -> Self {
    let isSmall = p.number.magnitude < 0x1p20
    if isSmall, let whole = Int(exactly: p.number) { return x.raised(to: whole) }
    if isSmall, let whole = Int(exactly: 2 * p.number) { return sqrt(x).raised(to: whole) }
    let (y, cases) = (exponential(of: p.value * x.anyLogarithm, x.cases ?? p.cases), x.cases ?? p.cases)
    return x.sign > 0 || isSmall ? y : Generic(y.value, cases)
  }

  static func expm1(_ x: Self) -> Self { exp(x) - 1 }
  static func log1p(_ x: Self) -> Self { log(1 + x) }
  static func exp2(_ x: Self) -> Self { pow(2, x) }
  static func hypot(_ a: Self, _ b: Self) -> Self { sqrt(a * a + b * b) }
}

extension Tower {
  fileprivate static func / (a: Tower, b: Int) -> Tower { a / Tower(whole: b) }
}
