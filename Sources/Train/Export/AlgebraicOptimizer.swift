/// An optimizer whose step is also stated in the language of rules, so that it can be exported.
public protocol AlgebraicOptimizer: Optimizer {
  /// The parameter and what is remembered of it after a step.
  ///
  /// - Parameters:
  ///   - p: the parameter.
  ///   - g: its gradient.
  ///   - memory: the arrays of ``Optimizer/memory``, in its order.
  ///   - rate: the learning rate η of this step.
  ///   - step: the number of the step, from 1.
  ///   - isWeight: whether weight decay applies to the parameter.
  func stepped<T: TensorAlgebra>(
    _ p: T, _ g: T, memory: [T], rate: T, step: T, isWeight: Bool
  ) -> (parameter: T, memory: [T])
}

extension GradientDescent: AlgebraicOptimizer {
  public func stepped<T: TensorAlgebra>(
    _ p: T, _ g: T, memory: [T], rate: T, step: T, isWeight: Bool
  ) -> (parameter: T, memory: [T]) { (OptimizerRules.descend(p, g, rate: rate), []) }
}

extension Momentum: AlgebraicOptimizer {
  public func stepped<T: TensorAlgebra>(
    _ p: T, _ g: T, memory: [T], rate: T, step: T, isWeight: Bool
  ) -> (parameter: T, memory: [T]) {
    let (p, v) = OptimizerRules.descend(p, g, velocity: memory[0], rate: rate, momentum: .number(momentum))
    return (p, [v])
  }
}

extension Nesterov: AlgebraicOptimizer {
  public func stepped<T: TensorAlgebra>(
    _ p: T, _ g: T, memory: [T], rate: T, step: T, isWeight: Bool
  ) -> (parameter: T, memory: [T]) {
    let v = T.number(momentum) * memory[0] + g
    return (p - rate * (g + T.number(momentum) * v), [v])
  }
}

extension AdaGrad: AlgebraicOptimizer {
  public func stepped<T: TensorAlgebra>(
    _ p: T, _ g: T, memory: [T], rate: T, step: T, isWeight: Bool
  ) -> (parameter: T, memory: [T]) {
    let s = memory[0] + g * g
    return (p - rate * g / (T.sqrt(s) + T.number(epsilon)), [s])
  }
}

extension RMSProp: AlgebraicOptimizer {
  public func stepped<T: TensorAlgebra>(
    _ p: T, _ g: T, memory: [T], rate: T, step: T, isWeight: Bool
  ) -> (parameter: T, memory: [T]) {
    let s = T.number(smoothing) * memory[0] + T.number(1 - smoothing) * (g * g)
    return (p - rate * g / (T.sqrt(s) + T.number(epsilon)), [s])
  }
}

extension Adam: AlgebraicOptimizer {
  public func stepped<T: TensorAlgebra>(
    _ p: T, _ g: T, memory: [T], rate: T, step: T, isWeight: Bool
  ) -> (parameter: T, memory: [T]) {
    let (p, mean, square) = OptimizerRules.adam(
      p, g, mean: memory[0], square: memory[1], rate: rate, betas: (.number(beta1), .number(beta2)),
      epsilon: .number(epsilon), step: step)
    return (p, [mean, square])
  }
}

extension AdamW: AlgebraicOptimizer {
  public func stepped<T: TensorAlgebra>(
    _ p: T, _ g: T, memory: [T], rate: T, step: T, isWeight: Bool
  ) -> (parameter: T, memory: [T]) {
    let shrunk = isWeight ? p * (1 - rate * T.number(decay)) : p
    return adam.stepped(shrunk, g, memory: memory, rate: rate, step: step, isWeight: isWeight)
  }
}

extension Clipping {
  /// The gradients of a step within the limit.
  func applied<T: TensorAlgebra>(to gradients: [T]) -> [T] {
    switch self {
    case .none: return gradients
    case .norm(let limit):
      let norm = T.sqrt(gradients.map { square($0).sum() }.reduce(0, +))
      let factor = T.select(.less(.number(limit), norm), T.number(limit) / norm, 1)
      return gradients.map { $0 * factor }
    case .elements(let limit):
      return gradients.map { minimum(maximum($0, .number(-limit)), .number(limit)) }
    }
  }
}
