import Kernels

// How an operation on buffers becomes a call of a kernel: which of the two precisions, where the result goes, and what
// happens when shapes differ.

typealias Kernel1<T> = (Int, UnsafePointer<T>?, UnsafeMutablePointer<T>?) -> Void
typealias Kernel2<T> = (Int, UnsafePointer<T>?, UnsafePointer<T>?, UnsafeMutablePointer<T>?) -> Void
typealias KernelWithNumber<T> = (Int, UnsafePointer<T>?, T, UnsafeMutablePointer<T>?) -> Void
typealias KernelByRow<T> = (Int, Int, UnsafePointer<T>?, UnsafePointer<T>?, UnsafeMutablePointer<T>?) -> Void

extension Buffer {
  var single: UnsafeMutablePointer<Float>? { base?.assumingMemoryBound(to: Float.self) }
  var double: UnsafeMutablePointer<Double>? { base?.assumingMemoryBound(to: Double.self) }

  /// Memory for a result of some shape.
  func fresh(_ shape: Shape) -> Buffer {
    guard let workspace else { fatalError("buffer: a plain number has no workspace") }
    return Buffer(
      base: workspace.pointee.take(shape, precision), shape: shape, precision: precision, workspace: workspace
    )
  }

  @inline(__always)
  func map(_ number: (Double) -> Double, _ single: Kernel1<Float>, _ double: Kernel1<Double>) -> Buffer {
    if isNumber { return Buffer(number: number(self.number)) }
    let out = fresh(shape)
    switch precision {
    case .single: single(count, self.single, out.single)
    case .double: double(count, self.double, out.double)
    }
    return out
  }

  @inline(__always)
  func with(
    number: Double, _ single: KernelWithNumber<Float>, _ double: KernelWithNumber<Double>
  ) -> Buffer {
    let out = fresh(shape)
    switch precision {
    case .single: single(count, self.single, Float(number), out.single)
    case .double: double(count, self.double, number, out.double)
    }
    return out
  }

  /// Two buffers of one shape.
  @inline(__always)
  func zip(_ other: Buffer, _ single: Kernel2<Float>, _ double: Kernel2<Double>) -> Buffer {
    let out = fresh(shape)
    switch precision {
    case .single: single(count, self.single, other.single, out.single)
    case .double: double(count, self.double, other.double, out.double)
    }
    return out
  }

  /// This matrix with a vector along its rows or columns.
  @inline(__always)
  func byRow(
    _ rows: Int, _ cols: Int, _ vector: Buffer, _ single: KernelByRow<Float>, _ double: KernelByRow<Double>
  ) -> Buffer {
    let out = fresh(shape)
    switch precision {
    case .single: single(rows, cols, self.single, vector.single, out.single)
    case .double: double(rows, cols, self.double, vector.double, out.double)
    }
    return out
  }

  /// A single element as a plain number; other buffers as they are.
  @inline(__always)
  var unboxed: Buffer { isNumber || shape.rank > 0 ? self : Buffer(number: first) }

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
    withStrides(shape.strides(broadcastTo: target), target) { rank, extents, strides in
      switch precision {
      case .single: ck_gather_f32(rank, extents, strides, single, out.single)
      case .double: ck_gather_f64(rank, extents, strides, double, out.double)
      }
    }
    return out
  }

  /// A plain number as a tensor like another.
  func filled(like other: Buffer) -> Buffer { other.filled(with: number, shape: other.shape) }

  func filled(with number: Double, shape: Shape) -> Buffer {
    let out = fresh(shape)
    switch precision {
    case .single: ck_fill_f32(out.count, Float(number), out.single)
    case .double: ck_fill_f64(out.count, number, out.double)
    }
    return out
  }

  /// Copies the elements, or the number, into memory of the same count.
  func copy(into target: Buffer) {
    if isNumber {
      switch target.precision {
      case .single: ck_fill_f32(target.count, Float(number), target.single)
      case .double: ck_fill_f64(target.count, number, target.double)
      }
    } else if base != target.base {
      target.base?.copyMemory(from: base!, byteCount: count * precision.bytes)
    }
  }
}

/// Shape and strides as the kernels take them.
func withStrides<R>(
  _ strides: SIMD8<Int>, _ shape: Shape, _ body: (Int32, UnsafePointer<Int>, UnsafePointer<Int>) -> R
) -> R {
  var extents = SIMD8<Int>(truncatingIfNeeded: shape.extents)
  var strides = strides
  return withUnsafeBytes(of: &extents) { extents in
    withUnsafeBytes(of: &strides) { strides in
      body(
        Int32(shape.rank), extents.assumingMemoryBound(to: Int.self).baseAddress!,
        strides.assumingMemoryBound(to: Int.self).baseAddress!)
    }
  }
}
