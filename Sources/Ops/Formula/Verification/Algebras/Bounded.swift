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
/// Where digits are lost at the ends of the range the error is infinite, and so is that of what hangs on a comparison of
/// numbers that are equal but for their errors. An ``Origin`` tells which numbers are the same, and whether an outcome
/// may be another one nearby.
struct Bounded<Value: Precise>: RuleAlgebra {
  let value: Value
  let error: Double
  let origin: Origin

  /// Below this a product may have lost digits.
  private static var smallest: Double { 0x1p-960 }
  /// An error is at least this, so that it does not vanish itself.
  private static var leastError: Double { 0x1p-1000 }

  init(_ value: Value, error: Double = 0, origin: Origin) {
    (self.value, self.error, self.origin) = (value, error, origin)
  }

  /// A number that does not change with the inputs.
  init(_ value: Value, error: Double = 0) { self.init(value, error: error, origin: .constant(value.high)) }
  init(floatLiteral value: Double) { self = .number(value) }
  init(integerLiteral value: Int) { self.init(Value(Double(value))) }

  /// A number with 16 digits or more is taken for a rounded one, such as 0.7071067811865476.
  static func number(_ value: Double) -> Bounded {
    if value.magnitude < 1e15, value == value.rounded() { return Bounded(Value(value)) }
    let origin = Origin.constant(value)
    guard value.isNaN || value.magnitude >= smallest else {
      return Bounded(Value(value), error: .infinity, origin: origin)
    }
    let isExact = Decimal(value).map { $0.digits.magnitude < 1e15 } ?? !value.isFinite
    return Bounded(.number(value), error: isExact ? 0 : value.ulp, origin: origin)
  }

  static var pi: Bounded { Bounded(.pi, error: .pi * Value.unit) }
}

// MARK: - Rules

extension Bounded {
  static func apply<R: UnaryRule>(_ rule: R.Type, _ x: Bounded) -> Bounded {
    if R.code == Negate.code { return x.isZero ? x : Bounded(-x.value, error: x.error, origin: x.origin.negated) }
    let origin = Origin.result(R.code, x.origin, isNear: x.isAtEdge(of: R.self))
    guard R.isPrimitive else { return R.value(x).near(origin.isNear) }
    let y = R.value(x.value)
    if R.code == Square.code, x.isWhole, y.wholeNumber != nil { return Bounded(exact: y, origin) }
    var error = x.passed(R.local(x.value, y))
    for x in x.spread { error = max(error, x.passed(R.local(x.value, R.value(x.value)))) }
    return Bounded(y, error: error + own(y, isExactZero: R.code != Exp.code), origin: origin)
  }

  static func apply<R: BinaryRule>(_ rule: R.Type, _ a: Bounded, _ b: Bounded) -> Bounded {
    guard R.isPrimitive else { return R.value(a, b) }
    if let known = simplified(R.code, a, b) { return known }
    let isPower = R.code == Power.code
    let y = R.value(a.value, b.value)
    let isNear = isPower && isAtBranchPoint(a, b) || R.code == Hypot.code && isAtOrigin(a, b)
    let origin = Origin.result(R.code, a.origin, b.origin, isNear: isNear)
    if a.isWhole, b.isWhole, y.wholeNumber != nil, y.high != 0 || !isPower { return Bounded(exact: y, origin) }
    // Powers of negative numbers have no gradient by the exponent, and whole ones need none: they are exact.
    let ignoresExponent = isPower && b.isWhole
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
    let isProduct = R.code == Multiply.code || R.code == Divide.code || isPower
    let isExactZero = !isProduct || a.value.high == 0 || R.code == Multiply.code && b.value.high == 0
    return Bounded(y, error: error + own(y, isExactZero: isExactZero), origin: origin)
  }

  static func apply<R: TernaryRule>(_ rule: R.Type, _ a: Bounded, _ b: Bounded, _ c: Bounded) -> Bounded {
    R.value(a, b, c)
  }

  /// 0 + x, x - x, 0·x and 1·x without an error, so that what is 0 everywhere around is known to be 0.
  private static func simplified(_ code: UInt16, _ a: Bounded, _ b: Bounded) -> Bounded? {
    switch code {
    case Add.code: return a.isZero ? b.near(a.origin.isNear) : b.isZero ? a.near(b.origin.isNear) : nil
    case Subtract.code:
      if b.isZero { return a.near(b.origin.isNear) }
      guard a.origin.isSame(as: b.origin), a.value.isFinite else { return nil }
      return Bounded(0).near(a.origin.isNear || b.origin.isNear)
    case Multiply.code:
      if a.isOne { return b.near(a.origin.isNear) }
      if b.isOne { return a.near(b.origin.isNear) }
      let isZero = a.isZero && b.value.isFinite || b.isZero && a.value.isFinite
      return isZero ? Bounded(0).near(a.origin.isNear || b.origin.isNear) : nil
    case Divide.code:
      guard a.isZero, b.value.isFinite, b.value.high.magnitude > b.error else { return nil }
      return Bounded(0).near(a.origin.isNear || b.origin.isNear)
    default: return nil
    }
  }

