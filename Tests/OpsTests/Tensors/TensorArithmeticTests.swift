import Ops
import Testing

/// Tensors as values: what the same expression on a tape gives, and indices by hand.
@Suite struct TensorArithmeticTests {
  typealias T = Tensor<Double>
  typealias V = Variable<Double>

  @Test(arguments: [
    (T([1.0, 2, 3]), T([[4.0], [5]])), (T([[1.0, 2], [3, 4]]), T([[0.5, -2], [8, 1]])), (T(2.0), T([1.0, 4])),
    (T([[1.0, 2]]), T(repeating: 3, shape: [2, 1, 1])), (T([Double]()), T([1.0])),
  ])
  func asOnATape(_ a: T, _ b: T) {
    let operations: [(String, (T, T) -> T, (V, V) -> V)] = [
      ("+", { $0 + $1 }, { $0 + $1 }), ("-", { $0 - $1 }, { $0 - $1 }), ("*", { $0 * $1 }, { $0 * $1 }),
      ("/", { $0 / $1 }, { $0 / $1 }), ("a + 2", { a, _ in a + 2 }, { a, _ in a + 2 }),
      ("a - 2", { a, _ in a - 2 }, { a, _ in a - 2 }), ("a * 2", { a, _ in a * 2 }, { a, _ in a * 2 }),
      ("a / 2", { a, _ in a / 2 }, { a, _ in a / 2 }), ("2 + b", { 2 + $1 }, { 2 + $1 }),
      ("2 - b", { 2 - $1 }, { 2 - $1 }), ("2 * b", { 2 * $1 }, { 2 * $1 }), ("2 / b", { 2 / $1 }, { 2 / $1 }),
      ("-a", { a, _ in -a }, { a, _ in -a }),
    ]
    for (name, onValues, onTape) in operations {
      let tape = Tape<Double>()
      let result = onTape(tape.constant(a), tape.constant(b))
      #expect(onValues(a, b) == result.tensor, "\(name) of \(a.shape), \(b.shape)")
    }
  }

  @Test func elements() {
    var x = T([[1.0, 2, 3], [4, 5, 6]])
    #expect(x[0, 0] == 1 && x[1, 2] == 6 && x[-1, -3] == 4 && T(7.0)[] == 7)
    x[1, 0] = 40
    #expect(x.elements == [1, 2, 3, 40, 5, 6] && x.sum() == 57 && x.map { -$0 }[0, 1] == -2)
    #expect(x.reshaped(to: [3, -1]) == T([[1.0, 2], [3, 40], [5, 6]]) && x.reshaped(to: [6]).shape == [6])
    let literal: T = [1, 2, 3]
    #expect(literal == T([1.0, 2, 3]) && literal.sum() == 6)
  }

  @Test func misuse() async {
    await #expect(processExitsWith: .failure) { _ = T([1.0, 2]) + T([1.0, 2, 3]) }
    await #expect(processExitsWith: .failure) { _ = T([1.0, 2])[2] }
    await #expect(processExitsWith: .failure) { _ = T([1.0, 2])[0, 0] }
    await #expect(processExitsWith: .failure) { _ = T([1.0, 2]).reshaped(to: [3]) }
    await #expect(processExitsWith: .failure) { _ = T([1.0, 2]).reshaped(to: [-1, -1]) }
  }
}
