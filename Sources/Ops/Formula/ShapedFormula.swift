import Graph

/// A formula that knows the shape of what it stands for: with it rules on tensors write down their pullbacks.
///
/// ```swift
/// Matmul.pullback(g, Operands(W, x), …)  // g·xᵀ, Wᵀ·g
/// ```
/// A number that stands for all elements of a tensor is written as that number: what repeats it is not written on paper.
package struct ShapedFormula: RuleAlgebra, TensorAlgebra, Sendable {
  let formula: Formula
  package let shape: Shape
  /// Whether it is written as one number, also where it stands for all elements of a tensor.
  let isNumber: Bool
  /// Of a product of matrices the shapes of the two: `[3, 1]·[1, 2]`.
  var shapes: String?

  init(_ formula: Formula, _ shape: Shape, isNumber: Bool? = nil) {
    (self.formula, self.shape) = (formula, shape)
    self.isNumber = isNumber ?? (shape.rank == 0 || formula.constant != nil)
  }
  package init(floatLiteral value: Double) { self.init(.number(value), .scalar) }
  package init(integerLiteral value: Int) { self.init(floatLiteral: Double(value)) }

  /// The same read as if it had another shape of as many elements.
  func asShape(_ shape: Shape) -> Self {
    var result = Self(formula, shape, isNumber: isNumber)
    result.shapes = shapes
    return result
  }

  package static func apply<R: UnaryRule>(_ rule: R.Type, _ x: Self) -> Self {
    // Which rules have for its accuracy.
    if rule.code == Exp.code, case .call(LogSoftmax.name, let logits) = x.formula.form {
      return Self(Formula(.call(Softmax.name, logits)), x.shape)
    }
    return Self(.apply(rule, x.formula), x.shape, isNumber: x.isNumber)
  }
  package static func apply<R: BinaryRule>(_ rule: R.Type, _ a: Self, _ b: Self) -> Self {
    let formula: Formula =
      switch R.code {
      case Add.code: .added(a.formula, b.formula)
      case Subtract.code: .added(a.formula, -b.formula)
      case Multiply.code where a.isOuter(with: b): .matmul(a.formula, b.formula)
      case Multiply.code: .multiplied(a.formula, b.formula, a.isNumber || b.isNumber ? .times : .elementwise)
      default: .apply(rule, a.formula, b.formula)
      }
    return Self(
      formula, a.shape.broadcast(with: b.shape) ?? a.shape,
      isNumber: a.isNumber && b.isNumber || formula.constant != nil)
  }
  package static func apply<R: TernaryRule>(_ rule: R.Type, _ a: Self, _ b: Self, _ c: Self) -> Self {
    let shape = a.shape.broadcast(with: b.shape)?.broadcast(with: c.shape) ?? a.shape
    return Self(
      .apply(rule, a.formula, b.formula, c.formula), shape, isNumber: a.isNumber && b.isNumber && c.isNumber)
  }

  package static func written(_ textbook: @autoclosure () -> Self, computed: @autoclosure () -> Self) -> Self {
    textbook()
  }

  package static func apply<R: TensorRule>(_ rule: R.Type, _ x: Operands<Self>, _ options: R.Options) -> Self {
    let shape = R.checkedShape(x.map(\.shape), options)
    if x.b == nil, x.a.isNumber, let number = x.a.repeated(by: rule, to: shape) { return number }
    let call = Call<R, Self>(x.map(\.spelledOut), options)
    return R.self == Sum.self ? call.x.sum(call, to: shape) : written(call, to: shape)
  }

  /// Whether each row is 1 at one place and else 0.
  private var isOneHot: Bool { if case .call("onehot", _) = formula.form { true } else { false } }

  /// Of a sum the numbers that all its terms are multiplied by: `sum(2·x)` as `2·sum(x)`; the terms of one-hot rows are 1.
  private func sum<R: TensorRule>(_ c: Call<R, Self>, to target: Shape) -> Self {
    let rest = formula.withoutCoefficient.map { Self($0, shape) } ?? self
    let isOne = rest.isOneHot && (c.options as? Sum.Options)?.axes == .last(of: shape.rank)
    let sum = isOne ? 1 : Self.written(Call<R, Self>(Operands(rest), c.options), to: target).formula
    return Self(.multiplied(formula.coefficient, sum, .times), target)
  }

  /// What becomes of one number for all elements where it stays one.
  private func repeated<R: TensorRule>(by rule: R.Type, to target: Shape) -> Self? {
    if R.self == Broadcast.self || R.self == Reshape.self || R.self == Permute.self {
      return Self(formula, target, isNumber: true)
    }
    guard R.self == Sum.self else { return nil }
    let count = Double(shape.count / Swift.max(1, target.count))
    return Self(.multiplied(.number(count), formula, .times), target, isNumber: true)
  }

  /// A number for all elements as a tensor, for operations that read its elements: `2·𝟏`.
  private var spelledOut: Self {
    isNumber && shape.rank > 0 ? Self(.multiplied(formula, .name("𝟏"), .times), shape, isNumber: false) : self
  }
}

// MARK: - A vector is a column

extension ShapedFormula {
  /// The same elements with axes of extent 1 more or less, of which paper says nothing. A vector is a column there: as the
  /// row of a product it is transposed.
  func withUnitAxes(of target: Shape) -> Self {
    let isTurned = isRow(shape) && target.rank == 1 && !isWrittenAsVector || isRow(target) && shape.rank == 1
    return isTurned && !isNumber ? Self(formula.turned, target) : asShape(target)
  }

  /// Whether both shapes differ only in axes of extent 1.
  func hasAxes(of target: Shape) -> Bool {
    shape.dimensions.filter { $0 != 1 } == target.dimensions.filter { $0 != 1 }
  }

  /// Whether an axis is gone as it is written, though kept where it is computed: `sum(x, axis=0)`, `X[0]`.
  private var isWrittenAsVector: Bool {
    switch formula.form {
    case .call(Sum.name, _): true
    case .slice(_, let indices): indices.contains { if case .element = $0 { true } else { false } }
    default: false
    }
  }

  /// Whether it is a column and the other a row, whose product element by element is that of matrices.
  func isOuter(with other: Self) -> Bool {
    !isNumber && shape.rank == 2 && shape[1] == 1 && shape[0] > 1 && other.isRow(other.shape)
  }

  private func isRow(_ shape: Shape) -> Bool { shape.rank == 2 && shape[0] == 1 && shape[1] > 1 }
}

extension Formula {
  /// The transpose, of a product factor by factor: that of `x·gᵀ` is `g·xᵀ`.
  fileprivate var turned: Formula {
    if case .binary(.matmul, let a, let b) = form { return .matmul(b.turned, a.turned) }
    return transposed
  }
}
