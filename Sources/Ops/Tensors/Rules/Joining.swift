/// Two tensors one behind the other along an axis: `places[0]`.
public enum Concatenate: TensorRule {
  @inlinable public static var code: UInt16 { Operation.concatenate.rawValue }
  public static var pullbackReadsValues: Bool { false }

  public static func shape(_ x: Operands<Shape>, _ attributes: Attributes) -> Shape {
    let (axis, b) = (Int(attributes.places[0]), x.b!)
    var result = x.a
    guard result.rank == b.rank, (0..<b.rank).allSatisfy({ $0 == axis || x.a[$0] == b[$0] }) else {
      fatalError("concatenate: \(x.a) and \(b): they may differ along axis \(axis) alone")
    }
    result[axis] += b[axis]
    return result
  }
  public static func compute(
    _ x: Operands<Buffer>, _ attributes: Attributes, into y: () -> Buffer
  ) -> Buffer {
    let (out, axis) = (y(), Int(attributes.places[0]))
    let inner = out.shape.strides[axis] * out.precision.bytes
    let (a, b) = (x.a.shape[axis] * inner, x.b!.shape[axis] * inner)
    guard var to = out.base, var fromA = x.a.base, var fromB = x.b!.base, a + b > 0 else { return out }
    for _ in 0..<out.count * out.precision.bytes / (a + b) {
      to.copyMemory(from: fromA, byteCount: a)
      (to + a).copyMemory(from: fromB, byteCount: b)
      (to, fromA, fromB) = (to + a + b, fromA + a, fromB + b)
    }
    return out
  }
  public static func pullback<T: TensorAlgebra>(
    _ g: T, _ x: Operands<T>, _ y: T, _ attributes: Attributes, _ wanted: Wanted
  ) -> Contributions<T> {
    let axis = Int(attributes.places[0])
    let (split, end) = (x.a.shape[axis], y.shape[axis])
    return Contributions(
      wanted.a ? g.sliced(along: axis, AxisRange(0..<split)) : nil,
      wanted.b ? g.sliced(along: axis, AxisRange(split..<end)) : nil)
  }
}

/// Tensors one behind the other along an axis; their other extents are the same.
///
/// - Complexity: every element is copied once for each doubling of the number of tensors.
public func concatenated<T: TensorAlgebra>(_ tensors: [T], along axis: Int = 0) -> T {
  guard let first = tensors.first else { fatalError("concatenate: no tensors") }
  guard tensors.count > 1 else { return first }
  let rank = first.shape.rank
  var attributes = Attributes()
  attributes.places[0] = Int32(
    AxisSet([axis], rank: rank, operation: "concatenate").split(rank: rank).these[0])
  let half = tensors.count / 2
  let (front, back) = (Array(tensors[..<half]), Array(tensors[half...]))
  return .apply(
    Concatenate.self, Operands(concatenated(front, along: axis), concatenated(back, along: axis)), attributes)
}

/// Tensors of one shape side by side along a new axis: vectors become the rows of a matrix, or its columns (−1).
public func stacked<T: TensorAlgebra>(_ tensors: [T], along axis: Int = 0) -> T {
  concatenated(tensors.map { $0.expanded(axis) }, along: axis)
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
