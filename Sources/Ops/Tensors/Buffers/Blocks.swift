// Rules run over arrays block by block.

/// Elements per block: three or four blocks of `Float` fit the first-level cache of 32 KiB together.
let blockLength = 2048

extension UnsafeMutablePointer<Workspace> {
  /// Begins an operation whose result has so many elements.
  @inline(__always)
  func begin(_ count: Int) { (pointee.rows, pointee.columns) = (1, count) }

  /// Fills a strip with what `value` computes, directly where it can.
  @inline(__always)
  func fill(_ y: Strip, _ value: () -> Strip) {
    pointee.destination = y.layout == .full ? y.base : nil
    value().copy(into: y)
    pointee.destination = nil
  }

  /// Forgets the temporaries of `body`.
  @inline(__always)
  func withTemporaries<R>(_ body: () -> R) -> R {
    let scratch = pointee.scratch
    let position = scratch.pointee.position
    defer { scratch.pointee.rewind(to: position) }
    return body()
  }

  /// Calls `body` with the start of each block in turn, and forgets its temporaries. An operation with operands that
  /// are rows or columns is not cut, nor is one of which all elements are wanted at once.
  @inline(__always)
  func forEachBlock(isWhole: Bool = false, _ body: (_ start: Int) -> Void) {
    let count = pointee.columns
    let length = pointee.rows == 1 && !isWhole ? blockLength : count
    var start = 0
    repeat {
      pointee.columns = Swift.min(length, count - start)
      withTemporaries { body(start) }
      start += length
    } while start < count
    pointee.columns = count
  }

  /// Fills y with an elementwise operation on strips.
  @inline(__always)
  func compute(_ y: UnsafeMutableRawPointer, _ x: Strips, _ value: (Strips) -> Strip) {
    let y = Strip(y, .full, self)
    forEachBlock { start in fill(y.block(start)) { value(x.block(start)) } }
  }
}

// MARK: - Operands lined up with the result

extension UnsafeMutablePointer<Workspace> {
  /// An operand as a strip: broadcast as a number, a row or a column where it is one, else spelled out.
  ///
  /// Of a result with several operands that are rows of different lengths, the first decides how it is read as a matrix.
  @inline(__always)
  func strip(
    _ base: UnsafeMutableRawPointer, count: Int, of total: Int, _ shapes: () -> (own: Shape, result: Shape)
  ) -> Strip {
    if count == 1 || count == total { return strip(base, count) }
    let (own, result) = shapes()
    return broadcast(base, own, in: result)
  }

  /// The result itself, or an operand with as many elements; a single one as a number.
  @inline(__always)
  func strip(_ base: UnsafeMutableRawPointer, _ count: Int) -> Strip {
    count == 1 ? Strip(number: number(at: base)) : Strip(base, .full, self)
  }

  @inline(__always)
  private func number(at base: UnsafeMutableRawPointer) -> Double {
    pointee.precision == .single
      ? Double(base.assumingMemoryBound(to: Float.self).pointee) : base.assumingMemoryBound(to: Double.self).pointee
  }

  private func broadcast(_ base: UnsafeMutableRawPointer, _ shape: Shape, in result: Shape) -> Strip {
    if let (rows, columns, layout) = shape.line(in: result),
      pointee.rows == 1 || (pointee.rows, pointee.columns) == (rows, columns)
    {
      (pointee.rows, pointee.columns) = (rows, columns)
      return Strip(base, layout, self)
    }
    let source = Buffer(base: base, shape: shape, precision: pointee.precision, workspace: self)
    let out = pointee.scratch.pointee.take(bytes: result.count * pointee.precision.bytes)
    source.repeat(into: Buffer(base: out, shape: result, precision: pointee.precision, workspace: self))
    return Strip(out, .full, self)
  }
}

extension Shape {
  /// How a smaller tensor lies along a larger one that is read as a matrix: as each of its rows, or as each of its
  /// columns; nil where it lies otherwise.
  func line(in result: Shape) -> (rows: Int, columns: Int, Strip.Layout)? {
    guard count > 0 else { return nil }
    let lead = result.rank - rank
    let first = (0..<rank).first { self[$0] != 1 } ?? rank
    if (first..<rank).allSatisfy({ self[$0] == result[lead + $0] }) {
      return (result.count / count, count, .row)
    }
    guard lead == 0 else { return nil }
    let split = (0..<rank).first { self[$0] != result[$0] } ?? rank
    guard (split..<rank).allSatisfy({ self[$0] == 1 }) else { return nil }
    return (count, result.count / count, .column)
  }
}
