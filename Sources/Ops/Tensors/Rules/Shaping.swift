import Kernels

/// The same elements in another shape.
public enum Reshape: TensorRule {
  @inlinable public static var code: UInt16 { Operation.reshape.rawValue }
  public static var pullbackReadsValues: Bool { false }
  public static var readsNumbers: Bool { true }
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
  public static var readsNumbers: Bool { true }
  public static func shape(_ x: Operands<Shape>, _ attributes: Attributes) -> Shape {
    guard x.a.broadcast(with: attributes.shape) == attributes.shape else {
      fatalError("broadcast: \(x.a) to \(attributes.shape): the shapes do not fit")
    }
    return attributes.shape
  }
  public static func compute(
    _ x: Operands<Buffer>, _ attributes: Attributes, into y: () -> Buffer
  ) -> Buffer {
    if x.a.isNumber || x.a.count == 1 { return x.a.asNumber.reshaped(attributes.shape) }
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
    return Contributions(g.permuted(order.inverse))
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
    if order == Array(0..<shape.rank) { return self }
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

// MARK: - Axes of extent 1

extension TensorAlgebra {
  /// Without an axis of extent 1; without all of them where none is given.
  public func squeezed(_ axis: Int? = nil) -> Self {
    let shape = shape
    guard let axis else { return reshaped(to: Shape(shape.dimensions.filter { $0 != 1 })) }
    let axes = AxisSet([axis], rank: shape.rank, operation: "squeezed")
    guard shape[axis] == 1 else { fatalError("squeezed: \(shape): axis \(axis) has extent \(shape[axis])") }
    return reshaped(to: shape.reduced(over: axes, keeping: false))
  }

  /// With a new axis of extent 1 at a place of the result: `expanded(0)` of `[3]` is `[1, 3]`, `expanded(-1)` is `[3, 1]`.
  public func expanded(_ axis: Int) -> Self {
    var dimensions = shape.dimensions
    let place = axis < 0 ? axis + dimensions.count + 1 : axis
    guard (0...dimensions.count).contains(place) else { fatalError("expanded: \(shape): no place \(axis) for an axis") }
    dimensions.insert(1, at: place)
    return reshaped(to: Shape(dimensions))
  }

  /// The same elements in one vector.
  public func flattened() -> Self { reshaped(to: [shape.count]) }
}
