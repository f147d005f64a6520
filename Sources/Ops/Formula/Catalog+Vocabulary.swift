import Graph

/// Names and formulas of all operations, read from their rules with ``Formula`` as the algebra.
extension Catalog: Vocabulary {
  public func name(of code: UInt16) -> String { Self.rule(of: code)?.name ?? "operation \(code)" }

  public func formula(name: String) -> Formula { .name(name) }
  public func formula(number: Double) -> Formula { .number(number) }
  public func formula(call name: String, _ operands: [Formula]) -> Formula {
    Formula(.call(name, operands.map { Formula.Argument($0) }))
  }

  /// The rule is read with place holders that are then replaced: read with the operands themselves, arithmetic
  /// would simplify, and the row `1·x` of a tape would pretend that nothing was multiplied.
  public func formula(of code: UInt16, _ operands: [Formula]) -> Formula {
    guard case .elementwise(let rule) = Self.kind(of: code) else {
      return formula(call: name(of: code), operands)
    }
    if rule.code == Where.code { return rule.value(of: operands) }
    let places = operands.indices.map { "operand \($0)" }
    let replacements = Dictionary(uniqueKeysWithValues: zip(places, operands))
    return rule.value(of: places.map(Formula.name)).replacing(replacements)
  }

  public func localGradients(of code: UInt16, _ operands: [Formula], result: Formula) -> [Formula] {
    if case .elementwise(let rule) = Self.kind(of: code) {
      rule.locals(of: operands, result: result)
    } else {
      []
    }
  }

  public func text(_ formula: Formula) -> String {
    let rounded = formula.fold { (form: Formula.Form<Formula>, _) in
      if case .number(let value) = form { return Formula.number(Double(shortText(value)) ?? value) }
      return Formula(form)
    }
    return rounded.text(in: .textbook)
  }

  public func formula<Element>(
    ofTensor tensor: Int, on tape: Tape<Element>, _ operands: [Formula]
  ) -> Formula {
    tape.formula(ofTensor: tensor, operands) ?? formula(of: tape.tensors[tensor].code, operands)
  }

  public func pullbacks<Element>(
    ofTensor tensor: Int, on tape: Tape<Element>, _ operands: [Formula], result: Formula
  ) -> [Formula] {
    tape.pullbacks(ofTensor: tensor, operands, result: result)
  }
}

extension Tape where Element: Number {
  /// An empty tape.
  public convenience init() { self.init(vocabulary: Catalog(), engine: Element.tensorEngine) }
}
