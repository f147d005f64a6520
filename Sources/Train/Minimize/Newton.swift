/// x ← x − α·H⁻¹·∇J with the exact matrix H of second derivatives, and α from a line search.
///
/// Where H is not positive definite, τ·D is added until it is, with a diagonal D of H's size in the units of each
/// parameter: the step then turns towards the gradient.
public struct Newton: MinimizingMethod {
  public let name = "Newton"
  public let converges = true
  private var patience = Patience()

  /// The method has no settings.
  public init() {}

  public mutating func step(_ objective: Objective, iteration: Int) -> Ending? {
    let start = objective.point
    let (value, gradient) = objective.valueAndGradient()
    guard gradient.allSatisfy(\.isFinite) else { return .undefined(objective) }
    if isZero(gradient) { return .flat }
    let (direction, shift) = solve(objective.hessian(), gradient.map { -$0 })
    // Much shifted, the step says little of where the minimum is.
    let promise = shift > 1e-3 ? nil : Promise(from: start, value: value, gradient: gradient, step: direction)
    if let end = patience.begin(at: start, shift == 0 ? promise : nil) { return end }
    let found = lineSearch(objective, from: start, along: direction, value: value, gradient: gradient)
    guard let found else { return patience.end(promise, "no better point along the step") }
    if found.isEndless { return .endless }
    return patience.isLost(from: value, to: found.value) ? patience.end(promise, "the value falls no further") : nil
  }

  /// H⁻¹·b, and τ.
  private func solve(_ hessian: [[Double]], _ b: [Double]) -> (x: [Double], shift: Double) {
    let largest = hessian.joined().reduce(0) { max($0, abs($1)) }
    guard largest > 0, largest.isFinite else { return (b, .infinity) }
    let diagonal = hessian.indices.map { abs(hessian[$0][$0]) }
    let scale = hessian.indices.map { i in
      let sizes = hessian.indices.map { j in diagonal[j] == 0 ? 0 : hessian[i][j] * hessian[i][j] / diagonal[j] }
      let size = sizes.max() ?? 0
      return size > 0 && size.isFinite ? size : 1e-8 * largest
    }
    var shift = 0.0
    while shift.isFinite {
      if let x = CholeskyFactor(hessian, addingToDiagonal: scale.map { shift * $0 })?.solve(b) { return (x, shift) }
      shift = shift == 0 ? 1e-6 : 4 * shift
    }
    return (b, .infinity)
  }
}
