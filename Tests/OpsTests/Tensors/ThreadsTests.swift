import Ops
import Testing

/// One thread and two give the same bits.
@Suite(.serialized) struct ThreadsTests {
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
    let threads = ComputeThreads.count
    defer { ComputeThreads.count = threads }
    ComputeThreads.count = 1
    let one = train()
    ComputeThreads.count = 2
    #expect(train() == one)
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
    let threads = ComputeThreads.count
    defer { ComputeThreads.count = threads }
    ComputeThreads.count = 1
    let one = updated()
    ComputeThreads.count = 2
    #expect(updated() == one)
    #expect(one[1_200_000] == one[1_200_000 % 1013])
  }
}
