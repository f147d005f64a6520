/// Formulas are an algebra: a rule read with them writes itself down, its value as a call of its name and its local
/// gradients as textbook lines.
///
/// ```swift
/// let (x, y) = (Formula.name("x"), Formula.name("y"))
/// Tanh.value(x)                   // tanh(x)
/// Tanh.local(x, y)                // 1 - y²
/// Relu.local(x, y)                // where(0 < x, 1, 0)
/// ```
extension Formula: RuleAlgebra {
  public static func apply<R: UnaryRule>(_ rule: R.Type, _ x: Formula) -> Formula {
    switch R.code {
    case Negate.code: negated(x)
    case Square.code: product(x, x)
    case Reciprocal.code: quotient(1, x)
    default: R.isWrittenOut ? R.value(x) : Formula(call: R.self, x)
    }
  }

  public static func apply<R: BinaryRule>(_ rule: R.Type, _ a: Formula, _ b: Formula) -> Formula {
    switch R.code {
    case Add.code: sum(a, b)
    case Subtract.code: difference(a, b)
    case Multiply.code: product(a, b)
    case Divide.code: quotient(a, b)
    case Power.code: power(a, b)
    case Less.code: indicator(a, .less, b)
    case LessOrEqual.code: indicator(a, .lessOrEqual, b)
    case Equal.code: indicator(a, .equal, b)
    default: R.isWrittenOut ? R.value(a, b) : Formula(call: R.self, a, b)
    }
  }

  public static func apply<R: TernaryRule>(
    _ rule: R.Type, _ a: Formula, _ b: Formula, _ c: Formula
  ) -> Formula {
    guard R.code == Where.code else { return Formula(call: R.self, a, b, c) }
    let condition = a.indicated ?? a
    return condition.isDecided.map { $0 ? b : c } ?? Formula(call: R.self, condition, b, c)
  }

  public static func written(
    _ textbook: @autoclosure () -> Formula, computed: @autoclosure () -> Formula
  ) -> Formula {
    textbook()
  }

  /// The language has comparisons only as conditions, so that as a number a < b is `where(a < b, 1, 0)`.
  private static func indicator(_ a: Formula, _ comparison: Comparison, _ b: Formula) -> Formula {
    call(Where.name, Formula(.comparison(comparison, a, b)), 1, 0)
  }

  /// Whether a comparison of two plain numbers holds; nil for any other formula.
  var isDecided: Bool? {
    guard case .comparison(let sign, let a, let b) = form, let x = a.constant, let y = b.constant else { return nil }
    return .compare(x, sign, y) != 0
  }

  /// The comparison of an indicator.
  private var indicated: Formula? {
    guard case .call(Where.name, let arguments) = form, arguments.count == 3 else { return nil }
    let values = arguments.map(\.value)
    guard case .comparison = values[0].form, values[1].constant == 1, values[2].constant == 0 else {
      return nil
    }
    return values[0]
  }
}

/// Matrices.
extension Formula {
  /// `a @ b`, the product of matrices; nothing about their shapes is known or checked here.
  public static func matmul(_ a: Formula, _ b: Formula) -> Formula { Formula(.binary(.matmul, a, b)) }

  /// `Xᵀ`; the transpose of a transpose is the matrix itself.
  public var transposed: Formula {
    if case .transpose(let inner) = form { inner } else { Formula(.transpose(self)) }
  }
}
