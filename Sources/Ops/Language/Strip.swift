/// What a rule of scalars runs over where the operands are tensors: the elements of one, lined up with those of the
/// result, or a number that stands for as many.
///
/// A strip knows no shape: the result is a matrix of `rows` × `columns` in memory (see `Workspace`), and an operand that
/// is broadcast is one row of it, or one column. It is 32 bytes, so that an operation on a few elements is not lost in
/// copying descriptions of them.
public struct Strip: BitwiseCopyable {
  enum Layout: UInt8, BitwiseCopyable { case number, full, row, column }

  /// Nil for a number.
  let base: UnsafeMutableRawPointer?
  let number: Double
  let layout: Layout
  let workspace: UnsafeMutablePointer<Workspace>?

  init(number: Double) { (base, self.number, layout, workspace) = (nil, number, .number, nil) }
  init(_ base: UnsafeMutableRawPointer, _ layout: Layout, _ workspace: UnsafeMutablePointer<Workspace>) {
    (self.base, number, self.layout, self.workspace) = (base, 0, layout, workspace)
  }

  var isNumber: Bool { layout == .number }

  /// The same elements as another thread sees them.
  func on(_ workspace: UnsafeMutablePointer<Workspace>) -> Strip {
    base.map { Strip($0, layout, workspace) } ?? self
  }
}

/// The operands of an elementwise operation; places that it does not have are the number 0.
public struct Strips: BitwiseCopyable {
  /// In the order of the operands.
  public var a, b, c: Strip
  /// One operand to three.
  public init(_ a: Strip, _ b: Strip = 0, _ c: Strip = 0) { (self.a, self.b, self.c) = (a, b, c) }

  /// From element `start` on.
  @inline(__always)
  func block(_ start: Int) -> Strips { Strips(a.block(start), b.block(start), c.block(start)) }
}

extension Workspace {
  /// The number of elements of a strip.
  @inline(__always)
  func count(_ layout: Strip.Layout) -> Int {
    switch layout {
    case .number: 1
    case .full: rows * columns
    case .row: columns
    case .column: rows
    }
  }

  /// Memory for a temporary.
  @inline(__always)
  mutating func take(_ layout: Strip.Layout) -> UnsafeMutableRawPointer {
    if layout == .full, let wanted = destination {
      destination = nil
      return wanted
    }
    return takeScratch(layout)
  }

  /// The same, but never the destination: for what another operation reads.
  @inline(__always)
  func takeScratch(_ layout: Strip.Layout) -> UnsafeMutableRawPointer {
    scratch.pointee.take(bytes: count(layout) * precision.bytes)
  }
}
