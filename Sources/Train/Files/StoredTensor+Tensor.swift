extension StoredTensor {
  /// A tensor in the precision of its elements.
  ///
  /// ```swift
  /// file["w"] = StoredTensor(w.tensor)
  /// Tensor<Double>(file["w"]!)
  /// ```
  public init<Element: Real>(_ tensor: Tensor<Element>) {
    self.init(elements: tensor.elements, shape: tensor.shape.dimensions)
  }

  package init<Element: Real>(elements: [Element], shape: [Int]) {
    if let floats = elements as? [Float] {
      self.init(floats, shape: shape)
    } else {
      self.init(elements.map { Double($0) }, shape: shape)
    }
  }

  package func elements<Element: Real>() -> [Element] {
    if let floats = floats as? [Element] { return floats }
    return doubles.map { Element($0) }
  }
}

extension Tensor {
  /// A tensor from a file, its elements rounded to nearest; nil where it has more axes than tensors here can have.
  public init?(_ stored: StoredTensor) {
    guard stored.shape.count <= Shape.maximalRank else { return nil }
    self.init(stored.elements(), shape: Shape(stored.shape))
  }
}
