import Kernels

/// Σ x over some axes.
public enum Sum: TensorRule {
  @inlinable public static var code: UInt16 { Operation.sum.rawValue }
  public static var pullbackReadsValues: Bool { false }
  public static func shape(_ x: Operands<Shape>, _ attributes: Attributes) -> Shape {
    x.a.reduced(over: attributes.axes, keeping: attributes.keepsDimensions)
  }
  public static func compute(
    _ x: Operands<Buffer>, _ attributes: Attributes, into y: () -> Buffer
  ) -> Buffer {
    let kept = x.a.shape.reduced(over: attributes.axes, keeping: true)
    if x.a.isNumber {
      let terms = x.a.shape.count / max(kept.count, 1)
      return Buffer(number: x.a.number * Double(terms)).reshaped(shape(x.map(\.shape), attributes))
    }
    let out = y()
    x.a.sum(into: out.reshaped(kept))
    return out
  }
  public static func pullback<T: TensorAlgebra>(
    _ g: T, _ x: Operands<T>, _ y: T, _ attributes: Attributes, _ wanted: Wanted
  ) -> Contributions<T> {
    let kept = x.a.shape.reduced(over: attributes.axes, keeping: true)
    return Contributions(g.reshaped(to: kept).broadcast(to: x.a.shape))
  }
}

extension TensorAlgebra {
  /// Σ x over the given axes, or over all.
  @specialized(where Self == Variable<Double>)
  @specialized(where Self == Variable<Float>)
  public func sum(_ axes: [Int]? = nil, keepingDimensions: Bool = false) -> Self {
    var attributes = Attributes()
    attributes.axes = AxisSet(axes, rank: shape.rank, operation: "sum")
    attributes.keepsDimensions = keepingDimensions
    return .apply(Sum.self, Operands(self), attributes)
  }

  /// Summed over the axes along which a tensor of shape `target` is repeated to have this one's shape.
  func sum(to target: Shape) -> Self {
    if shape == target { return self }
    let lead = shape.rank - target.rank
    var attributes = Attributes()
    attributes.keepsDimensions = true
    for axis in 0..<shape.rank where axis < lead || target[axis - lead] != shape[axis] {
      attributes.axes.bits |= 1 << UInt16(axis)
    }
    return Self.apply(Sum.self, Operands(self), attributes).reshaped(to: target)
  }
}

extension Variable where Element: Number {
  /// The mean over the given axes, or over all.
  @specialized(where Element == Double)
  @specialized(where Element == Float)
  public func mean(_ axes: [Int]? = nil, keepingDimensions: Bool = false) -> Variable {
    let total = sum(axes, keepingDimensions: keepingDimensions)
    return Variable.apply(Divide.self, total, Variable(Element(shape.count / max(total.shape.count, 1))))
  }
}
