/// One use of a rule on tensors: its operands, as shapes, as buffers or in any algebra, and its options.
public protocol RuleCall<Operand> {
  /// What stands for an operand: `Shape`, `Buffer`, or a number of some algebra.
  associatedtype Operand
  /// The options of the rule.
  associatedtype Options
  /// One to three operands.
  var operands: Operands<Operand> { get }
  /// What the caller chose besides: an axis, a padding.
  var options: Options { get }
}

extension RuleCall {
  /// The operand of a rule that has one.
  @inlinable public var x: Operand { operands.a }
  /// The first of several operands.
  @inlinable public var a: Operand { operands.a }
  /// The second operand; traps where the rule has only one.
  @inlinable public var b: Operand { operands.b! }
  /// The third operand; traps where the rule has fewer.
  @inlinable public var c: Operand { operands.c! }
}

/// A rule with operands in some algebra, as `definition` and `composition` get it.
public struct Call<R: TensorRule, T>: RuleCall {
  public let operands: Operands<T>
  public let options: R.Options

  /// The rule `R` on these operands.
  @inlinable
  public init(_ operands: Operands<T>, _ options: R.Options) { (self.operands, self.options) = (operands, options) }
}

/// A value to be computed by the kernels.
public struct Computation<R: TensorRule>: RuleCall {
  public let operands: Operands<Buffer>
  public let options: R.Options
  /// Of the shape of the result, with its workspace and no elements yet.
  private let empty: Buffer

  @inline(__always)
  init(_ operands: Operands<Buffer>, _ options: R.Options, like result: Buffer) {
    (self.operands, self.options, empty) = (operands, options, result)
  }

  /// The shape of the result.
  public var shape: Shape { empty.shape }

  /// Memory for the result, with any contents.
  func result() -> Buffer { empty.fresh(empty.shape) }
}

/// An upstream gradient to be sent on.
public struct Pullback<R: TensorRule, T>: RuleCall {
  /// The upstream gradient of the result.
  public let g: T
  public let operands: Operands<T>
  /// The result, which many a pullback is shorter with: exp sends g·y.
  public let y: T
  public let options: R.Options
  private let wanted: Wanted

  init(_ g: T, _ operands: Operands<T>, _ y: T, _ options: R.Options, _ wanted: Wanted) {
    (self.g, self.operands, self.y, self.options, self.wanted) = (g, operands, y, options, wanted)
  }

  /// Whether somebody asks for the gradient of an operand.
  public func wants(_ operand: Wanted) -> Bool { wanted.contains(operand) }
}
