import ChainruleKernels

/// Which elements a slice takes: along each axis from a start on in equal steps, negative ones backwards, as many as the
/// shape of the slice has.
package struct Window: RuleOptions {
  var starts = AxisNumbers(repeating: 0)
  var steps = AxisNumbers(repeating: 1)
  /// Of what comes out: the elements taken, or the tensor they are placed in.
  var shape = Shape.scalar
  package init() {}
  package static var fields: [OptionField<Window>] {
    [.perAxis("starts", \.starts), .perAxis("steps", \.steps, unless: 1), .shape("shape", \.shape)]
  }

  func giving(_ shape: Shape) -> Window { with { $0.shape = shape } }

  /// Where in the whole an element of the slice stands.
  fileprivate func source(_ i: [Int]) -> [Int] { i.indices.map { starts[$0] + i[$0] * steps[$0] } }

  /// Whether a slice of a shape lies within a whole of another.
  fileprivate func fits(_ slice: Shape, in whole: Shape) -> Bool {
    slice.rank == whole.rank
      && (0..<whole.rank).allSatisfy { axis in
        slice[axis] == 0
          || [0, slice[axis] - 1].allSatisfy { (0..<whole[axis]).contains(starts[axis] + $0 * steps[axis]) }
      }
  }
}

/// The elements in a window.
///
/// Nothing is copied where they stand one behind the other, as those of some rows do.
package enum Slice: TensorRule {
  package typealias Options = Window
  package static var code: UInt16 { 65 }
  package static var pullbackReadsValues: Bool { false }

  package static func shape(_ c: Call<Self, Shape>) throws(ShapeError) -> Shape {
    guard c.options.fits(c.options.shape, in: c.x) else {
      throw ShapeError("slice: \(c.x): no window of \(c.options.shape) begins at \(c.options.starts.prefix(c.x.rank))")
    }
    return c.options.shape
  }
  package static func compute(_ c: Computation<Self>) -> Buffer {
    let span = Span(c.options, of: c.shape, in: c.x.shape)
    if span.isContiguous || c.shape.count == 0 { return c.x.from(span.offset).reshaped(c.shape) }
    let (from, to) = (c.x.from(span.offset), c.result())
    withStrides(span.strides, to.shape) { ck_gather(to.isSingle, $0, $1, $2, from.base, to.base) }
    return to
  }
  package static func pullback<T: TensorAlgebra>(_ c: Pullback<Self, T>) -> Contributions<T> {
    Contributions(.apply(Place.self, c.g, c.options.giving(c.x.shape)))
  }
  package static func definition<A: Algebra>(_ c: Call<Self, Grid<A>>) -> Grid<A> {
    c.elements(of: Self.self) { c.x[c.options.source($0)] }
  }
}

/// Zeros, and in a window of them the elements of x.
package enum Place: TensorRule {
  package typealias Options = Window
  package static var code: UInt16 { 66 }
  package static var pullbackReadsValues: Bool { false }

  package static func shape(_ c: Call<Self, Shape>) throws(ShapeError) -> Shape {
    guard c.options.fits(c.x, in: c.options.shape) else {
      throw ShapeError("place: \(c.x) does not fit \(c.options.shape) from \(c.options.starts.prefix(c.x.rank)) on")
    }
    return c.options.shape
  }
  package static func compute(_ c: Computation<Self>) -> Buffer {
    let out = c.result()
    Buffer(number: 0).copy(into: out)
    if c.x.count == 0 { return out }
    let span = Span(c.options, of: c.x.shape, in: out.shape)
    withStrides(span.strides, c.x.shape) {
      ck_scatter_add(out.isSingle, $0, $1, $2, c.x.base, out.from(span.offset).base)
    }
    return out
  }
  package static func pullback<T: TensorAlgebra>(_ c: Pullback<Self, T>) -> Contributions<T> {
    Contributions(.apply(Slice.self, c.g, c.options.giving(c.x.shape)))
  }
  package static func definition<A: Algebra>(_ c: Call<Self, Grid<A>>) -> Grid<A> {
    let sources = Dictionary(
      uniqueKeysWithValues: zip(c.x.shape.indexLists.map(c.options.source), c.x.elements))
    return c.elements(of: Self.self) { sources[$0] ?? 0 }
  }
}

/// Where the elements of a window stand in memory.
private struct Span {
  var offset = 0
  var strides = SIMD8<Int>(repeating: 0)
  var isContiguous = true

  init(_ window: Window, of slice: Shape, in whole: Shape) {
    let (from, own) = (whole.strides, slice.strides)
    for axis in 0..<whole.rank {
      offset += window.starts[axis] * from[axis]
      strides[axis] = window.steps[axis] * from[axis]
      isContiguous = isContiguous && (slice[axis] == 1 || strides[axis] == own[axis])
    }
  }
}

// MARK: - Slices

