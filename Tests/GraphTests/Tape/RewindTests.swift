import Graph
import Ops
import Testing

@Suite("Mark, rewind, reset")
struct RewindTests {
  @Test("gradient descent by mark, rewind and update reaches the minimum of (w - 3)²")
  func descent() {
    let tape = Tape<Double>()
    let w = tape.parameter(0, "w")
    let start = tape.mark()
    for _ in 0..<100 {
      let e = w - 3
      let g = (e * e).backward()
      tape.update(w, to: w.value - 0.25 * g[w])
      tape.rewind(to: start)
    }
    #expect(abs(w.value - 3) < 1e-12)
    #expect(tape.count == 1)
  }

  @Test("an update shows in what is computed afterwards, and in the variable itself")
  func update() {
    let tape = Tape<Double>()
    let w = tape.parameter(2, "w")
    let before = w * w
    tape.update(w, to: 5)
    #expect([w.value, before.value, (w * w).value] == [5, 4, 25])
    tape.withElements(of: w) { $0[0] = 6 }
    #expect((w + 1).value == 7)
  }

  @Test("nested marks: what stands before each stays valid, names too")
  func nested() {
    let tape = Tape<Double>()
    let a = tape.parameter(1, "a")
    let outer = tape.mark()
    let b = (a + 1).named("b")
    let inner = tape.mark()
    for round in 0..<3 {
      let c = (b * Variable(Double(round))).named("c")
      #expect(c.value == 2 * Double(round))
      #expect(c.backward()[a] == Double(round))
      #expect(c.name == "c")
      tape.rewind(to: inner)
    }
    #expect(tape.nodes.map(\.label) == ["a", "b"])
    tape.rewind(to: outer)
    #expect((a + 5).value == 6)
    #expect(tape.nodes.map(\.label) == ["a", "a + 5"])
  }

  @Test("fifty thousand rounds keep parameters valid and the tape short")
  func manyRounds() {
    let tape = Tape<Double>()
    let x = tape.parameter(2, "x")
    let start = tape.mark()
    let y = (x * x).named("y")
    let middle = tape.mark()
    var sum = 0.0
    for _ in 0..<50_000 {
      sum += (y + x).backward()[x]
      tape.rewind(to: middle)
    }
    #expect(sum == 250_000)
    tape.rewind(to: start)
    #expect((x * 3).value == 6)
    #expect(tape.rewinds.count <= 3)
  }

  @Test("when generations start over, valid variables and marks stay valid")
  func wrapsAround() {
    let tape = Tape<Double>()
    let x = tape.parameter(2, "x")
    let start = tape.mark()
    tape.rewind(to: start)
    tape.storage.pointee.generation = 0x7FFF_FFFD
    tape.openFastPath()
    let y = x * x
    let middle = tape.mark()
    for _ in 0..<6 {
      let z = y + x
      #expect(z.value == 6)
      #expect(z.backward()[x] == 5)
      tape.rewind(to: middle)
      #expect(y.value == 4)
    }
    #expect(tape.storage.pointee.generation < 6)
    tape.rewind(to: start)
    #expect((x * 3).value == 6)
  }

  @Test("gradients outlive a rewind, and add up over rounds")
  func gradientsOverRounds() {
    let tape = Tape<Double>()
    let w = tape.parameter(3, "w")
    let start = tape.mark()
    let total = (2 * w).backward()
    tape.rewind(to: start)
    #expect(total[w] == 2)
    for x in [1.0, 10, 100] {
      let h = w * Variable(x)
      (h * h).backward(into: total)
      #expect(total[h] == 2 * h.value, "the last round's alone")
      tape.rewind(to: start)
    }
    #expect(total[w] == 2 + 6 * (1 + 100 + 10_000))
  }

  @Test("reset forgets parameters too and keeps nothing of the names")
  func reset() {
    let tape = Tape<Double>()
    _ = tape.parameter(1, "a") * 2
    tape.reset()
    #expect(tape.count == 0)
    let x = tape.parameter(4)
    #expect(x.name == nil)
    #expect((x * x).backward()[x] == 8)
  }
}
