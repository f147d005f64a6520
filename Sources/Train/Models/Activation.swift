/// What turns the weighted sum of a layer into its output.
public enum Activation: String, CaseIterable, Sendable, Codable {
  case identity, sigmoid, tanh, relu
  /// eᶻ divided by its sum over the outputs: probabilities of classes.
  case softmax

  public func callAsFunction<E: Number>(_ z: Variable<E>) -> Variable<E> {
    switch self {
    case .identity: z
    case .sigmoid: .sigmoid(z)
    case .tanh: .tanh(z)
    case .relu: .relu(z)
    case .softmax: softmaxOfRows(z)
    }
  }
}

extension Variable where Element: Number {
  static func sigmoid(_ x: Variable) -> Variable { .apply(Sigmoid.self, x) }
  static func relu(_ x: Variable) -> Variable { .apply(Relu.self, x) }
  static func softplus(_ x: Variable) -> Variable { .apply(Softplus.self, x) }
  static func square(_ x: Variable) -> Variable { .apply(Square.self, x) }
}

/// eᶻ/Σeᶻ over each row, shifted so that the largest exponent is 0.
func softmaxOfRows<E: Number>(_ z: Variable<E>) -> Variable<E> {
  let powers = Variable.exp(z - rowMaxima(z))
  return powers / powers.sum([-1], keepingDimensions: true)
}

/// ln Σeᶻ over each row, shifted likewise.
func logSumExp<E: Number>(_ z: Variable<E>) -> Variable<E> {
  let shift = rowMaxima(z)
  return Variable.log(Variable.exp(z - shift).sum([-1], keepingDimensions: true)) + shift
}

/// The largest number of each row, as data: the shift cancels, so no gradient flows through it.
private func rowMaxima<E: Number>(_ z: Variable<E>) -> Variable<E> {
  guard let tape = z.tape else { fatalError("softmax: the scores stand on no tape") }
  let width = z.shape[-1]
  let elements = z.tensor.elements
  let maxima = stride(from: 0, to: elements.count, by: width).map { elements[$0..<$0 + width].max()! }
  return tape.constant(Tensor(maxima, shape: [maxima.count, 1]))
}
