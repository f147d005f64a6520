/// Formulas on a tape use the operations on whole tensors, each of which is one node.
extension Variable: TensorLanguage where Element: Number {
  var extents: [Int] { shape.dimensions }
  /// - Precondition: this is recorded; ``Tape/tensorForms(_:)`` sees to it.
  func constant(_ numbers: Tensor<Double>) -> Variable {
    guard let tape else { return 0 }
    return tape.constant(Tensor(numbers.elements.map(Element.number), shape: numbers.shape))
  }

  static func product(_ a: Variable, _ b: Variable) -> Variable { Ops.matmul(a, b) }
  func sum(over axes: [Int], keeping: Bool) -> Variable {
    extents.isEmpty ? self : sum(axes, keepingDimensions: keeping)
  }
  func largest(over axes: [Int], keeping: Bool) -> Variable { self.max(axes, keepingDimensions: keeping) }
  func reshaped(as shape: [Int]) -> Variable { reshaped(to: Shape(shape)) }
  func axes(inOrder order: [Int]) -> Variable { permuted(order) }
  func part(from start: [Int], count: [Int]) -> Variable {
    sliced(zip(start, count).map { AxisRange($0..<$0 + $1) })
  }
  static func joined(_ parts: [Variable], axis: Int) -> Variable { concatenated(parts, along: axis) }

  func mean(over axes: [Int], keeping: Bool) -> Variable { mean(axes, keepingDimensions: keeping) }
  func variance(over axes: [Int], keeping: Bool) -> Variable { variance(axes, keepingDimensions: keeping) }
  func product(over axes: [Int], keeping: Bool) -> Variable { prod(axes, keepingDimensions: keeping) }
  func logSumExp(over axes: [Int], keeping: Bool) -> Variable { logSumExp(axes, keepingDimensions: keeping) }
  func softmax(over axes: [Int]) -> Variable { softmax(axes) }
  func logSoftmax(over axes: [Int]) -> Variable { logSoftmax(axes) }
  var determinant: Variable { determinant() }
  var inverse: Variable { inverse() }
  static var largestSystem: Int { 1000 }
  func areClasses(below count: Int) -> Bool {
    tensor.elements.allSatisfy { (0..<Element(count)).contains($0) && $0.rounded() == $0 }
  }
  var isSingular: Bool {
    let scratch = Tape<Element>()
    return withExtendedLifetime(scratch) { scratch.constant(tensor).logDeterminant().value == -.infinity }
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
    case .list, .transpose, .slice, .binary(.matmul, _, _): true
    case .call(let name, let arguments):
      Language.tensorFunctions[name] != nil
        || (name == "max" || name == "min") && arguments.count { $0.label == nil } == 1
    default: false
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
    self.init(value.elements, shape: Shape(value.extents))
  }
}
