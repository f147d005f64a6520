/// Least squares by (JᵀJ + λD)·p = −Jᵀr with the exact Jacobian J of the residuals r: between Gauss–Newton (λ = 0) and
/// gradient descent (λ large).
///
/// D is the largest diagonal of JᵀJ so far, which makes the method independent of the parameters' units (Moré, 1978); it
/// is forgotten by half per step, for what was steep far away says nothing about the valley. Where a
/// step failed that moved a parameter by more than its own size, that diagonal is taken to be Σr²/p² at least: a parameter
/// on which the residuals hardly depend where it is would else be thrown to where nothing is left of them.
/// λ follows the gain, the reduction reached over the one predicted (Nielsen, 1999). The step is bent by the exact
/// second derivative of the residuals along it, and refused where it would bend too much: this keeps it from flying out
/// to where the model has lost its parameters (geodesic acceleration, Transtrum and Sethna, 2012).
public struct LevenbergMarquardt: MinimizingMethod {
  public let name = "Levenberg-Marquardt"
  public let converges = true
  private var damping = 1e-3
  private var growth = 2.0
  private var scale: [Double] = []
  /// The least that D is of a parameter which was held after a step that failed.
  private var held: [Double] = []
  private var origin: [Double] = []
  private var here: Linearization?

  /// The method finds all its settings itself.
  public init() {}

  public mutating func step(_ objective: Objective, iteration: Int) -> Ending? {
    let start = objective.point
    let current = here ?? Linearization(objective)
    guard current.isFinite else { return .undefined(objective) }
    if origin.isEmpty { (origin, held) = (start, start.map { _ in 0 }) }
    scale = scale.isEmpty ? current.diagonal : zip(scale, current.diagonal).map { max($0 / 2, $1) }
    held = zip(held, scale).map(min)
    if current.isStationary(sizes(current), 1e-12) { return .flat }
    while damping < 1e20 {
      let diagonal = scale.map { damping * max($0, 1e-300) }
      guard let system = CholeskyFactor(current.normal, addingToDiagonal: diagonal),
        let velocity = system.solve(current.slope.map { -$0 })
      else {
        increaseDamping()
        continue
      }
      guard let p = bent(velocity, current, system, objective) else {
        hold(velocity, at: start, current)
        increaseDamping()
        continue
      }
      objective.point = zip(start, p).map { $0 + $1 }
      let next = Linearization(objective)
      if next.isBetter(than: current, scale) {
        let gain = (current.squares - next.squares) / current.reduction(by: velocity, diagonal)
        damping *= min(max(1 / 3.0, 1 - (2 * gain - 1) * (2 * gain - 1) * (2 * gain - 1)), 2)
        (growth, here) = (2, next)
        return isSmall(p, against: start, 1e-12) && isSettled(current, start, 1e-10) ? .settled : nil
      }
      objective.point = start
      if isSmall(p, against: start, 1e-14) { break }
      hold(p, at: start, current)
      increaseDamping()
    }
    return isMinimum(current, start) ? .settled : Ending(.stalled, "no better point along the step")
  }

  /// Whether rounding explains that nothing better was found: the slope is as small as it makes it, or the residuals are
  /// what the last digits of the parameters make of them.
  private func isMinimum(_ current: Linearization, _ point: [Double]) -> Bool {
    let isHeld = zip(held, current.diagonal).allSatisfy { $0 > 4 * $1 }
    if current.isStationary(sizes(current), 1e-6) { return !isHeld }
    let influence = zip(current.diagonal, point).reduce(0) { $0 + $1.0 * $1.1 * $1.1 }
    return current.squares <= 1e-26 * influence || isSettled(current, point, 1e-8)
  }

  /// Whether the step would be small if it were hardly damped: one that is damped says nothing. Small is what changes no
  /// parameter by more than a share of its size; or of the way it has come, where hardly any of Σr² would be gained.
  private func isSettled(_ current: Linearization, _ point: [Double], _ share: Double) -> Bool {
    let diagonal = sizes(current).map { 1e-14 * max($0, 1e-300) }
    guard let step = CholeskyFactor(current.normal, addingToDiagonal: diagonal)?.solve(current.slope) else {
      return false
    }
    if zip(step, point).allSatisfy({ abs($0) <= share * abs($1) }) { return true }
    return dot(current.slope, step) <= 1e-6 * current.squares && isSmall(step, against: point, share)
  }

