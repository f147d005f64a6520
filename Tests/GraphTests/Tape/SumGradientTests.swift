import Ops
import Testing

/// The gradient of a sum is one number for all elements, and travels as that number: every operation that may
/// stand below a sum has to take it.
@Suite("Gradients of sums")
struct SumGradientTests {
  typealias V = Variable<Double>

  struct Example: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let f: @Sendable (_ W: V, _ x: V) -> V
    init(_ name: String, _ f: @escaping @Sendable (V, V) -> V) { (testDescription, self.f) = (name, f) }
  }

  static let examples = [
    Example("product") { matmul($0, $1) },
    Example("product with a transposed matrix") { matmul($0.transposed(), $1) },
    Example("transposed") { W, _ in W.transposed() },
    Example("transposed and scaled") { W, _ in W.transposed() * 2 },
    Example("repeated") { $1.broadcast(to: [2, 3]) },
    Example("sum of matrix and column") { $0 + $1 },
    Example("reshaped") { W, _ in W.reshaped(to: [4]) },
    Example("sum over an axis") { W, _ in W.sum([0]) },
    Example("sum over an axis, then product") { matmul($0.sum([0], keepingDimensions: true), $1) },
    Example("where") { W, _ in select(less(W, 2), W, 1) },
    Example("power") { pow($0, $1) },
    Example("maximum") { maximum($0, $1) },
  ]

  @Test("against central differences", arguments: examples)
  func holds(example: Example) {
    let (W, x) = ([1.1, 2.2, 3.3, 0.4], [0.5, 1.7])
    func total(_ W: [Double], _ x: [Double]) -> (y: V, inputs: [V], tape: Tape<Double>) {
      let tape = Tape<Double>()
      let inputs = [tape.parameter(Tensor(W, shape: [2, 2])), tape.parameter(Tensor(x, shape: [2, 1]))]
      return (example.f(inputs[0], inputs[1]).sum(), inputs, tape)
    }
    let (y, inputs, tape) = total(W, x)
    let gradients = y.backward()
    let found = gradients.tensor(of: inputs[0]).elements + gradients.tensor(of: inputs[1]).elements
    withExtendedLifetime(tape) {}
    for place in 0..<6 {
      func moved(_ step: Double) -> Double {
        var all = W + x
        all[place] += step
        let (y, _, tape) = total(Array(all[..<4]), Array(all[4...]))
        return withExtendedLifetime(tape) { y.value }
      }
      #expect(abs(found[place] - (moved(1e-5) - moved(-1e-5)) / 2e-5) < 1e-8, "element \(place)")
    }
  }
}
