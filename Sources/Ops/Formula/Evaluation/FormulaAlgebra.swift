/// What formulas on whole tensors are evaluated in: an algebra of tensors that can also hold numbers of a text.
protocol FormulaAlgebra: TensorAlgebra {
  /// Numbers that can take part in computations with this.
  func constant(_ numbers: Tensor<Double>) -> Self
  /// How many rows a matrix may have for its determinant, inverse and system of equations.
  static var largestSystem: Int { get }
  /// Whether it is known to have no inverse.
  var isSingular: Bool { get }
  /// The rows along the last axis in order.
  func sortedRows(descending: Bool) -> Self
  /// Whether all elements can be numbers of classes, from 0 to below `count`.
  func areClasses(below count: Int) -> Bool
}

extension FormulaAlgebra {
  var isVector: Bool { shape.rank == 1 }

  /// The last two axes exchanged; a vector becomes a row.
  var asRowOrTransposed: Self { shape.rank == 1 ? reshaped(to: [1, shape[0]]) : transposed() }

  /// 1 on the diagonal, else 0.
  func identity(_ size: Int) -> Self { constant(.eye(size)) }
}

extension Grid: FormulaAlgebra {
  func constant(_ numbers: Tensor<Double>) -> Grid { Grid(numbers.elements.map(A.number), shape: numbers.shape) }
  /// A determinant takes n⁴ steps, its gradient n² times as many.
  static var largestSystem: Int { 10 }
  var isSingular: Bool { false }
  func areClasses(below count: Int) -> Bool { true }
}

/// Formulas on a tape use the operations on whole tensors, each of which is one node.
extension Variable: FormulaAlgebra where Element: Number {
  /// - Precondition: this is recorded; ``Tape/tensorForms(_:)`` sees to it.
  func constant(_ numbers: Tensor<Double>) -> Variable {
    guard let tape else { return 0 }
    return tape.constant(Tensor(numbers.elements.map(Element.number), shape: numbers.shape))
  }
  static var largestSystem: Int { 1000 }
  func sortedRows(descending: Bool) -> Variable { sorted(descending: descending) }
  var isSingular: Bool {
    let scratch = Tape<Element>()
    return withExtendedLifetime(scratch) { scratch.constant(tensor).logDeterminant().value == -.infinity }
  }
  func areClasses(below count: Int) -> Bool {
    tensor.elements.allSatisfy { (0..<Element(count)).contains($0) && $0.rounded() == $0 }
  }
}

extension Tape where Element: Number {
  /// The forms on whole tensors as this tape records them. A number among their operands becomes a constant of the
  /// tape, a list of numbers one constant in all.
  func tensorForms(_ steps: ProgramSteps) -> TensorForms<Variable<Element>> {
    let rows = steps.rowsOfConstants
    return { (form, part) throws(ParseError) in
      if case .list = form, part.isConstant {
        return rows.contains(part.identity) ? 0 : self.constant(try Tensor(constant: part))
      }
      guard form.isStructural else { return try tensorForm(form, part) }
      return try tensorForm(form.map { $0.isRecorded ? $0 : self.constant($0.value) }, part)
    }
  }
}

extension Formula.Form {
  /// Whether it works on tensors as a whole, not element by element.
  fileprivate var isStructural: Bool {
    switch self {
    case .list, .transpose, .slice, .binary(.matmul, _, _): return true
    case .call(let name, let arguments):
      switch Language.function(name, of: arguments.count { $0.label == nil }) {
      case .tensor, .rule: return true
      case .elementwise, .folded, nil: return false
      }
    default: return false
    }
  }
}

extension ProgramSteps {
  /// The lists that are rows of a constant matrix: they need no node of their own.
  fileprivate var rowsOfConstants: Set<ObjectIdentifier> {
    var rows: Set<ObjectIdentifier> = []
    for step in steps {
      guard case .list(let elements) = step.formula.form, step.formula.isConstant else { continue }
      rows.formUnion(elements.map(\.identity))
    }
    return rows
  }
}

extension Tensor {
  /// The numbers of a constant list: `[[1, 2], [3, 4]]`.
  package init(constant formula: Formula) throws(ParseError) where Element: Number {
    var steps = ProgramSteps()
    let place = steps.append(formula)
    let value = try steps.evaluate(input: { _ in nil as Grid<Element>? }, tensors: tensorForm)[place]
    self.init(value.elements, shape: value.shape)
  }
}
