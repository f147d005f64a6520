/// A limit to gradients, against steps that throw the parameters far away.
public enum Clipping: Sendable, Equatable {
  case none
  /// All gradients scaled by one factor, so that together they are no longer than this: the direction is kept.
  case norm(Double)
  /// Every element brought into −limit…limit.
  case elements(Double)

  /// Applies the limit to all gradients of a step, in place.
  ///
  /// - Returns: the norm of all gradients before; nil where it was not needed.
  @discardableResult
  public func apply<E: Number>(to gradients: [UnsafeMutableBufferPointer<E>]) -> Double? {
    switch self {
    case .none: return nil
    case .norm(let limit):
      let norm = gradients.reduce(0) { $0 + OptimizerSteps.dot($1, $1) }.squareRoot()
      if norm > limit { for gradient in gradients { shrink(gradient, by: limit / norm) } }
      return norm
    case .elements(let limit):
      for gradient in gradients { clamp(gradient, to: limit) }
      return nil
    }
  }
}

@specialized(where E == Float)
@specialized(where E == Double)
private func clamp<E: Number>(_ gradient: UnsafeMutableBufferPointer<E>, to limit: Double) {
  let limit = E(limit)
  for i in gradient.indices { gradient[i] = min(max(gradient[i], -limit), limit) }
}
