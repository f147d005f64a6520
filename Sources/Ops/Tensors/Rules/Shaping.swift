import ChainruleKernels

/// A shape to be given to a tensor.
package struct TargetShape: RuleOptions {
  var shape = Shape.scalar
  package init() {}
  init(_ shape: Shape) { self.shape = shape }
  package static var fields: [OptionField<TargetShape>] { [.shape("shape", \.shape)] }
}

/// The same elements in another shape.
package enum Reshape: TensorRule {
  package typealias Options = TargetShape
  package static var code: UInt16 { 56 }
  package static var pullbackReadsValues: Bool { false }
  package static var readsNumbers: Bool { true }

  package static func shape(_ c: Call<Self, Shape>) throws(ShapeError) -> Shape {
    let target = c.options.shape
    guard c.x.count == target.count else {
      throw ShapeError("reshape: \(c.x) to \(target): \(c.x.count) and \(target.count) elements")
    }
    return target
  }
  package static func compute(_ c: Computation<Self>) -> Buffer { c.x.reshaped(c.shape) }
  package static func pullback<T: TensorAlgebra>(_ c: Pullback<Self, T>) -> Contributions<T> {
    Contributions(c.g.reshaped(to: c.x.shape))
  }
  package static func definition<A: Algebra>(_ c: Call<Self, Grid<A>>) -> Grid<A> {
    Grid(c.x.elements, shape: c.options.shape)
  }
}

/// Repeated along axes of extent 1, and along new leading axes.
package enum Broadcast: TensorRule {
  package typealias Options = TargetShape
  package static var code: UInt16 { 55 }
  package static var pullbackReadsValues: Bool { false }
  package static var readsNumbers: Bool { true }

  package static func shape(_ c: Call<Self, Shape>) throws(ShapeError) -> Shape {
    let target = c.options.shape
    guard c.x.broadcast(with: target) == target else {
      throw ShapeError("broadcast: \(c.x) to \(target): the shapes do not fit")
    }
    return target
  }
  package static func compute(_ c: Computation<Self>) -> Buffer {
    c.x.isNumber || c.x.count == 1 ? c.x.asNumber.reshaped(c.shape) : c.x.broadcast(to: c.shape)
  }
  package static func pullback<T: TensorAlgebra>(_ c: Pullback<Self, T>) -> Contributions<T> {
    Contributions(c.g.sum(to: c.x.shape))
  }
  package static func definition<A: Algebra>(_ c: Call<Self, Grid<A>>) -> Grid<A> {
    Grid(c.x.stretched(to: c.options.shape), shape: c.options.shape)
  }
}

/// The axes in another order.
package enum Permute: TensorRule {
  package struct Options: RuleOptions {
    /// Axis i of the result is axis `order[i]` of the operand.
    var order = AxisNumbers(repeating: 0)
    package init() {}
    package static var fields: [OptionField<Options>] { [.perAxis("axes", \.order)] }

    /// Whether the last two axes are exchanged and the others stay.
    func isTransposition(rank: Int) -> Bool {
      rank >= 2 && order.prefix(rank) == Array(0..<rank - 2) + [rank - 1, rank - 2]
    }
  }
  package static var code: UInt16 { 57 }
  package static var pullbackReadsValues: Bool { false }
  package static var isLazy: Bool { true }

  package static func shape(_ c: Call<Self, Shape>) throws(ShapeError) -> Shape {
    let order = c.options.order.prefix(c.x.rank)
    guard order.sorted() == Array(0..<c.x.rank) else {
      throw ShapeError("permuted: \(order) is no order of the \(c.x.rank) axes of \(c.x)")
    }
    return c.x.permuted(order)
  }
  package static func compute(_ c: Computation<Self>) -> Buffer {
    let (from, to) = (c.x.shape.strides, c.result())
    var strides = SIMD8<Int>(repeating: 0)
    for axis in 0..<to.shape.rank { strides[axis] = from[c.options.order[axis]] }
    withStrides(strides, to.shape) { ck_gather(to.isSingle, $0, $1, $2, c.x.base, to.base) }
    return to
  }
  package static func pullback<T: TensorAlgebra>(_ c: Pullback<Self, T>) -> Contributions<T> {
    Contributions(c.g.permuted(c.options.order.prefix(c.x.shape.rank).inverse))
  }
  package static func definition<A: Algebra>(_ c: Call<Self, Grid<A>>) -> Grid<A> {
    let inverse = c.options.order.prefix(c.x.shape.rank).inverse
    return c.elements(of: Self.self) { i in c.x[inverse.map { i[$0] }] }
  }
}

extension TensorAlgebra {
  /// The same elements in another shape of the same count. Nothing is copied.
  @specialized(where Self == Variable<Double>)
  @specialized(where Self == Variable<Float>)
  public func reshaped(to shape: Shape) -> Self {
    if shape == self.shape { return self }
    return .apply(Reshape.self, self, TargetShape(shape))
  }

  /// Repeated to a larger shape, by the rules of broadcasting.
  @specialized(where Self == Variable<Double>)
  @specialized(where Self == Variable<Float>)
  public func broadcast(to shape: Shape) -> Self {
    if shape == self.shape { return self }
    return .apply(Broadcast.self, self, TargetShape(shape))
  }

  /// Axis i of the result is axis `order[i]` of this.
  @specialized(where Self == Variable<Double>)
  @specialized(where Self == Variable<Float>)
  public func permuted(_ order: [Int]) -> Self {
    if order == Array(0..<shape.rank) { return self }
    guard order.count == shape.rank else {
      fatalError("permuted: \(order) is no order of the \(shape.rank) axes of \(shape)")
    }
    return .apply(Permute.self, self, .init { $0.order = AxisNumbers(order) })
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
