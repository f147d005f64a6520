/// What formulas on whole tensors are evaluated in: an algebra of tensors that can also hold numbers of a text.
protocol FormulaAlgebra: TensorAlgebra {
  /// Numbers that can take part in computations with this.
  func holding(_ numbers: Tensor<Double>) -> Self
  /// How many rows a matrix may have for its determinant, inverse and system of equations.
  static var largestSystem: Int { get }
  /// Whether it is known to have no inverse.
  var isSingular: Bool { get }
  /// The rows along the last axis in order.
  func sortedRows(descending: Bool) -> Self
  /// The places that the elements in order came from.
  func argsortedRows(descending: Bool) -> Self
  /// Whether all elements can be numbers of classes, from 0 to below `count`.
  func areClasses(below count: Int) -> Bool
}

extension FormulaAlgebra {
  var isVector: Bool { shape.rank == 1 }

  /// The last two axes exchanged; a vector becomes a row.
  var asRowOrTransposed: Self { shape.rank == 1 ? reshaped(to: [1, shape[0]]) : transposed() }
}

extension Grid: FormulaAlgebra {
  func holding(_ numbers: Tensor<Double>) -> Grid { Grid(numbers.elements.map(A.number), shape: numbers.shape) }
  /// A determinant takes n⁴ steps, its gradient n² times as many.
  static var largestSystem: Int { 10 }
  var isSingular: Bool { false }
  func areClasses(below count: Int) -> Bool { true }
}

/// Formulas on a tape use the operations on whole tensors, each of which is one node.
extension Variable: FormulaAlgebra where Element: Number {
  /// - Precondition: this is recorded; ``Tape/tensorForms(_:)`` sees to it.
  func holding(_ numbers: Tensor<Double>) -> Variable {
    guard let tape else { return 0 }
    return tape.constant(Tensor(numbers.elements.map(Element.number), shape: numbers.shape))
  }
  static var largestSystem: Int { 1000 }
  func sortedRows(descending: Bool) -> Variable { sorted(descending: descending) }
  func argsortedRows(descending: Bool) -> Variable {
    holding(Tensor(argsort(descending: descending).map { Double($0) }, shape: shape))
  }
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
    let (roles, asides) = (steps.roles, steps.asides)
    return { (form, part) throws(ParseError) in
      guard let own = roles[part.identity] else { return try tensorForm(form, part) }
      if case .list = form, !own.contains(.whole) {
        return asides.contains(part.identity) ? 0 : self.constant(try Tensor(constant: part))
      }
      guard own.contains(.whole) else {
        let numbers = try tensorForm(form.map { _ in 0 as Grid<Element> }, part) ?? 0
        return self.constant(Tensor(numbers.elements, shape: numbers.shape))
      }
      var rest = own[...]  // `map` takes the operands in their order
      return try tensorForm(
        form.map { rest.popFirst() == .whole && !$0.isRecorded ? self.constant($0.value) : $0 }, part)
    }
  }
}

/// What an operand is to a form on whole tensors.
private enum Role {
  case whole
  /// It says how something is computed and needs no node of its own: an option, or a row of a constant matrix.
  case aside
}

extension Formula {
  /// Of each operand; nil for a form that works element by element.
  fileprivate var roles: [Role]? {
    switch form {
    case .list(let elements): return elements.map { [isConstant] _ in isConstant ? .aside : .whole }
    case .transpose, .slice, .einsum, .binary(.matmul, _, _): return form.operands.map { _ in .whole }
    case .call(_, let arguments):
      let count: Int
      switch Language.function(of: self) {
      case .tensor(let function): count = function.operandCount
      case .rule(let rule): count = rule.arity
      case .elementwise, .folded, nil: return nil
      }
      return arguments.enumerated().map { $1.label == nil && $0 < count ? .whole : .aside }
    default: return nil
    }
  }
}

extension ProgramSteps {
  fileprivate var roles: [ObjectIdentifier: [Role]] {
    var roles: [ObjectIdentifier: [Role]] = [:]
    for step in steps { roles[step.formula.identity] = step.formula.roles }
    return roles
  }

  /// The parts that are nothing but asides, wherever they stand.
  fileprivate var asides: Set<ObjectIdentifier> {
    var (asides, others) = (Set<ObjectIdentifier>(), Set(statements.map { steps[$0.step].formula.identity }))
    for step in steps {
      let (operands, roles) = (step.formula.form.operands, step.formula.roles)
      for (place, operand) in operands.enumerated() {
        if roles?[place] == .aside { asides.insert(operand.identity) } else { others.insert(operand.identity) }
      }
    }
    return asides.subtracting(others)
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