  /// A local gradient that is exactly 0 lets nothing through, be it an error or an infinite number.
  static func chain(_ local: Bounded, _ arriving: Bounded) -> Bounded {
    guard local.isExactlyZero || arriving.isExactlyZero else { return local * arriving }
    return Bounded(0, origin: .result(Multiply.code, local.origin, arriving.origin))
  }
}

// MARK: - Outcomes

extension Bounded {
  static func less(_ a: Bounded, _ b: Bounded) -> Bounded {
    guard !a.origin.isSame(as: b.origin) else { return outcome(false, Meeting(), a, b) }
    let meeting = Meeting(a, b)
    return outcome(meeting.isEqual ? false : a.value < b.value, meeting, a, b)
  }

  static func equal(_ a: Bounded, _ b: Bounded) -> Bounded {
    guard !a.origin.isSame(as: b.origin) else { return outcome(!a.value.high.isNaN, Meeting(), a, b) }
    let meeting = Meeting(a, b)
    return outcome(meeting.isEqual || a.value == b.value, meeting, a, b)
  }

  static func select(_ condition: Bounded, _ then: Bounded, _ otherwise: Bounded) -> Bounded {
    let isKnown = !condition.origin.varies && condition.error == 0
    let meeting = isKnown ? Meeting() : Meeting(condition, 0)
    let isZero = meeting.isEqual || condition.value == 0
    let chosen = (isZero ? otherwise : then).near(meeting.isNear || condition.origin.isNear)
    return meeting.isOpen ? Bounded(chosen.value, error: .infinity, origin: chosen.origin) : chosen
  }

  /// Either branch does where the sign is open: the error is as large as the number then.
  static func abs(_ x: Bounded) -> Bounded {
    let meeting = Meeting(x, 0)
    return (x.value.high < 0 ? -x : x).near(meeting.isNear)
  }

  /// Open where the errors reach over a whole number.
  static func floor(_ x: Bounded) -> Bounded {
    let nearest = Value.floor(x.value + 0.5)
    let meeting = Meeting(x, Bounded(nearest))
    let value = meeting.isEqual ? nearest : Value.floor(x.value)
    let origin = Origin.constant(value.high).near(meeting.isNear || x.origin.isNear)
    return Bounded(value, error: meeting.isOpen ? .infinity : 0, origin: origin)
  }

  static func mod(_ a: Bounded, _ b: Bounded) -> Bounded { a - b * floor(a / b) }

  private static func outcome(_ value: Bool, _ meeting: Meeting, _ a: Bounded, _ b: Bounded) -> Bounded {
    let isNear = meeting.isNear || a.origin.isNear || b.origin.isNear
    return Bounded(
      value ? 1 : 0, error: meeting.isOpen ? .infinity : 0, origin: (value ? Origin.one : .zero).near(isNear))
  }

  /// How close two numbers are that are compared.
  private struct Meeting {
    /// Whether their errors leave open which is larger.
    private(set) var isOpen = false
    /// Whether they may come in another order nearby.
    private(set) var isNear = false
    /// Whether they differ by so little, in many digits, that they are equal.
    private(set) var isEqual = false

    /// Of numbers that are the same, or far apart.
    init() {}

    init(_ a: Bounded, _ b: Bounded) {
      let error = a.error + b.error
      let gap = (a.value - b.value).high.magnitude
      let isBehind = error > 0 && gap <= error
      isEqual = isBehind && error <= Value.negligible
      isOpen = isBehind && !isEqual
      let scale = max(a.value.high.magnitude, b.value.high.magnitude)
      isNear = (a.origin.varies || b.origin.varies) && (gap == 0 || isBehind || gap <= scale * 0x1p-58)
    }
  }

  /// Whether this is next to a kink of a rule, or to an end of its domain.
  private func isAtEdge<R: UnaryRule>(of rule: R.Type) -> Bool {
    guard origin.varies else { return false }
    let domain = R.domain
    func meets(_ edge: Double) -> Bool { edge.isFinite && Meeting(self, Bounded(Value(edge))).isNear }
    if domain != .reals, meets(domain.lower) || meets(domain.upper) { return true }
    return R.kinks.contains(where: meets)
  }

  /// x^p at 0 has a slope only for whole p.
  private static func isAtBranchPoint(_ x: Bounded, _ p: Bounded) -> Bool {
    let isSmooth = p.isWhole && p.value.high >= 0
    return !isSmooth && x.origin.varies && Meeting(x, 0).isNear
  }

  /// The distance from the origin has no slope there.
  private static func isAtOrigin(_ a: Bounded, _ b: Bounded) -> Bool {
    (a.origin.varies || b.origin.varies) && a.value.high.magnitude <= a.error && b.value.high.magnitude <= b.error
  }

  private func near(_ isNear: Bool) -> Bounded {
    isNear ? Bounded(value, error: error, origin: origin.near(true)) : self
  }

  /// 0 and 1 wherever the inputs move to nearby.
  private var isZero: Bool { !origin.varies && isExactlyZero }
  private var isOne: Bool { !origin.varies && error == 0 && value == 1 }
  private var isExactlyZero: Bool { error == 0 && value.high == 0 }
}

// MARK: - Errors

extension Bounded {
  /// A result without error: where nothing varies it is a constant, whatever it was computed from.
  private init(exact value: Value, _ origin: Origin) {
    self.init(value, origin: origin.varies ? origin : .constant(value.high).near(origin.isNear))
  }

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
