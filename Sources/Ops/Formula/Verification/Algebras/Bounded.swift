/// A number with a bound for its error, carried along by the chain rule: an operation passes the errors of its
/// operands on, each times its local gradient, and adds its own rounding.
///
/// A formula that cancels heavily so gets the tolerance that it needs, and any other a tight one.
///
/// ```swift
/// let x: Bounded = 1e-8
/// (1 - .cos(x)) / (x * x)  // 0.5, error 4e-12
/// ```
struct Bounded: RuleAlgebra {
  let value: DoubleDouble
  let error: Double

  /// Relative error of one operation: 2⁻¹⁰⁴ for the arithmetic, a few bits more for the elementary functions.
  private static let unit = 0x1p-96

  init(_ value: DoubleDouble, error: Double = 0) { (self.value, self.error) = (value, error) }
  init(floatLiteral value: Double) { self = .number(value) }
  init(integerLiteral value: Int) { self.init(DoubleDouble(Double(value))) }

  /// A number with 16 digits or more is taken for a rounded one, such as 0.7071067811865476.
  static func number(_ value: Double) -> Bounded {
    let isExact = Decimal(value).map { $0.digitCount < 16 } ?? !value.isFinite
    return Bounded(.number(value), error: isExact ? 0 : value.ulp)
  }

  static let pi = Bounded(.pi, error: .pi * unit)
}

extension Bounded {
  /// The operations of the language of rules; others are computed as their rules state it, so that the error of
  /// every number in a rule is counted.
  private static func isPrimitive(_ code: UInt16) -> Bool {
    code <= Operation.abs.rawValue || code == Operation.less.rawValue || code == Operation.equal.rawValue
      || code == Operation.where.rawValue
  }

  static func apply<R: UnaryRule>(_ rule: R.Type, _ x: Bounded) -> Bounded {
    guard isPrimitive(R.code) else { return R.value(x) }
    let y = R.value(x.value)
    return Bounded(y, error: own(y) + passed(x, R.local(x.value, y)))
  }

  static func apply<R: BinaryRule>(_ rule: R.Type, _ a: Bounded, _ b: Bounded) -> Bounded {
    guard isPrimitive(R.code) else { return R.value(a, b) }
    let y = R.value(a.value, b.value)
    let (da, db) = R.locals(a.value, b.value, y)
    return Bounded(y, error: own(y) + passed(a, da) + passed(b, db))
  }

  static func apply<R: TernaryRule>(_ rule: R.Type, _ a: Bounded, _ b: Bounded, _ c: Bounded) -> Bounded {
    guard isPrimitive(R.code) else { return R.value(a, b, c) }
    let y = R.value(a.value, b.value, c.value)
    let (da, db, dc) = R.locals(a.value, b.value, c.value, y)
    return Bounded(y, error: passed(a, da) + passed(b, db) + passed(c, dc))
  }

  private static func own(_ y: DoubleDouble) -> Double { y.high.magnitude * unit }

  /// What an operand's error becomes. The functions also err as if their argument were rounded, which counts where
  /// they are steep: sin near a large multiple of π.
  private static func passed(_ x: Bounded, _ local: DoubleDouble) -> Double {
    let error = x.error + x.value.high.magnitude * unit
    return local.high == 0 || error == 0 ? 0 : local.high.magnitude * error
  }
}
