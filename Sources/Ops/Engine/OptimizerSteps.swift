import ChainruleKernels

/// The steps of the commonest optimizers in the language of rules: what the kernels below compute in one pass over memory.
package enum OptimizerRules {
  /// p after a step along g.
  package static func descend<A: Algebra>(_ p: A, _ g: A, rate: A) -> A { p - rate * g }

  /// p and its velocity after a step with momentum.
  package static func descend<A: Algebra>(_ p: A, _ g: A, velocity: A, rate: A, momentum: A) -> (p: A, velocity: A) {
    let velocity = momentum * velocity + g
    return (p - rate * velocity, velocity)
  }

  /// p and the running means of g and g² after step number t of Adam.
  package static func adam<A: Algebra>(
    _ p: A, _ g: A, mean: A, square: A, rate: A, betas: (A, A), epsilon: A, step: A
  ) -> (p: A, mean: A, square: A) {
    let mean: A = betas.0 * mean + (1 - betas.0) * g
    let square: A = betas.1 * square + (1 - betas.1) * (g * g)
    let direction: A = mean / (1 - .pow(betas.0, step))
    let size: A = .sqrt(square / (1 - .pow(betas.1, step)))
    return (p - rate * direction / (size + epsilon), mean, square)
  }
}

/// The same on arrays in place, one kernel each. The arrays of one call are equally long.
package enum OptimizerSteps {
  /// p −= rate·g
  package static func descend<E: Number>(
    _ p: UnsafeMutableBufferPointer<E>, _ g: UnsafeMutableBufferPointer<E>, rate: Double
  ) {
    inShares(of: p.count) { start, length in
      let (p, g) = (Buffer(p).block(start, length), Buffer(g).block(start, length))
      ck_descend(p.isSingle, length, rate, g.base, p.base)
    }
  }

  /// v = momentum·v + g;  p −= rate·v
  package static func descend<E: Number>(
    _ p: UnsafeMutableBufferPointer<E>, _ g: UnsafeMutableBufferPointer<E>,
    velocity v: UnsafeMutableBufferPointer<E>, rate: Double, momentum: Double
  ) {
    inShares(of: p.count) { start, length in
      let (p, g, v) = (
        Buffer(p).block(start, length), Buffer(g).block(start, length), Buffer(v).block(start, length)
      )
      ck_descend_momentum(p.isSingle, length, rate, momentum, g.base, v.base, p.base)
    }
  }

  /// m = β₁m + (1 − β₁)g;  v = β₂v + (1 − β₂)g²;  p −= rate·(m/c₁)/(√(v/c₂) + ε), with cᵢ = 1 − βᵢᵗ
  package static func adam<E: Number>(
    _ p: UnsafeMutableBufferPointer<E>, _ g: UnsafeMutableBufferPointer<E>,
    mean m: UnsafeMutableBufferPointer<E>, square v: UnsafeMutableBufferPointer<E>,
    rate: Double, betas: (Double, Double), epsilon: Double, step: Int
  ) {
    let (p, g, m, v) = (Buffer(p), Buffer(g), Buffer(m), Buffer(v))
    // From the betas as the kernel has them: in `Float`, 1 − 0.999 is off by 5e-5, and the correction must be so too.
    let (b1, b2) = (Double(E(betas.0)), Double(E(betas.1)))
    let (c1, c2) = (1 - Double.pow(b1, Double(step)), 1 - Double.pow(b2, Double(step)))
    ck_adam(
      p.isSingle, p.count, rate, betas.0, betas.1, epsilon, c1, c2, g.base, m.base, v.base, p.base)
  }

  /// Whether all numbers are finite: their sum is infinite or NaN as soon as one is.
  package static func isFinite<E: Number>(_ x: UnsafeMutableBufferPointer<E>) -> Bool {
    Buffer(x).sum.isFinite
  }

  /// Σ x·y, in double precision whatever the elements.
  package static func dot<E: Number>(
    _ x: UnsafeMutableBufferPointer<E>, _ y: UnsafeMutableBufferPointer<E>
  ) -> Double {
    let (x, y) = (Buffer(x), Buffer(y))
    return ck_dot(x.isSingle, x.count, x.base, y.base)
  }
}

extension Buffer {
  fileprivate init<E: Number>(_ elements: UnsafeMutableBufferPointer<E>) {
    guard let base = elements.baseAddress else { fatalError("buffer: no memory") }
    self.init(
      base: UnsafeMutableRawPointer(base), shape: Shape(vector: elements.count), precision: Precision(E.self),
      workspace: nil)
  }
}
