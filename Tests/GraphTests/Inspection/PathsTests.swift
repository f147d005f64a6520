import Ops
import Testing

@Suite("Paths of the multivariate chain rule")
struct PathsTests {
  @Test("the documents' composite: every path with its product, and their sum")
  func composite() {
    let c = Composite(1.2)
    #expect(
      "\(c.tape.paths(from: c.f, to: c.t))" == """
        3 paths from f to t:
          f ← y ← t                   ∂f/∂y · ∂y/∂t = 1 · 2·t = 1 · 2.4 = 2.4
          f ← exp(x·y) ← x·y ← x ← t  ∂f/∂exp(x·y) · ∂exp(x·y)/∂(x·y) · ∂(x·y)/∂x · ∂x/∂t = 1 · exp(x·y) · y · (-sin(t)) = 1 · 1.68505 · 1.44 · (-0.932039) = -2.26157
          f ← exp(x·y) ← x·y ← y ← t  ∂f/∂exp(x·y) · ∂exp(x·y)/∂(x·y) · ∂(x·y)/∂y · ∂y/∂t = 1 · exp(x·y) · x · 2·t = 1 · 1.68505 · 0.362358 · 2.4 = 1.46542
        df/dt = 2.4 + (-2.26157) + 1.46542 = 1.60385

        """)
  }

  @Test(
    "their sum is the upstream gradient, at 25 points", arguments: (0..<25).map { -1.7 + 0.15 * Double($0) })
  func sums(t: Double) throws {
    let c = Composite(t)
    let paths = c.tape.paths(from: c.f, to: c.t)
    let sum = try #require(paths.sum)
    #expect(sum == c.f.backward()[c.t])
    let added = paths.paths.compactMap(\.product).reduce(0, +)
    #expect(abs(added - Composite.slope(t)) <= 1e-12 * max(1, abs(added)))
  }

  @Test("exponentially many are counted, not listed")
  func explosion() {
    let tape = Tape<Double>()
    let x = tape.parameter(1, "x")
    var y = x
    for _ in 0..<20 { y = (y + y) / 2 }
    let some = tape.paths(from: y.named("y"), to: x, limit: 2)
    #expect(some.count == 1 << 20)
    #expect(some.paths.count == 2)
    #expect(
      "\(some)".hasSuffix("… 1048574 paths more, not shown; the sum of all: dy/dx = 1\n"))
    #expect("\(some)".hasPrefix("1048576 paths from y to x:\n"))
    #expect(tape.paths(from: y, to: x).paths.count == 1000)
    for _ in 0..<100 { y = (y + y) / 2 }
    let many = tape.paths(from: y, to: x, limit: 0)
    #expect(many.count == .max)
    #expect(many.sum == 1)
    #expect("\(many)".contains("more than 9223372036854775807 paths"))
  }

  @Test("no path, the node itself, a node in the middle")
  func edges() {
    let r = Regression()
    #expect("\(r.tape.paths(from: r.u, to: r.b))" == "no path from u to b: du/db = 0\n")
    #expect("\(r.tape.paths(from: r.u, to: r.u))" == "1 path from u to u:\n  u  1\ndu/du = 1\n")
    #expect(
      "\(r.tape.paths(from: r.c, to: r.u))" == """
        1 path from c to u:
          c ← e ← ŷ ← u  ∂c/∂e · ∂e/∂ŷ · ∂ŷ/∂u = 2·e · 1 · 1 = 8 · 1 · 1 = 8
        dc/du = 8

        """)
  }

  @Test("an operand used twice is two paths; a factor 0 ends a product, whatever follows")
  func twice() {
    let tape = Tape<Double>()
    let x = tape.parameter(0, "x")
    #expect(tape.paths(from: (x + 3) * (x + 3), to: x).paths.map(\.product) == [3, 3])
    let dead = tape.paths(from: 0 * sqrt(x), to: x)
    #expect(dead.paths.map(\.product) == [0])
    #expect(dead.sum == 0)
  }

  @Test("a path of two thousand steps")
  func long() {
    let tape = Tape<Double>()
    let x = tape.parameter(1, "x")
    var y = x
    for _ in 0..<2_000 { y = -y }
    #expect(tape.paths(from: y, to: x).paths.map(\.product) == [1])
  }

  @Test("through tensors each path is a formula with its value; of a tensor the paths are only named")
  func tensors() {
    let tape = Tape<Double>()
    let v = tape.parameter(Tensor([1, 2]), "v")
    let c = (v * v).sum().named("c")
    #expect(
      "\(tape.paths(from: c, to: v))" == """
        2 paths from c to v:
          c ← v ⊙ v ← v  v = [1, 2]
          c ← v ⊙ v ← v  v = [1, 2]
        dc/dv = [1, 2] + [1, 2] = [2, 4]

        """)
    let squares = square(v).named("s")
    #expect("\(tape.paths(from: squares, to: v))" == "1 path from s to v:\n  s ← v  ∂s/∂v\nds/dv\n")
  }
}
