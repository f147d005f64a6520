/// A number of more digits than a double: two precisions share the elementary functions, which are stated once in
/// `Precise+Elementary.swift`. The range is that of `Double`.
protocol Precise: Algebra, Sendable where FloatLiteralType == Double, IntegerLiteralType == Int {
  init(_ value: Double)

  /// The nearest double, or the one next to it. Infinity and NaN are numbers that are this alone.
  var high: Double { get }

  static func == (a: Self, b: Self) -> Bool
  static func < (a: Self, b: Self) -> Bool

  /// Times a power of two, which is exact.
  func scaled(by exponent: Int) -> Self

  /// The relative error of one operation, with a few bits to spare for the elementary functions.
  static var unit: Double { get }
  /// Numbers that differ by less are equal.
  static var negligible: Double { get }

  static var pi: Self { get }
  static var log2: Self { get }
  /// x − k·π/2 for a whole k below 10⁶.
  static func subtractingQuarters(_ x: Self, _ k: Double) -> Self
  /// 1/n!, from n = 0 until they do not count in a series at π/4.
  static var inverseFactorials: [Self] { get }
  /// How often e^x − 1 is halved before its series, and the terms that the series then needs.
  static var exponentialSeries: (halvings: Int, terms: Int) { get }
  /// How often the digits of a double must be doubled.
  static var newtonSteps: Int { get }
}

extension Precise {
  var isFinite: Bool { high.isFinite }
  var magnitude: Self { high < 0 ? -self : self }
  /// This as a whole number, if it is a small one.
  var wholeNumber: Int? { high.magnitude <= 1024 && self == Self(high) ? Int(exactly: high) : nil }

  init(floatLiteral value: Double) { self = .number(value) }
  init(integerLiteral value: Int) { self.init(Double(value)) }

  /// The decimal that a double prints as: 0.1 is one tenth here, as whoever wrote it meant.
  static func number(_ value: Double) -> Self {
    guard let decimal = Decimal(value), decimal.exponent != 0 else { return Self(value) }
    // Doubles hold powers of ten up to 10²² exactly.
    let (whole, rest) = decimal.exponent.magnitude.quotientAndRemainder(dividingBy: 22)
    let power = (0..<whole).reduce(Self(system_pow(10, Double(rest)))) { power, _ in power * Self(1e22) }
    return decimal.exponent < 0 ? Self(decimal.digits) / power : Self(decimal.digits) * power
  }

  /// Infinite times 0 is 0, as on tapes.
  static func chain(_ local: Self, _ arriving: Self) -> Self {
    local.high == 0 || arriving.high == 0 ? 0 : local * arriving
  }

  static func abs(_ x: Self) -> Self { x.magnitude }
  static func floor(_ x: Self) -> Self {
    guard x.isFinite else { return x }
    let (below, rest) = (Self(x.high.rounded(.down)), x - Self(x.high.rounded(.down)))
    return rest.high.magnitude < 1 ? (rest < 0 ? below - 1 : below) : below + floor(rest)
  }
  static func less(_ a: Self, _ b: Self) -> Self { a < b ? 1 : 0 }
  static func equal(_ a: Self, _ b: Self) -> Self { a == b ? 1 : 0 }
  static func select(_ condition: Self, _ then: Self, _ otherwise: Self) -> Self {
    condition == 0 ? otherwise : then
  }

  /// 1/0!, 1/1!, … 1/count!.
  static func factorialInverses(to count: Int) -> [Self] {
    (1...count).reduce(into: [1]) { list, n in list.append(list[n - 1] / Self(Double(n))) }
  }
}

/// x to a whole power by squares; `one` is the power 0.
func bySquaring<T>(_ x: T, _ exponent: UInt64, one: T, _ times: (T, T) -> T) -> T {
  var (result, square, rest) = (one, x, exponent)
  while rest > 0 {
    if rest & 1 == 1 { result = times(result, square) }
    rest >>= 1
    if rest > 0 { square = times(square, square) }
  }
  return result
}

/// The shortest decimal of a double, as digits·10^exponent.
struct Decimal {
  let digits: Double
  let exponent: Int

  /// nil where the digits are more than a double holds exactly, or the number is not finite.
  init?(_ value: Double) {
    guard value.isFinite else { return nil }
    if let short = Decimal(short: value) {
      self = short
      return
    }
    let text = value.magnitude.description.utf8
    let end = text.firstIndex(of: UInt8(ascii: "e")) ?? text.endIndex
    let (mantissa, power) = (text[..<end], Int(Substring(text[end...].dropFirst())) ?? 0)
    var decimals = mantissa.firstIndex(of: UInt8(ascii: ".")).map { mantissa.distance(from: $0, to: end) - 1 } ?? 0
    var digits = mantissa.reduce(0 as UInt64) {
      $1 == UInt8(ascii: ".") ? $0 : 10 * $0 + UInt64($1 - UInt8(ascii: "0"))
    }
    // A whole number is printed with a zero behind the point.
    if decimals == 1, digits % 10 == 0 { (digits, decimals) = (digits / 10, 0) }
    guard digits < 1 << 53 else { return nil }
    self.init(value < 0 ? -Double(digits) : Double(digits), power - decimals)
  }

  /// A number of at most three decimals, which most are, without printing it.
  private init?(short value: Double) {
    for (decimals, power) in [1.0, 10, 100, 1000].enumerated() {
      let scaled = value * power
      guard scaled.magnitude < 1e15, scaled == scaled.rounded(), scaled / power == value else { continue }
      var (digits, exponent) = (Int(scaled), -decimals)
      // 1.12 · 100 is rounded to no whole number, but 1.12 · 1000 is.
      while exponent < 0, digits % 10 == 0 { (digits, exponent) = (digits / 10, exponent + 1) }
      self.init(Double(digits), exponent)
      return
    }
    return nil
  }

  private init(_ digits: Double, _ exponent: Int) { (self.digits, self.exponent) = (digits, exponent) }
}
