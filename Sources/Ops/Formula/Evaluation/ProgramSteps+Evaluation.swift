extension ProgramSteps {
  /// The value of every step, in any algebra.
  ///
  /// - Parameters:
  ///   - input: the values of the names that come from outside.
  ///   - tensors: what the forms on whole tensors mean; nil where there are only numbers.
  ///   - known: the value of a step that need not be computed.
  ///   - each: sees every value with its step and may replace it: to name it, or to make it an independent variable.
  /// - Throws: ``ParseError`` at a form that has no value in this algebra.
  func evaluate<A: Algebra>(
    input: (String) -> A? = { _ in nil }, tensors: TensorForms<A>? = nil, known: (Int) -> A? = { _ in nil },
    each: (Int, A) -> A = { $1 }
  ) throws(ParseError) -> [A] {
    var values: [A] = []
    values.reserveCapacity(steps.count)
    for index in steps.indices {
      let value = if let known = known(index) { known } else { try value(of: steps[index], values, input, tensors) }
      values.append(each(index, value))
    }
    return values
  }

  // Not specialized, like `tensorForm`.
  @_semantics("optimize.sil.specialize.generic.never")
  func value<A: Algebra>(
    of step: Step, _ values: [A], _ input: (String) -> A?, _ tensors: TensorForms<A>?
  ) throws(ParseError) -> A {
    let form = step.form.map { values[$0] }
    if let tensors, let value = try tensors(form, step.formula) { return value }
    switch form {
    case .number(let value): return .number(value)
    case .name(let name):
      guard let value = input(name) ?? A.constant(name) else {
        throw step.formula.error("\(name.quoted) has no value")
      }
      return value
    case .negative(let a): return -a
    case .binary(.plus, let a, let b): return a + b
    case .binary(.minus, let a, let b): return a - b
    case .binary(.times, let a, let b), .binary(.elementwise, let a, let b): return a * b
    case .binary(.divide, let a, let b): return a / b
    case .binary(.power, let base, let exponent):
      let written = step.form.operands.map { steps[$0].form }
      // `x^2` has a rule of its own, and `e^x` is the exponential function, not a power of a rounded number.
      if written[1] == .number(2) { return .apply(Square.self, base) }
      return written[0] == .name("e") && input("e") == nil ? .exp(exponent) : .pow(base, exponent)
    case .comparison(let symbol, let a, let b): return .compare(a, symbol, b)
    case .call(let name, let arguments):
      let operands = arguments.map(\.value)
      switch Language.function(of: step.formula) {
      case .elementwise(let rule): return rule.value(of: operands)
      case .folded(let rule): return .folded(operands) { rule.value(of: [$0, $1]) }
      case .tensor, .rule, nil: throw step.formula.error("\(name) works on vectors and matrices")
      }
    case .derivative: throw step.formula.error("a derivative can stand only in claims")
    case .binary(.matmul, _, _), .list, .transpose, .slice, .einsum:
      throw step.formula.error("vectors and matrices cannot stand here: numbers are expected")
    }
  }
}

/// What the forms on whole tensors mean; nil for a form that works element by element.
typealias TensorForms<A> = (Formula.Form<A>, Formula) throws(ParseError) -> A?

extension Algebra {
  /// The names in ``Scope/constants``.
  static func constant(_ name: String) -> Self? {
    switch name {
    case "pi", "π": .number(.pi)
    case "e": .exp(1)
    case "inf": .number(.infinity)
    case "nan": .number(.nan)
    default: nil
    }
  }

  /// What a rule of two operands, such as `max`, chooses among several: those that are equal to it share the gradient
  /// equally, where the rule again and again would halve it.
  static func folded(_ operands: [Self], by choose: (Self, Self) -> Self) -> Self {
    let chosen = Self.apply(StopGradient.self, operands.dropFirst().reduce(operands[0], choose))
    let isChosen = operands.map { equal($0, chosen) }
    let distance = total(zip(operands, isChosen).map { select($1, $0 - chosen, 0) })
    return chosen + distance / apply(Maximum.self, 1, total(isChosen))
  }

  static func compare(_ a: Self, _ symbol: Formula.Comparison, _ b: Self) -> Self {
    switch symbol {
    case .less: .less(a, b)
    case .lessOrEqual: .apply(LessOrEqual.self, a, b)
    case .greater: .less(b, a)
    case .greaterOrEqual: .apply(LessOrEqual.self, b, a)
    case .equal: .equal(a, b)
    case .notEqual: 1 - .equal(a, b)
    }
  }
}
