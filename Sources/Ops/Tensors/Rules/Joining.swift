/// Two tensors one behind the other along an axis.
package enum Concatenate: TensorRule {
  package struct Options: RuleOptions {
    var axis = 0
    package init() {}
    package static var fields: [OptionField<Options>] { [.axis("axis", \.axis)] }
  }
  package static var code: UInt16 { 67 }
  package static var arity: Int { 2 }
  package static var pullbackReadsValues: Bool { false }

  package static func shape(_ c: Call<Self, Shape>) throws(ShapeError) -> Shape {
    let (axis, b) = (c.options.axis, c.b)
    var result = c.a
    guard result.rank == b.rank, result.rank > 0, (0..<b.rank).allSatisfy({ $0 == axis || c.a[$0] == b[$0] }) else {
      throw ShapeError("concatenate: \(c.a) and \(b): they may differ along axis \(axis) alone")
    }
    result[axis] += b[axis]
    return result
  }
  package static func compute(_ c: Computation<Self>) -> Buffer {
    let (out, axis) = (c.result(), c.options.axis)
    let inner = out.shape.strides[axis] * out.precision.bytes
    let (a, b) = (c.a.shape[axis] * inner, c.b.shape[axis] * inner)
    guard var to = out.base, var fromA = c.a.base, var fromB = c.b.base, a + b > 0 else { return out }
    for _ in 0..<out.count * out.precision.bytes / (a + b) {
      to.copyMemory(from: fromA, byteCount: a)
      (to + a).copyMemory(from: fromB, byteCount: b)
      (to, fromA, fromB) = (to + a + b, fromA + a, fromB + b)
    }
    return out
  }
  package static func pullback<T: TensorAlgebra>(_ c: Pullback<Self, T>) -> Contributions<T> {
    let axis = c.options.axis
    let (split, end) = (c.a.shape[axis], c.y.shape[axis])
    return Contributions(
      c.wants(.a) ? c.g.sliced(along: axis, AxisRange(0..<split)) : nil,
      c.wants(.b) ? c.g.sliced(along: axis, AxisRange(split..<end)) : nil)
  }
  package static func definition<A: Algebra>(_ c: Call<Self, Grid<A>>) -> Grid<A> {
    let (axis, split) = (c.options.axis, c.a.shape[c.options.axis])
    return c.elements(of: Self.self) { i in i[axis] < split ? c.a[i] : c.b[i.replacing(axis, by: i[axis] - split)] }
  }
}

/// Tensors one behind the other along an axis; their other extents are the same.
///
/// - Complexity: every element is copied once for each doubling of the number of tensors.
public func concatenated<T: TensorAlgebra>(_ tensors: [T], along axis: Int = 0) -> T {
  guard let first = tensors.first else { fatalError("concatenate: no tensors") }
  guard tensors.count > 1 else { return first }
  let place = first.shape.axis(axis, "concatenate")
  let half = tensors.count / 2
  let (front, back) = (Array(tensors[..<half]), Array(tensors[half...]))
  return .apply(
    Concatenate.self, Operands(concatenated(front, along: axis), concatenated(back, along: axis)),
    .init { $0.axis = place })
}

/// Tensors of one shape side by side along a new axis: vectors become the rows of a matrix, or its columns (−1).
///
/// A literal among variables stands for its number in their shape: `stacked([x.sum(), 1])`.
public func stacked<T: TensorAlgebra>(_ tensors: [T], along axis: Int = 0) -> T {
  let model = tensors.first { $0.plainNumber == nil }
  // By choice and not by a product with 0, which would be no number beside an infinite one.
  let members = tensors.map { member in
    member.plainNumber == nil ? member : model.map { T.select(1, member, $0) } ?? member
  }
  return concatenated(members.map { $0.expanded(axis) }, along: axis)
}

extension TensorAlgebra {
  /// Repeated as a whole `counts[axis]` times along each axis: `[1, 2]` tiled `[2]` is `[1, 2, 1, 2]`.
  public func tiled(_ counts: [Int]) -> Self { repeated(counts, asWhole: true) }

  /// Each element repeated `counts[axis]` times along each axis: `[1, 2]` repeated `[2]` is `[1, 1, 2, 2]`.
  public func repeated(_ counts: [Int]) -> Self { repeated(counts, asWhole: false) }

  /// Each axis is paired with a new one, along which it is broadcast: in front of it to repeat the whole, behind it
  /// to repeat each element.
  private func repeated(_ counts: [Int], asWhole: Bool) -> Self {
    let extents = shape.dimensions
    guard counts.count == extents.count, counts.allSatisfy({ $0 >= 0 }) else {
      fatalError("\(asWhole ? "tiled" : "repeated"): \(shape): \(counts) is no count for each axis")
    }
    func pairs(_ counts: [Int]) -> Shape {
      Shape(zip(extents, counts).flatMap { asWhole ? [$1, $0] : [$0, $1] })
    }
    return reshaped(to: pairs(counts.map { _ in 1 })).broadcast(to: pairs(counts))
      .reshaped(to: Shape(zip(extents, counts).map { $0 * $1 }))
  }
}
