import ChainruleKernels

// How an operation on strips becomes a call of a kernel: where the result goes, and what happens where operands lie
// differently.

typealias Kernel1 = (_ isSingle: Bool, Int, UnsafeRawPointer?, UnsafeMutableRawPointer?) -> Void
typealias Kernel2 = (Bool, Int, UnsafeRawPointer?, UnsafeRawPointer?, UnsafeMutableRawPointer?) -> Void
typealias KernelWithNumber = (Bool, Int, UnsafeRawPointer?, Double, UnsafeMutableRawPointer?) -> Void
typealias KernelByRow = (Bool, Int, Int, UnsafeRawPointer?, UnsafeRawPointer?, UnsafeMutableRawPointer?) -> Void

extension Strip {
  @inline(__always)
  func fresh(_ layout: Layout) -> Strip {
    guard let workspace else { fatalError("strip: a number has no workspace") }
    return Strip(workspace.pointee.take(layout), layout, workspace)
  }

  @inline(__always) var count: Int { workspace.map { $0.pointee.count(layout) } ?? 1 }
  @inline(__always) var precision: Precision { workspace!.pointee.precision }
  @inline(__always) var isSingle: Bool { precision == .single }

  @inline(__always)
  func map(_ number: (Double) -> Double, _ kernel: Kernel1) -> Strip {
    if isNumber { return Strip(number: number(self.number)) }
    let out = fresh(layout)
    kernel(isSingle, count, base, out.base)
    return out
  }

  @inline(__always)
  func with(number: Double, _ kernel: KernelWithNumber) -> Strip {
    let out = fresh(layout)
    kernel(isSingle, count, base, number, out.base)
    return out
  }

  /// Two strips of one layout.
  @inline(__always)
  func zip(_ other: Strip, _ kernel: Kernel2) -> Strip {
    let out = fresh(layout)
    kernel(isSingle, count, base, other.base, out.base)
    return out
  }

  /// All elements with one of their rows or columns.
  @inline(__always)
  func along(_ vector: Strip, _ kernel: KernelByRow) -> Strip {
    let (out, rows, columns) = (fresh(.full), workspace!.pointee.rows, workspace!.pointee.columns)
    kernel(isSingle, rows, columns, base, vector.base, out.base)
    return out
  }

  /// From element `start` on, where there is one for each of the result.
  @inline(__always)
  func block(_ start: Int) -> Strip {
    guard layout == .full, let workspace else { return self }
    return Strip(base! + start * workspace.pointee.precision.bytes, .full, workspace)
  }

  /// Two operands in one layout, for an operation that has no form for others.
  func alike(_ other: Strip, _ operation: (Strip, Strip) -> Strip) -> Strip {
    if layout == other.layout { return operation(self, other) }
    if isNumber { return operation(filled(like: other), other) }
    if other.isNumber { return operation(self, other.filled(like: self)) }
    return operation(expanded(in: workspace!), other.expanded(in: workspace!))
  }

  /// With an operation of two operands that has no form for rows, columns and numbers.
  @inline(__always)
  func combined(with other: Strip, _ number: (Double, Double) -> Double, _ kernel: Kernel2) -> Strip {
    if isNumber && other.isNumber { return Strip(number: number(self.number, other.number)) }
    return alike(other) { $0.zip($1, kernel) }
  }

  private func filled(like other: Strip) -> Strip {
    let out = Strip(other.workspace!.pointee.takeScratch(other.layout), other.layout, other.workspace!)
    copy(into: out)
    return out
  }

  /// One element for each of the result.
  func expanded(in workspace: UnsafeMutablePointer<Workspace>) -> Strip {
    if layout == .full { return self }
    let out = Strip(workspace.pointee.takeScratch(.full), .full, workspace)
    copy(into: out)
    return out
  }

  /// Copies the elements, repeated where they are a row, a column or a number, into a strip that is at least as large.
  func copy(into target: Strip) {
    if isNumber {
      target.precision.fill(target.base!, target.count, with: number)
    } else if layout == target.layout {
      if base != target.base { target.base!.copyMemory(from: base!, byteCount: count * precision.bytes) }
    } else {
      let (rows, columns) = (workspace!.pointee.rows, workspace!.pointee.columns)
      buffer(layout == .row ? Shape(vector: columns) : Shape(matrix: rows, 1))
        .repeat(into: target.buffer(Shape(matrix: rows, columns)))
    }
  }

  func buffer(_ shape: Shape) -> Buffer {
    Buffer(base: base!, shape: shape, precision: precision, workspace: workspace)
  }
}
