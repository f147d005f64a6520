// Arithmetic on tensors as values, for data on their way into a tape. Nothing is recorded; gradients come from variables. What
// takes a number beside a tensor is disfavoured, so that the compiler does not think about it in losses of algebras.

extension Tensor {
  /// a + b, element by element; shapes broadcast as in NumPy.
  public static func + (a: Tensor, b: Tensor) -> Tensor { a.combined(with: b, "+", +) }
  /// a − b, element by element; shapes broadcast as in NumPy.
  public static func - (a: Tensor, b: Tensor) -> Tensor { a.combined(with: b, "-", -) }
  /// a·b, element by element; shapes broadcast as in NumPy.
  public static func * (a: Tensor, b: Tensor) -> Tensor { a.combined(with: b, "*", *) }
  /// a / b, element by element; shapes broadcast as in NumPy.
  public static func / (a: Tensor, b: Tensor) -> Tensor { a.combined(with: b, "/", /) }

  /// a + b for each element of a.
  @_disfavoredOverload public static func + (a: Tensor, b: Element) -> Tensor { a.map { $0 + b } }
  /// a − b for each element of a.
  @_disfavoredOverload public static func - (a: Tensor, b: Element) -> Tensor { a.map { $0 - b } }
  /// a·b for each element of a.
  @_disfavoredOverload public static func * (a: Tensor, b: Element) -> Tensor { a.map { $0 * b } }
  /// a / b for each element of a.
  @_disfavoredOverload public static func / (a: Tensor, b: Element) -> Tensor { a.map { $0 / b } }
  /// a + b for each element of b.
  @_disfavoredOverload public static func + (a: Element, b: Tensor) -> Tensor { b.map { a + $0 } }
  /// a − b for each element of b.
  @_disfavoredOverload public static func - (a: Element, b: Tensor) -> Tensor { b.map { a - $0 } }
  /// a·b for each element of b.
  @_disfavoredOverload public static func * (a: Element, b: Tensor) -> Tensor { b.map { a * $0 } }
  /// a / b for each element of b.
  @_disfavoredOverload public static func / (a: Element, b: Tensor) -> Tensor { b.map { a / $0 } }
  /// −a for each element.
  @_disfavoredOverload public static prefix func - (a: Tensor) -> Tensor { a.map { -$0 } }

  /// f of each element, in the same shape.
  public func map(_ f: (Element) throws -> Element) rethrows -> Tensor {
    Tensor(try elements.map(f), shape: shape)
  }

  /// The sum of all elements, 0 where there are none.
  public func sum() -> Element { elements.reduce(0, +) }

  private func combined(with other: Tensor, _ name: String, _ f: (Element, Element) -> Element) -> Tensor {
    guard let shape = shape.broadcast(with: other.shape) else {
      fatalError("tensor: \(self.shape) \(name) \(other.shape): the shapes do not broadcast")
    }
    return Tensor(zip(stretched(to: shape), other.stretched(to: shape)).map(f), shape: shape)
  }

  /// The elements as those of a larger shape that this one broadcasts to.
  private func stretched(to target: Shape) -> [Element] {
    if target == shape { return elements }
    let strides = shape.strides(broadcastTo: target), indices = target.strides
    return (0..<target.count).map { place in
      elements[(0..<target.rank).reduce(0) { $0 + place / indices[$1] % target[$1] * strides[$1] }]
    }
  }
}
