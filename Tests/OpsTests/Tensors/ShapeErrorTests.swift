import Ops
import Testing

/// What is said where operands do not fit: the operation and both shapes.
@Suite struct ShapeErrorTests {
  struct Mistake: Sendable {
    let message: String
    let make: @Sendable (Tape<Double>) -> Void
  }

  static func tensor(_ tape: Tape<Double>, _ shape: Shape) -> Variable<Double> {
    tape.constant(Tensor.ones(shape))
  }

  static let mistakes: [Mistake] = [
    Mistake(message: "matmul: [2, 3] × [4, 5]: inner dimensions 3 and 4 differ") {
      _ = matmul(tensor($0, [2, 3]), tensor($0, [4, 5]))
    },
    Mistake(message: "matmul: [2, 3] × [4]: inner dimensions 3 and 4 differ") {
      _ = matmul(tensor($0, [2, 3]), tensor($0, [4]))
    },
    Mistake(message: "matmul: [2, 4, 3] × [5, 3, 2]: leading dimensions do not broadcast") {
      _ = matmul(tensor($0, [2, 4, 3]), tensor($0, [5, 3, 2]))
    },
    Mistake(message: "dot: [2] · [3]: two vectors of one length are needed") {
      _ = dot(tensor($0, [2]), tensor($0, [3]))
    },
    Mistake(message: "add: shapes [2, 3] and [4] do not broadcast") { _ = tensor($0, [2, 3]) + tensor($0, [4]) },
    Mistake(message: "reshape: [2, 3] to [4]: 6 and 4 elements") { _ = tensor($0, [2, 3]).reshaped(to: [4]) },
    Mistake(message: "broadcast: [2, 3] to [2, 4]: the shapes do not fit") {
      _ = tensor($0, [2, 3]).broadcast(to: [2, 4])
    },
    Mistake(message: "concatenate: [2, 3] and [2, 4]: they may differ along axis 0 alone") {
      _ = concatenated([tensor($0, [2, 3]), tensor($0, [2, 4])])
    },
    Mistake(message: "slice: [2, 3]: axis 1 has no 1:9") { _ = tensor($0, [2, 3])[0, 1..<9] },
    Mistake(message: "slice: [2, 3]: axis 0 has no 2") { _ = tensor($0, [2, 3])[2] },
    Mistake(message: "gather: [3, 2] and indices of [2, 3]: as many axes, and none longer, are needed") {
      _ = tensor($0, [3, 2]).gatheredElements(at: [0, 0, 0, 0, 0, 0], shape: [2, 3], along: 0)
    },
    Mistake(message: "gather: no index 7 among 3") { _ = tensor($0, [3, 2]).gathered([0, 7]) },
    Mistake(message: "scatterAdd: [3, 2] and [2, 3]: 2 slices along axis 0 are needed") {
      _ = tensor($0, [3, 2]).scatterAdding(tensor($0, [2, 3]), at: [0, 1])
    },
    Mistake(message: "sum: no axis 2 in a tensor of 2 dimensions") { _ = tensor($0, [2, 3]).sum([2]) },
    Mistake(message: "max: [0, 3]: there is no largest of no elements") { _ = tensor($0, [0, 3]).max() },
    Mistake(message: "solve: [2, 3] × [2]: a square matrix and as many rows are needed") {
      _ = solve(tensor($0, [2, 3]), tensor($0, [2]))
    },
    Mistake(message: "solve: [2, 2] × [2, 1]: the matrix is singular") {
      _ = solve(tensor($0, [2, 2]), tensor($0, [2]))
    },
    Mistake(message: "inverse: [3, 3]: the matrix is singular") { _ = tensor($0, [3, 3]).inverse() },
    Mistake(message: "determinant: [2, 3]: a square matrix is needed") { _ = tensor($0, [2, 3]).determinant() },
    Mistake(message: "cholesky: [2, 2]: the matrix is not positive definite") { _ = tensor($0, [2, 2]).cholesky() },
    Mistake(message: "softmaxCrossEntropy: [2, 3] and [1]: a label for each row is needed") {
      _ = softmaxCrossEntropy(tensor($0, [2, 3]), labels: [0])
    },
    Mistake(message: "backward: the output must be a scalar, not a tensor of shape [2]") {
      _ = ($0.parameter(Tensor([1.0, 2])) * 2).backward()
    },
  ]

  @Test(arguments: mistakes.indices)
  func namesOperationAndShapes(_ index: Int) async throws {
    let result = try #require(
      await processExitsWith(index))
    let text = String(decoding: result, as: UTF8.self)
    #expect(text.contains(Self.mistakes[index].message), "\(text)")
  }

  private func processExitsWith(_ index: Int) async -> [UInt8]? {
    await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) { [index] in
      Self.mistakes[index].make(Tape<Double>())
    }?.standardErrorContent
  }
}
