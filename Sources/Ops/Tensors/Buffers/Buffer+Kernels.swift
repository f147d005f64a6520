import Kernels

// What the kernels need to know of a buffer, and what they do with whole ones.

extension Buffer {
  var single: UnsafeMutablePointer<Float>? { base?.assumingMemoryBound(to: Float.self) }
  var double: UnsafeMutablePointer<Double>? { base?.assumingMemoryBound(to: Double.self) }

  /// Memory for a result of some shape.
  func fresh(_ shape: Shape) -> Buffer {
    guard let workspace else { fatalError("buffer: a plain number has no workspace") }
    return Buffer(
      base: workspace.pointee.arena.pointee.take(bytes: shape.count * precision.bytes), shape: shape,
      precision: precision, workspace: workspace)
  }

  /// The first element.
  var first: Double {
    switch precision {
    case _ where isNumber: number
    case .single: Double(single![0])
    case .double: double![0]
    }
  }

  /// Its elements in the shape of a larger tensor, repeated where they broadcast.
  func broadcast(to target: Shape) -> Buffer {
    if shape == target { return self }
    let out = fresh(target)
    `repeat`(into: out)
    return out
  }

  /// Writes its elements to a larger tensor, repeated where they broadcast.
  func `repeat`(into out: Buffer) {
    withStrides(shape.strides(broadcastTo: out.shape), out.shape) { rank, extents, strides in
      switch precision {
      case .single: ck_gather_f32(rank, extents, strides, single, out.single)
      case .double: ck_gather_f64(rank, extents, strides, double, out.double)
      }
    }
  }

  /// Runs `body` with temporaries in scratch memory.
  @inline(__always)
  func inScratch<R>(_ body: () -> R) -> R {
    guard let workspace else { return body() }
    let arena = workspace.pointee.arena
    workspace.pointee.arena = workspace.pointee.scratch
    defer { workspace.pointee.arena = arena }
    return workspace.withTemporaries(body)
  }

  func filled(with number: Double, shape: Shape) -> Buffer {
    let out = fresh(shape)
    Buffer(number: number).copy(into: out)
    return out
  }

  /// Copies the elements, or the number, into memory of the same count.
  func copy(into target: Buffer) {
    if isNumber {
      if let base = target.base { target.precision.fill(base, target.count, with: number) }
    } else if base != target.base {
      target.base?.copyMemory(from: base!, byteCount: count * precision.bytes)
    }
  }
}

extension Precision {
  @inline(__always)
  func fill(_ base: UnsafeMutableRawPointer, _ count: Int, with number: Double) {
    switch self {
    case .single: ck_fill_f32(count, Float(number), base.assumingMemoryBound(to: Float.self))
    case .double: ck_fill_f64(count, number, base.assumingMemoryBound(to: Double.self))
    }
  }
}

/// Shape and strides as the kernels take them.
func withStrides<R>(
  _ strides: SIMD8<Int>, _ shape: Shape, _ body: (Int32, UnsafePointer<Int>, UnsafePointer<Int>) -> R
) -> R {
  var extents = SIMD8<Int>(repeating: 1)
  for axis in 0..<shape.rank { extents[axis] = shape[axis] }
  var strides = strides
  return withUnsafeBytes(of: &extents) { extents in
    withUnsafeBytes(of: &strides) { strides in
      body(
        Int32(shape.rank), extents.assumingMemoryBound(to: Int.self).baseAddress!,
        strides.assumingMemoryBound(to: Int.self).baseAddress!)
    }
  }
}
