/// What a tape holds of a tensor node. Plain data: recording one allocates nothing.
package struct TensorRecord: BitwiseCopyable {
  package let node: UInt32
  package let code: UInt16
  /// The nodes it was computed from; a plain number where a place says `number`.
  package var inputs: SIMD4<UInt32>
  package let inputCount: Int
  /// The number among the inputs, if there is one.
  package let number: Double
  package let shape: Shape
  package let attributes: Attributes
  /// Whether a parameter stands below it: if not, no gradient is computed for it.
  package let isDifferentiated: Bool
  /// How many operations on tensors have read it.
  package var consumers: UInt32 = 0
  /// Its elements; nil while nobody has asked for them.
  package var base: UnsafeMutableRawPointer?

  package static let number = UInt32.max

  package init(
    node: UInt32, code: UInt16, inputs: SIMD4<UInt32> = .zero, inputCount: Int = 0, number: Double = 0,
    shape: Shape, attributes: Attributes = Attributes(), isDifferentiated: Bool,
    base: UnsafeMutableRawPointer?
  ) {
    self.node = node
    self.code = code
    self.inputs = inputs
    self.inputCount = inputCount
    self.number = number
    self.shape = shape
    self.attributes = attributes
    self.isDifferentiated = isDifferentiated
    self.base = base
  }
}

/// What an operation on tensors needs to know besides its operands.
public struct Attributes: BitwiseCopyable, Sendable {
  package var axes = AxisSet(bits: 0)
  package var keepsDimensions = false
  /// The shape to reshape or broadcast to.
  package var shape = Shape.scalar
  /// Per axis: a permutation, or the starts of a slice.
  package var places = SIMD8<Int32>(repeating: 0)
  /// Per axis the steps of a slice.
  package var steps = SIMD8<Int32>(repeating: 1)
  /// Whether the first or second operand of a matrix product is read transposed.
  package var transposesFirst = false
  package var transposesSecond = false
  package init() {}
}
