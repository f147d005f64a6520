import Ops
import Testing

/// One thread and two give the same bits.
@Suite(.serialized) struct ThreadsTests {
  /// What `run` gives on one thread, after it gave the same on others.
  private func onAnyThreads<T: Equatable>(_ others: [Int], _ run: () -> T) -> T {
    let before = ComputeThreads.count
    defer { ComputeThreads.count = before }
    ComputeThreads.count = 1
    let one = run()
    for count in others {
      ComputeThreads.count = count
      #expect(run() == one, "\(count) threads")
    }
    return one
  }

  @Test func sameBits() {
    func train() -> [Float] {
      var generator = SeededGenerator(seed: 5)
      let tape = Tape<Float>()
      let x = tape.constant(Tensor.normal([128, 300], using: &generator))
      let w = tape.parameter(Tensor.he(300, 260, using: &generator))
      let v = tape.parameter(Tensor.glorot(260, 10, using: &generator))
      let labels = (0..<128).map { $0 % 10 }
      let gradients = softmaxCrossEntropy(matmul(relu(matmul(x, w)), v), labels: labels).backward()
      return gradients.tensor(of: w).elements + gradients.tensor(of: v).elements
    }
    let one = onAnyThreads([2], train)
    #expect(one.contains { $0 != 0 })
  }

  /// Large enough that the update is divided among threads.
  @Test func sameBitsOfLargeUpdates() {
    func updated() -> [Float] {
      let tape = Tape<Float>()
      let w = tape.parameter(Tensor((0..<1_200_001).map { Float($0 % 1013) / 7 }))
      tape.descend(w, along: (w * w).sum().backward(), rate: 0.1)
      return w.tensor.elements
    }
    let one = onAnyThreads([2], updated)
    #expect(one[1_200_000] == one[1_200_000 % 1013])
  }

  /// A chain that is computed block by block: its value, the gradient of a tensor that is read twice, and that of a scalar
  /// that every block reads; the last block is not full.
  @Test func sameBitsOfChains() {
    let count = 300_001
    struct Outcome: Equatable { let value: Float, dw: [Float], ds: Float, dt: [Float] }
    func run() -> Outcome {
      let tape = Tape<Float>()
      let w = tape.parameter(Tensor((0..<count).map { Float($0 % 1013) / 1013 - 0.5 }))
      let x = tape.constant(Tensor((0..<count).map { Float($0 % 997) / 997 }))
      let s = tape.parameter(0.25), t = tape.parameter(Tensor([0.75]))
      let mean = square(sigmoid(w * x + s) - t * w).mean()
      let gradients = mean.backward()
      return Outcome(
        value: mean.value, dw: gradients.tensor(of: w).elements, ds: gradients[s], dt: gradients.tensor(of: t).elements)
    }
    let one = onAnyThreads([2, 3, 5], run)
    let expected = (0..<count).reduce(into: (value: 0.0, ds: 0.0, dt: 0.0)) { sums, place in
      let (w, x) = (Double(Float(place % 1013) / 1013 - 0.5), Double(Float(place % 997) / 997))
      let σ = 1 / (1 + exp(-(w * x + 0.25)))
      let e = σ - 0.75 * w
      sums.value += e * e / Double(count)
      sums.ds += 2 * e * σ * (1 - σ) / Double(count)
      sums.dt -= 2 * e * w / Double(count)
    }
    #expect(abs(Double(one.value) / expected.value - 1) < 1e-6)
    #expect(abs(Double(one.ds) / expected.ds - 1) < 1e-5)
    #expect(abs(Double(one.dt[0]) / expected.dt - 1) < 1e-5)
  }

  /// A large operation by itself, whose value was read: its gradients, among them that of a number.
  @Test func sameBitsOfSingleOperations() {
    func run() -> [Float] {
      let tape = Tape<Float>()
      let w = tape.parameter(Tensor((0..<200_003).map { Float($0 % 1013) / 1013 - 0.5 }))
      let s = tape.parameter(Float(0.3))
      let y = s * w
      let first = y.tensor.elements[1]
      let gradients = (y * y).sum().backward()
      return [first, gradients[s]] + gradients.tensor(of: w).elements
    }
    let one = onAnyThreads([2, 3], run)
    #expect(one.allSatisfy { $0.isFinite })
  }
}
