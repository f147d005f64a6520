import Ops
import Testing

@Suite("Operations of one's own")
struct CustomTests {
  private func cube(_ x: Variable<Double>, on tape: Tape<Double>) -> Variable<Double> {
    tape.record(
      "cube", value: x.value * x.value * x.value, inputs: [x], locals: [3 * x.value * x.value],
      formulas: ["3·x²"],
      recorded: { inputs, _ in [3 * inputs[0] * inputs[0]] })
  }

  @Test("given value and local gradients, between recorded operations")
  func first() {
    let tape = Tape<Double>()
    let x = tape.parameter(2, "x")
    let y = 5 * cube(2 * x, on: tape) + x
    #expect(y.value == 322)
    #expect(y.backward()[x] == 481)
    #expect(y.backward(seed: 2)[x] == 962)
  }

  @Test("derivatives of higher order through `recorded`")
  func higher() {
    let tape = Tape<Double>()
    let x = tape.parameter(2, "x")
    let first = (x * cube(x, on: tape)).recordedGradients(by: [x])[0]
    let second = first.recordedGradients(by: [x])[0]
    #expect([first.value, second.value] == [32, 48])
  }

  @Test("several inputs, one twice")
  func several() {
    let tape = Tape<Double>()
    let (a, b) = (tape.parameter(3, "a"), tape.parameter(4, "b"))
    let y = tape.record("mix", value: 10, inputs: [a, b, a], locals: [1, 2, 4])
    let g = y.backward()
    #expect([g[a], g[b]] == [5, 2])
  }

  @Test("a rule of one's own records, differentiates twice and prints")
  func rule() {
    enum Cube: UnaryRule {
      static func value<A: Algebra>(_ x: A) -> A { x * x * x }
      static func local<A: Algebra>(_ x: A, _ y: A) -> A { 3 * (x * x) }
    }
    let tape = Tape<Double>()
    let x = tape.parameter(2, "x")
    let y = apply(Cube.self, x)
    #expect(y.backward()[x] == 12)
    #expect(derivative(order: 2, at: 2.0) { apply(Cube.self, $0) } == 12)
    let node = tape.nodes[1]
    #expect([node.operation, node.formula, node.operands[0].formula] == ["cube", "cube(x)", "3·x²"])
  }
}
