/// The limited-memory method of Broyden, Fletcher, Goldfarb and Shanno: the curvature is learnt from the last steps
/// and gradients, and a line search takes the step (Nocedal and Wright, Numerical Optimization, algorithm 7.5).
public struct LBFGS: MinimizingMethod {
  public let name = "L-BFGS"
  public let converges = true
  /// How many steps are remembered.
  private let depth: Int
  /// s = Δx and y = Δ∇J of the remembered steps, oldest first.
  private var steps: [(s: [Double], y: [Double])] = []
  private var here: (value: Double, gradient: [Double])?
  private var patience = Patience()

  /// - Parameter depth: how many steps are remembered.
  public init(depth: Int = 10) { self.depth = depth }

  public mutating func step(_ objective: Objective, iteration: Int) -> Ending? {
    let start = objective.point
    let (value, gradient) = here ?? objective.valueAndGradient()
    guard gradient.allSatisfy(\.isFinite) else { return .undefined(objective) }
    if isZero(gradient) { return .flat }
    let direction = steps.isEmpty ? Self.downhill(gradient) : curved(gradient).map { -$0 }
    let promise = steps.isEmpty ? nil : Promise(from: start, value: value, gradient: gradient, step: direction)
    if let end = patience.begin(at: start, promise) { return end }
    var next = lineSearch(
      objective, from: start, along: direction, value: value, gradient: gradient,
      first: steps.isEmpty ? Self.first(direction) : 1)
    if next == nil, !steps.isEmpty {
      // What was learnt far from here may mislead: once more from the plain gradient.
      steps.removeAll()
      let direction = Self.downhill(gradient)
      next = lineSearch(
        objective, from: start, along: direction, value: value, gradient: gradient, first: Self.first(direction))
    }
    guard let next else { return patience.end(promise, "no better point along the gradient") }
    remember(zip(objective.point, start).map { $0 - $1 }, zip(next.gradient, gradient).map { $0 - $1 })
    here = (next.value, next.gradient)
    if next.isEndless { return .endless }
    return patience.isLost(from: value, to: next.value) ? patience.end(promise, "the value falls no further") : nil
  }

  /// −∇J; of length 1 where the square of its length would have no room.
  private static func downhill(_ gradient: [Double]) -> [Double] {
    let length = norm(gradient)
    return gradient.map { (1e-150...1e150).contains(length) ? -$0 : -$0 / length }
  }

  /// Before anything is known of the curvature, a step of length 1 at most.
  private static func first(_ direction: [Double]) -> Double { min(1, 1 / norm(direction)) }

  private mutating func remember(_ s: [Double], _ y: [Double]) {
    guard dot(s, y) > 1e-14 * norm(s) * norm(y) else { return }
    if steps.count == depth { steps.removeFirst() }
    steps.append((s, y))
  }

  /// The gradient times the inverse of the curvature learnt.
  private func curved(_ gradient: [Double]) -> [Double] {
    var q = gradient
    var weights: [Double] = []
    for (s, y) in steps.reversed() {
      let weight = dot(s, q) / dot(s, y)
      weights.append(weight)
      q = zip(q, y).map { $0 - weight * $1 }
    }
    if let (s, y) = steps.last {
      let scale = dot(s, y) / norm(y) / norm(y)
      q = q.map { $0 * scale }
    }
    for ((s, y), weight) in zip(steps, weights.reversed()) {
      let correction = weight - dot(y, q) / dot(s, y)
      q = zip(q, s).map { $0 + correction * $1 }
    }
    return q
  }
}
