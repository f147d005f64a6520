/// An algebra of tensors: the language of rules whose local gradient is a Jacobian nobody should build.
///
/// Such a rule states its pullback (upstream gradient in, downstream out) in it. `Buffer` computes the pullback in the
/// backward walk, `Variable` records it for derivatives of higher order.
public protocol TensorAlgebra: Algebra {
  var shape: Shape { get }
  static func apply<R: TensorRule>(_ rule: R.Type, _ x: Operands<Self>, _ attributes: Attributes) -> Self
}

/// An operation on whole tensors, stated once.
public protocol TensorRule: Rule {
  /// The shape of the result; traps where the operands do not fit, naming the operation and both shapes.
  static func shape(_ x: Operands<Shape>, _ attributes: Attributes) -> Shape
  /// Its value: in the memory `y` gives, or in that of an operand where it is only read differently.
  static func compute(_ x: Operands<Buffer>, _ attributes: Attributes, into y: () -> Buffer) -> Buffer
  /// What the upstream gradient g becomes for each operand: g · ∂y/∂operand.
  static func pullback<T: TensorAlgebra>(
    _ g: T, _ x: Operands<T>, _ y: T, _ attributes: Attributes, _ wanted: Wanted
  ) -> Contributions<T>
  /// `pullback` on buffers. Has a default; stated here so that the compiler makes it for each rule.
  static func pullback(
    buffers g: Buffer, _ x: Operands<Buffer>, _ y: Buffer, _ attributes: Attributes, _ wanted: Wanted
  ) -> Contributions<Buffer>
  /// Whether its value is computed only when somebody asks for it: that of a transposed matrix is often only read
  /// by a product, which reads it in place.
  static var isLazy: Bool { get }
  /// Whether the pullback reads the values of operands or result, not only their shapes.
  static var pullbackReadsValues: Bool { get }
}

extension TensorRule {
  public static func pullback(
    buffers g: Buffer, _ x: Operands<Buffer>, _ y: Buffer, _ attributes: Attributes, _ wanted: Wanted
  ) -> Contributions<Buffer> {
    pullback(g, x, y, attributes, wanted)
  }
  public static var isLazy: Bool { false }
  public static var pullbackReadsValues: Bool { true }
}

extension Buffer: TensorAlgebra {
  public static func apply<R: TensorRule>(
    _ rule: R.Type, _ x: Operands<Buffer>, _ attributes: Attributes
  ) -> Buffer {
    let owner = x.a.isNumber ? x.b ?? x.a : x.a
    return R.compute(x, attributes) { owner.fresh(R.shape(x.map { $0.shape }, attributes)) }
  }
}
