// Optimizers that give every element of a parameter a learning rate of its own, from the size of its past gradients.

/// s ← s + g²;  p ← p − η·g/(√s + ε)
///
/// (Duchi, Hazan and Singer, 2011.) Rates only fall.
public struct AdaGrad: Optimizer {
  /// ε: keeps the quotient finite where gradients have been 0.
  public var epsilon: Double

  /// The usual ε unless given.
  public init(epsilon: Double = 1e-10) { self.epsilon = epsilon }

  public var memory: [String] { ["squares"] }
  @specialized(where E == Float)
  @specialized(where E == Double)
  public func update<E: Number>(_ slot: Slot<E>, rate: Double, step: Int) {
    let (p, g, s) = (slot.parameter, slot.gradient, slot.memory[0])
    let (η, ε) = (E(rate), E(epsilon))
    for i in p.indices {
      s[i] += g[i] * g[i]
      p[i] -= η * g[i] / (s[i].squareRoot() + ε)
    }
  }
}

/// s ← α·s + (1 − α)·g²;  p ← p − η·g/(√s + ε)
///
/// (Tieleman and Hinton, 2012.) As AdaGrad, but old gradients are forgotten.
public struct RMSProp: Optimizer {
  /// α: the share of the mean square that is kept.
  public var smoothing: Double
  /// ε: keeps the quotient finite where gradients have been 0.
  public var epsilon: Double

  /// The values that are usual unless given.
  public init(smoothing: Double = 0.99, epsilon: Double = 1e-8) {
    (self.smoothing, self.epsilon) = (smoothing, epsilon)
  }

  public var memory: [String] { ["squares"] }
  @specialized(where E == Float)
  @specialized(where E == Double)
  public func update<E: Number>(_ slot: Slot<E>, rate: Double, step: Int) {
    let (p, g, s) = (slot.parameter, slot.gradient, slot.memory[0])
    let (η, α, ε) = (E(rate), E(smoothing), E(epsilon))
    for i in p.indices {
      s[i] = α * s[i] + (1 - α) * (g[i] * g[i])
      p[i] -= η * g[i] / (s[i].squareRoot() + ε)
    }
  }
}

/// m ← β₁m + (1 − β₁)g;  v ← β₂v + (1 − β₂)g²;  p ← p − η·m̂/(√v̂ + ε), with m̂ = m/(1 − β₁ᵗ), v̂ = v/(1 − β₂ᵗ)
///
/// (Kingma and Ba, 2015.)
public struct Adam: Optimizer {
  /// β₁: the share of the mean of gradients that is kept.
  public var beta1: Double
  /// β₂: the share of the mean square that is kept.
  public var beta2: Double
  /// ε: keeps the quotient finite where gradients have been 0.
  public var epsilon: Double

  /// The values of the paper unless given.
  public init(beta1: Double = 0.9, beta2: Double = 0.999, epsilon: Double = 1e-8) {
    (self.beta1, self.beta2, self.epsilon) = (beta1, beta2, epsilon)
  }

  public var memory: [String] { ["mean", "square"] }
  public func update<E: Number>(_ slot: Slot<E>, rate: Double, step: Int) {
    OptimizerSteps.adam(
      slot.parameter, slot.gradient, mean: slot.memory[0], square: slot.memory[1], rate: rate,
      betas: (beta1, beta2), epsilon: epsilon, step: step)
  }
}

/// p ← (1 − η·decay)·p, then a step of ``Adam``; biases do not decay.
///
/// (Loshchilov and Hutter, 2019.) A penalty in the loss would be divided by √v̂ with the rest of the gradient; this
/// decay is not.
public struct AdamW: Optimizer {
  /// The step after the decay.
  public var adam: Adam
  /// The share of a weight that goes per step at a learning rate of 1.
  public var decay: Double

  /// The values that are usual unless given.
  public init(decay: Double = 0.01, beta1: Double = 0.9, beta2: Double = 0.999, epsilon: Double = 1e-8) {
    (self.adam, self.decay) = (Adam(beta1: beta1, beta2: beta2, epsilon: epsilon), decay)
  }

  public var memory: [String] { adam.memory }
  public func update<E: Number>(_ slot: Slot<E>, rate: Double, step: Int) {
    if slot.isWeight { shrink(slot.parameter, by: 1 - rate * decay) }
    adam.update(slot, rate: rate, step: step)
  }
}

@specialized(where E == Float)
@specialized(where E == Double)
func shrink<E: Number>(_ p: UnsafeMutableBufferPointer<E>, by factor: Double) {
  let factor = E(factor)
  for i in p.indices { p[i] *= factor }
}
