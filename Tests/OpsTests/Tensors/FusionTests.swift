import Ops
import Testing

@Suite("Chains of elementwise operations") struct FusionTests {
  /// Long enough to be deferred, and not a whole number of blocks.
  private let count = 140_001

  private func vector(_ seed: Int) -> Tensor<Double> {
    Tensor((0..<count).map { Double(($0 * 7919 + seed * 104729) % 2003) / 1000 - 1 })
  }

  /// The same expression on scalars, element by element.
  @Test func agreesWithScalars() {
    let tape = Tape<Double>()
    let (w, x, b, y) = (vector(1), vector(2), vector(3), vector(4))
    let (W, B) = (tape.parameter(w), tape.parameter(b))
    let s = tape.parameter(0.5)
    let e = sigmoid(W * tape.constant(x) + B * s) - tape.constant(y)
    let loss = (e * e).mean()
    let g = loss.backward()
    let (gW, gB) = (g.tensor(of: W).elements, g.tensor(of: B).elements)
    var (total, gS, worst) = (0.0, 0.0, 0.0)
    for i in 0..<count {
      let p = 1 / (1 + Double.exp(-(w.elements[i] * x.elements[i] + b.elements[i] * 0.5)))
      let d = 2 * (p - y.elements[i]) * p * (1 - p) / Double(count)
      total += (p - y.elements[i]) * (p - y.elements[i])
      gS += d * b.elements[i]
      worst = max(worst, abs(gW[i] - d * x.elements[i]), abs(gB[i] - d * 0.5))
    }
    #expect(worst < 1e-18)
    #expect(abs(loss.value - total / Double(count)) < 1e-13)
    #expect(abs(g[s] - gS) < 1e-14)
  }

  /// A value that two chains read is computed once, and its gradient is complete before it is sent on.
  @Test func sharedValues() {
    let tape = Tape<Double>()
    let X = tape.parameter(vector(5))
    let shared = sin(X)
    let f = (shared * shared).sum() + exp(shared).sum()
    let g = f.backward().tensor(of: X).elements
    let worst = zip(g, vector(5).elements).map { g, x in
      let s = Double.sin(x)
      return abs(g - (2 * s + Double.exp(s)) * Double.cos(x))
    }.max()!
    #expect(worst < 1e-14)
    #expect(abs(shared.tensor.elements[7] - Double.sin(vector(5).elements[7])) < 1e-15)
  }
}
