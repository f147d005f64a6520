import Ops
import Testing

@Suite struct TensorTests {
  @Test func leastSquares() {
    let tape = Tape<Double>()
    let X = tape.constant(
      Tensor([[1, 2.7, 1], [1, 4.1, 1], [1, 1.0, 0], [1, 5.2, 1], [1, 2.8, 0]]), "X")
    let W = tape.parameter(Tensor([[1], [2], [3]]), "W")
    let Y = tape.constant(Tensor([[25], [33], [15], [45], [22]]), "Y")
    let e = matmul(X, W) - Y
    let c = (e * e).sum() / 10
    let g = c.backward().tensor(of: W)
    // X'(XW - Y)/n by the same product on plain numbers
    let gradient = (matmul(X.transposed(), e) / 5).tensor
    for (a, b) in zip(g.elements, gradient.elements) { #expect(abs(a - b) < 1e-12) }
    let recorded = c.recordedGradients(by: [W])[0]
    for (a, b) in zip(recorded.tensor.elements, gradient.elements) { #expect(abs(a - b) < 1e-12) }
  }

  @Test func broadcasting() {
    let tape = Tape<Double>()
    let a = tape.parameter(Tensor([[1, 2, 3], [4, 5, 6]]))
    let b = tape.parameter(Tensor([10.0, 20, 30]))
    let s = tape.parameter(2.0)
    let y = (sigmoid(a) * b * s).sum()
    let g = y.backward()
    #expect(g.tensor(of: b).shape == [3])
    let σ = [1.0, 2, 3, 4, 5, 6].map { 1 / (1 + exp(-$0)) }
    #expect(abs(g.tensor(of: b).elements[0] - 2 * (σ[0] + σ[3])) < 1e-12)
    #expect(abs(g[s] - y.value / 2) < 1e-12)
  }
}
