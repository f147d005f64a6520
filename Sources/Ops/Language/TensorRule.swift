/// An operation on whole tensors, stated once.
///
/// ```swift
/// enum Softmax: TensorRule {
///   static func shape(_ c: Call<Self, Shape>) -> Shape { c.x }
///   static func compute(_ c: Computation<Self>) -> Buffer { c.alongRows(ck_softmax_rows) }
///   static func pullback<T: TensorAlgebra>(_ c: Pullback<Self, T>) -> Contributions<T> {
///     Contributions(c.y * (c.g - (c.g * c.y).sum([-1], keepingDimensions: true)))
///   }
///   static func definition<A: Algebra>(_ c: Call<Self, Grid<A>>) -> Grid<A> { … }
/// }
/// ```
/// From the four follow: the node on a tape, the backward walk, derivatives of higher order, the printed formula, the
/// function of its name in formulas and the verification of claims about it. See Docs/AddingAnOperation.md.
public protocol TensorRule: Rule {
  /// What it is told besides its operands: plain data.
  associatedtype Options: RuleOptions = NoOptions
  /// How many operands it takes; 1 unless stated.
  static var arity: Int { get }
  /// The shape of the result, that of the operand unless stated.
  /// - Throws: ``ShapeError`` where the operands do not fit, with both shapes.
  static func shape(_ c: Call<Self, Shape>) throws(ShapeError) -> Shape
  /// Its value by the kernels: in fresh memory, or in that of an operand where it is only read differently.
  static func compute(_ c: Computation<Self>) -> Buffer
  /// What the upstream gradient g becomes for each operand: g · ∂y/∂operand.
  static func pullback<T: TensorAlgebra>(_ c: Pullback<Self, T>) -> Contributions<T>
  /// Its value in terms of scalars, as one would write it on paper: what formulas are verified with, and what the kernels
  /// are tested against.
  static func definition<A: Algebra>(_ c: Call<Self, Grid<A>>) -> Grid<A>

  /// Which axis it works along, so that functions that take axes can bring others there.
  static var along: Along { get }
  /// Whether its value is computed only when somebody asks for it: that of a transposed matrix is often only read
  /// by a product, which reads it in place.
  static var isLazy: Bool { get }
  /// Whether the pullback reads the values of operands or result, not only their shapes.
  static var pullbackReadsValues: Bool { get }
  /// Whether its value can be computed from one number that stands for a whole tensor.
  static var readsNumbers: Bool { get }

  // What the engine calls, which knows the rule only as a value and its options only as bytes. Requirements with
  // defaults, so that the compiler makes them for each rule.
  /// The shape of the result, from options in the memory of a tape; a default reads them and asks the rule.
  static func shape(_ operands: Operands<Shape>, at options: UnsafeRawPointer) throws(ShapeError) -> Shape
  /// The value, from options in the memory of a tape; a default as above.
  static func compute(_ operands: Operands<Buffer>, at options: UnsafeRawPointer, like result: Buffer) -> Buffer
  /// What is sent to each operand, from options in the memory of a tape; a default as above.
  static func pullback(
    _ g: Buffer, _ operands: Operands<Buffer>, _ y: Buffer, _ wanted: Wanted, at options: UnsafeRawPointer
  ) -> Contributions<Buffer>
}

extension TensorRule {
  public static var arity: Int { 1 }
  public static func shape(_ c: Call<Self, Shape>) throws(ShapeError) -> Shape { c.x }
  public static var along: Along { .all }
  public static var isLazy: Bool { false }
  public static var pullbackReadsValues: Bool { true }
  public static var readsNumbers: Bool { false }

  public static func shape(_ operands: Operands<Shape>, at options: UnsafeRawPointer) throws(ShapeError) -> Shape {
    try shape(Call(operands, options.load(as: Options.self)))
  }
  public static func compute(
    _ operands: Operands<Buffer>, at options: UnsafeRawPointer, like result: Buffer
  ) -> Buffer { compute(Computation(operands, options.load(as: Options.self), like: result)) }
  public static func pullback(
    _ g: Buffer, _ operands: Operands<Buffer>, _ y: Buffer, _ wanted: Wanted, at options: UnsafeRawPointer
  ) -> Contributions<Buffer> {
    pullback(Pullback(g, operands, y, options.load(as: Options.self), wanted))
  }

  /// The shape of the result, where operands that do not fit are a mistake of the programmer.
  static func checkedShape(_ operands: Operands<Shape>, _ options: Options) -> Shape {
    do throws(ShapeError) { return try shape(Call(operands, options)) } catch { error.trap() }
  }
}

/// Which axes an operation works along.
public enum Along: Sendable {
  /// None in particular.
  case all
  /// The last, which it takes away, as a sum over rows does.
  case lastTakenAway
  /// The last, which it keeps, as a sort of rows does.
  case lastKept
}

/// A rule that is a composition of others, made one operation to be faster or more accurate: softmax, cross-entropy.
///
/// Who interprets rules and does not know it reads the composition.
public protocol FusedTensorRule: TensorRule {
  /// The result as an expression of other rules.
  static func composition<T: TensorAlgebra>(_ c: Call<Self, T>) -> T
}

extension FusedTensorRule {
  public static func definition<A: Algebra>(_ c: Call<Self, Grid<A>>) -> Grid<A> { composition(c) }
}

/// Operands that do not fit an operation: `matmul: [2, 3] × [4, 5]: inner dimensions 3 and 4 differ`.
public struct ShapeError: Error, CustomStringConvertible {
  public let description: String
  /// With the sentence that is shown: the operation, the shapes, and what does not fit.
  public init(_ description: String) { self.description = description }

  func trap() -> Never { fatalError(description) }
}
