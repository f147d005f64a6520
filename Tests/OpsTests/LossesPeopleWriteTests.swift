import Ops
import Testing

// Losses as people write them. That this file compiles is half of the test: `Tests/Scripts/type-checking.sh` measures how
// long the compiler thinks about each.

private func focalLoss<A: Algebra>(_ p: A, _ y: A) -> A {
  -(0.25 * y * pow(1 - p, 2) * log(p) + 0.75 * (1 - y) * pow(p, 2) * log(1 - p))
}
private func twoSquaresLoss<A: Algebra>(_ x: A) -> A { (x - 1) * (x - 1) + (1 - x) * (1 - x) }
private func logLoss<A: Algebra>(_ p: A, _ y: A) -> A { -(y * log(p) + (1 - y) * log(1 - p)) }
private func rosenbrockLoss<A: Algebra>(_ x: A, _ y: A) -> A { (1 - x) * (1 - x) + 100 * (y - x * x) * (y - x * x) }
private func huberLoss<A: Algebra>(_ e: A) -> A { select(less(abs(e), 1), 0.5 * e * e, abs(e) - 0.5) }
private func logCoshLoss<A: Algebra>(_ e: A) -> A { log((exp(e) + exp(-e)) / 2) }
private func quantileLoss<A: Algebra>(_ e: A, _ q: A) -> A { maximum(q * e, (q - 1) * e) }
private func hingeLoss<A: Algebra>(_ s: A, _ y: A) -> A { maximum(0, 1 - y * s) }
private func gaussianLoss<A: Algebra>(_ x: A, _ m: A, _ s: A) -> A {
  0.5 * log(2 * 3.141592653589793 * s * s) + (x - m) * (x - m) / (2 * s * s)
}
private func poissonLoss<A: Algebra>(_ rate: A, _ y: A) -> A { rate - y * log(rate) }
private func divergenceLoss<A: Algebra>(_ m: A, _ s: A) -> A { 0.5 * (s * s + m * m - 1 - 2 * log(s)) }
private func cauchyLoss<A: Algebra>(_ e: A) -> A { log(1 + e * e / 2) }
private func welschLoss<A: Algebra>(_ e: A) -> A { 1 - exp(-0.5 * (e / 2.985) * (e / 2.985)) }
private func tukeyLoss<A: Algebra>(_ e: A) -> A { 1 - pow(1 - e * e / 16, 3) }
private func elasticNetLoss<A: Algebra>(_ e: A, _ w: A) -> A {
  0.5 * e * e + 0.1 * (0.3 * abs(w) + 0.5 * (1 - 0.3) * w * w)
}
private func himmelblauLoss<A: Algebra>(_ x: A, _ y: A) -> A {
  (x * x + y - 11) * (x * x + y - 11) + (x + y * y - 7) * (x + y * y - 7)
}
private func diceLoss<A: Algebra>(_ p: A, _ y: A) -> A { 1 - (2 * p * y + 1) / (p + y + 1) }
private func tverskyLoss<A: Algebra>(_ p: A, _ y: A) -> A {
  1 - (p * y + 1) / (p * y + 0.3 * p * (1 - y) + 0.7 * (1 - p) * y + 1)
}
private func smoothedLoss<A: Algebra>(_ p: A, _ y: A) -> A {
  -((0.9 * y + 0.05) * log(p) + (0.9 * (1 - y) + 0.05) * log(1 - p))
}
private func contrastiveLoss<A: Algebra>(_ d: A, _ y: A) -> A {
  y * d * d / 2 + (1 - y) * maximum(0, 1 - d) * maximum(0, 1 - d) / 2
}
private func bumpLoss<A: Algebra>(_ x: A, _ k: A) -> A { 100 * (x - x * x) * (1 - x) + k * x + 2 * exp(-x * x / 2) }

@Suite struct LossesPeopleWriteTests {
  private struct Both: Sendable {
    let name: String
    let number: @Sendable ([Double]) -> Double
    let gradient: @Sendable ([Double]) -> [Double]
    let forward: @Sendable ([Double], [Double]) -> Double
  }

