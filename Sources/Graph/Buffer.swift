/// The elements of a tensor as kernels see them: contiguous, row-major, `Float` or `Double`; or a plain number
/// that stands for a tensor of any shape.
///
/// A view of memory that an arena owns. `Ops` makes it an algebra, so that rules run over arrays; who writes a rule
/// never sees one.
public struct Buffer: BitwiseCopyable {
  package var base: UnsafeMutableRawPointer?
  public package(set) var shape: Shape
  package var precision: Precision
  /// The number, where there is no memory.
  package var number: Double = 0
  /// Whether nobody else refers to this memory: a gradient may be summed up in it.
  package var isOwned = false
  /// Where results of operations on it get their memory.
  package var workspace: UnsafeMutablePointer<Workspace>?

  package init(
    base: UnsafeMutableRawPointer, shape: Shape, precision: Precision, isOwned: Bool = false,
    workspace: UnsafeMutablePointer<Workspace>?
  ) {
    self.base = base
    self.shape = shape
    self.precision = precision
    self.isOwned = isOwned
    self.workspace = workspace
  }

  package init(number: Double) {
    base = nil
    shape = .scalar
    precision = .double
    self.number = number
  }

  package var isNumber: Bool { base == nil }
  package var count: Int { shape.count }

  /// The elements of a range, as a vector; a scalar stays one.
  package func block(_ start: Int, _ length: Int) -> Buffer {
    if isNumber && shape.rank == 0 { return self }
    var block = self
    block.base = base.map { $0 + start * precision.bytes }
    block.shape = Shape(vector: length)
    return block
  }

  package func reshaped(_ shape: Shape) -> Buffer {
    var result = self
    result.shape = shape
    return result
  }

  package func elements<E>(_ type: E.Type) -> UnsafeMutableBufferPointer<E> {
    UnsafeMutableBufferPointer(start: base?.assumingMemoryBound(to: E.self), count: count)
  }
}

/// The two number types of tapes.
package enum Precision: Sendable, BitwiseCopyable {
  case single, double
  package var bytes: Int { self == .single ? 4 : 8 }
  package init<E: Real>(_ type: E.Type) { self = MemoryLayout<E>.size == 4 ? .single : .double }
}

/// Where operations on buffers put their results.
package struct Workspace {
  /// The arena in use: the tape's for values, the gradients' in the backward walk, or `scratch`.
  package var arena: UnsafeMutablePointer<Arena>
  /// Taken by the first result that fills it exactly, so that a rule of one operation writes where its result is
  /// wanted; a longer one is copied there.
  package var destination: Buffer?
  /// Temporaries of one operation.
  package let scratch: UnsafeMutablePointer<Arena>
  /// Values and gradients of one block of a chain of operations.
  package let blocks: UnsafeMutablePointer<Arena>

  package init() {
    scratch = newArena()
    blocks = newArena()
    arena = scratch
  }

  package mutating func take(_ shape: Shape, _ precision: Precision) -> UnsafeMutableRawPointer {
    if let wanted = destination, wanted.count == shape.count, let base = wanted.base {
      destination = nil
      return base
    }
    return arena.pointee.take(bytes: shape.count * precision.bytes)
  }

  func release() {
    for arena in [scratch, blocks] {
      arena.pointee.release()
      arena.deallocate()
    }
  }
}
