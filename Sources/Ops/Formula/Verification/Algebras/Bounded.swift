/// A number with a bound for its error, carried along by the chain rule: an operation passes the errors of its
/// operands on, each times its local gradient, and adds its own rounding.
///
/// A formula that cancels heavily so gets the tolerance that it needs, and any other a tight one. Of an operand that is
/// known badly, the steepest local gradient within its bounds counts (the mean value theorem).
///
/// ```swift
/// let x: Bounded<DoubleDouble> = 1e-8
/// (1 - .cos(x)) / (x * x)  // 0.5, error 4e-12
/// ```
/// Where digits are lost at the ends of the range the error is infinite.
struct Bounded<Value: Precise>: RuleAlgebra {
  let value: Value
  let error: Double

  /// Below this a product may have lost digits.
  private static var smallest: Double { 0x1p-960 }
  /// An error is at least this, so that it does not vanish itself.
  private static var leastError: Double { 0x1p-1000 }

  init(_ value: Value, error: Double = 0) { (self.value, self.error) = (value, error) }
  init(floatLiteral value: Double) { self = .number(value) }
  init(integerLiteral value: Int) { self.init(Value(Double(value))) }

  /// A number with 16 digits or more is taken for a rounded one, such as 0.7071067811865476.
  static func number(_ value: Double) -> Bounded {
    if value.magnitude < 1e15, value == value.rounded() { return Bounded(Value(value)) }
    guard value.isNaN || value.magnitude >= smallest else { return Bounded(Value(value), error: .infinity) }
    let isExact = Decimal(value).map { $0.digitCount < 16 } ?? !value.isFinite
    return Bounded(.number(value), error: isExact ? 0 : value.ulp)
  }

  static var pi: Bounded { Bounded(.pi, error: .pi * Value.unit) }
}

extension Bounded {
  /// The operations of the language of rules; others are computed as their rules state it, so that the error of
  /// every number in a rule is counted.
  private static func isPrimitive(_ code: UInt16) -> Bool {
    code <= Operation.abs.rawValue || code == Operation.less.rawValue || code == Operation.equal.rawValue
      || code == Operation.where.rawValue || code == Erfc.code || code == Hypot.code
  }

  static func apply<R: UnaryRule>(_ rule: R.Type, _ x: Bounded) -> Bounded {
    if R.code == Negate.code { return Bounded(-x.value, error: x.error) }
    guard isPrimitive(R.code) else { return R.value(x) }
    let y = R.value(x.value)
    if R.code == Square.code, x.isWhole, y.wholeNumber != nil { return Bounded(y) }
    var error = x.passed(R.local(x.value, y))
    for x in x.spread { error = max(error, x.passed(R.local(x.value, R.value(x.value)))) }
    return Bounded(y, error: error + own(y, isExactZero: R.code != Exp.code))
  }

  static func apply<R: BinaryRule>(_ rule: R.Type, _ a: Bounded, _ b: Bounded) -> Bounded {
    guard isPrimitive(R.code) else { return R.value(a, b) }
    let y = R.value(a.value, b.value)
    if a.isWhole, b.isWhole, y.wholeNumber != nil, y.high != 0 || R.code != Power.code { return Bounded(y) }
    // Powers of negative numbers have no gradient by the exponent, and whole ones need none: they are exact.
    let ignoresExponent = R.code == Power.code && b.isWhole
    func passed(_ a: Bounded, _ b: Bounded, _ y: Value) -> Double {
      let (da, db) = R.locals(a.value, b.value, y)
      return a.passed(da) + (ignoresExponent ? 0 : b.passed(db))
    }
    var error = passed(a, b, y)
    if !a.isSharp || !b.isSharp {
      for a in [a] + a.spread {
        for b in [b] + b.spread { error = max(error, passed(a, b, R.value(a.value, b.value))) }
      }
    }
    // Products and powers may be 0 because they are too small for a number.
    let isProduct = R.code == Multiply.code || R.code == Divide.code || R.code == Power.code
    let isExactZero = !isProduct || a.value.high == 0 || R.code == Multiply.code && b.value.high == 0
    return Bounded(y, error: error + own(y, isExactZero: isExactZero))
  }

  static func apply<R: TernaryRule>(_ rule: R.Type, _ a: Bounded, _ b: Bounded, _ c: Bounded) -> Bounded {
    guard isPrimitive(R.code) else { return R.value(a, b, c) }
    let y = R.value(a.value, b.value, c.value)
    let (da, db, dc) = R.locals(a.value, b.value, c.value, y)
    return Bounded(y, error: a.passed(da) + b.passed(db) + c.passed(dc))
  }
}

extension Bounded {
  /// The rounding of a result.
  /// - Parameter isExactZero: whether a result of 0 is one, and no number that fell out of the range.
  private static func own(_ y: Value, isExactZero: Bool) -> Double {
    if y.high.magnitude >= smallest { return rounding(y) }
    return y.high == 0 && isExactZero ? 0 : .infinity
  }

  private static func rounding(_ x: Value) -> Double {
    x.high == 0 ? 0 : max(x.high.magnitude * Value.unit, leastError)
  }

  /// What an operand's error becomes. The functions also err as if their argument were rounded, which counts where
  /// they are steep: sin near a large multiple of π.
  private func passed(_ local: Value) -> Double {
    let error = error + Self.rounding(value)
    guard local.high != 0, error != 0 else { return 0 }
    let passed = local.high.magnitude * error
    return passed.isNaN ? .infinity : max(passed, Self.leastError)
  }

  /// Whether this is a small whole number without error: arithmetic keeps it so.
  private var isWhole: Bool { error == 0 && value.wholeNumber != nil }

  /// Whether the local gradient is the same, but for what rounding hides, wherever in its bounds the number is.
  private var isSharp: Bool { error <= Value.unit.squareRoot() * min(value.high.magnitude, 1) }

  /// Where else local gradients are to be looked at: the bounds, and 0, the pole of many functions, if it is between.
  private var spread: [Bounded] {
    guard !isSharp else { return [] }
    let zero = error >= value.high.magnitude ? [Bounded(0, error: error)] : []
    return zero + [value - Value(error), value + Value(error)].map { Bounded($0, error: error) }
  }
}
