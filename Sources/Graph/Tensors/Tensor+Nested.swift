// Tensors of higher rank, from those of lower.

extension Tensor {
  /// Matrices of one shape, one behind the other: rank 3.
  public init(_ matrices: [[[Element]]]) { self.init(stacking: matrices.map { Tensor($0) }) }

  /// Tensors of one shape, one behind the other along a new first axis.
  ///
  /// ```swift
  /// Tensor(stacking: [Tensor([1.0, 2]), Tensor([3, 4])])  // [[1. 2.] [3. 4.]]
  /// ```
  public init(stacking parts: [Tensor]) {
    let shape = parts.first?.shape ?? .scalar
    for part in parts where part.shape != shape {
      fatalError("tensor: parts of different shapes, \(shape) and \(part.shape)")
    }
    self.init(parts.flatMap(\.elements), shape: Shape([parts.count] + shape.dimensions))
  }
}