  private static let losses: [Both] = [
    Both(
      name: "focal", number: { focalLoss($0[0], $0[1]) },
      gradient: { x in Ops.gradient(at: x) { focalLoss($0[0], $0[1]) } },
      forward: { x, v in jvp(at: x, along: v) { focalLoss($0[0], $0[1]) }.tangent }),
    Both(
      name: "twoSquares", number: { twoSquaresLoss($0[0]) },
      gradient: { x in Ops.gradient(at: x) { twoSquaresLoss($0[0]) } },
      forward: { x, v in jvp(at: x, along: v) { twoSquaresLoss($0[0]) }.tangent }),
    Both(
      name: "logLoss", number: { logLoss($0[0], $0[1]) },
      gradient: { x in Ops.gradient(at: x) { logLoss($0[0], $0[1]) } },
      forward: { x, v in jvp(at: x, along: v) { logLoss($0[0], $0[1]) }.tangent }),
    Both(
      name: "rosenbrock", number: { rosenbrockLoss($0[0], $0[1]) },
      gradient: { x in Ops.gradient(at: x) { rosenbrockLoss($0[0], $0[1]) } },
      forward: { x, v in jvp(at: x, along: v) { rosenbrockLoss($0[0], $0[1]) }.tangent }),
    Both(
      name: "huber", number: { huberLoss($0[0]) },
      gradient: { x in Ops.gradient(at: x) { huberLoss($0[0]) } },
      forward: { x, v in jvp(at: x, along: v) { huberLoss($0[0]) }.tangent }),
    Both(
      name: "logCosh", number: { logCoshLoss($0[0]) },
      gradient: { x in Ops.gradient(at: x) { logCoshLoss($0[0]) } },
      forward: { x, v in jvp(at: x, along: v) { logCoshLoss($0[0]) }.tangent }),
    Both(
      name: "quantile", number: { quantileLoss($0[0], $0[1]) },
      gradient: { x in Ops.gradient(at: x) { quantileLoss($0[0], $0[1]) } },
      forward: { x, v in jvp(at: x, along: v) { quantileLoss($0[0], $0[1]) }.tangent }),
    Both(
      name: "hinge", number: { hingeLoss($0[0], $0[1]) },
      gradient: { x in Ops.gradient(at: x) { hingeLoss($0[0], $0[1]) } },
      forward: { x, v in jvp(at: x, along: v) { hingeLoss($0[0], $0[1]) }.tangent }),
    Both(
      name: "gaussian", number: { gaussianLoss($0[0], $0[1], $0[2]) },
      gradient: { x in Ops.gradient(at: x) { gaussianLoss($0[0], $0[1], $0[2]) } },
      forward: { x, v in jvp(at: x, along: v) { gaussianLoss($0[0], $0[1], $0[2]) }.tangent }),
    Both(
      name: "poisson", number: { poissonLoss($0[0], $0[1]) },
      gradient: { x in Ops.gradient(at: x) { poissonLoss($0[0], $0[1]) } },
      forward: { x, v in jvp(at: x, along: v) { poissonLoss($0[0], $0[1]) }.tangent }),
    Both(
      name: "divergence", number: { divergenceLoss($0[0], $0[1]) },
      gradient: { x in Ops.gradient(at: x) { divergenceLoss($0[0], $0[1]) } },
      forward: { x, v in jvp(at: x, along: v) { divergenceLoss($0[0], $0[1]) }.tangent }),
    Both(
      name: "cauchy", number: { cauchyLoss($0[0]) },
      gradient: { x in Ops.gradient(at: x) { cauchyLoss($0[0]) } },
      forward: { x, v in jvp(at: x, along: v) { cauchyLoss($0[0]) }.tangent }),
    Both(
      name: "welsch", number: { welschLoss($0[0]) },
      gradient: { x in Ops.gradient(at: x) { welschLoss($0[0]) } },
      forward: { x, v in jvp(at: x, along: v) { welschLoss($0[0]) }.tangent }),
    Both(
      name: "tukey", number: { tukeyLoss($0[0]) },
      gradient: { x in Ops.gradient(at: x) { tukeyLoss($0[0]) } },
      forward: { x, v in jvp(at: x, along: v) { tukeyLoss($0[0]) }.tangent }),
    Both(
      name: "elasticNet", number: { elasticNetLoss($0[0], $0[1]) },
      gradient: { x in Ops.gradient(at: x) { elasticNetLoss($0[0], $0[1]) } },
      forward: { x, v in jvp(at: x, along: v) { elasticNetLoss($0[0], $0[1]) }.tangent }),
    Both(
      name: "himmelblau", number: { himmelblauLoss($0[0], $0[1]) },
      gradient: { x in Ops.gradient(at: x) { himmelblauLoss($0[0], $0[1]) } },
      forward: { x, v in jvp(at: x, along: v) { himmelblauLoss($0[0], $0[1]) }.tangent }),
    Both(
      name: "dice", number: { diceLoss($0[0], $0[1]) },
      gradient: { x in Ops.gradient(at: x) { diceLoss($0[0], $0[1]) } },
      forward: { x, v in jvp(at: x, along: v) { diceLoss($0[0], $0[1]) }.tangent }),
    Both(
      name: "tversky", number: { tverskyLoss($0[0], $0[1]) },
      gradient: { x in Ops.gradient(at: x) { tverskyLoss($0[0], $0[1]) } },
      forward: { x, v in jvp(at: x, along: v) { tverskyLoss($0[0], $0[1]) }.tangent }),
    Both(
      name: "smoothed", number: { smoothedLoss($0[0], $0[1]) },
      gradient: { x in Ops.gradient(at: x) { smoothedLoss($0[0], $0[1]) } },
      forward: { x, v in jvp(at: x, along: v) { smoothedLoss($0[0], $0[1]) }.tangent }),
    Both(
      name: "contrastive", number: { contrastiveLoss($0[0], $0[1]) },
      gradient: { x in Ops.gradient(at: x) { contrastiveLoss($0[0], $0[1]) } },
      forward: { x, v in jvp(at: x, along: v) { contrastiveLoss($0[0], $0[1]) }.tangent }),
    Both(
      name: "bump", number: { bumpLoss($0[0], $0[1]) },
      gradient: { x in Ops.gradient(at: x) { bumpLoss($0[0], $0[1]) } },
      forward: { x, v in jvp(at: x, along: v) { bumpLoss($0[0], $0[1]) }.tangent }),
  ]

