extension TensorAlgebra {
  /// Less its mean and divided by its standard deviation over the given axes, the last unless stated:
  /// (x − x̄)/√(Var x + ε). Layer normalization without its gain and offset, which are a product and a sum.
  public func normalized(_ axes: [Int] = [-1], epsilon: Double = 1e-5) -> Self {
    let centered = self - mean(axes, keepingDimensions: true)
    let variance = square(centered).mean(axes, keepingDimensions: true)
    return centered / .sqrt(variance + .number(epsilon))
  }
}
