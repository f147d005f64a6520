import Graph
import Testing

@Suite("What few nodes have")
struct NodeTableTests {
  @Test("set in any order, removed from a node on, against a dictionary")
  func random() {
    var generator = SeededGenerator(seed: 7)
    var (table, wanted) = (NodeTable<Int>(), [Int: Int]())
    for round in 0..<3000 {
      let node = generator.index(below: 200)
      if generator.index(below: 20) == 0 {
        table.removeAll(from: node)
        wanted = wanted.filter { $0.key < node }
      } else {
        table.set(round, for: node)
        wanted[node] = round
      }
      #expect((0..<200).allSatisfy { table[$0] == wanted[$0] })
      #expect(table.isEmpty == wanted.isEmpty)
    }
  }
}
