import Kernels

/// The slices at `indices` along an axis, `places[0]`, one behind the other.
public enum Gather: TensorRule {
  @inlinable public static var code: UInt16 { Operation.gather.rawValue }
  public static var pullbackReadsValues: Bool { false }

  public static func shape(_ x: Operands<Shape>, _ attributes: Attributes) -> Shape {
    var result = x.a
    result[Int(attributes.places[0])] = Int(attributes.indices.count)
    return result
  }
  public static func compute(
    _ x: Operands<Buffer>, _ attributes: Attributes, into y: () -> Buffer
  ) -> Buffer {
    let (out, list) = (y(), attributes.indices)
    let (outer, extent, inner) = x.a.shape.split(at: Int(attributes.places[0]))
    switch out.precision {
    case .single: ck_take_rows_f32(outer, extent, inner, Int(list.count), list.base, x.a.single, out.single)
    case .double: ck_take_rows_f64(outer, extent, inner, Int(list.count), list.base, x.a.double, out.double)
    }
    return out
  }
  public static func pullback<T: TensorAlgebra>(
    _ g: T, _ x: Operands<T>, _ y: T, _ attributes: Attributes, _ wanted: Wanted
  ) -> Contributions<T> {
    var scatter = attributes
    scatter.shape = x.a.shape
    return Contributions(.apply(ScatterAdd.self, Operands(g), scatter))
  }
}

/// Zeros of the shape `shape`, to which the slices of x are added at `indices` along an axis.
public enum ScatterAdd: TensorRule {
  @inlinable public static var code: UInt16 { Operation.scatterAdd.rawValue }
  public static var pullbackReadsValues: Bool { false }

  public static func shape(_ x: Operands<Shape>, _ attributes: Attributes) -> Shape { attributes.shape }
  public static func compute(
    _ x: Operands<Buffer>, _ attributes: Attributes, into y: () -> Buffer
  ) -> Buffer {
    let (out, list) = (y(), attributes.indices)
    Buffer(number: 0).copy(into: out)
    let (outer, extent, inner) = out.shape.split(at: Int(attributes.places[0]))
    switch out.precision {
    case .single: ck_add_rows_f32(outer, extent, inner, Int(list.count), list.base, x.a.single, out.single)
    case .double: ck_add_rows_f64(outer, extent, inner, Int(list.count), list.base, x.a.double, out.double)
    }
    return out
  }
  public static func pullback<T: TensorAlgebra>(
    _ g: T, _ x: Operands<T>, _ y: T, _ attributes: Attributes, _ wanted: Wanted
  ) -> Contributions<T> {
    Contributions(.apply(Gather.self, Operands(g), attributes))
  }
}

extension Shape {
  /// The elements before an axis, along it, and behind it.
  fileprivate func split(at axis: Int) -> (outer: Int, extent: Int, inner: Int) {
    let extents = dimensions
    return (extents[..<axis].reduce(1, *), extents[axis], extents[(axis + 1)...].reduce(1, *))
  }
}

extension Variable where Element: Number {
  /// The slices at the given places along an axis, in that order; a place may come more than once. Rows of a table
  /// by their numbers, as of the words of a vocabulary.
  ///
  /// ```swift
  /// tape.constant(Tensor([[1, 2], [3, 4], [5, 6]])).gathered([2, 0]).tensor  // [[5. 6.] [1. 2.]]
  /// ```
  /// Traps where an index leaves the axis: `gather: no index 7 among 3`. Negative ones count from the end.
  public func gathered(_ indices: [Int], along axis: Int = 0) -> Variable {
    let attributes = attributes("gather", indices, axis, below: shape)
    return .apply(Gather.self, Operands(self), attributes)
  }

  /// One element of each row, along the last axis: x[r, indices[r]].
  public func picked(_ indices: [Int]) -> Variable {
    let (rows, n) = (shape.withoutLast, shape[-1])
    guard indices.count == rows.count else {
      fatalError("picked: \(shape) and [\(indices.count)]: an index for each row is needed")
    }
    let places = indices.enumerated().map { row, index in
      guard (-n..<n).contains(index) else { fatalError("picked: no index \(index) among \(n)") }
      return row * n + (index < 0 ? index + n : index)
    }
    return flattened().gathered(places).reshaped(to: rows)
  }

  /// One element for each index: the result has the shape of the indices, and its element at (…, i, …) is that of this
  /// tensor at (…, indices[…, i, …], …), with the index along `axis`; as PyTorch's `gather` and NumPy's
  /// `take_along_axis`.
  ///
  /// ```swift
  /// let x = tape.constant(Tensor([[1, 2], [3, 4], [5, 6]]))
  /// x.gatheredElements(at: [2, 0], shape: [1, 2], along: 0).tensor  // [[5. 2.]]
  /// ```
  /// The other extents of the indices may be smaller than those of this tensor. Traps where an index leaves the axis;
  /// negative ones count from the end.
  public func gatheredElements(at indices: [Int], shape: Shape, along axis: Int) -> Variable {
    flattened().gathered(places(of: indices, shape, axis, "gather")).reshaped(to: shape)
  }

  /// This tensor with the elements of another added where `gatheredElements(at:shape:along:)` would read them; a place that
  /// comes twice is added to twice.
  public func scatterAddingElements(_ y: Variable, at indices: [Int], along axis: Int) -> Variable {
    let places = places(of: indices, y.shape, axis, "scatterAdd")
    return flattened().scatterAdding(y.flattened(), at: places).reshaped(to: shape)
  }

  /// Where each index leads to, among all elements of this tensor.
  private func places(of indices: [Int], _ shape: Shape, _ axis: Int, _ operation: String) -> [Int] {
    let own = self.shape
    let along = AxisSet([axis], rank: own.rank, operation: operation).split(rank: own.rank).these[0]
    guard shape.rank == own.rank, shape.count == indices.count,
      (0..<own.rank).allSatisfy({ $0 == along || shape[$0] <= own[$0] })
    else { fatalError("\(operation): \(own) and indices of \(shape): as many axes, and none longer, are needed") }
    return indices.enumerated().map { place, index in
      let wrapped = index < 0 ? index + own[along] : index
      guard (0..<own[along]).contains(wrapped) else {
        fatalError("\(operation): no index \(index) among \(own[along])")
      }
      return (0..<own.rank).reduce(0) { sum, d in
        sum + own.strides[d] * (d == along ? wrapped : place / shape.strides[d] % shape[d])
      }
    }
  }

  /// This tensor with the slices of another added at the given places along an axis: x[indices[i]] += y[i]. A place
  /// that comes twice is added to twice.
  public func scatterAdding(_ y: Variable, at indices: [Int], along axis: Int = 0) -> Variable {
    var attributes = y.attributes("scatterAdd", indices, axis, below: shape)
    attributes.shape = shape
    guard Gather.shape(Operands(shape), attributes) == y.shape else {
      fatalError("scatterAdd: \(shape) and \(y.shape): \(indices.count) slices along axis \(axis) are needed")
    }
    return self + Variable.apply(ScatterAdd.self, Operands(y), attributes)
  }

  private func attributes(_ operation: String, _ indices: [Int], _ axis: Int, below shape: Shape) -> Attributes {
    guard let tape else { fatalError(Staleness.unrecorded(operation)) }
    let place = AxisSet([axis], rank: shape.rank, operation: operation).split(rank: shape.rank).these[0]
    var attributes = Attributes()
    attributes.places[0] = Int32(place)
    attributes.indices = tape.keep(indices, below: shape[place], operation)
    return attributes
  }
}
