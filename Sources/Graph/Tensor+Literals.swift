/// Nested arrays of numbers, as deep as the rank: `let x: Tensor<Double> = [[1, 2], [3, 4]]`.
extension Tensor: ExpressibleByArrayLiteral, ExpressibleByFloatLiteral, ExpressibleByIntegerLiteral {
  public init(floatLiteral value: Double) { self.init(Element(value)) }
  public init(integerLiteral value: Int) { self.init(Element(value)) }
  public init(arrayLiteral parts: Tensor...) { self.init(stacking: parts) }
}

extension Tensor {
  /// Tensors of one shape, one behind the other along a new first axis.
  public init(stacking parts: [Tensor]) {
    let shape = parts.first?.shape ?? .scalar
    for part in parts where part.shape != shape {
      fatalError("tensor: parts of different shapes, \(shape) and \(part.shape)")
    }
    self.init(parts.flatMap(\.elements), shape: Shape([parts.count] + shape.dimensions))
  }
}
