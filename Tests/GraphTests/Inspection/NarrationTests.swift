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
          dc/dy = dc/de · ∂e/∂y = 8 · (-1) = -8
          dc/du = dc/dŷ · ∂ŷ/∂u = 8
          dc/db = dc/dŷ · ∂ŷ/∂b = 8
          dc/dw = dc/du · ∂u/∂w = 8 · x = 8
          dc/dx = dc/du · ∂u/∂x = 8 · w = 8 · 5 = 40

        """)
  }

  @Test("where paths meet, contributions are added up; what has no name is a part of the next formula")
  func composite() {
    let c = Composite(1.2)
    #expect(
      c.tape.narrate(c.f) == """
        Forward
          t = 1.2
          x = cos(t) = cos(1.2) = 0.362358
          y = t² = 1.2² = 1.44
          f = y + exp(x·y) = 1.44 + exp(0.362358·1.44) = 3.12505

        Backward
          df/df = 1
          df/dy = ∂f/∂y = 1 + exp(x·y)·x = 1.61059
          df/dx = ∂f/∂x = exp(x·y)·y = 2.42647
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
          y = a·4 + 0·sqrt(b) = 2·4 + 0·sqrt(3) = 8

        Backward
          dy/dy = -1
          dy/da = dy/dy · ∂y/∂a = -1 · 4 = -4 = -2 (after its hook)
          dy/db = dy/dy · ∂y/∂b = -1 · 0 = 0

        """)
  }

  @Test("tensors: the pullback, and which gradient it takes; that of a layer is δ")
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
          c = sum(h ⊙ h) = 36.5

        Backward
          dc/dc = 1
          δ = dc/dh = 2·h = [[5], [11]]
          dc/dW = δ·xᵀ = [[2.5, 5], [5.5, 11]] (shapes [2, 1]·[1, 2] = [2, 2])

        """)
  }

  @Test("a norm says nothing of what keeps its squares within the range, unless they leave it")
  func norm() {
    let tape = Tape<Double>()
    let w = tape.parameter(Tensor([3, 4]), "w")
    let n = w.norm().named("n")
    #expect(
      tape.narrate(n, n.backward()) == """
        Forward
          w = [3, 4]
          n = sqrt(sum(w²)) = 5

        Backward
          dn/dn = 1
          dn/dw = 1/sqrt(sum(w²))·w = [0.6, 0.8]

        """)
    let X = tape.parameter(Tensor([[3, 4], [5, 12]]), "X")
    let rows = tape.narrate(X.norm(2, [1]).named("r").sum())
    #expect(rows.contains("r = sqrt(sum(X², axis=1)) = [5, 13]") && !rows.contains("abs"), "\(rows)")
  }
}
