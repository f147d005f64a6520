/// How far outputs are from targets, as one number to be minimized: the mean over the examples of one of these costs.
///
/// z is the score (what goes into the output's activation), a the activation, y the target; the sums run over outputs.
public enum Loss: String, CaseIterable, Sendable, Codable {
  /// ½Σ(a − y)²
  case quadratic
  /// Σ|a − y|
  case absolute
  /// With softmax −Σy·ln a, with sigmoid −Σ(y·ln a + (1 − y)·ln(1 − a)); computed from z, so that nothing overflows.
  case crossEntropy = "cross-entropy"
  /// Σmax(0, 1 − y·z), for targets ±1
  case hinge
  /// ½Σmax(0, 1 − y·z)², for targets ±1
  case squaredHinge = "squared-hinge"
  /// Σln(1 + e⁻ʸᶻ), for targets ±1
  case logistic
  /// Σ(y·ReLU(−z) + (1 − y)·ReLU(z)), for targets 0 and 1: |z| where the sign of z is wrong
  case perceptron

  /// Whether its targets are −1 and 1 instead of 0 and 1.
  public var hasSignedTargets: Bool { self == .hinge || self == .squaredHinge || self == .logistic }

  /// Whether it reads the score and not the activation of the output.
  public var readsScore: Bool { hasSignedTargets || self == .perceptron }

  /// The loss of a batch.
  ///
  /// - Parameters:
  ///   - z: the scores, [examples, outputs].
  ///   - output: the activation that makes a of z.
  ///   - y: the targets, in the shape of z.
  /// - Precondition: ``check(with:)`` does not throw.
  @specialized(where E == Double)
  @specialized(where E == Float)
  public func callAsFunction<E: Number>(
    _ z: Variable<E>, output: Activation, target y: Variable<E>
  ) -> Variable<E> {
    let total =
      switch self {
      case .quadratic: halfSquaredError(output(z), y, .sum)
      case .absolute: absoluteError(output(z), y, .sum)
      case .crossEntropy where output == .softmax: Ops.crossEntropy(logits: z, y, .sum)
      case .crossEntropy: logLoss(logits: z, y, .sum)
      case .hinge: Ops.hinge(z, y, .sum)
      case .squaredHinge: Ops.squaredHinge(z, y, .sum)
      case .logistic: Ops.logistic(z, y, .sum)
      case .perceptron: perceptronError(z, y, .zeroOne, .sum)
      }
    return total / Variable(E(z.shape[0]))
  }

  /// That the loss and the output's activation fit.
  public func check(with output: Activation) throws(OptionError) {
    let names = "the loss \(rawValue) with the output \(output.rawValue)"
    switch (self, output) {
    case (.crossEntropy, .sigmoid), (.crossEntropy, .softmax): return
    case (.crossEntropy, _): throw OptionError("\(names): expected the output sigmoid or softmax")
    case (_, .softmax) where readsScore: throw OptionError("\(names): expected the output sigmoid or identity")
    default: return
    }
  }
}
