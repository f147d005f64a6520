/// The optimizers by the names that options and checkpoints use.
public enum OptimizerName: String, CaseIterable, Sendable {
  case descent, momentum, nesterov, adagrad, rmsprop, adam, adamw

  /// The optimizer with its usual settings.
  ///
  /// - Parameters:
  ///   - momentum: μ of `momentum` and `nesterov`.
  ///   - decay: the weight decay of `adamw`.
  public func optimizer(momentum: Double = 0.9, decay: Double = 0.01) -> any Optimizer {
    switch self {
    case .descent: GradientDescent()
    case .momentum: Momentum(momentum)
    case .nesterov: Nesterov(momentum)
    case .adagrad: AdaGrad()
    case .rmsprop: RMSProp()
    case .adam: Adam()
    case .adamw: AdamW(decay: decay)
    }
  }

  /// The learning rate that suits most problems.
  public var usualRate: Double {
    switch self {
    case .descent: 0.1
    case .momentum, .nesterov, .adagrad: 0.01
    case .rmsprop, .adam, .adamw: 0.001
    }
  }
}
