/// What turns the weighted sum of a layer into its output.
public enum Activation: String, CaseIterable, Sendable, Codable {
  case identity, sigmoid, tanh, relu
  /// eᶻ divided by its sum over the outputs: probabilities of classes.
  case softmax

  /// The output of weighted sums: element by element, of softmax along the last axis.
  public func callAsFunction<E: Number>(_ z: Variable<E>) -> Variable<E> {
    switch self {
    case .identity: z
    case .sigmoid: Ops.sigmoid(z)
    case .tanh: Ops.tanh(z)
    case .relu: Ops.relu(z)
    case .softmax: z.softmax()
    }
  }
}
