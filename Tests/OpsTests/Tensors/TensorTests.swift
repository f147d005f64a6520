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

  /// Of a single number, as a scalar of the tape and as a tensor without axes: value and gradient as by hand.
  @Test(arguments: [false, true])
  func reductionsOfOneNumber(isTensor: Bool) {
    typealias Reduction = (Variable<Double>) -> Variable<Double>
    let reductions: [(String, Reduction, value: Double, gradient: Double)] = [
      ("sum", { $0.sum() }, -3.1, 1), ("mean", { $0.mean() }, -3.1, 1), ("max", { $0.max() }, -3.1, 1),
      ("min", { $0.min() }, -3.1, 1), ("prod", { $0.prod() }, -3.1, 1), ("norm", { $0.norm() }, 3.1, -1),
      ("norm1", { $0.norm(1) }, 3.1, -1), ("logSumExp", { $0.logSumExp() }, -3.1, 1),
      ("variance", { $0.variance() }, 0, 0),
      ("squaredError", { squaredError($0, 1) }, 16.81, -8.2), ("l2Penalty", { l2Penalty($0) }, 9.61, -6.2),
    ]
    for (name, reduction, value, gradient) in reductions {
      let tape = Tape<Double>()
      let x = isTensor ? tape.parameter(Tensor(-3.1)) : tape.parameter(-3.1)
      let y = reduction(x)
      #expect(abs(y.value - value) < 1e-13, "\(name)")
      #expect(abs(y.backward()[x] - gradient) < 1e-13, "gradient of \(name)")
      #expect(y.shape == .scalar, "\(name)")
    }
  }

  /// An update matters to a walk only where a pullback reads what was updated.
  @Test func updatesThatDoNotMatter() {
    let tape = Tape<Double>()
    let w = tape.parameter(Tensor([1.0, 2])), v = tape.parameter(Tensor([3.0, 4])), s = tape.parameter(2.0)
    let start = tape.mark()
    let y = (2 * w + v).sum()
    tape.update(v, to: Tensor([5, 6]))
    tape.update(s, to: 3)
    #expect(y.backward().tensor(of: w).elements == [2, 2])
    tape.rewind(to: start)
    let z = (w * v * s).sum()
    #expect(z.backward().tensor(of: w).elements == [15, 18])
    tape.descend(w, along: z.backward(), rate: 0.125)
    tape.rewind(to: start)
    let next = (w * v * s).sum().backward().tensor(of: v)
    let expected = [3 * (1 - 15 * 0.125), 3 * (2 - 18 * 0.125)]
    #expect(next.elements == expected)
  }

  /// An update before a rewind does not count against what is recorded after it, in the same places.
  @Test func updatesBeforeARewind() {
    let tape = Tape<Double>()
    let w = tape.parameter(Tensor([1.0, 2])), v = tape.parameter(Tensor([3.0, 4])), q = tape.parameter(Tensor([0.0]))
    let start = tape.mark()
    _ = (w * v * w * v).sum()
    tape.update(w, to: Tensor([5, 6]))
    tape.rewind(to: start)
    let y = (w * v).sum()
    tape.update(q, to: Tensor([1]))
    #expect(y.backward().tensor(of: v).elements == [5, 6])
  }
}
