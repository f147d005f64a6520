/// p ← p − η·g
public struct GradientDescent: Optimizer {
  /// Gradient descent has no settings but the learning rate.
  public init() {}

  public func update<E: Number>(_ slot: Slot<E>, rate: Double, step: Int) {
    OptimizerSteps.descend(slot.parameter, slot.gradient, rate: rate)
  }
}

/// v ← μ·v + g;  p ← p − η·v
///
/// Steps in one direction add up, steps that alternate cancel. As in PyTorch, the learning rate multiplies the whole
/// velocity, so that changing it acts at once.
public struct Momentum: Optimizer {
  /// μ: the share of the velocity that is kept.
  public var momentum: Double

  /// The usual μ unless given.
  public init(_ momentum: Double = 0.9) { self.momentum = momentum }

  public var memory: [String] { ["velocity"] }
  public func update<E: Number>(_ slot: Slot<E>, rate: Double, step: Int) {
    OptimizerSteps.descend(
      slot.parameter, slot.gradient, velocity: slot.memory[0], rate: rate, momentum: momentum)
  }
}

/// v ← μ·v + g;  p ← p − η·(g + μ·v)
///
/// Nesterov's gradient: the velocity is applied before the gradient is taken. Written for the point ahead, p − η·μ·v,
/// so that each step needs one gradient at the parameter itself.
public struct Nesterov: Optimizer {
  /// μ: the share of the velocity that is kept.
  public var momentum: Double

  /// The usual μ unless given.
  public init(_ momentum: Double = 0.9) { self.momentum = momentum }

  public var memory: [String] { ["velocity"] }
  @specialized(where E == Float)
  @specialized(where E == Double)
  public func update<E: Number>(_ slot: Slot<E>, rate: Double, step: Int) {
    let (p, g, v) = (slot.parameter, slot.gradient, slot.memory[0])
    let (η, μ) = (E(rate), E(momentum))
    for i in p.indices {
      v[i] = μ * v[i] + g[i]
      p[i] -= η * (g[i] + μ * v[i])
    }
  }
}
