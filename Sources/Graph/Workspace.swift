/// Where operations on tensors put their results, and what the one being computed needs to know.
@frozen
@usableFromInline
package struct Workspace {
  package let precision: Precision
  /// The arena in use for buffers: the tape's for values, the gradients' in the backward walk, or `scratch`.
  @usableFromInline package var arena: UnsafeMutablePointer<Arena>
  /// Temporaries of one operation.
  @usableFromInline package let scratch: UnsafeMutablePointer<Arena>
  /// Values and gradients of one block of a chain of operations.
  @usableFromInline package let blocks: UnsafeMutablePointer<Arena>

  /// The elements an elementwise operation works on, as a matrix: operands may be one of its rows or columns.
  package var rows = 1
  package var columns = 0
  /// Where its result is wanted: taken by the first temporary of that size, so that a rule of one operation writes
  /// there at once; the result of a longer one is copied.
  package var destination: UnsafeMutableRawPointer?

  package init(_ precision: Precision) {
    self.precision = precision
    scratch = newArena()
    blocks = newArena()
    arena = scratch
  }

  func release() {
    freeArena(scratch)
    freeArena(blocks)
  }
}
