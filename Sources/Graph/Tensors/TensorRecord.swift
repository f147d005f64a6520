/// What a tape holds of a tensor node. Plain data: recording one allocates nothing.
@frozen
@usableFromInline
package struct TensorRecord: BitwiseCopyable {
  @usableFromInline let nodeBits: UInt32
  @usableFromInline package let code: UInt16
  @usableFromInline package let inputs: TensorInputs
  @usableFromInline package let shape: Shape
  /// In the arena; most operations have none.
  @usableFromInline let attributesPlace: UnsafePointer<Attributes>?
  /// Whether a parameter stands below it: if not, no gradient is computed for it.
  @usableFromInline package let isDifferentiated: Bool
  /// How many operations on tensors have read it.
  @usableFromInline package var consumers: UInt32 = 0
  /// When it was recorded, or a parameter last updated, by the clock of the list: what is earlier than its operands was
  /// computed from what they were.
  @usableFromInline package var stamp: UInt64
  /// Its elements; nil while nobody has asked for them.
  @usableFromInline package var base: UnsafeMutableRawPointer?

  @inlinable package var node: Int { Int(nodeBits) }

  /// Whether the walk goes on from here: no leaf, and a parameter stands below.
  var sendsBack: Bool { isDifferentiated && inputs.count > 0 }

  package var attributes: Attributes { attributesPlace?.pointee ?? Attributes() }
  /// Those of an operation on whole tensors, where they stand.
  package var keptAttributes: UnsafePointer<Attributes> { attributesPlace! }

  @inlinable
  package init(
    node: Int, code: UInt16, inputs: TensorInputs, shape: Shape, attributes: UnsafePointer<Attributes>?,
    isDifferentiated: Bool, stamp: UInt64, base: UnsafeMutableRawPointer?
  ) {
    nodeBits = UInt32(truncatingIfNeeded: node)
    self.code = code
    self.inputs = inputs
    self.shape = shape
    attributesPlace = attributes
    self.isDifferentiated = isDifferentiated
    self.stamp = stamp
    self.base = base
  }
}

/// What an operation on tensors needs to know besides its operands.
@frozen
public struct Attributes: BitwiseCopyable, Sendable {
  @usableFromInline package var axes = AxisSet(bits: 0)
  @usableFromInline package var keepsDimensions = false
  /// The shape to reshape or broadcast to.
  @usableFromInline package var shape = Shape.scalar
  /// Per axis: a permutation, or the starts of a slice; alone, an axis or the offset of a diagonal.
  @usableFromInline package var places = SIMD8<Int32>(repeating: 0)
  /// Per axis the steps of a slice.
  @usableFromInline package var steps = SIMD8<Int32>(repeating: 1)
  /// Whether the first or second operand of a matrix product is read transposed.
  @usableFromInline package var transposesFirst = false
  @usableFromInline package var transposesSecond = false
  /// Whether the matrix of a linear system is lower triangular: what stands above is not read.
  @usableFromInline package var isTriangular = false
  /// Along an axis the places of a gather, or per row its label.
  @usableFromInline package var indices = IndexList()
  @inlinable package init() {}
}

/// Whole numbers that an operation on a tape refers to: they stand in its arena, as long as its result.
@frozen
@usableFromInline
package struct IndexList: BitwiseCopyable, @unchecked Sendable {
  @usableFromInline package let base: UnsafePointer<Int32>?
  @usableFromInline package let count: Int32

  @inlinable
  init(base: UnsafePointer<Int32>? = nil, count: Int32 = 0) { (self.base, self.count) = (base, count) }
}
