import Ops
import Testing

@Suite struct BackwardTests {
  @Test func linearRegressionGraph() {
    let tape = Tape<Double>()
    let w = tape.parameter(5, "w")
    let b = tape.parameter(1, "b")
    let x = tape.constant(1, "x")
    let y = tape.constant(2, "y")
    let u = (w * x).named("u")
    let ŷ = (u + b).named("ŷ")
    let e = (ŷ - y).named("e")
    let c = (e * e).named("c")
    let g = c.backward()
    #expect([u, ŷ, e, c].map(\.value) == [5, 6, 4, 16])
    #expect([c, e, ŷ, u, w, x, b, y].map { g[$0] } == [1, 8, 8, 8, 8, 40, 8, -8])
  }

  @Test func literalsAndHigherOrder() {
    #expect(derivative(order: 3, at: 2.0) { x in x * x * x * x } == 48)
    #expect(hessian(at: [2.0, 3.0]) { p in p[0] * p[0] * p[1] } == [[6, 4], [4, 0]])
    let slope = gradient(at: 2.0) { x in 3 * x * x + 1 / x }
    #expect(slope == 11.75)
    #expect(jvp(at: [2.0, 3.0], along: [1.0, 0.0]) { $0[0] * $0[1] }.tangent == 3)
  }
}
