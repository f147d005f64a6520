import Ops
import Testing

/// Derivatives.swift against formulas worked out by hand.
@Suite struct DerivativesTests {
  @Test func gradients() {
    #expect(gradient(at: 3.0) { x in x * x } == 6)
    #expect(valueWithGradient(at: 3.0) { x in x * x } == (9, 6))
    #expect(gradient(at: 3.0, 5.0) { x, y in x * x * y } == (30, 9))
    let (value, gradients) = valueWithGradient(at: 3.0, 5.0) { x, y in x * x * y }
    #expect(value == 45 && gradients == (30, 9))
    #expect(gradient(at: [3.0, 5.0, 7.0]) { p in p[0] * p[0] * p[1] } == [30, 9, 0])
    #expect(gradient(at: Float(3)) { x in x * x } == 6)
  }

  /// A function that ignores its arguments has a value and no slope.
  @Test func constants() {
    #expect(valueWithGradient(at: [3.0, 5.0]) { _ in 7 } == (7, [0, 0]))
    #expect(hessian(at: [3.0, 5.0]) { _ in 7 } == [[0, 0], [0, 0]])
    #expect(hessian(at: [3.0, 5.0]) { p in p[0] + 2 * p[1] } == [[0, 0], [0, 0]])
    #expect(hessianVectorProduct(at: [3.0, 5.0], along: [1, 1]) { p in p[0] - p[1] } == [0, 0])
    #expect(jacobian(at: [3.0, 5.0]) { p in [p[1], 4] } == [[0, 1], [0, 0]])
    #expect(derivative(order: 1, at: 3.0) { _ in 7 } == 0)
  }

  @Test func pullbackScalesAndRepeats() {
    let (value, pullback) = valueWithPullback(at: [3.0, 5.0]) { p in p[0] * p[1] }
    #expect(value == 15)
    #expect(pullback(1) == [5, 3])
    #expect(pullback(-2) == [-10, -6])
    #expect(pullback(1) == [5, 3])
  }

  /// f = x²y + sin z·x: the Hessian by hand.
  @Test func hessians() {
    func f(_ p: [Variable<Double>]) -> Variable<Double> { p[0] * p[0] * p[1] + sin(p[2]) * p[0] }
    let (x, y, z) = (1.5, -2.0, 0.5)
    let expected = [
      [2 * y, 2 * x, cos(z)],
      [2 * x, 0, 0],
      [cos(z), 0, -sin(z) * x],
    ]
    #expect(hessian(at: [x, y, z], of: f) == expected)
    let v = [0.5, -1.0, 2.0]
    let product = hessianVectorProduct(at: [x, y, z], along: v, of: f)
    for (row, number) in zip(expected, product) {
      #expect(abs(zip(row, v).map { $0 * $1 }.reduce(0, +) - number) < 1e-15)
    }
  }

  /// The slope in a direction is ∇C·v/‖v‖, whatever the length of v, and is least where v = −∇C.
  @Test func directionalDerivatives() {
    func cost<A: Algebra>(_ p: [A]) -> A { p[0] * p[0] + 3 * p[1] * p[1] }  // ∇C(2, 1) = (4, 6)
    for scale in [1.0, 7, 0.125] {
      let slope = directionalDerivative(at: [2.0, 1.0], along: [3 * scale, 4 * scale], of: cost)
      #expect(abs(slope - (4 * 0.6 + 6 * 0.8)) < 1e-14)
    }
    let steepest = directionalDerivative(at: [2.0, 1.0], along: [-4.0, -6.0], of: cost)
    #expect(abs(steepest + 52.0.squareRoot()) < 1e-14)
    for degree in 0..<360 {
      let angle = Double(degree) * .pi / 180
      let slope = directionalDerivative(at: [2.0, 1.0], along: [cos(angle), sin(angle)], of: cost)
      #expect(slope >= steepest - 1e-14)
    }
    #expect(directionalDerivative(at: [2.0, 1.0], along: [6.0, -4.0], of: cost) == 0)  // along a contour
  }

  @Test func jacobianVectorProducts() {
    #expect(jvp(at: [2.0, 3.0], along: [1.0, 0.0]) { $0[0] * $0[1] } == (6, 3))
    #expect(jvp(at: [2.0, 3.0], along: [2.0, -1.0]) { $0[0] * $0[1] } == (6, 4))  // not scaled to length 1
  }

  /// Polar coordinates: rows (cos φ, −r·sin φ) and (sin φ, r·cos φ).
  @Test func jacobians() {
    let (r, φ) = (2.0, 0.75)
    let rows = jacobian(at: [r, φ]) { p in [p[0] * cos(p[1]), p[0] * sin(p[1])] }
    #expect(rows == [[cos(φ), -r * sin(φ)], [sin(φ), r * cos(φ)]])
  }

  /// Derivatives of any order that are known: n! of 1/(1 − x), (−1)ⁿ of e⁻ˣ, the polynomial that ends, sines.
  @Test(arguments: 0...8) func derivativesOfHighOrder(_ order: Int) {
    let factorial = (0...order).reduce(1.0) { $1 == 0 ? 1 : $0 * Double($1) }
    func expect(_ number: Double, _ truth: Double) {
      #expect(abs(number - truth) <= 1e-12 * max(1, abs(truth)), "order \(order)")
    }
    expect(derivative(order: order, at: 0.5) { x in 1 / (1 - x) }, factorial * pow(2, Double(order + 1)))
    expect(derivative(order: order, at: 0.3) { x in exp(-x) }, (order % 2 == 0 ? 1 : -1) * exp(-0.3))
    expect(derivative(order: order, at: 0.3) { x in sin(x) }, sin(0.3 + Double(order) * .pi / 2))
    let falling = (0..<order).reduce(1.0) { $0 * Double(5 - $1) }  // 5·4·3…, 0 from order 6 on
    expect(
      derivative(order: order, at: 2.0) { x in pow(x, 5) },
      order > 5 ? 0 : falling * pow(2, Double(5 - order)))
  }

  /// The composite of the multivariate chain rule: x = cos t, y = t², f = y + e^(xy), with
  /// df/dt = y·e^(xy)·(−sin t) + (1 + x·e^(xy))·2t.
  @Test func multivariateChainRule() {
    func f<A: Algebra>(_ t: A) -> A {
      let (x, y) = (cos(t), t * t)
      return y + exp(x * y)
    }
    for step in 0..<25 {
      let t = -3 + 0.25 * Double(step)
      let (x, y) = (cos(t), t * t)
      let expected = y * exp(x * y) * -sin(t) + (1 + x * exp(x * y)) * 2 * t
      let tolerance = 1e-12 * max(1, abs(expected))
      #expect(abs(gradient(at: t, of: f) - expected) <= tolerance)
      #expect(abs(derivative(order: 1, at: t, of: f) - expected) <= tolerance)
      #expect(abs(jvp(at: [t], along: [1]) { f($0[0]) }.tangent - expected) <= tolerance)
    }
  }
}
