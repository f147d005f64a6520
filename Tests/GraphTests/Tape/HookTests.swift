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

  @Test("a hook does not run where the output does not depend on its node, but where the gradient is 0")
  func reached() {
    let tape = Tape<Double>()
    let x = tape.parameter(3, "x")
    var seen: [String] = []
    let (y, z) = (x * x, x + 1)
    for (name, node) in [("x", x), ("y", y), ("z", z)] {
      node.onBackward {
        seen.append(name)
        return $0 + 1
      }
    }
    #expect(y.backward()[x] == 13)
    #expect(seen == ["y", "x"])
    seen = []
    #expect((0 * z).backward()[x] == 2)
    #expect(seen == ["z", "x"])
    let w = tape.parameter(Tensor([1, 2]), "w")
    w.onBackward { _ in
      seen.append("w")
      return 1
    }
    seen = []
    #expect(y.backward().tensor(of: w).elements == [0, 0])
    #expect(seen == ["y", "x"])
  }

  @Test("of tensors, element by element or as a whole, on leaves, inside, and in a chain", arguments: [2, 1 << 18])
  func tensors(count: Int) {
    let tape = Tape<Double>()
    let w = tape.parameter(Tensor(repeating: 3, shape: [count]), "w")
    let h = w * 2
    let y = sin(h * 5 + 1) * 7
    var seen = 0.0
    h.onBackward { min($0, 10) }
    h.onBackward { (g: Tensor<Double>) in
      seen = g.elements.reduce(0, +)
      return Tensor(g.elements.map { $0 / Double(count) }, shape: g.shape)
    }
    w.onBackward { -$0 }
    let slope = 7 * 5 * Double.cos(31)
    let g = y.sum().backward()
    #expect(abs(seen - min(slope, 10) * Double(count)) < 1e-6)
    #expect(abs(g.tensor(of: w).elements[1] * Double(count) + 2 * min(slope, 10)) < 1e-12)
    #expect(abs(g.tensor(of: h).elements[0] * Double(count) - min(slope, 10)) < 1e-12)
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
