import Graph

/// A rule and its options as a call keeps them: names are not enough, for everybody may give a rule any name.
struct WrittenRule: Sendable {
  let type: any Rule.Type
  /// Of a rule on tensors.
  var options: (any RuleOptions)?
}

extension Formula {
  init<R: Rule>(call rule: R.Type, _ operands: Formula...) {
    self.init(.call(R.name, operands.map { Argument($0) }), at: nil, by: WrittenRule(type: rule))
  }

  /// A rule on tensors, such as one of your own, in a formula that is to be verified.
  ///
  /// ```swift
  /// let x = Formula.name("x")
  /// Formula.apply(Centered.self, Operands(x))  // centered(x)
  /// ```
  /// Nothing about shapes is known or checked here.
  public static func apply<R: TensorRule>(
    _ rule: R.Type, _ operands: Operands<Formula>, _ options: R.Options = R.Options()
  ) -> Formula {
    let written = R.Options.fields.compactMap { field in
      field.written(options, .scalar).map { field.argument($0) }
    }
    return Formula(
      .call(R.name, operands.list.map { Argument($0) } + written), at: nil,
      by: WrittenRule(type: rule, options: options))
  }
}

extension OptionField {
  /// `shift=1`.
  func argument(_ numbers: [Int]) -> Formula.Argument<Formula> {
    let list = numbers.map { Formula.number(Double($0)) }
    return Formula.Argument(list.count == 1 && !isList ? list[0] : Formula(.list(list)), label: name)
  }
}
