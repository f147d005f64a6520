import Ops
import Testing

@Suite("Backward walk")
struct BackwardTests {
  @Test("the documents' regression graph")
  func regression() {
    let r = Regression()
    let g = r.c.backward()
    #expect([r.u, r.ŷ, r.e, r.c].map(\.value) == [5, 6, 4, 16])
    #expect([r.c, r.e, r.ŷ, r.u, r.w, r.x, r.b, r.y].map { g[$0] } == [1, 8, 8, 8, 8, 40, 8, -8])
  }

  @Test("the documents' composite, at 25 points", arguments: (0..<25).map { -1.7 + 0.15 * Double($0) })
  func composite(t: Double) {
    let c = Composite(t)
    let (slope, wanted) = (c.f.backward()[c.t], Composite.slope(t))
    #expect(abs(slope - wanted) <= 1e-12 * max(1, abs(wanted)))
  }

  @Test("the graph of a shared subexpression: (x + x)·(x + x), with x + x recorded once")
  func shared() {
    let tape = Tape<Double>()
    let x = tape.parameter(3, "x")
    let s = x + x
    let g = (s * s).backward()
    #expect(g[s] == 12)
    #expect(g[x] == 24)
  }

  @Test("walking twice, with seeds, and from nodes in the middle")
  func again() {
    let r = Regression()
    #expect((1...3).map { _ in r.c.backward()[r.w] } == [8, 8, 8])
    #expect(r.c.backward(seed: -0.5)[r.x] == -20)
    let middle = r.u.backward()
    #expect(middle[r.w] == 1)
    #expect(middle[r.x] == 5)
    #expect(middle[r.c] == 0)
    #expect(middle[r.b] == 0)
  }

  @Test("two outputs: their gradients apart, added up, and of their sum")
  func severalOutputs() {
    let tape = Tape<Double>()
    let x = tape.parameter(2, "x")
    let h = x * x
    let (first, second) = (3 * h, sin(h))
    let sum = (first + second).backward()
    let both = first.backward()
    #expect(both[x] == 12)
    second.backward(into: both)
    #expect(both[x] == sum[x])
    #expect(both[h] == sum[h])
    first.backward(seed: 2, into: both)
    #expect(both[x] == sum[x] + 24)
  }

  @Test("gradients held from before are not touched by later walks, and what nobody holds is used again")
  func reuse() {
    let tape = Tape<Double>()
    let x = tape.parameter(2, "x")
    let y = x * x
    var held = [y.backward(seed: 1)]
    for seed in 2...10 { held.append(y.backward(seed: Double(seed))) }
    #expect(held.map { $0[x] } == (1...10).map { 4 * Double($0) })
    held.removeAll()
    let first = ObjectIdentifier(y.backward())
    for _ in 0..<5 { #expect(ObjectIdentifier(y.backward()) == first) }
  }

  @Test("a node recorded after the walk has no gradient")
  func later() {
    let r = Regression()
    let g = r.u.backward()
    let later = r.c + 1
    #expect(g[later] == 0)
  }

  @Test("infinite local gradients on a branch that does not count add nothing")
  func deadBranch() {
    let tape = Tape<Double>()
    let x = tape.parameter(0, "x")
    #expect((0 * sqrt(x) + x).backward()[x] == 1)
  }

  struct Zero: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let point: Double
    let f: @Sendable (Variable<Double>) -> Variable<Double>
    init(_ name: String, at point: Double, _ f: @escaping @Sendable (Variable<Double>) -> Variable<Double>) {
      (testDescription, self.point, self.f) = (name, point, f)
    }
  }

  static let zeros = [
    Zero("sqrt(c·x) at c = 0", at: 3) { sqrt(stopGradient($0 - 3) * $0) },
    Zero("acos(clip(x, -1, 1))", at: 10) { acos(clip($0, -1, 1)) },
    Zero("sqrt(max(x, 0))", at: -1) { sqrt(maximum($0, 0)) },
    Zero("sqrt(x²)", at: 0) { sqrt($0 * $0) },
    Zero("sqrt(pow(x, 2))", at: 0) { sqrt(pow($0, 2)) },
    Zero("log(where)", at: 0) { log(select(less($0, 1), 0 * $0, $0)) },
    Zero("three inputs", at: 1) { sqrt(select(less($0, 2), 0, $0)) },
  ]

  @Test("a local gradient of 0 stops an infinite upstream gradient, in every mode", arguments: zeros)
  func stopped(zero: Zero) {
    let f = zero.f
    let tape = Tape<Double>()
    let x = tape.parameter(zero.point, "x")
    #expect(f(x).backward()[x] == 0)
    let single = Tape<Double>()
    let v = single.parameter(Tensor([zero.point]), "v")
    #expect(f(v).sum().backward().tensor(of: v).elements == [0])
    #expect(f(x).recordedGradients(by: [x])[0].value == 0)
  }

  @Test("an operation of one's own and the smallest numbers go the same way")
  func carefully() {
    let tape = Tape<Double>()
    let x = tape.parameter(1, "x")
    let y = tape.record("f", value: 0, inputs: [x, x], locals: [0, 2])
    #expect(y.backward(seed: .infinity)[x] == .infinity)
    let z = tape.record("f", value: 0, inputs: [x], locals: [0])
    #expect(z.backward(seed: .nan)[x] == 0)
    #expect((3 * x).backward(seed: 0x1p-1073)[x] == 3 * 0x1p-1073)
    #expect((x * x).backward(seed: .infinity)[x] == .infinity)
  }

  @Test("a million nodes in a chain are walked without recursion")
  func deep() {
    let tape = Tape<Float>()
    let x = tape.parameter(1, "x")
    var y = x
    for _ in 0..<1_000_000 { y = -y }
    #expect(y.backward()[x] == 1)
  }
}

@Suite("Recorded backward walk")
struct RecordedBackwardTests {
  @Test(
    "derivatives of x⁵ at 2 by repeated walks",
    arguments: zip(0...6, [32, 80, 160, 240, 240, 120, 0] as [Double]))
  func orders(order: Int, wanted: Double) {
    #expect(derivative(order: order, at: 2) { x in x * x * x * x * x } == wanted)
  }

  @Test("Hessian, and literals on both sides of an operator")
  func hessians() {
    #expect(hessian(at: [2.0, 3.0]) { p in p[0] * p[0] * p[1] } == [[6, 4], [4, 0]])
    #expect(gradient(at: 2.0) { x in 3 * x * x + 1 / x } == 11.75)
    #expect(derivative(order: 2, at: 2.0) { x in 3 * x * x + 1 / x } == 6.25)
  }

  @Test("the branch that where does not take sends no NaN, in any mode")
  func untaken() {
    func f<A: Algebra>(_ x: A) -> A { select(less(x, 0), x * x, sqrt(x) * x) }
    #expect(gradient(at: -2.0) { f($0) } == -4)
    #expect(jvp(at: [-2.0], along: [1.0]) { f($0[0]) }.tangent == -4)
    #expect(derivative(order: 1, at: -2.0) { f($0) } == -4)
    #expect(derivative(order: 2, at: -2.0) { f($0) } == 2)
  }
}
