import Ops
import Testing

@Suite("Tracing NaN and infinity")
struct NonFiniteTests {
  struct Example: Sendable, CustomTestStringConvertible {
    let message: String
    /// The last variable is walked from.
    let record: @Sendable (Tape<Double>) -> Variable<Double>
    var testDescription: String { message }
  }

  static let examples = [
    Example(message: "forward pass: log gives nan at node 1, log(x); its operands: x = -1") { tape in
      log(tape.parameter(-1, "x"))
    },
    Example(message: "forward pass: exp gives inf at node 1, exp(x); its operands: x = 710.5") { tape in
      exp(tape.parameter(710.5, "x")) + 1
    },
    Example(message: "forward pass: the constant x (node 0) is nan") { tape in
      tape.constant(.nan, "x") + 1
    },
    Example(message: "forward pass: noise gives nan at node 1, noise(x); its operands: x = 2") { tape in
      let x = tape.parameter(2, "x")
      return tape.record("noise", value: .nan, inputs: [x], locals: [1])
    },
    Example(
      message: "backward pass: sqrt sends inf to x at node 1, y = sqrt(x):"
        + " 2 times its local gradient 0.5/y = inf; its operands: x = 0"
    ) { tape in
      2 * sqrt(tape.parameter(0, "x")).named("y")
    },
    Example(
      message: "backward pass: divide sends -inf to b at node 2, a/b:"
        + " 1e200 times its local gradient -a/b² = -1e150; its operands: a = 1e-150, b = 1e-150"
    ) { tape in
      let (a, b) = (tape.parameter(1e-150, "a"), tape.parameter(1e-150, "b"))
      return a / b * 1e200
    },
    Example(message: "backward pass: the upstream gradient of node 1, sin(x) is nan; its operands: x = 0") {
      tape in
      let y = sin(tape.parameter(0, "x"))
      y.onBackward { _ in .nan }
      return y + 1
    },
    Example(
      message: "forward pass: log gives -inf at node 1, log(v); its operands: v = [1, 0, 2]"
    ) { tape in
      log(tape.parameter(Tensor([1, 0, 2]), "v")).sum()
    },
    Example(
      message: "backward pass: sqrt sends inf to v at node 1, sqrt(v):"
        + " with a finite g, 0.5·g/sqrt(v); its operands: v = [4, 0]"
    ) { tape in
      sqrt(tape.parameter(Tensor([4, 0]), "v")).sum()
    },
  ]

  @Test("after the fact, from the tape alone", arguments: examples)
  func found(example: Example) {
    let tape = Tape<Double>()
    let gradients = example.record(tape).backward()
    #expect(tape.firstNonFinite(gradients)?.description == example.message)
  }

  @Test("at the very operation", arguments: examples)
  func told(example: Example) {
    let tape = Tape<Double>()
    var told: [String] = []
    tape.onNonFinite = { told.append($0.description) }
    _ = example.record(tape).backward()
    #expect(told.first == example.message)
  }

  @Test("every operation is told of, in order")
  func all() {
    let tape = Tape<Double>()
    var told: [String] = []
    tape.onNonFinite = { told.append($0.description) }
    _ = 0 * tape.constant(.infinity, "x") + 1
    #expect(
      told == [
        "forward pass: the constant x (node 0) is inf",
        "forward pass: multiply gives nan at node 1, 0·x; its operands: 0 = 0, x = inf",
        "forward pass: add gives nan at node 2, 0·x + 1; its operands: 0·x = nan, 1 = 1",
      ])
  }

  @Test("nothing is found where all is finite; switched off, nothing is told")
  func finite() {
    let r = Regression()
    #expect(r.tape.firstNonFinite(r.c.backward())?.description == nil)
    var count = 0
    r.tape.onNonFinite = { _ in count += 1 }
    _ = (r.x + 1).backward()
    #expect(count == 0)
    _ = log(-r.x)
    #expect(count == 1)
    r.tape.onNonFinite = nil
    _ = log(-r.x)
    #expect(count == 1)
  }
}
