/// x ← x − α·H⁻¹·∇J with the exact matrix H of second derivatives, and α from a line search.
///
/// Where H is not positive definite, τI is added until it is: the step then turns towards the gradient.
public struct Newton: MinimizingMethod {
  public let name = "Newton"
  public let converges = true

  public init() {}

  public mutating func step(_ objective: Objective, iteration: Int) -> String? {
    let start = objective.point
    let (value, gradient) = objective.valueAndGradient()
    if isFlat(gradient, value: value) { return "gradient = 0" }
    let direction = solve(objective.hessian(), gradient.map { -$0 })
    let found = lineSearch(objective, from: start, along: direction, value: value, gradient: gradient)
    guard let found else { return "no better point along the step" }
    return found.isEndless ? endless : nil
  }

  private func solve(_ hessian: [[Double]], _ b: [Double]) -> [Double] {
    let scale = max(hessian.indices.map { abs(hessian[$0][$0]) }.max() ?? 0, 1e-8)
    var shift = 0.0
    while true {
      if let x = CholeskyFactor(hessian, addingToDiagonal: hessian.map { _ in shift })?.solve(b) { return x }
      shift = shift == 0 ? 1e-6 * scale : 4 * shift
      if !shift.isFinite { return b }
    }
  }
}
