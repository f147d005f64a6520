import Ops
import Testing

@Suite("Gradient hooks")
struct HookTests {
  @Test("a hook sees the complete gradient once per walk, and what it returns flows on")
  func replaces() {
    let r = Regression()
    var seen: [Double] = []
    r.ŷ.onBackward {
      seen.append($0)
      return -$0
    }
    let g = r.c.backward()
    #expect(seen == [8])
    #expect([r.c, r.e, r.ŷ, r.u, r.w, r.x, r.b, r.y].map { g[$0] } == [1, 8, -8, -8, -8, -40, -8, -8])
    _ = r.c.backward(seed: 2)
    #expect(seen == [8, 16])
  }

  @Test("hooks of one node run in order; one on a leaf or on the output works as well")
  func order() {
    let tape = Tape<Double>()
    let x = tape.parameter(3, "x")
    let y = x * x
    x.onBackward { $0 + 1 }
    x.onBackward { $0 * 10 }
    y.onBackward { $0 * 2 }
    #expect(y.backward()[x] == 130)
  }

  @Test("a hook ends with its node; one that stands before the mark stays")
  func rewound() {
    let tape = Tape<Double>()
    let x = tape.parameter(3, "x")
    x.onBackward { -$0 }
    let start = tape.mark()
    let y = x * x
    y.onBackward { $0 * 100 }
    #expect(y.backward()[x] == -600)
    tape.rewind(to: start)
    #expect((x * x).backward()[x] == -6)
  }
}
