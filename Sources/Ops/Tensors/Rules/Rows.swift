// Operations along any axes, by rules along the last: the axes are moved to the end and made one. Nothing is copied
// where they stand there already.

extension TensorAlgebra {
  /// This tensor as `[kept axes…, n]`, where n counts the elements along the given axes, or along all.
  func rows(_ axes: AxisSet) -> Self {
    let shape = shape
    if shape.rank > 0, axes == .last(of: shape.rank) { return self }
    let (kept, gone) = axes.split(rank: shape.rank)
    let n = gone.reduce(1) { $0 * shape[$1] }
    return permuted(kept + gone).reshaped(to: Shape(kept.map { shape[$0] } + [n]))
  }

  /// Reduces over axes by a rule that takes the last axis away.
  func reduced<R: TensorRule>(
    by rule: R.Type, _ axes: [Int]?, _ keepsDimensions: Bool, _ options: R.Options = R.Options()
  ) -> Self {
    let axes = AxisSet(axes, rank: shape.rank, operation: R.name)
    let y = Self.apply(R.self, rows(axes), options)
    return y.reshaped(to: shape.reduced(over: axes, keeping: keepsDimensions))
  }

  /// Applies a rule along the last axis, which keeps the shape, along other axes.
  func mapped<R: TensorRule>(by rule: R.Type, _ axes: [Int]?, _ options: R.Options = R.Options()) -> Self {
    let shape = shape
    let axes = AxisSet(axes, rank: shape.rank, operation: R.name)
    if axes == .last(of: shape.rank) { return .apply(R.self, self, options) }
    let order = { $0.0 + $0.1 }(axes.split(rank: shape.rank))
    let y = Self.apply(R.self, rows(axes), options)
    return y.reshaped(to: shape.permuted(order)).permuted(order.inverse)
  }

  /// With one more axis of extent 1 at the end: a number per row, to be combined with the rows.
  var column: Self { reshaped(to: shape.appending([1])) }
}

extension AxisSet {
  static func last(of rank: Int) -> AxisSet { AxisSet(bits: 1 << UInt16(rank - 1)) }

  func split(rank: Int) -> (others: [Int], these: [Int]) {
    ((0..<rank).filter { !contains($0) }, (0..<rank).filter(contains))
  }
}

extension Shape {
  /// An axis counted from 0; negative ones count from the end.
  func axis(_ axis: Int, _ operation: String) -> Int {
    AxisSet([axis], rank: rank, operation: operation).split(rank: rank).these[0]
  }
}

extension Array {
  /// With another element at one place.
  func replacing(_ place: Int, by element: Element) -> [Element] {
    var result = self
    result[place] = element
    return result
  }
}

extension [Int] {
  /// The permutation that undoes this one.
  var inverse: [Int] {
    var result = self
    for (place, axis) in enumerated() { result[axis] = place }
    return result
  }
}

extension Buffer {
  /// The last axis, and how often it stands there.
  var rowsAndColumns: (rows: Int, columns: Int) { (count / Swift.max(shape[-1], 1), shape[-1]) }
}

extension Computation {
  /// What becomes of each matrix.
  func byMatrices(_ body: (_ x: Buffer, _ y: Buffer) -> Void) -> Buffer {
    let out = result()
    out.inScratch {
      for index in 0..<out.matrixCount { body(x.matrix(index), out.matrix(index)) }
    }
    return out
  }

  /// What a kernel makes of the rows along the last axis.
  func byRows(
    _ kernel: (_ isSingle: Bool, _ rows: Int, _ columns: Int, UnsafeRawPointer?, UnsafeMutableRawPointer?) -> Void
  ) -> Buffer {
    let (out, (rows, columns)) = (result(), x.rowsAndColumns)
    kernel(out.isSingle, rows, columns, x.base, out.base)
    return out
  }
}

extension Shape {
  var withoutLast: Shape { reduced(over: .last(of: rank), keeping: false) }

  func withoutLast(_ operation: String) throws(ShapeError) -> Shape {
    guard rank > 0 else { throw ShapeError("\(operation): a vector or a matrix is needed, not a number") }
    return withoutLast
  }
}
