import Kernels

/// The steps of the commonest optimizers on arrays in place: one kernel, one pass over memory.
///
/// The arrays of one call are equally long.
package enum OptimizerSteps {
  /// p −= rate·g
  package static func descend<E: Number>(
    _ p: UnsafeMutableBufferPointer<E>, _ g: UnsafeMutableBufferPointer<E>, rate: Double
  ) {
    inShares(of: p.count) { start, length in
      let (p, g) = (Buffer(p).block(start, length), Buffer(g).block(start, length))
      switch p.precision {
      case .single: ck_descend_f32(length, Float(rate), g.single, p.single)
      case .double: ck_descend_f64(length, rate, g.double, p.double)
      }
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
      switch p.precision {
      case .single:
        ck_descend_momentum_f32(length, Float(rate), Float(momentum), g.single, v.single, p.single)
      case .double: ck_descend_momentum_f64(length, rate, momentum, g.double, v.double, p.double)
      }
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
    switch p.precision {
    case .single:
      ck_adam_f32(
        p.count, Float(rate), Float(betas.0), Float(betas.1), Float(epsilon), Float(c1), Float(c2), g.single,
        m.single, v.single, p.single)
    case .double:
      ck_adam_f64(
        p.count, rate, betas.0, betas.1, epsilon, c1, c2, g.double, m.double, v.double, p.double)
    }
  }

  /// Whether all numbers are finite: their sum is infinite or NaN as soon as one is.
  package static func isFinite<E: Number>(_ x: UnsafeMutableBufferPointer<E>) -> Bool {
    let x = Buffer(x)
    switch x.precision {
    case .single: return ck_sum_f32(x.count, x.single).isFinite
    case .double: return ck_sum_f64(x.count, x.double).isFinite
    }
  }

  /// Σ x·y, in double precision whatever the elements.
  package static func dot<E: Number>(
    _ x: UnsafeMutableBufferPointer<E>, _ y: UnsafeMutableBufferPointer<E>
  ) -> Double {
    let (x, y) = (Buffer(x), Buffer(y))
    switch x.precision {
    case .single: return Double(ck_dot_f32(x.count, x.single, y.single))
    case .double: return ck_dot_f64(x.count, x.double, y.double)
    }
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
