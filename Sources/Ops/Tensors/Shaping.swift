import Kernels

/// The same elements in another shape.
public enum Reshape: TensorRule {
  @inlinable public static var code: UInt16 { Operation.reshape.rawValue }
  public static var pullbackReadsValues: Bool { false }
  public static func shape(_ x: Operands<Shape>, _ attributes: Attributes) -> Shape {
    guard x.a.count == attributes.shape.count else {
      fatalError(
        "reshape: \(x.a) to \(attributes.shape): \(x.a.count) and \(attributes.shape.count) elements")
    }
    return attributes.shape
  }
  public static func compute(
    _ x: Operands<Buffer>, _ attributes: Attributes, into y: () -> Buffer
  ) -> Buffer {
    x.a.reshaped(attributes.shape)
  }
  public static func pullback<T: TensorAlgebra>(
    _ g: T, _ x: Operands<T>, _ y: T, _ attributes: Attributes, _ wanted: Wanted
  ) -> Contributions<T> {
    Contributions(g.reshaped(to: x.a.shape))
  }
}

/// Repeated along axes of extent 1, and along new leading axes.
public enum Broadcast: TensorRule {
  @inlinable public static var code: UInt16 { Operation.broadcast.rawValue }
  public static var pullbackReadsValues: Bool { false }
  public static func shape(_ x: Operands<Shape>, _ attributes: Attributes) -> Shape {
    guard x.a.broadcast(with: attributes.shape) == attributes.shape else {
      fatalError("broadcast: \(x.a) to \(attributes.shape): the shapes do not fit")
    }
    return attributes.shape
  }
  public static func compute(
    _ x: Operands<Buffer>, _ attributes: Attributes, into y: () -> Buffer
  ) -> Buffer {
    if x.a.isNumber || x.a.count == 1 { return Buffer(number: x.a.first).reshaped(attributes.shape) }
    return x.a.broadcast(to: attributes.shape)
  }
  public static func pullback<T: TensorAlgebra>(
    _ g: T, _ x: Operands<T>, _ y: T, _ attributes: Attributes, _ wanted: Wanted
  ) -> Contributions<T> {
    Contributions(g.sum(to: x.a.shape))
  }
}

/// The axes in another order.
public enum Permute: TensorRule {
  @inlinable public static var code: UInt16 { Operation.permute.rawValue }
  public static var pullbackReadsValues: Bool { false }
  public static var isLazy: Bool { true }

  public static func shape(_ x: Operands<Shape>, _ attributes: Attributes) -> Shape {
    x.a.permuted(order(attributes, x.a.rank))
  }
  public static func compute(
    _ x: Operands<Buffer>, _ attributes: Attributes, into y: () -> Buffer
  ) -> Buffer {
    if x.a.isNumber { return x.a.reshaped(x.a.shape.permuted(order(attributes, x.a.shape.rank))) }
    let (from, to) = (x.a.shape.strides, y())
    var strides = SIMD8<Int>(repeating: 0)
    for (place, axis) in order(attributes, x.a.shape.rank).enumerated() { strides[place] = from[axis] }
    withStrides(strides, to.shape) { rank, extents, strides in
      switch to.precision {
      case .single: ck_gather_f32(rank, extents, strides, x.a.single, to.single)
      case .double: ck_gather_f64(rank, extents, strides, x.a.double, to.double)
      }
    }
    return to
  }
  public static func pullback<T: TensorAlgebra>(
    _ g: T, _ x: Operands<T>, _ y: T, _ attributes: Attributes, _ wanted: Wanted
  ) -> Contributions<T> {
    let order = order(attributes, x.a.shape.rank)
    return Contributions(g.permuted(order.indices.map { order.firstIndex(of: $0)! }))
  }
  private static func order(_ attributes: Attributes, _ rank: Int) -> [Int] {
    (0..<rank).map { Int(attributes.places[$0]) }
  }
}

extension TensorAlgebra {
  /// The same elements in another shape of the same count. Nothing is copied.
  @specialized(where Self == Variable<Double>)
  @specialized(where Self == Variable<Float>)
  public func reshaped(to shape: Shape) -> Self {
    if shape == self.shape { return self }
    var attributes = Attributes()
    attributes.shape = shape
    return .apply(Reshape.self, Operands(self), attributes)
  }

  /// Repeated to a larger shape, by the rules of broadcasting.
  @specialized(where Self == Variable<Double>)
  @specialized(where Self == Variable<Float>)
  public func broadcast(to shape: Shape) -> Self {
    if shape == self.shape { return self }
    var attributes = Attributes()
    attributes.shape = shape
    return .apply(Broadcast.self, Operands(self), attributes)
  }

  /// Axis i of the result is axis `order[i]` of this.
  @specialized(where Self == Variable<Double>)
  @specialized(where Self == Variable<Float>)
  public func permuted(_ order: [Int]) -> Self {
    guard order.sorted() == Array(0..<shape.rank) else {
      fatalError("permuted: \(order) is no order of the \(shape.rank) axes of \(shape)")
    }
    var attributes = Attributes()
    for (place, axis) in order.enumerated() { attributes.places[place] = Int32(axis) }
    return .apply(Permute.self, Operands(self), attributes)
  }

  /// The last two axes exchanged.
  @specialized(where Self == Variable<Double>)
  @specialized(where Self == Variable<Float>)
  public func transposed() -> Self {
    let rank = shape.rank
    guard rank >= 2 else { return self }
    return permuted(Array(0..<rank - 2) + [rank - 1, rank - 2])
  }
}
