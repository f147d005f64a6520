/// What a tape holds of a tensor node. Plain data: recording one allocates nothing.
@frozen
@usableFromInline
package struct TensorRecord: BitwiseCopyable {
  @usableFromInline let nodeBits: UInt32
  @usableFromInline package let code: UInt16
  @usableFromInline package let inputs: TensorInputs
  @usableFromInline package let shape: Shape
  /// What the rule was told besides its operands, in the arena: of a type that only the rule knows.
  @usableFromInline package let options: UnsafeRawPointer?
  /// Whether a parameter stands below it: if not, no gradient is computed for it.
  @usableFromInline package let isDifferentiated: Bool
  /// How many operations on tensors have read it.
  @usableFromInline package var consumers: UInt32 = 0
  /// Its elements; nil while nobody has asked for them.
  @usableFromInline package var base: UnsafeMutableRawPointer?

  @inlinable package var node: Int { Int(nodeBits) }

  /// Whether the walk goes on from here: no leaf, and a parameter stands below.
  var sendsBack: Bool { isDifferentiated && inputs.count > 0 }

  @inlinable
  package init(
    node: Int, code: UInt16, inputs: TensorInputs, shape: Shape, options: UnsafeRawPointer?,
    isDifferentiated: Bool, base: UnsafeMutableRawPointer?
  ) {
    nodeBits = UInt32(truncatingIfNeeded: node)
    (self.code, self.inputs, self.shape, self.options) = (code, inputs, shape, options)
    (self.isDifferentiated, self.base) = (isDifferentiated, base)
  }
}

/// Whole numbers that an operation on a tape refers to: they stand in its arena, as long as its result.
@frozen
public struct IndexList: BitwiseCopyable, @unchecked Sendable {
  @usableFromInline package let base: UnsafePointer<Int32>?
  @usableFromInline package let count: Int32

  @inlinable
  package init(base: UnsafePointer<Int32>? = nil, count: Int32 = 0) { (self.base, self.count) = (base, count) }
}
