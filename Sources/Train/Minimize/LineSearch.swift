/// A point along a direction that is better by as much as its slope promises, and where the slope has flattened.
///
/// The two conditions are those of Wolfe, J(x + αd) ≤ J(x) + c₁α·s and s(α) ≥ c₂·s with the slope s = ∇J·d < 0, found
/// by doubling and bisection. Leaves the objective at the point found.
///
/// - Returns: the value and gradient there, and whether the value still fell as steeply after sixty doublings; or nil,
///   with the objective back at the start, where rounding hides every improvement.
func lineSearch(
  _ objective: Objective, from start: [Double], along direction: [Double], value: Double,
  gradient: [Double], first: Double = 1
) -> (value: Double, gradient: [Double], isEndless: Bool)? {
  let (enough, flat) = (1e-4, 0.9)
  let slope = dot(gradient, direction)
  guard slope < 0 else { return nil }
  var (low, high, step) = (0.0, Double.infinity, first)
  var best: (point: [Double], value: Double, gradient: [Double])?
  for _ in 0..<60 {
    let point = zip(start, direction).map { $0 + step * $1 }
    objective.point = point
    let there = objective.valueAndGradient()
    if !(there.value <= value + enough * step * slope) {
      high = step
    } else {
      best = (point, there.value, there.gradient)
      if dot(there.gradient, direction) >= flat * slope { return (there.value, there.gradient, false) }
      low = step
    }
    step = high.isFinite ? (low + high) / 2 : 2 * low
  }
  objective.point = best?.point ?? start
  return best.map { ($0.value, $0.gradient, high == .infinity) }
}

/// What a method says where the value fell without end.
let endless = "the value falls without end"

/// Whether a gradient is nothing but rounding, measured against the value.
func isFlat(_ gradient: [Double], value: Double) -> Bool {
  gradient.allSatisfy { abs($0) <= 1e-10 * max(1, abs(value)) }
}
