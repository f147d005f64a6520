import Ops
import Testing

@Suite("Parameters that change")
struct UpdateTests {
  @Test("a walk after an update of scalars is that of what was recorded; so are recorded gradients that read no values")
  func scalars() {
    let tape = Tape<Double>()
    let x = tape.parameter(2, "x")
    let (y, z) = (x * x, x - 1 + x)
    tape.update(x, to: 5)
    #expect(y.backward()[x] == 4)
    #expect(z.recordedGradients(by: [x])[0].value == 2)
    #expect((x * x).recordedGradients(by: [x])[0].value == 10)
  }

  @Test("what was recorded again after a rewind is up to date, at the same nodes")
  func again() {
    let tape = Tape<Double>()
    let (x, w) = (tape.parameter(2, "x"), tape.parameter(Tensor([1, 2]), "w"))
    let start = tape.mark()
    for step in 1...3 {
      let y = checkpoint(x * x) { $0 * x } + (w * w * x).sum()
      let g = y.backward()
      let recorded = y.recordedGradients(by: [x, w])
      let at = Double(step + 1)
      #expect(g[x] == 3 * at * at + 5)
      #expect(recorded[0].value == g[x])
      #expect(g.tensor(of: w).elements == [2 * at, 4 * at])
      #expect(recorded[1].tensor == g.tensor(of: w))
      if step == 2 {
        tape.rewind(to: start)
        tape.update(x, to: at + 1)
      } else {
        tape.update(x, to: at + 1)
        tape.rewind(to: start)
      }
      tape.update(w, to: Tensor([1, 2]))
    }
  }

  @Test("a tensor of one element takes a number")
  func oneElement() {
    let tape = Tape<Double>()
    let w = tape.parameter(Tensor([1]), "w")
    tape.update(w, to: 3)
    #expect((w * w).sum().backward().tensor(of: w).elements == [6])
  }
}
