import Train

extension JSONValue {
  /// A tensor as nested arrays.
  init(_ tensor: Tensor<Double>) { self.init(tensor: tensor.elements, shape: tensor.shape.dimensions) }
}
