/// An algebra of tensors: the language of rules whose local gradient is a Jacobian nobody should build.
///
/// Such a rule states its pullback (upstream gradient in, downstream out) in it. `Buffer` computes the pullback in the
/// backward walk, `Variable` records it for derivatives of higher order, `Grid` evaluates it in any arithmetic of
/// scalars, and formulas print it.
public protocol TensorAlgebra: Algebra {
  /// Its extents; those of a number are none.
  var shape: Shape { get }
  /// A tensor and whether it is to be read with its last two axes exchanged: a product need not wait for the copy.
  var untransposed: (source: Self, isTransposed: Bool) { get }
  /// What it is if it is a plain number of no tape: a walk records no product with 1 and nothing for 0.
  var plainNumber: Double? { get }
  /// The result of a rule on tensors; traps with the rule's message where shapes do not fit.
  static func apply<R: TensorRule>(_ rule: R.Type, _ operands: Operands<Self>, _ options: R.Options) -> Self
}

extension TensorAlgebra {
  public var untransposed: (source: Self, isTransposed: Bool) { (self, false) }
  public var plainNumber: Double? { nil }

  @inlinable
  static func apply<R: TensorRule>(_ rule: R.Type, _ x: Self, _ options: R.Options) -> Self {
    apply(rule, Operands(x), options)
  }
  @inlinable
  static func apply<R: TensorRule>(_ rule: R.Type, _ x: Self) -> Self where R.Options == NoOptions {
    apply(rule, Operands(x), NoOptions())
  }
}
