/// An algebra of tensors: the language of rules whose local gradient is a Jacobian nobody should build.
///
/// Such a rule states its pullback (upstream gradient in, downstream out) in it. `Buffer` computes the pullback in the
/// backward walk, `Variable` records it for derivatives of higher order.
public protocol TensorAlgebra: Algebra {
  var shape: Shape { get }
  /// A plain number.
  static func number(_ value: Double) -> Self
  /// A tensor and whether it is to be read with its last two axes exchanged: a product need not wait for the copy.
  var untransposed: (source: Self, isTransposed: Bool) { get }
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
  /// Whether its value can be computed from one number that stands for a whole tensor.
  static var readsNumbers: Bool { get }
}

extension TensorAlgebra {
  public var untransposed: (source: Self, isTransposed: Bool) { (self, false) }
}

extension TensorRule {
  public static func pullback(
    buffers g: Buffer, _ x: Operands<Buffer>, _ y: Buffer, _ attributes: Attributes, _ wanted: Wanted
  ) -> Contributions<Buffer> {
    pullback(g, x, y, attributes, wanted)
  }
  public static var isLazy: Bool { false }
  public static var pullbackReadsValues: Bool { true }
  public static var readsNumbers: Bool { false }
}

extension Buffer: TensorAlgebra {
  public static func number(_ value: Double) -> Buffer { Buffer(number: value) }

  public static func apply<R: TensorRule>(
    _ rule: R.Type, _ x: Operands<Buffer>, _ attributes: Attributes
  ) -> Buffer {
    let x = R.readsNumbers ? x : x.map { $0.spelledOut }
    let owner = x.a.isNumber ? x.b ?? x.a : x.a
    return R.compute(x, attributes) { owner.fresh(R.shape(x.map { $0.shape }, attributes)) }
  }
}

extension Buffer {
  /// One number that stands for a whole tensor, as broadcasting makes it, written to all its elements.
  var spelledOut: Buffer { isNumber && workspace != nil ? filled(with: number, shape: shape) : self }

  /// Its first element as a number that stands for all, with the memory to spell it out again.
  var asNumber: Buffer {
    var result = Buffer(number: first)
    (result.precision, result.workspace) = (precision, workspace)
    return result
  }
}
