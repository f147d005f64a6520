import Ops
import Testing

/// A checkpoint changes no derivative, only what stands on the tape.
@Suite struct CheckpointTests {
  typealias V = Variable<Double>
  typealias Keep = (V, @escaping (V) -> V) -> V

  /// Two layers that share w, with or without checkpoints; one is nested in another.
  static func model(_ x: V, _ w: V, _ b: V, _ keep: @escaping Keep) -> V {
    let h = keep(x) { x in keep(tanh(matmul(x, w))) { sigmoid($0 + b) } }
    return keep(h) { h in (square(matmul(h, w)) * b).sum() }
  }

  @Test func derivativesAreTheSame() {
    func derivatives(_ keep: @escaping Keep) -> (nodes: Int, [Tensor<Double>]) {
      let tape = Tape<Double>()
      let x = tape.parameter(Tensor([[0.5, -1], [2, 0.25], [1, 1]]))
      let w = tape.parameter(Tensor([[0.3, -0.7], [1.1, 0.2]]))
      let b = tape.parameter(0.75)
      let y = Self.model(x, w, b, keep)
      let nodes = tape.count
      let first = y.backward()
      let slopes = y.recordedGradients(by: [x, w, b])
      let second = (slopes[0].sum() + square(slopes[1]).sum() + slopes[2] * slopes[2]).backward()
      let all = [x, w, b].map { first.tensor(of: $0) } + slopes.map(\.tensor)
      return (nodes, all + [x, w, b].map { second.tensor(of: $0) })
    }
    let plain = derivatives { x, f in f(x) }
    let kept = derivatives { x, f in checkpoint(x, f) }
    #expect(kept.nodes < plain.nodes)
    for (a, b) in zip(kept.1, plain.1) { #expect(relativeError(a, b) <= 1e-14) }
  }

  @Test func ofScalars() {
    let tape = Tape<Double>()
    let (x, w) = (tape.parameter(2), tape.parameter(3))
    let y = checkpoint(x) { sin($0 * w) * $0 } * w
    #expect(tape.count == 4)
    let g = y.backward()
    #expect(abs(g[x] - 3 * (6 * Double.cos(6) + Double.sin(6))) < 1e-14)
    #expect(abs(g[w] - (12 * Double.cos(6) + 2 * Double.sin(6))) < 1e-14)
  }

  /// Forward and back, in time that grows with their number: of four times as many less than ten times as long.
  @Test("of many, in linear time, also where the walk is recorded", arguments: [false, true])
  func manyTakeLinearTime(isRecorded: Bool) {
    func seconds(_ count: Int) -> Double {
      let tape = Tape<Double>()
      let (x, w) = (tape.parameter(0.5), tape.parameter(Tensor([0.3, 0.7])))
      let time = ContinuousClock().measure {
        var h = x
        for _ in 0..<count { h = checkpoint(h) { sin($0) + (w * $0).mean() } }
        let gradient = isRecorded ? h.recordedGradients(by: [x])[0].value : h.backward()[x]
        #expect(gradient.isFinite)
      }
      return time / .seconds(1)
    }
    _ = seconds(100)
    let (few, many) = (seconds(500), seconds(2000))
    #expect(many < 10 * few)
  }
}
