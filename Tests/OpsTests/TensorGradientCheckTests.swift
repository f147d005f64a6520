import Ops
import Testing

@Suite struct TensorGradientCheckTests {
  let W = Tensor([[0.1, 0.2], [0.3, 0.4], [-0.5, 0.6]])
  let x = Tensor([1.0, 2])

  @Test func rightGradientsHold() throws {
    let check = try checkGradient(at: [W, x]) { p in tanh(matmul(p[0], p[1])).sum() }
    #expect(check.elements.count == 8)
    #expect(check.elements[2].name == "∂f/∂x[0][1, 0]" && check.elements[7].name == "∂f/∂x[1][1]")
    // ∂/∂W₁₀ tanh(W x)₁ = (1 - tanh²(1.1))·x₀
    #expect(Swift.abs(check.elements[2].difference - 0.359201) < 1e-5)
    try checkGradient(at: W) { ($0.softmax() * $0.softmax()).sum() }
    try checkGradient(at: Tensor([[4.0, 1], [1, 3]])) { $0.logDeterminant() }
  }

  /// The slope of the square, three times instead of twice.
  enum WrongSquare: UnaryRule {
    static func value<A: Algebra>(_ x: A) -> A { x * x }
    static func local<A: Algebra>(_ x: A, _ y: A) -> A { 3 * x }
  }

  @Test func theWorstElementIsNamedWithBothNumbers() {
    let error = #expect(throws: GradientMismatch.self) {
      try checkGradient(at: Tensor([[0.0, 0], [2, 0]])) { apply(WrongSquare.self, $0).sum() }
    }
    #expect(error?.check.worst?.name == "∂f/∂x[1, 0]")
    #expect(error?.description.contains("∂f/∂x[1, 0] = 6.0, by differences 4.0") == true, "\(error!)")
  }
}
