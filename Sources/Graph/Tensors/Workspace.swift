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

  /// Those of further threads, made when they are first needed.
  private var others: [UnsafeMutablePointer<Workspace>] = []

  package init(_ precision: Precision) {
    self.precision = precision
    (scratch, blocks) = (.holding(Arena()), .holding(Arena()))
    arena = scratch
  }

  fileprivate mutating func other(_ thread: Int) -> UnsafeMutablePointer<Workspace> {
    while others.count < thread { others.append(.holding(Workspace(precision))) }
    return others[thread - 1]
  }

  fileprivate func release() {
    others.forEach(freeWorkspace)
    freeArena(scratch)
    freeArena(blocks)
  }
}

extension UnsafeMutablePointer<Workspace> {
  /// That of one of several threads that work for the same tape; the first has this one.
  package func ofThread(_ thread: Int) -> UnsafeMutablePointer<Workspace> {
    thread == 0 ? self : pointee.other(thread)
  }
}

func freeWorkspace(_ workspace: UnsafeMutablePointer<Workspace>) {
  workspace.pointee.release()
  workspace.discard()
}
