/// Compares the derivatives of f by automatic differentiation with central differences.
///
/// For a function with rules of one's own, or to be sure. The step is chosen for each coordinate from the scale of
/// x, and the tolerance from what is known of the error of the difference: see `GradientCheck.Element`.
///
/// ```swift
/// let check = try checkGradient(at: [2, 3], order: 2) { p in p[0] * p[0] * p[1] }
/// print(check)
/// // 6 derivatives agree with central differences; the widest apart:
/// //   ∂f/∂x[1] = 4.0, by differences 4.0 ± 1e-11
/// ```
/// At a kink the two differ by nature: central differences give the mean of both slopes there.
/// - Parameters:
///   - x: the point.
///   - order: 1 for the gradient, 2 for the Hessian too, which is compared with differences of the gradient.
///   - f: any function of variables. It is also called on plain numbers.
/// - Throws: `GradientMismatch`, whose description lists what differs.
/// - Complexity: some 40 evaluations of f per coordinate; for order 2 as many gradients per coordinate.
@discardableResult
public func checkGradient(
  at x: [Double], order: Int = 1, of f: ([Variable<Double>]) -> Variable<Double>
) throws(GradientMismatch) -> GradientCheck {
  try GradientCheck(firstOrder(at: x, of: f) + (order > 1 ? secondOrder(at: x, of: f) : []))
}

/// For a function of one variable.
@discardableResult
public func checkGradient(
  at x: Double, order: Int = 1, of f: (Variable<Double>) -> Variable<Double>
) throws(GradientMismatch) -> GradientCheck {
  try checkGradient(at: [x], order: order) { p in f(p[0]) }
}

/// What a gradient check found.
public struct GradientCheck: Sendable {
  /// Every derivative that was compared.
  public let elements: [Element]

  init(_ elements: [Element]) throws(GradientMismatch) {
    self.elements = elements
    if !holds { throw GradientMismatch(check: self) }
  }

  /// One derivative, beside its central difference.
  public struct Element: Sendable {
    /// `∂f/∂x[0]`, `∂²f/∂x[0]∂x[1]`.
    public let name: String
    /// By automatic differentiation.
    public let derivative: Double
    /// By central differences; NaN where f is not defined on both sides of x.
    public let difference: Double
    /// How far apart the two may be: four times the estimated error of the difference, which counts curvature (from
    /// the steps compared) and rounding (from the condition of the computation on the tape).
    public let tolerance: Double
    /// What a derivative here is large or small against.
    let scale: Double

    init(_ name: String, _ derivative: Double, _ difference: CentralDifference) {
      (self.name, self.derivative, self.difference) = (name, derivative, difference.value)
      (tolerance, scale) = (4 * difference.error, difference.scale)
    }

    /// Whether the two agree, and the difference is known well enough, to 1/10,000 of its scale, to say so.
    public var holds: Bool { error <= tolerance && isSettled }
    var isSettled: Bool { tolerance <= 1e-4 * max(derivative.magnitude, difference.magnitude, scale) }
    var error: Double { (derivative - difference).magnitude }
  }

  /// Whether every derivative agrees with its difference; true of none at all.
  public var holds: Bool { elements.allSatisfy(\.holds) }

  /// The element that is widest apart, measured by its tolerance, those that do not hold before those that do.
  public var worst: Element? {
    func badness(_ element: Element) -> Double {
      let ratio = element.error / element.tolerance
      return element.holds ? ratio : ratio >= 1 ? 1 + ratio : .infinity
    }
    return elements.max { badness($0) < badness($1) }
  }
}

/// Thrown by `checkGradient`: at least one derivative differs from its central difference.
public struct GradientMismatch: Error, CustomStringConvertible {
  /// All that was compared, also what agrees.
  public let check: GradientCheck
  public var description: String { check.description }
}

// MARK: - Measuring

private func firstOrder(at x: [Double], of f: ([Variable<Double>]) -> Variable<Double>)
  -> [GradientCheck.Element]
{
  let tape = Tape<Double>()
  let inputs = x.map { tape.parameter($0) }
  let linear = Linearized(f(inputs), inputs)
  return x.indices.map { i in
    linear.element("∂f/∂x[\(i)]", i, at: x[i]) { f(x.replacing(i, by: $0).map { Variable($0) }).value }
  }
}

private func secondOrder(at x: [Double], of f: ([Variable<Double>]) -> Variable<Double>)
  -> [GradientCheck.Element]
{
  let tape = Tape<Double>()
  let inputs = x.map { tape.parameter($0) }
  let rows = f(inputs).recordedGradients(by: inputs).map { Linearized($0, inputs) }
  return x.indices.flatMap { j in
    // One gradient serves all rows.
    var gradients: [Double: [Double]] = [:]
    func gradientWith(_ moved: Double) -> [Double] {
      if let known = gradients[moved] { return known }
      let (value, gradient) = valueWithGradient(at: x.replacing(j, by: moved), of: f)
      // Outside its domain a function may well have a gradient: log′(−1) = −1.
      gradients[moved] = value.isNaN ? x.map { _ in .nan } : gradient
      return gradients[moved] ?? []
    }
    return x.indices.map { i in
      rows[i].element("∂²f/∂x[\(i)]∂x[\(j)]", j, at: x[j]) { moved in gradientWith(moved)[i] }
    }
  }
}

/// A recorded function with its gradient, and the condition of its computation.
private struct Linearized {
  let gradient: [Double]
  /// Σ |value · upstream gradient| over all nodes: were every operation off by a relative ε, the result would be off
  /// by at most ε times this.
  let condition: Double

  init(_ y: Variable<Double>, _ inputs: [Variable<Double>]) {
    guard y.isRecorded, let tape = y.tape else {
      (gradient, condition) = (inputs.map { _ in 0 }, y.value.magnitude)
      return
    }
    let gradients = y.backward()
    gradient = inputs.map { gradients[$0] }
    condition = (0..<tape.count).reduce(0) { sum, node in
      let share = (tape.storage.pointee.entries[node].value * gradients[node: node]).magnitude
      return share.isFinite ? sum + share : sum
    }
  }

  /// - Parameter f: this function along coordinate i, the others at their place.
  func element(
    _ name: String, _ i: Int, at x: Double, along f: (Double) -> Double
  ) -> GradientCheck.Element {
    GradientCheck.Element(name, gradient[i], CentralDifference(of: f, at: x, condition: condition))
  }
}

// MARK: - Saying

extension GradientCheck: CustomStringConvertible {
  public var description: String {
    let wrong = elements.filter { !$0.holds }
    if wrong.isEmpty {
      return "\(elements.count) derivatives agree with central differences"
        + (worst.map { "; the widest apart:\n  \($0)" } ?? "")
    }
    let lines = wrong.prefix(10).map { "  \($0)" }
    return "\(wrong.count) of \(elements.count) derivatives differ from central differences:\n"
      + (lines + (wrong.count > 10 ? ["  …"] : [])).joined(separator: "\n")
  }
}

extension GradientCheck.Element: CustomStringConvertible {
  public var description: String {
    let derivative = "\(name) = \(derivative)"
    if difference.isNaN { return derivative + ", but f is not defined on both sides" }
    return derivative + ", by differences \(difference) ± \(tolerance.decade)"
      + (error <= tolerance && !isSettled ? ": they do not settle" : "")
  }
}

extension Double {
  /// The next power of ten: tolerances need no more digits.
  fileprivate var decade: Double {
    guard isFinite, self > 0 else { return self }
    return Double("1e\(Int((.log(self) / .log(10)).rounded(.up)))") ?? self
  }
}
