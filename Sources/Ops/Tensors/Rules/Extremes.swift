import ChainruleKernels

/// The largest along the last axis. What is largest more than once shares the gradient equally.
package enum Max: TensorRule {
  package static var code: UInt16 { 58 }
  package static var along: Along { .lastTakenAway }

  package static func shape(_ c: Call<Self, Shape>) throws(ShapeError) -> Shape { try c.x.withoutLast(name) }
  package static func compute(_ c: Computation<Self>) -> Buffer { c.byRows(ck_max_rows) }
  package static func pullback<T: TensorAlgebra>(_ c: Pullback<Self, T>) -> Contributions<T> {
    let largest = T.equal(c.x, c.y.column)
    return Contributions(largest * (c.g / largest.sum([-1])).column)
  }
  /// The largest, as a constant, plus the mean distance from it, 0, of those that are as large: equal shares.
  package static func definition<A: Algebra>(_ c: Call<Self, Grid<A>>) -> Grid<A> {
    c.elements(of: Self.self) { i in
      let row = (0..<c.x.shape[-1]).map { c.x[i + [$0]] }
      let largest = A.apply(StopGradient.self, row.dropFirst().reduce(row[0]) { .apply(Maximum.self, $0, $1) })
      let isLargest = row.map { A.equal($0, largest) }
      let distance = A.total(zip(row, isLargest).map { .select($1, $0 - largest, 0) })
      return largest + distance / .apply(Maximum.self, 1, .total(isLargest))
    }
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
    let place = shape.axis(axis, "argmax")
    let (extent, step) = (shape[place], shape.strides[place])
    guard extent > 0 else { fatalError("argmax: \(shape): there is no largest of no elements") }
    return (0..<shape.count / extent).map { index in
      let first = index / step * step * extent + index % step
      return (1..<extent).reduce(0) { best, next in
        isBetter(elements[first + next * step], elements[first + best * step]) ? next : best
      }
    }
  }
}

extension Variable where Element: Number {
  /// The place of the largest along an axis, as plain numbers; see `Tensor.argmax`.
  public func argmax(_ axis: Int = -1) -> [Int] { tensor.argmax(axis) }
  /// The place of the smallest along an axis, as plain numbers.
  public func argmin(_ axis: Int = -1) -> [Int] { tensor.argmin(axis) }
}
