import Ops
import Testing

@Suite("Worked solution")
struct NarrationTests {
  @Test("the documents' regression graph")
  func regression() {
    let r = Regression()
    #expect(
      r.tape.narrate(r.c) == """
        Forward
          w = 5
          b = 1
          x = 1
          y = 2
          u = w·x = 5·1 = 5
          ŷ = u + b = 5 + 1 = 6
          e = ŷ - y = 6 - 2 = 4
          c = e² = 4² = 16

        Backward
          dc/dc = 1
          dc/de = ∂c/∂e = 2·e = 8
          dc/dŷ = dc/de · ∂e/∂ŷ = 8
          dc/du = dc/dŷ · ∂ŷ/∂u = 8
          dc/dy = dc/de · ∂e/∂y = 8 · (-1) = -8
          dc/dx = dc/du · ∂u/∂x = 8 · w = 8 · 5 = 40
          dc/db = dc/dŷ · ∂ŷ/∂b = 8
          dc/dw = dc/du · ∂u/∂w = 8 · x = 8

        """)
  }

  @Test("where paths meet, contributions are added up; a factor with a sign or a sum is enclosed")
  func composite() {
    let c = Composite(1.2)
    let p = c.tape.nodes.firstIndex { $0.formula == "x·y" }
    #expect(p == 3)
    #expect(
      c.tape.narrate(c.f) == """
        Forward
          t = 1.2
          x = cos(t) = cos(1.2) = 0.362358
          y = t² = 1.2² = 1.44
          x·y = 0.362358·1.44 = 0.521795
          exp(x·y) = exp(0.521795) = 1.68505
          f = y + exp(x·y) = 1.44 + 1.68505 = 3.12505

        Backward
          df/df = 1
          df/dexp(x·y) = ∂f/∂exp(x·y) = 1
          df/d(x·y) = df/dexp(x·y) · ∂exp(x·y)/∂(x·y) = exp(x·y) = 1.68505
          df/dy = ∂f/∂y + df/d(x·y) · ∂(x·y)/∂y = 1 + 1.68505 · x = 1 + 1.68505 · 0.362358 = 1 + 0.610591 = 1.61059
          df/dx = df/d(x·y) · ∂(x·y)/∂x = 1.68505 · y = 1.68505 · 1.44 = 2.42647
          df/dt = df/dy · ∂y/∂t + df/dx · ∂x/∂t = 1.61059 · 2·t + 2.42647 · (-sin(t)) = 1.61059 · 2.4 + 2.42647 · (-0.932039) = 3.86542 + (-2.26157) = 1.60385

        """)
  }

  @Test("a seed, a hook, a node without influence, a number without a name")
  func special() {
    let tape = Tape<Double>()
    let (a, b) = (tape.parameter(2, "a"), tape.parameter(3, "b"))
    a.onBackward { $0 / 2 }
    let y = (a * tape.constant(4) + 0 * sqrt(b)).named("y")
    #expect(
      tape.narrate(y, y.backward(seed: -1)) == """
        Forward
          a = 2
          b = 3
          a·4 = 2·4 = 8
          sqrt(b) = sqrt(3) = 1.73205
          0·sqrt(b) = 0·1.73205 = 0
          y = a·4 + 0·sqrt(b) = 8 + 0 = 8

        Backward
          dy/dy = -1
          dy/d(0·sqrt(b)) = dy/dy · ∂y/∂(0·sqrt(b)) = -1
          dy/dsqrt(b) = dy/d(0·sqrt(b)) · ∂(0·sqrt(b))/∂sqrt(b) = -1 · 0 = 0
          dy/d(a·4) = dy/dy · ∂y/∂(a·4) = -1
          dy/db = 0
          dy/da = dy/d(a·4) · ∂(a·4)/∂a = -1 · 4 = -4 = -2 (after its hook)

        """)
  }

  @Test("tensors: the pullback, and which gradient it takes")
  func tensors() {
    let tape = Tape<Float>()
    let W = tape.parameter(Tensor([[1, 2], [3, 4]]), "W"), x = tape.constant(Tensor([[0.5], [1]]), "x")
    let h = matmul(W, x).named("h")
    #expect(
      tape.narrate((h * h).sum().named("c")) == """
        Forward
          W = [[1, 2], [3, 4]]
          x = [[0.5], [1]]
          h = W·x = [[2.5], [5.5]]
          h·h = [[6.25], [30.25]]
          c = sum(h·h) = 36.5

        Backward
          dc/dc = 1
          dc/d(h·h) = broadcast(1, shape=[2, 1]) = [[1], [1]]
          dc/dh = dc/d(h·h)·h + dc/d(h·h)·h = [[5], [11]]
          dc/dW = dc/dh·xᵀ = [[2.5, 5], [5.5, 11]]

        """)
  }
}
