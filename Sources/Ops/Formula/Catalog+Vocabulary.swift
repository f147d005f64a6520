import Graph

/// Names and formulas of all operations, read from their rules with ``Formula`` as the algebra.
extension Catalog: Vocabulary {
  package func name(of code: UInt16) -> String { Self.rule(of: code)?.name ?? "operation \(code)" }

  package func formula(name: String, shape: Shape) -> ShapedFormula { ShapedFormula(.name(name), shape) }
  package func formula(number: Double) -> ShapedFormula { ShapedFormula(.number(number), .scalar) }
  package func formula(text: String, shape: Shape) -> ShapedFormula {
    ShapedFormula((try? Formula(parsing: text)) ?? .name(text), shape)
  }
  package func formula(call name: String, _ operands: [ShapedFormula]) -> ShapedFormula {
    ShapedFormula(Formula(.call(name, operands.map { .init($0.formula) })), operands.first?.shape ?? .scalar)
  }

  /// The rule is read with place holders that are then replaced: read with the operands themselves, arithmetic
  /// would simplify, and the row `1·x` of a tape would pretend that nothing was multiplied.
  package func formula(of code: UInt16, _ operands: [ShapedFormula]) -> ShapedFormula {
    guard case .elementwise(let rule) = Self.kind(of: code) else {
      return formula(call: name(of: code), operands)
    }
    let (formulas, shape) = (operands.map(\.formula), operands.map(\.shape).max { $0.count < $1.count } ?? .scalar)
    if rule.code == Where.code { return ShapedFormula(rule.value(of: formulas), shape) }
    let places = operands.indices.map { "operand \($0)" }
    let replacements = Dictionary(uniqueKeysWithValues: zip(places, formulas))
    var value = rule.value(of: places.map(Formula.name))
    if operands.count == 2, case .binary(.times, let a, let b) = value.form, !operands[0].isNumber,
      !operands[1].isNumber
    {
      value = Formula(.binary(operands[0].isOuter(with: operands[1]) ? .matmul : .elementwise, a, b))
    }
    return ShapedFormula(value.replacing(replacements), shape)
  }

  package func localGradients(
    of code: UInt16, _ operands: [ShapedFormula], result: ShapedFormula
  ) -> [ShapedFormula] {
    guard case .elementwise(let rule) = Self.kind(of: code) else { return [] }
    return rule.locals(of: operands.map(\.formula), result: result.formula).map { ShapedFormula($0, .scalar) }
  }

  package func product(_ a: ShapedFormula, _ b: ShapedFormula) -> ShapedFormula { a * b }
  package func sum(_ a: ShapedFormula, _ b: ShapedFormula) -> ShapedFormula {
    a.formula == b.formula ? 2 * a : a + b
  }

  package func shapes(_ formula: ShapedFormula) -> String? { formula.shapes }
  package func isCall(_ formula: ShapedFormula) -> Bool {
    if case .call = formula.formula.form { true } else { false }
  }
  package func withUnitAxes(_ formula: ShapedFormula, of shape: Shape) -> ShapedFormula {
    formula.withUnitAxes(of: shape)
  }
  package func isMatrixProduct(_ code: UInt16) -> Bool { code == Matmul.code }
}

extension Tape where Element: Number {
  /// An empty tape.
  public convenience init() { self.init(vocabulary: Catalog(), engine: Element.tensorEngine) }
}
