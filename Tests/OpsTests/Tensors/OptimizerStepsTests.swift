import Ops
import Testing

/// The kernels of the optimizers against their steps in the language of rules, element by element, over several steps.
@Suite("Steps of optimizers")
struct OptimizerStepsTests {
  private let gradients: [[Double]] = [[0.5, -2, 1e-3, 40], [-1, 0.25, 0, -3], [2, 2, -0.5, 1e-8]]

  @Test func plain() {
    var p = [1.0, -2, 0.5, 3], q = p
    for var g in gradients {
      p.withUnsafeMutableBufferPointer { p in
        g.withUnsafeMutableBufferPointer { OptimizerSteps.descend(p, $0, rate: 0.1) }
      }
      q = zip(q, g).map { OptimizerRules.descend($0, $1, rate: 0.1) }
      expect(p, q)
    }
  }

  @Test func momentum() {
    var (p, v) = ([1.0, -2, 0.5, 3], [0.0, 0, 0, 0])
    var expected = zip(p, v).map { (p: $0, velocity: $1) }
    for var g in gradients {
      p.withUnsafeMutableBufferPointer { p in
        g.withUnsafeMutableBufferPointer { g in
          v.withUnsafeMutableBufferPointer { OptimizerSteps.descend(p, g, velocity: $0, rate: 0.1, momentum: 0.9) }
        }
      }
      expected = zip(expected, g).map {
        OptimizerRules.descend($0.p, $1, velocity: $0.velocity, rate: 0.1, momentum: 0.9)
      }
      expect(p, expected.map(\.p))
      expect(v, expected.map(\.velocity))
    }
  }

  @Test func adam() {
    var (p, m, v) = ([1.0, -2, 0.5, 3], [0.0, 0, 0, 0], [0.0, 0, 0, 0])
    var expected = p.map { (p: $0, mean: 0.0, square: 0.0) }
    for (step, gradient) in gradients.enumerated() {
      var g = gradient
      p.withUnsafeMutableBufferPointer { p in
        g.withUnsafeMutableBufferPointer { g in
          m.withUnsafeMutableBufferPointer { m in
            v.withUnsafeMutableBufferPointer { v in
              OptimizerSteps.adam(
                p, g, mean: m, square: v, rate: 0.01, betas: (0.9, 0.999), epsilon: 1e-8, step: step + 1)
            }
          }
        }
      }
      expected = zip(expected, gradient).map {
        OptimizerRules.adam(
          $0.p, $1, mean: $0.mean, square: $0.square, rate: 0.01, betas: (0.9, 0.999), epsilon: 1e-8,
          step: Double(step + 1))
      }
      expect(p, expected.map(\.p))
    }
  }

  private func expect(_ a: [Double], _ b: [Double]) {
    #expect(zip(a, b).allSatisfy { ($0 - $1).magnitude <= 1e-14 * max(1, $1.magnitude) }, "\(a), by the rule \(b)")
  }
}
