import Graph
import Ops
import Testing

@Suite("Table")
struct TableTests {
  @Test("the documents' regression graph, as text")
  func regression() {
    let r = Regression()
    #expect(
      r.tape.table(r.c.backward(), output: r.c) == """
        node       operation  value  local gradients                 upstream dc/d…
        w          parameter      5                                               8
        b          parameter      1                                               8
        x          constant       1                                              40
        y          constant       2                                              -8
        u = w·x    multiply       5  ∂u/∂w = x = 1    ∂u/∂x = w = 5               8
        ŷ = u + b  add            6  ∂ŷ/∂u = 1        ∂ŷ/∂b = 1                   8
        e = ŷ - y  subtract       4  ∂e/∂ŷ = 1        ∂e/∂y = -1                  8
        c = e²     square        16  ∂c/∂e = 2·e = 8                              1

        """)
  }

  @Test("without gradients, and in Markdown")
  func markdown() {
    let tape = Tape<Double>()
    let x = tape.parameter(3, "x_1")
    let y = (x * x).named("a|b")
    #expect(
      tape.table() == """
        node           operation  value  local gradients
        x_1            parameter      3
        a|b = x_1·x_1  multiply       9  ∂(a|b)/∂x_1 = x_1 = 3  ∂(a|b)/∂x_1 = x_1 = 3

        """)
    #expect(
      tape.markdown(y.backward()) == #"""
        | node | operation | value | local gradients |  | upstream |
        | :-- | :-- | --: | :-- | :-- | --: |
        | x\_1 | parameter | 3 |  |  | 6 |
        | a\|b = x\_1·x\_1 | multiply | 9 | ∂(a\|b)/∂x\_1 = x\_1 = 3 | ∂(a\|b)/∂x\_1 = x\_1 = 3 | 1 |

        """#)
  }

  @Test("pruned to what the output depends on, and leaves")
  func pruned() {
    let r = Regression()
    #expect(
      r.tape.table(output: r.u, pruned: true) == """
        node     operation  value  local gradients
        w        parameter      5
        b        parameter      1
        x        constant       1
        y        constant       2
        u = w·x  multiply       5  ∂u/∂w = x = 1    ∂u/∂x = w = 5

        """)
  }

  @Test("columns line up under wide characters and combining marks; numbers are short")
  func widths() {
    let tape = Tape<Double>()
    let x = tape.parameter(1.0 / 3, "距离"), y = tape.parameter(-1e-7, "y\u{302}"), n = tape.constant(.nan, "🙂")
    _ = (x * y).named("z") + n
    #expect(
      tape.table() == """
        node        operation        value  local gradients
        距离        parameter     0.333333
        y\u{302}           parameter        -1e-7
        🙂          constant           nan
        z = 距离·y\u{302}  multiply   -3.33333e-8  ∂z/∂距离 = y\u{302} = -1e-7  ∂z/∂y\u{302} = 距离 = 0.333333
        z + 🙂      add                nan  ∂(z + 🙂)/∂z = 1      ∂(z + 🙂)/∂(🙂) = 1

        """)
  }

  @Test("tensors: few elements in full, many as shape and range")
  func tensors() {
    let tape = Tape<Float>()
    let W = tape.parameter(Tensor([[1, 2], [3, 4]]), "W"), x = tape.constant(Tensor([[0.5], [1]]), "x")
    let big = tape.parameter(Tensor((0..<20).map { Float($0) / 10 }), "v")
    let c = (matmul(W, x).sum() + big.sum()).named("c")
    #expect(
      tape.table(c.backward(), output: c) == """
        node                   operation               value  local gradients                             upstream dc/d…
        W                      parameter    [[1, 2], [3, 4]]                                        [[0.5, 1], [0.5, 1]]
        x                      constant         [[0.5], [1]]
        v                      parameter  [20] from 0 to 1.9                                                  [20] all 1
        W·x                    matmul         [[2.5], [5.5]]  ∂(W·x)/∂W: g·xᵀ      ∂(W·x)/∂x: Wᵀ·g            [[1], [1]]
        sum(W·x)               sum                         8  ∂sum(W·x)/∂(W·x): g                                      1
        sum(v)                 sum                        19  ∂sum(v)/∂v: g                                            1
        c = sum(W·x) + sum(v)  add                        27  ∂c/∂sum(W·x): g      ∂c/∂sum(v): g                       1

        """)
  }
}