extension TensorAlgebra {
  /// The elements at some places along each axis, as in NumPy; axes not mentioned are taken whole.
  ///
  /// ```swift
  /// x[0]                // the first row
  /// x[1..., -1]         // the last column, from row 1 on
  /// x[.all, .every(2)]  // every second column
  /// x[.reversed]        // the rows from last to first
  /// ```
  /// Nothing is copied where the elements stand one behind the other, as rows do. The gradient of what is not taken
  /// is 0. Traps where a range leaves its axis: `slice: [2, 3]: axis 1 has no 1:9`.
  public subscript(_ a: some AxisIndex) -> Self { sliced([a.axisRange]) }
  /// The elements at some places along the first two axes.
  public subscript(_ a: some AxisIndex, _ b: some AxisIndex) -> Self { sliced([a.axisRange, b.axisRange]) }
  /// The elements at some places along the first three axes.
  public subscript(_ a: some AxisIndex, _ b: some AxisIndex, _ c: some AxisIndex) -> Self {
    sliced([a.axisRange, b.axisRange, c.axisRange])
  }
  /// The elements at some places along the first four axes.
  public subscript(
    _ a: some AxisIndex, _ b: some AxisIndex, _ c: some AxisIndex, _ d: some AxisIndex
  ) -> Self {
    sliced([a.axisRange, b.axisRange, c.axisRange, d.axisRange])
  }

  /// The elements from `starts` up to, not including, `ends`, every `steps`-th, along the leading axes; see
  /// `subscript`. Negative bounds count from the end; nil stands for an end of the axis.
  public func sliced(_ starts: [Int?], _ ends: [Int?], steps: [Int]? = nil) -> Self {
    guard starts.count == ends.count, steps.map({ $0.count == starts.count }) ?? true else {
      fatalError("slice: \(shape): \(starts.count) starts, \(ends.count) ends, \(steps?.count ?? starts.count) steps")
    }
    return sliced(starts.indices.map { AxisRange(start: starts[$0], end: ends[$0], step: steps?[$0] ?? 1) })
  }

  /// As `subscript`, with the indices in an array.
  public func sliced(_ ranges: [AxisRange]) -> Self {
    let shape = shape
    var window = Window().giving(shape)
    var (axis, result) = (0, [Int]())
    for range in ranges {
      if range.addsAxis {
        result.append(1)
        continue
      }
      guard axis < shape.rank else { fatalError("slice: \(shape): \(ranges): more indices than axes") }
      guard let (start, count) = range.resolved(shape[axis]) else {
        fatalError("slice: \(shape): axis \(axis) has no \(range)")
      }
      (window.starts[axis], window.steps[axis], window.shape[axis]) = (start, range.step, count)
      if !range.takesAxisAway { result.append(count) }
      axis += 1
    }
    result += shape.dimensions[axis...]
    let isWhole = window.shape == shape && ranges.allSatisfy { $0.step == 1 }
    let slice = isWhole ? self : .apply(Slice.self, self, window)
    return slice.reshaped(to: Shape(result))
  }

  /// A slice along one axis, the others whole.
  public func sliced(along axis: Int, _ range: AxisRange) -> Self {
    sliced(Array(repeating: .all, count: shape.axis(axis, "slice")) + [range])
  }

  /// In pieces along an axis, one of each given extent. The extents must add up to that of the axis.
  public func split(_ extents: [Int], along axis: Int = 0) -> [Self] {
    guard extents.reduce(0, +) == shape[axis] else {
      fatalError("split: \(shape): extents \(extents) do not add up to \(shape[axis]) of axis \(axis)")
    }
    var start = 0
    return extents.map { extent in
      defer { start += extent }
      return sliced(along: axis, AxisRange(start..<start + extent))
    }
  }

  /// In reverse order along the given axes.
  public func flipped(_ axes: [Int]) -> Self {
    let axes = AxisSet(axes, rank: shape.rank, operation: "flipped")
    return sliced((0..<shape.rank).map { axes.contains($0) ? .reversed : .all })
  }

  /// With `before[axis]` elements more in front of each axis and `after[axis]` behind, all of one value.
  public func padded(before: [Int], after: [Int], with value: Double = 0) -> Self {
    let shape = shape
    guard before.count == shape.rank, after.count == shape.rank, (before + after).allSatisfy({ $0 >= 0 }) else {
      fatalError("padded: \(shape): \(before) before and \(after) after do not fit its axes")
    }
    var window = Window().giving(Shape((0..<shape.rank).map { before[$0] + shape[$0] + after[$0] }))
    window.starts = AxisNumbers(before)
    let placed = Self.apply(Place.self, self, window)
    if value == 0 { return placed }
    // What is around is a choice of its own: adding the value to zeros would round the elements.
    let isInside = Self.apply(Place.self, .select(1, 1, self), window)
    return .select(isInside, placed, .number(value))
  }
}
