/// Products of formulas whose numbers are multiplied out, as one does on paper: `1/2` times `2·e` is `e`.
extension Formula {
  /// Both products of paper: `·`, and `⊙` of tensors, element by element.
  static func multiplied(_ a: Formula, _ b: Formula, _ sign: Operator) -> Formula {
    let (x, y) = (Coefficient(of: a), Coefficient(of: b))
    let number = Coefficient(above: x.above * y.above, below: x.below * y.below, rest: nil).reduced
    let rest =
      switch (x.rest, y.rest) {
      case (let p?, let q?): joined(p, q, sign)
      case (let p, let q): p ?? q
      }
    guard let rest else { return .number(number.above) / .number(number.below) }
    return number.above == 0 ? 0 : rest.scaled(by: number.above) / .number(number.below)
  }

  /// A sum whose terms have a fraction in common: `a/2 - b/2` as `(a - b)/2`; a term with a sign stands behind.
  static func added(_ a: Formula, _ b: Formula) -> Formula {
    let (x, y) = (Coefficient(of: a).reduced, Coefficient(of: b).reduced)
    guard let p = x.rest, let q = y.rest else { return a + b }
    guard x.below != 1, x.below == y.below, x.above.magnitude == y.above.magnitude else {
      return x.above < 0 && y.above > 0 ? b + a : a + b
    }
    let sum = x.above > 0 ? (y.above > 0 ? p + q : p - q) : (y.above > 0 ? q - p : -p - q)
    return multiplied(.number(x.above.magnitude) / .number(x.below), sum, .times)
  }

  /// The number in front: 2/3 of `2·e/3`.
  var coefficient: Formula {
    let number = Coefficient(of: self).reduced
    return .number(number.above) / .number(number.below)
  }

  /// What it stands in front of: `e` of `2·e/3`; nil for a number.
  var withoutCoefficient: Formula? { Coefficient(of: self).rest }

  /// Factors in a row, `a·b·c`.
  private static func joined(_ a: Formula, _ b: Formula, _ sign: Operator) -> Formula {
    if case .binary(sign, let first, let last) = b.form { return joined(joined(a, first, sign), last, sign) }
    if sign == .times { return a * b }
    if a == b { return pow(a, 2) }
    if case .binary(.divide, let one, let divisor) = b.form, one.constant == 1 { return a / divisor }
    return Formula(.binary(.elementwise, a, b))
  }

  /// The number stands in front: `2·a ⊙ b`, `-W·x`.
  private func scaled(by factor: Double) -> Formula {
    switch form {
    case .binary(let sign, let a, let b) where factor != 1 && sign.precedence >= .elementwise && sign != .power:
      Formula(.binary(sign, a.scaled(by: factor), b))
    default: .number(factor) * self
    }
  }
}

/// A formula as a fraction of two numbers and what is left, if anything: `2·e/3` as 2, 3 and `e`.
private struct Coefficient {
  var above = 1.0
  var below = 1.0
  var rest: Formula?

  init(above: Double, below: Double, rest: Formula?) { (self.above, self.below, self.rest) = (above, below, rest) }

  init(of formula: Formula) {
    self.init(above: 1, below: 1, rest: formula)
    if let value = formula.constant {
      self.init(above: value, below: 1, rest: nil)
      return
    }
    switch formula.form {
    case .negative(let inner):
      self.init(of: inner)
      above = -above
    case .binary(.divide, let a, let b):
      self.init(of: a)
      if let divisor = b.constant { below *= divisor } else { rest = (rest ?? 1) / b }
    case .binary(let sign, let a, let b) where sign == .times || sign == .elementwise:
      self.init(of: a)
      rest = rest.map { Formula(.binary(sign, $0, b)) } ?? b
    default: break
    }
  }

  /// Without common factors, where both are whole; the sign above.
  var reduced: Coefficient {
    var (x, y) = below < 0 ? (-above, -below) : (above, below)
    if let m = Int(exactly: x), let n = Int(exactly: y), n != 0 {
      let divisor = Double(Self.commonDivisor(m.magnitude, n.magnitude))
      (x, y) = (x / divisor, y / divisor)
    }
    return Coefficient(above: x, below: y, rest: rest)
  }

  private static func commonDivisor(_ a: UInt, _ b: UInt) -> UInt { b == 0 ? Swift.max(a, 1) : commonDivisor(b, a % b) }
}
