// Elements of a tensor by their indices, and tensors written as literals.

extension Tensor: ExpressibleByArrayLiteral {
  /// A vector: `let x: Tensor<Double> = [1, 2, 3]`.
  public init(arrayLiteral elements: Element...) { self.init(elements) }
}

extension Tensor {
  /// An element by one index for each axis; negative ones count from the end.
  ///
  /// ```swift
  /// Tensor([[1.0, 2], [3, 4]])[1, -1]  // 4
  /// ```
  public subscript(indices: Int...) -> Element {
    get { elements[place(of: indices)] }
    set { elements[place(of: indices)] = newValue }
  }

  /// The same elements in another shape; one extent may be −1 and is what is left for it.
  ///
  /// ```swift
  /// Tensor([1.0, 2, 3, 4, 5, 6]).reshaped(to: [2, -1])  // [[1. 2. 3.] [4. 5. 6.]]
  /// ```
  public func reshaped(to extents: [Int]) -> Tensor {
    let known = extents.reduce(1) { $1 == -1 ? $0 : $0 * $1 }
    guard extents.count(where: { $0 == -1 }) < 2, known != 0 || !extents.contains(-1) else {
      fatalError("tensor: \(shape) reshaped to \(extents): one extent alone can be left open")
    }
    let filled = extents.map { $0 == -1 ? elements.count / known : $0 }
    guard filled.reduce(1, *) == elements.count else {
      fatalError("tensor: \(shape) reshaped to \(extents): \(elements.count) elements do not fill it")
    }
    return Tensor(elements, shape: Shape(filled))
  }

  private func place(of indices: [Int]) -> Int {
    guard indices.count == shape.rank else {
      fatalError("tensor: \(indices.count) indices for a tensor of shape \(shape)")
    }
    return indices.enumerated().reduce(0) { place, axis in
      let (extent, index) = (shape[axis.offset], axis.element)
      guard (-extent..<extent).contains(index) else { fatalError("tensor: no element \(indices) in shape \(shape)") }
      return place * extent + (index < 0 ? index + extent : index)
    }
  }
}
