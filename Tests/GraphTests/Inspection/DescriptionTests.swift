import Ops
import Testing

@Suite("What print shows")
struct DescriptionTests {
  @Test("variables: name and value, or shape and range")
  func variables() {
    let tape = Tape<Double>()
    let x = tape.parameter(1.0 / 3, "x"), n = tape.constant(-.nan)
    let w = tape.parameter(Tensor([[1, 2], [3, 4]]), "W")
    let texts = [x, x * 6, n, Variable(0.5), w, w + 1, w.broadcast(to: [3, 2, 2]).named("V")].map { "\($0)" }
    #expect(
      texts == [
        "x = 0.3333333333333333", "2", "nan", "0.5", "W = [[1, 2], [3, 4]]", "[[2, 3], [4, 5]]",
        "V = [3, 2, 2] from 1 to 4",
      ])
    let f = Tape<Float>()
    #expect("\(f.parameter(0.1, "a"))" == "a = 0.1")
  }

  @Test("what cannot be read says why, and does not stop")
  func stale() {
    let tape = Tape<Double>()
    let w = tape.parameter(Tensor(repeating: 1, shape: [1 << 18]), "w")
    let y = exp(w)
    tape.update(w, to: Tensor(repeating: 2, shape: [1 << 18]))
    #expect("\(y)" == "[262144], not computed")
    tape.reset()
    #expect("\(w)" == "a stale variable: its tape was rewound past node 0")
    let orphan = Tape<Double>().parameter(3)
    #expect("\(orphan)" == "a stale variable, whose tape was released")
  }

  @Test("a tape counts its nodes, gradients show those of parameters")
  func tapeAndGradients() {
    let r = Regression()
    #expect("\(r.tape)" == "Tape<Double>: 2 parameters, 2 constants, 4 operations")
    #expect("\(r.c.backward())" == "Gradients<Double>: w: 8, b: 8")
    let tape = Tape<Float>()
    let parameters = (0..<12).map { tape.parameter(Float($0)) }
    let v = tape.parameter(Tensor([1, 2]), "v")
    let g = (parameters.dropFirst().reduce(parameters[0]) { $0 * $1 } + v.sum()).backward()
    #expect("\(g)".hasPrefix("Gradients<Float>: n0: 3.99168e7, n1: 0, n2: 0,"))
    #expect("\(g)".hasSuffix("n9: 0, …"))
  }
}
