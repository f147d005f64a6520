import Foundation
import Ops
import Testing

/// The Gaussian mixture objective of ADBench, with its Wishart prior: see `gmm.py` for the formula.
@Suite struct MixtureTests {
  typealias V = Variable<Double>

  static func objective(_ α: V, _ μ: V, _ q: V, _ l: V, _ x: V, zeros: V, γ: Double, m: Int) -> V {
    let (n, k, d) = (x.shape[0], μ.shape[0], μ.shape[1])
    let below = (0..<d).flatMap { j in (j + 1..<d).map { i in i * d + j } }
    let L = zeros.scatterAdding(l, at: below, along: 1).reshaped(to: [k, d, d])
    let v = x.expanded(1) - μ
    let z = exp(q) * v + matmul(L, v.expanded(-1)).squeezed(-1)
    let points = (α + q.sum([-1]) - square(z).sum([-1]) / 2).logSumExp([-1]).sum() - V(Double(n)) * α.logSumExp()
    let prior = V(γ * γ / 2) * (square(exp(q)).sum() + square(l).sum()) - V(Double(m)) * q.sum()
    let N = Double(d + m + 1)
    let logΓ =
      Double(d * (d - 1)) / 4 * log(Double.pi) + (0..<d).reduce(0) { $0 + lgamma(N / 2 - Double($1) / 2) }
    let constant =
      -Double(n * d) / 2 * log(2 * Double.pi) - Double(k) * (N * Double(d) * log(γ / 2.0.squareRoot()) - logΓ)
    return points + prior + V(constant)
  }

  @Test func agreesWithADerivationByHand() throws {
    let golden = try #require(TensorGolden.read("gmm.txt").first)
    let tape = Tape<Double>()
    let p = golden.inputs.prefix(4).map { tape.parameter($0) }
    let (k, d) = (p[1].shape[0], p[1].shape[1])
    let zeros = tape.constant(Tensor.zeros([k, d * d]))
    let y = Self.objective(p[0], p[1], p[2], p[3], tape.constant(golden.inputs[4]), zeros: zeros, γ: 0.5, m: 2)
    #expect(relativeError(y.tensor, golden.value) <= 1e-12)
    let gradients = y.backward()
    for (parameter, expected) in zip(p, golden.gradients) {
      #expect(relativeError(gradients.tensor(of: parameter), expected) <= 1e-12)
    }
  }
}