  /// Backward, forward and by central differences.
  @Test func gradients() {
    #expect(Self.losses.count >= 20)
    let (x, h) = ([0.3, 0.7, 1.3], 1e-6)
    for loss in Self.losses {
      let gradient = loss.gradient(x)
      for place in x.indices {
        let direction = x.indices.map { $0 == place ? 1.0 : 0 }
        let (above, below) = (zip(x, direction).map { $0 + h * $1 }, zip(x, direction).map { $0 - h * $1 })
        let difference = (loss.number(above) - loss.number(below)) / (2 * h)
        #expect((gradient[place] - difference).magnitude < 1e-7, "\(loss.name)")
        #expect((gradient[place] - loss.forward(x, direction)).magnitude < 1e-13, "\(loss.name)")
      }
    }
  }

  /// A quotient of literals is one of numbers, whole ones too.
  @Test func quotientsOfLiterals() {
    func half<A: Algebra>(_ x: A) -> A { 1 / 2 * x }
    #expect(half(3.0) == 1.5)
    #expect(gradient(at: 3.0) { half($0) } == 0.5)
    #expect(gradient(at: Float(3)) { half($0) } == 0.5)
    #expect(half(Formula.name("x")).text(in: .textbook) == "0.5·x")
    let k = 3.0
    func scaled<A: Algebra>(_ x: A) -> A { k * x / k + k - k }
    #expect(scaled(2.0) == 2 && gradient(at: 2.0) { scaled($0) } == 1)
  }
}
