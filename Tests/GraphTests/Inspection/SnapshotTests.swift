import Ops
import Testing

@Suite("Snapshots")
struct SnapshotTests {
  @Test("its forms are those of the tape, and stay when the tape is rewound")
  func forms() {
    let r = Regression()
    let g = r.c.backward()
    let snapshot = r.tape.snapshot(g, output: r.c)
    let wanted = [
      r.tape.table(g, output: r.c), r.tape.markdown(g, output: r.c), r.tape.dot(g, output: r.c),
      r.tape.mermaid(g, output: r.c), r.tape.html(g, output: r.c), "\(r.tape.json(g, output: r.c))",
      r.tape.narrate(r.c, g), "\(r.tape.paths(from: r.c, to: r.w))",
    ]
    let paths = snapshot.paths(to: r.w).map { "\($0)" }
    r.tape.reset()
    #expect(
      [
        snapshot.table, snapshot.markdown, snapshot.dot, snapshot.mermaid, snapshot.html, "\(snapshot.json)",
        snapshot.narration, paths,
      ] == wanted)
    #expect(snapshot.output == "c")
    #expect(snapshot.nodes.map { snapshot.upstream(of: $0)?.elements } == [[8], [8], [40], [-8], [8], [8], [8], [1]])
  }

  @Test("without gradients or output: the forward pass alone, no paths")
  func bare() {
    let r = Regression()
    let snapshot = r.tape.snapshot()
    #expect(snapshot.paths(to: r.w) == nil)
    #expect(snapshot.nodes.allSatisfy { snapshot.upstream(of: $0) == nil })
    #expect(
      snapshot.narration == """
        Forward
          w = 5
          b = 1
          x = 1
          y = 2
          u = w·x = 5·1 = 5
          ŷ = u + b = 5 + 1 = 6
          e = ŷ - y = 6 - 2 = 4
          c = e² = 4² = 16

        """)
    #expect(r.tape.snapshot(output: r.u).narration.hasSuffix("  u = w·x = 5·1 = 5\n"))
  }

  @Test("pruned paths count nodes as the tape does")
  func pruned() {
    let r = Regression()
    let snapshot = r.tape.snapshot(r.e.backward(), output: r.e, pruned: true)
    #expect(snapshot.nodes.map(\.label) == ["w", "b", "x", "y", "u", "ŷ", "e"])
    #expect(snapshot.paths(to: r.w)?.sum == 1)
  }
}
