extension JSONValue {
  /// A tensor as nested arrays; see `init(tensor:shape:)`.
  public init(_ tensor: Tensor<some Real>) { self.init(tensor: tensor.elements, shape: tensor.shape.dimensions) }
}
