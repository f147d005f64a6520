/// Least squares by (JᵀJ + λD)·p = −Jᵀr with the exact Jacobian J of the residuals r: between Gauss–Newton (λ = 0) and
/// gradient descent (λ large).
///
/// D is the largest diagonal of JᵀJ so far, which makes the method independent of the parameters' units (Moré, 1978).
/// λ follows the gain, the reduction reached over the one predicted (Nielsen, 1999).
public struct LevenbergMarquardt: MinimizingMethod {
  public let name = "Levenberg-Marquardt"
  public let converges = true
  private var damping = 1e-3
  private var growth = 2.0
  private var scale: [Double] = []
  private var here: Linearization?

  public init() {}

  public mutating func step(_ objective: Objective, iteration: Int) -> String? {
    let start = objective.point
    let current = here ?? Linearization(objective)
    scale = scale.isEmpty ? current.diagonal : zip(scale, current.diagonal).map { max($0, $1) }
    if current.isStationary { return "gradient = 0" }
    while damping < 1e20 {
      let diagonal = scale.map { damping * max($0, 1e-300) }
      guard let p = Cholesky(current.normal, addingToDiagonal: diagonal)?.solve(current.slope.map { -$0 })
      else {
        increaseDamping()
        continue
      }
      objective.point = zip(start, p).map { $0 + $1 }
      let next = Linearization(objective)
      let predicted = zip(p, zip(diagonal, current.slope)).reduce(0) { $0 + $1.0 * ($1.1.0 * $1.0 - $1.1.1) }
      let gain = (current.squares - next.squares) / predicted
      if next.squares < current.squares, next.isFinite {
        damping *= max(1 / 3.0, 1 - (2 * gain - 1) * (2 * gain - 1) * (2 * gain - 1))
        (growth, here) = (2, next)
        let isSettled = zip(p, start).allSatisfy { abs($0) <= 1e-12 * abs($1) }
        return isSettled ? "parameters settled" : nil
      }
      increaseDamping()
      if zip(p, start).allSatisfy({ abs($0) <= 1e-14 * abs($1) }) { break }
    }
    objective.point = start
    return "parameters settled"
  }

  private mutating func increaseDamping() {
    damping *= growth
    growth *= 2
  }

  /// The residuals at a point, and what the step needs of their Jacobian.
  private struct Linearization {
    /// Σr²
    let squares: Double
    /// Jᵀr
    let slope: [Double]
    /// JᵀJ
    let normal: [[Double]]

    init(_ objective: Objective) {
      let (r, jacobian) = objective.residualsAndJacobian()
      let n = objective.count
      var (slope, normal) = (
        [Double](repeating: 0, count: n), [[Double]](repeating: Array(repeating: 0, count: n), count: n)
      )
      for (residual, row) in zip(r, jacobian) {
        for i in 0..<n {
          slope[i] += row[i] * residual
          for j in 0...i { normal[i][j] += row[i] * row[j] }
        }
      }
      for i in 0..<n { for j in 0..<i { normal[j][i] = normal[i][j] } }
      (squares, self.slope, self.normal) = (dot(r, r), slope, normal)
    }

    var diagonal: [Double] { normal.indices.map { normal[$0][$0] } }
    var isFinite: Bool { squares.isFinite && normal.allSatisfy { $0.allSatisfy(\.isFinite) } }

    /// Whether the residuals are at right angles to every column of J, as far as 12 digits tell.
    var isStationary: Bool {
      zip(slope, diagonal).allSatisfy { abs($0) <= 1e-12 * ($1 * squares).squareRoot() }
    }
  }
}
