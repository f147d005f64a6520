import Ops
import Testing

/// What a node keeps of its inputs: none to three of them, and a literal operand on either side.
@Suite struct EntryTests {
  let tape = Tape<Double>()

  @Test func `operands come back from the tape as they were recorded`() {
    let x = tape.parameter(3, "x"), y = tape.parameter(5, "y"), z = tape.parameter(7, "z")
    let cases: [(Variable<Double>, [Double], [Double?])] = [
      (x, [], []),
      (sinh(x), [3], [cosh(3.0)]),
      (x * y, [3, 5], [5, 3]),
      (2 * x, [2, 3], [nil, 2]),
      (x - 1, [3, 1], [1, nil]),
      (select(x, y, z), [3, 5, 7], [0, 1, 0]),
    ]
    for (variable, values, locals) in cases {
      let node = tape.nodes[variable.node!]
      #expect(node.operands.map(\.valueText) == values.map { "\(Int($0))" })
      #expect(node.operands.map(\.local) == locals)
    }
  }

  @Test func `three inputs in a chain, rewound and recorded again`() {
    let x = tape.parameter(0.5, "x"), low = tape.parameter(-1), high = tape.parameter(1)
    let start = tape.mark()
    for round in 1...3 {
      tape.rewind(to: start)
      var y = x
      for _ in 0..<100 * round { y = clip(y * 1.01, low, high) }
      let gradients = y.backward()
      // 0.5 · 1.01ⁿ reaches the upper bound after 70 steps.
      #expect(y.value == 1)
      #expect(gradients[x] == 0)
      #expect(gradients[high] >= 1)
    }
    tape.rewind(to: start)
    let inside = clip(x * x, low, high)
    #expect(inside.backward()[x] == 1)
    #expect(inside.recordedGradients(by: [x])[0].value == 1)
  }
}
