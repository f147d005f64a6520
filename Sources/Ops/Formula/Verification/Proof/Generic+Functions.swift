extension Generic: Algebra {
  /// exp(ix), of which sine and cosine are made.
  private static func turn(_ x: Self) -> Self { exponential(of: .imaginaryUnit * x.value, x.cases) }

  static func sin(_ x: Self) -> Self {
    if x.number == 0 { return 0 }
    let turn = turn(x)
    return Generic((turn.value - (1 / turn).value) / (.imaginaryUnit + .imaginaryUnit), x.cases)
  }

  static func cos(_ x: Self) -> Self {
    if x.number == 0 { return 1 }
    let turn = turn(x)
    return Generic((turn.value + (1 / turn).value) / Tower(whole: 2), x.cases)
  }

  static func tan(_ x: Self) -> Self { sin(x) / cos(x) }

  static func sinh(_ x: Self) -> Self { (exp(x) - exp(-x)) / 2 }
  static func cosh(_ x: Self) -> Self { (exp(x) + exp(-x)) / 2 }
  static func tanh(_ x: Self) -> Self { 1 - 2 / (exp(2 * x) + 1) }

  // Of these only the derivatives have laws, and whether they are odd.
  static func asin(_ x: Self) -> Self { odd(Asin.code, x) }
  static func acos(_ x: Self) -> Self { pi / 2 - asin(x) }
  static func atan(_ x: Self) -> Self { odd(Atan.code, x) }
  static func asinh(_ x: Self) -> Self { odd(Asinh.code, x) }
  static func acosh(_ x: Self) -> Self { function(Acosh.code, x) }
  static func atanh(_ x: Self) -> Self { odd(Atanh.code, x) }
  static func erf(_ x: Self) -> Self { odd(Erf.code, x) }
  static func erfc(_ x: Self) -> Self { 1 - erf(x) }
  static func lgamma(_ x: Self) -> Self { function(Lgamma.code, x) }
  static func polygamma(_ n: Self, _ x: Self) -> Self {
    let order = Tower.scrambled(n.value, by: UInt64(Polygamma.code))
    return Generic(.scrambled(order * x.value, by: UInt64(Polygamma.code)), x.cases ?? n.cases)
  }

  private static func function(_ code: UInt16, _ x: Self) -> Self {
    Generic(.scrambled(x.value, by: UInt64(code)), x.cases)
  }

  private static func odd(_ code: UInt16, _ x: Self) -> Self {
    if x.number == 0 { return 0 }
    let opposite = -x.value
    return x.value.key <= opposite.key ? function(code, x) : -function(code, -x)
  }
}

// MARK: - Comparisons

extension Generic {
  static func abs(_ x: Self) -> Self { select(less(x, 0), -x, x) }

  /// By the numbers, by the signs, else a case of its own.
  static func less(_ a: Self, _ b: Self) -> Self {
    let difference = b - a
    guard difference.exists else { return .none }
    if difference.value.isZero { return 0 }
    if difference.isNumber { return difference.number > 0 ? 1 : 0 }
    if difference.sign != 0 { return difference.sign > 0 ? 1 : 0 }
    guard let cases = difference.cases?.takeUnretainedValue() else { return .none }
    return cases.isPositive(difference.value) ? 1 : 0
  }

  /// At a generic point two numbers are not equal, unless they are so everywhere.
  static func equal(_ a: Self, _ b: Self) -> Self {
    guard a.exists, b.exists else { return .none }
    return a.value.key == b.value.key ? 1 : 0
  }

  static func select(_ condition: Self, _ then: Self, _ otherwise: Self) -> Self {
    guard condition.exists else { return .none }
    return condition.value.isZero ? otherwise : then
  }

  /// What is whole can be equal to a number at more than a few points.
  static func floor(_ x: Self) -> Self { .none }
  static func mod(_ a: Self, _ b: Self) -> Self { .none }
}

// MARK: - Rules

extension Generic {
  static func written(_ textbook: @autoclosure () -> Self, computed: @autoclosure () -> Self) -> Self { textbook() }

  /// What avoids overflow by a comparison is here what it is on paper.
  static func apply<R: UnaryRule>(_ rule: R.Type, _ x: Self) -> Self {
    switch R.code {
    case Sigmoid.code: 1 / (1 + exp(-x))
    case Softplus.code: log(1 + exp(x))
    case Reciprocal.code: 1 / x
    default: R.value(x)
    }
  }

  static func apply<R: BinaryRule>(_ rule: R.Type, _ a: Self, _ b: Self) -> Self {
    R.code == LogAddExp.code ? log(exp(a) + exp(b)) : R.value(a, b)
  }
}
