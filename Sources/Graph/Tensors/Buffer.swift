/// The elements of a tensor as kernels see them: contiguous, row-major, `Float` or `Double`; or a plain number
/// that stands for a tensor of any shape.
///
/// A view of memory that an arena owns. `Ops` makes it an algebra, so that rules run over arrays; who writes a rule
/// never sees one.
@frozen
public struct Buffer: BitwiseCopyable {
  /// The shape of the tensor; that of a scalar for a plain number.
  @usableFromInline package var base: UnsafeMutableRawPointer?
  @usableFromInline package var extents: Shape
  @inlinable public var shape: Shape { extents }
  @usableFromInline package var precision: Precision
  /// The number, where there is no memory.
  @usableFromInline package var number: Double
  /// Where results of operations on it get their memory.
  @usableFromInline package var workspace: UnsafeMutablePointer<Workspace>?

  @inlinable
  package init(
    base: UnsafeMutableRawPointer, shape: Shape, precision: Precision, workspace: UnsafeMutablePointer<Workspace>?
  ) {
    (self.base, extents, self.precision, self.workspace, number) = (base, shape, precision, workspace, 0)
  }

  @inlinable
  package init(number: Double) {
    (base, extents, precision, self.number) = (nil, .scalar, .double, number)
  }

  @inlinable package var isNumber: Bool { base == nil }
  @inlinable package var count: Int { shape.count }

  /// The elements of a range, as a vector; a scalar stays one.
  @inlinable
  package func block(_ start: Int, _ length: Int) -> Buffer {
    isNumber && shape.rank == 0 ? self : from(start).reshaped(Shape(vector: length))
  }

  /// From an element on.
  @inlinable
  package func from(_ start: Int) -> Buffer {
    var result = self
    result.base = base.map { $0 + start * precision.bytes }
    return result
  }

  @inlinable
  package func reshaped(_ shape: Shape) -> Buffer {
    var result = self
    result.extents = shape
    return result
  }

  package func elements<E>(_ type: E.Type) -> UnsafeMutableBufferPointer<E> {
    UnsafeMutableBufferPointer(start: base?.assumingMemoryBound(to: E.self), count: count)
  }
}

/// The two number types of tapes.
@frozen
@usableFromInline
package enum Precision: Sendable, BitwiseCopyable {
  case single, double
  @inlinable package var bytes: Int { self == .single ? 4 : 8 }
  @inlinable package init<E: Real>(_ type: E.Type) { self = MemoryLayout<E>.size == 4 ? .single : .double }
}