  /// v + a/2 with the acceleration a = −(JᵀJ + λD)⁻¹Jᵀr″ along v; nil where 2‖a‖ > ¾‖v‖ in the norm of D.
  private func bent(
    _ velocity: [Double], _ current: Linearization, _ system: CholeskyFactor, _ objective: Objective
  ) -> [Double]? {
    let curvature = objective.residualCurvature(along: velocity)
    guard let a = system.solve(current.transposed(times: curvature).map { -$0 }) else { return nil }
    func length(_ x: [Double]) -> Double {
      zip(x, scale).reduce(0) { $0 + $1.0 * $1.0 * $1.1 }.squareRoot()
    }
    guard 2 * length(a) <= 0.75 * length(velocity) else { return nil }
    return zip(velocity, a).map { $0 + $1 / 2 }
  }

  private func isSmall(_ step: [Double], against point: [Double], _ share: Double) -> Bool {
    zip(step, reach(of: point, since: origin)).allSatisfy { abs($0) <= share * $1 }
  }

  /// After a step that failed: holds the parameters that it moved by more than their size.
  private mutating func hold(_ step: [Double], at point: [Double], _ current: Linearization) {
    for (place, size) in reach(of: point, since: origin).enumerated() where abs(step[place]) > size && size > 0 {
      let least = current.squares / (size * size)
      guard least.isFinite else { continue }
      held[place] = max(held[place], least)
      scale[place] = max(scale[place], least)
    }
  }

  /// What a change of each parameter by its unit is taken to change of Σr² here; what was steep elsewhere does not count.
  private func sizes(_ current: Linearization) -> [Double] { zip(held, current.diagonal).map(max) }

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

    private let jacobian: [[Double]]

    init(_ objective: Objective) {
      let (r, jacobian) = objective.residualsAndJacobian()
      self.jacobian = jacobian
      squares = dot(r, r)
      slope = Self.transposed(jacobian, objective.count, times: r)
      normal = (0..<objective.count).map { column in
        Self.transposed(jacobian, objective.count, times: jacobian.map { $0[column] })
      }
    }

    /// Jᵀx
    func transposed(times x: [Double]) -> [Double] { Self.transposed(jacobian, slope.count, times: x) }

    private static func transposed(_ jacobian: [[Double]], _ width: Int, times x: [Double]) -> [Double] {
      var result = [Double](repeating: 0, count: width)
      for (row, factor) in zip(jacobian, x) { for i in 0..<width { result[i] += row[i] * factor } }
      return result
    }

    /// By how much Σr² would fall if the residuals were linear: p·(λD·p − Jᵀr).
    func reduction(by p: [Double], _ damped: [Double]) -> Double {
      p.indices.reduce(0) { $0 + p[$1] * (damped[$1] * p[$1] - slope[$1]) }
    }

    var diagonal: [Double] { normal.indices.map { normal[$0][$0] } }
    var isFinite: Bool { squares.isFinite && normal.allSatisfy { $0.allSatisfy(\.isFinite) } }

    /// Whether Σr² is smaller; or, where it differs by its rounding only, its slope is.
    func isBetter(than other: Linearization, _ sizes: [Double]) -> Bool {
      guard isFinite else { return false }
      let isLevel = abs(squares - other.squares) <= 1e-15 * other.squares
      return isLevel ? steepness(sizes) < 0.5 * other.steepness(sizes) : squares < other.squares
    }

    private func steepness(_ sizes: [Double]) -> Double {
      zip(slope, sizes).reduce(0) { $1.1 > 0 ? max($0, abs($1.0) / $1.1.squareRoot()) : $0 }
    }

    /// Whether the residuals are at right angles to every column of J, up to a share of the lengths of both.
    func isStationary(_ sizes: [Double], _ share: Double) -> Bool {
      zip(slope, sizes).allSatisfy { abs($0) <= share * $1.squareRoot() * squares.squareRoot() }
    }
  }
}
