/// Which node a variable stands for, and since when.
///
/// ```
/// bit 63      set for a tensor, so that none passes for a scalar of the generation in which the tape records
/// bits 62…32  the generation of its recording
/// bit 31      set for a tensor, so that none passes for a scalar of before a rewind
/// bits 30…0   the node
/// ```
/// One word: written as two halves and copied as a whole, as arrays of variables are, a handle would have to wait for both
/// stores each time.
@frozen
@usableFromInline
package struct Handle: BitwiseCopyable, Sendable {
  @usableFromInline let bits: UInt64

  @inlinable @inline(__always)
  init(bits: UInt64) { self.bits = bits }

  /// Of no node: what a plain number has.
  @inlinable @inline(__always)
  package static var none: Handle { Handle(bits: 0) }

  /// The first node of a generation.
  @usableFromInline
  init(generation: UInt32) { bits = UInt64(generation) << 32 }

  /// A scalar's, of the generation of `now`.
  @inlinable @inline(__always)
  package init(scalar node: Int, _ now: Handle) { bits = now.bits | UInt64(truncatingIfNeeded: node) }

  /// A tensor's.
  @inlinable
  init(tensor node: Int, generation: UInt32) {
    bits = UInt64(generation) << 32 | UInt64(truncatingIfNeeded: node) | Self.tensorMarks
  }

  @inlinable static var tensorMarks: UInt64 { 1 << 63 | 1 << 31 }
  /// How many nodes can be told apart.
  static var nodeLimit: Int { 1 << 31 }

  @inlinable @inline(__always)
  package var isTensor: Bool { bits >> 63 == 1 }

  @inlinable @inline(__always)
  var withoutMarks: Handle { Handle(bits: bits & ~Self.tensorMarks) }

  @inlinable @inline(__always)
  package var node: Int { withoutMarks.scalarNode }

  /// The node of what is known to be a scalar: one instruction less.
  @inlinable @inline(__always)
  package var scalarNode: Int { Int(UInt32(truncatingIfNeeded: bits)) }

  package var generation: UInt32 { UInt32(truncatingIfNeeded: withoutMarks.bits >> 32) }

  /// Generations are never 0, and start over after 2³¹ − 1.
  static func generation(after last: UInt32) -> UInt32 { last == 0x7FFF_FFFF ? 1 : last + 1 }

  /// Whether it is a scalar's, of the generation of `now`.
  @inlinable @inline(__always)
  func isScalar(of now: Handle) -> Bool { (bits ^ now.bits) >> 32 == 0 }

  /// Whether it is a scalar's of no earlier generation than `since`, below the node `floor`.
  @inlinable @inline(__always)
  func isScalar(since: Handle, below floor: UInt32) -> Bool {
    UInt32(truncatingIfNeeded: bits) < floor && bits >= since.bits
  }
}
