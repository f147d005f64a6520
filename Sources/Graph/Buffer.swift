/// The elements of a tensor as kernels see them: contiguous, row-major, `Float` or `Double`; or a plain number
/// that stands for a tensor of any shape.
///
/// A view of memory that an arena owns. `Ops` makes it an algebra, so that rules run over arrays; who writes a rule
/// never sees one.
@frozen
public struct Buffer: BitwiseCopyable {
  @usableFromInline package var base: UnsafeMutableRawPointer?
  @usableFromInline package var extents: Shape
  @inlinable public var shape: Shape { extents }
  @usableFromInline package var precision: Precision
  /// The number, where there is no memory.
  @usableFromInline package var number: Double
  /// Whether nobody else refers to this memory: a gradient may be summed up in it.
  @usableFromInline package var isOwned: Bool
  /// Where results of operations on it get their memory.
  @usableFromInline package var workspace: UnsafeMutablePointer<Workspace>?

  @inlinable
  package init(
    base: UnsafeMutableRawPointer, shape: Shape, precision: Precision, isOwned: Bool = false,
    workspace: UnsafeMutablePointer<Workspace>?
  ) {
    self.base = base
    extents = shape
    self.precision = precision
    self.isOwned = isOwned
    self.workspace = workspace
    number = 0
  }

  @inlinable
  package init(number: Double) {
    base = nil
    extents = .scalar
    precision = .double
    isOwned = false
    self.number = number
  }

  @inlinable package var isNumber: Bool { base == nil }
  @inlinable package var count: Int { shape.count }

  /// The elements of a range, as a vector; a scalar stays one.
  @inlinable
  package func block(_ start: Int, _ length: Int) -> Buffer {
    if isNumber && shape.rank == 0 { return self }
    var block = self
    block.base = base.map { $0 + start * precision.bytes }
    block.extents = Shape(vector: length)
    return block
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

/// Where operations on buffers put their results.
@frozen
@usableFromInline
package struct Workspace {
  /// The arena in use: the tape's for values, the gradients' in the backward walk, or `scratch`.
  @usableFromInline package var arena: UnsafeMutablePointer<Arena>
  /// Taken by the first result that fills it exactly, so that a rule of one operation writes where its result is
  /// wanted; a longer one is copied there.
  @usableFromInline package var destination: UnsafeMutableRawPointer?
  @usableFromInline package var destinationCount = 0
  /// Temporaries of one operation.
  @usableFromInline package let scratch: UnsafeMutablePointer<Arena>
  /// Values and gradients of one block of a chain of operations.
  @usableFromInline package let blocks: UnsafeMutablePointer<Arena>

  package init() {
    scratch = newArena()
    blocks = newArena()
    arena = scratch
  }

  @inlinable
  package mutating func take(_ shape: Shape, _ precision: Precision) -> UnsafeMutableRawPointer {
    let count = shape.count
    if let wanted = destination, destinationCount == count {
      destination = nil
      return wanted
    }
    return arena.pointee.take(bytes: count * precision.bytes)
  }

  func release() {
    freeArena(scratch)
    freeArena(blocks)
  }
}
