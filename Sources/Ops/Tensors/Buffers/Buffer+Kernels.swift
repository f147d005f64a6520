import ChainruleKernels

// What the kernels need to know of a buffer, and what they do with whole ones.

extension Buffer {
  var isSingle: Bool { precision == .single }

  /// Memory for a result of some shape.
  func fresh(_ shape: Shape) -> Buffer {
    guard let workspace else { fatalError("buffer: a plain number has no workspace") }
    return workspace.fresh(shape)
  }

  /// The first element.
  var first: Double { self[0] }

  /// One element, counted along the rows; of a number, the number.
  subscript(place: Int) -> Double {
    get {
      guard let base else { return number }
      return isSingle
        ? Double(base.assumingMemoryBound(to: Float.self)[place]) : base.assumingMemoryBound(to: Double.self)[place]
    }
    nonmutating set {
      if isSingle {
        base!.assumingMemoryBound(to: Float.self)[place] = Float(newValue)
      } else {
        base!.assumingMemoryBound(to: Double.self)[place] = newValue
      }
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
      ck_gather(isSingle, rank, extents, strides, base, out.base)
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
    ck_fill(self == .single, count, number, base)
  }
}

extension UnsafeMutablePointer<Workspace> {
  /// Memory of the arena in use, with any contents.
  func fresh(_ shape: Shape) -> Buffer {
    let precision = pointee.precision
    return Buffer(
      base: pointee.arena.pointee.take(bytes: shape.count * precision.bytes), shape: shape, precision: precision,
      workspace: self)
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
