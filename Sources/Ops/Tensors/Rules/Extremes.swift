import Kernels

/// The largest along the last axis. What is largest more than once shares the gradient equally.
public enum Max: TensorRule {
  @inlinable public static var code: UInt16 { Operation.max.rawValue }

  public static func shape(_ x: Operands<Shape>, _ attributes: Attributes) -> Shape { x.a.withoutLast }
  public static func compute(
    _ x: Operands<Buffer>, _ attributes: Attributes, into y: () -> Buffer
  ) -> Buffer {
    let (out, (rows, columns)) = (y(), x.a.rowsAndColumns)
    switch out.precision {
    case .single: ck_max_rows_f32(rows, columns, x.a.single, out.single)
    case .double: ck_max_rows_f64(rows, columns, x.a.double, out.double)
    }
    return out
  }
  public static func pullback<T: TensorAlgebra>(
    _ g: T, _ x: Operands<T>, _ y: T, _ attributes: Attributes, _ wanted: Wanted
  ) -> Contributions<T> {
    let largest = T.equal(x.a, y.column)
    return Contributions(largest * (g / largest.sum([-1])).column)
  }
}

extension TensorAlgebra {
  /// The largest element over the given axes, or over all; NaN where one is. Ties share the gradient equally.
  public func max(_ axes: [Int]? = nil, keepingDimensions: Bool = false) -> Self {
    let set = AxisSet(axes, rank: shape.rank, operation: "max")
    guard shape.count > 0 || shape.reduced(over: set, keeping: false).count == 0 else {
      fatalError("max: \(shape): there is no largest of no elements")
    }
    return reduced(by: Max.self, axes, keepingDimensions)
  }

  /// The smallest element over the given axes, or over all; NaN where one is. Ties share the gradient equally.
  public func min(_ axes: [Int]? = nil, keepingDimensions: Bool = false) -> Self {
    -(-self).max(axes, keepingDimensions: keepingDimensions)
  }
}

extension Tensor {
  /// The place of the largest along an axis: one per element of the shape without that axis, in its order. The first
  /// where several are largest; that of a NaN where there is one.
  ///
  /// ```swift
  /// Tensor([[1, 9, 3], [7, 5, 7]]).argmax(-1)  // [1, 0]
  /// ```
  public func argmax(_ axis: Int = -1) -> [Int] { places(axis) { $0 > $1 || $0.isNaN && !$1.isNaN } }

  /// The place of the smallest along an axis; see `argmax`.
  public func argmin(_ axis: Int = -1) -> [Int] { places(axis) { $0 < $1 || $0.isNaN && !$1.isNaN } }

  private func places(_ axis: Int, _ isBetter: (Element, Element) -> Bool) -> [Int] {
    let place = AxisSet([axis], rank: shape.rank, operation: "argmax").split(rank: shape.rank).these[0]
    let (extent, step) = (shape[place], shape.strides[place])
    guard extent > 0 else { fatalError("argmax: \(shape): there is no largest of no elements") }
    return (0..<shape.count / extent).map { index in
      let first = index / step * step * extent + index % step
      var best = 0
      for next in 1..<Swift.max(extent, 1) where isBetter(elements[first + next * step], elements[first + best * step])
      {
        best = next
      }
      return best
    }
  }
}

extension Variable where Element: Number {
  /// The place of the largest along an axis, as plain numbers; see `Tensor.argmax`.
  public func argmax(_ axis: Int = -1) -> [Int] { tensor.argmax(axis) }
  /// The place of the smallest along an axis, as plain numbers.
  public func argmin(_ axis: Int = -1) -> [Int] { tensor.argmin(axis) }
}
