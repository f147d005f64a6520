/// A point along a direction that is better by as much as its slope promises, and where the slope has flattened.
///
/// The two conditions are those of Wolfe, J(x + αd) ≤ J(x) + c₁α·s and s(α) ≥ c₂·s with the slope s = ∇J·d < 0, found
/// by doubling and bisection. Near a minimum the first one drowns in the rounding of J; there the slope alone decides,
/// which has digits left (Hager and Zhang, 2005). Leaves the objective at the point found.
///
/// - Returns: the value and gradient there, and whether the value still fell as steeply where the numbers end; or nil,
///   with the objective back at the start, where there is no improvement.
func lineSearch(
  _ objective: Objective, from start: [Double], along direction: [Double], value: Double,
  gradient: [Double], first: Double = 1
) -> (value: Double, gradient: [Double], isEndless: Bool)? {
  let (enough, flat) = (1e-4, 0.9)
  let slope = dot(gradient, direction)
  guard slope < 0 else { return nil }
  let rounding = 1e-15 * abs(value)
  var (low, high, step) = (0.0, Double.infinity, first)
  var best: (point: [Double], value: Double, gradient: [Double])?
  var bisections = 0
  while bisections < 60 {
    let point = zip(start, direction).map { $0 + step * $1 }
    guard point.allSatisfy(\.isFinite) || high.isFinite else { break }
    objective.point = point
    let there = objective.valueAndGradient()
    if there.value == -.infinity, high == .infinity { break }
    let slopeThere = dot(there.gradient, direction)
    let isAsLow = there.value <= value + rounding && slopeThere <= -(1 - 2 * enough) * slope
    if there.value <= value + enough * step * slope || isAsLow {
      best = (point, there.value, there.gradient)
      // Where the slope is NaN nothing further is known: the next step will say so.
      if !(slopeThere < flat * slope) { return (there.value, there.gradient, false) }
      low = step
    } else {
      high = step
    }
    if high.isFinite { bisections += 1 }
    step = high.isFinite ? low + (high - low) / 2 : 2 * low
  }
  objective.point = best?.point ?? start
  return best.map { ($0.value, $0.gradient, high == .infinity && $0.value < value) }
}
