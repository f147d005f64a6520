import ChainruleKernels

/// The slices at some indices along an axis, one behind the other.
package enum Gather: TensorRule {
  package struct Options: IndexedOptions {
    var indices = IndexList()
    var axis = 0
    package init() {}
    package static var fields: [OptionField<Options>] {
      [.axis("axis", \.axis), .indices("indices", \.indices, below: { $1[$0.axis] })]
    }
  }
  package static var code: UInt16 { 68 }
  package static var pullbackReadsValues: Bool { false }

  package static func shape(_ c: Call<Self, Shape>) throws(ShapeError) -> Shape {
    guard c.x.rank > 0 else { throw ShapeError("gather: a number has no axis") }
    var result = c.x
    result[c.options.axis] = Int(c.options.indices.count)
    return result
  }
  package static func compute(_ c: Computation<Self>) -> Buffer {
    let (out, list) = (c.result(), c.options.indices)
    let (outer, extent, inner) = c.x.shape.split(at: c.options.axis)
    ck_take_rows(out.isSingle, outer, extent, inner, Int(list.count), list.base, c.x.base, out.base)
    return out
  }
  package static func pullback<T: TensorAlgebra>(_ c: Pullback<Self, T>) -> Contributions<T> {
    Contributions(c.g.scattered(to: c.x.shape, at: c.options.indices, along: c.options.axis))
  }
  package static func definition<A: Algebra>(_ c: Call<Self, Grid<A>>) -> Grid<A> {
    let indices = c.options.indices.numbers
    let axis = c.options.axis
    return c.elements(of: Self.self) { i in c.x[i.replacing(axis, by: indices[i[axis]])] }
  }
}

/// Zeros of a shape, to which the slices of x are added at some indices along an axis.
package enum ScatterAdd: TensorRule {
  package struct Options: IndexedOptions {
    var indices = IndexList()
    var axis = 0
    var shape = Shape.scalar
    package init() {}
    package static var fields: [OptionField<Options>] {
      [
        .axis("axis", \.axis), .shape("shape", \.shape),
        .indices(
          "indices", \.indices, below: { options, _ in options.shape.rank > 0 ? options.shape[options.axis] : 0 }),
      ]
    }
  }
  package static var code: UInt16 { 69 }
  package static var pullbackReadsValues: Bool { false }

  package static func shape(_ c: Call<Self, Shape>) throws(ShapeError) -> Shape {
    var slices = c.options.shape
    if slices.rank > 0 { slices[c.options.axis] = Int(c.options.indices.count) }
    guard slices == c.x else {
      throw ShapeError(
        "scatterAdd: \(c.options.shape) and \(c.x): \(c.options.indices.count) slices along axis \(c.options.axis) are needed"
      )
    }
    return c.options.shape
  }
  package static func compute(_ c: Computation<Self>) -> Buffer {
    let (out, list) = (c.result(), c.options.indices)
    Buffer(number: 0).copy(into: out)
    let (outer, extent, inner) = out.shape.split(at: c.options.axis)
    ck_add_rows(out.isSingle, outer, extent, inner, Int(list.count), list.base, c.x.base, out.base)
    return out
  }
  package static func pullback<T: TensorAlgebra>(_ c: Pullback<Self, T>) -> Contributions<T> {
    Contributions(c.g.gathered(at: c.options.indices, along: c.options.axis))
  }
  package static func definition<A: Algebra>(_ c: Call<Self, Grid<A>>) -> Grid<A> {
    let (indices, axis) = (c.options.indices.numbers, c.options.axis)
    return c.elements(of: Self.self) { i in
      let sources = indices.indices.filter { indices[$0] == i[axis] }
      return .total(sources.map { c.x[i.replacing(axis, by: $0)] })
    }
  }
}

extension TensorAlgebra {
  func gathered(at indices: IndexList, along axis: Int = 0) -> Self {
    .apply(Gather.self, self, .init { ($0.indices, $0.axis) = (indices, axis) })
  }

  func scattered(to shape: Shape, at indices: IndexList, along axis: Int = 0) -> Self {
    .apply(ScatterAdd.self, self, .init { ($0.indices, $0.axis, $0.shape) = (indices, axis, shape) })
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
    let (list, axis) = kept(indices, "gather", axis, below: shape)
    return gathered(at: list, along: axis)
  }

  /// One element of each row, along the last axis: x[r, indices[r]].
  public func picked(_ indices: [Int]) -> Variable {
    let (rows, n) = (shape.withoutLast, shape[-1])
    guard indices.count == rows.count else {
      fatalError("picked: \(shape) and [\(indices.count)]: an index for each row is needed")
    }
    let places = indices.enumerated().map { row, index in row * n + index.wrapped(below: n, "picked") }
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
    let along = own.axis(axis, operation)
    guard shape.rank == own.rank, shape.count == indices.count,
      (0..<own.rank).allSatisfy({ $0 == along || shape[$0] <= own[$0] })
    else { fatalError("\(operation): \(own) and indices of \(shape): as many axes, and none longer, are needed") }
    return indices.enumerated().map { place, index in
      let wrapped = index.wrapped(below: own[along], operation)
      return (0..<own.rank).reduce(0) { sum, d in
        sum + own.strides[d] * (d == along ? wrapped : place / shape.strides[d] % shape[d])
      }
    }
  }

  /// This tensor with the slices of another added at the given places along an axis: x[indices[i]] += y[i]. A place
  /// that comes twice is added to twice.
  public func scatterAdding(_ y: Variable, at indices: [Int], along axis: Int = 0) -> Variable {
    let (list, axis) = y.kept(indices, "scatterAdd", axis, below: shape)
    return self + y.scattered(to: shape, at: list, along: axis)
  }

  private func kept(
    _ indices: [Int], _ operation: String, _ axis: Int, below shape: Shape
  ) -> (list: IndexList, axis: Int) {
    guard let tape else { fatalError(Staleness.unrecorded(operation)) }
    let axis = shape.axis(axis, operation)
    return (tape.keep(indices, below: shape[axis], operation), axis)
  }
}
