@testable import Graph
import Testing

@Suite("Layout of the drawing")
struct LayoutTests {
  /// Arrows of a random graph whose inputs precede each node.
  private func random(_ count: Int, _ seed: UInt64) -> [Layout.Arrow] {
    var state = seed
    func draw(_ limit: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % limit
    }
    return (1..<count).flatMap { node in
      (0..<draw(3)).map { _ in Layout.Arrow(from: draw(node), to: node, labelWidth: 20) }
    }
  }

  @Test("boxes do not overlap, arrows run from left to right, all within the picture", arguments: 1...30)
  func holds(seed: UInt64) {
    let arrows = random(40, seed)
    let layout = Layout(sizes: (0..<40).map { (width: 40 + Double($0), height: 30) }, arrows: arrows)
    let boxes = layout.boxes.prefix(40)
    for (place, a) in boxes.enumerated() {
      #expect(a.x >= 0 && a.y >= 0 && a.x + a.width <= layout.width && a.y + a.height <= layout.height)
      for b in boxes.dropFirst(place + 1) {
        #expect(
          a.x + a.width <= b.x || b.x + b.width <= a.x || a.y + a.height <= b.y || b.y + b.height <= a.y)
      }
    }
    for (arrow, route) in zip(arrows, layout.routes) {
      #expect(route.first == arrow.from && route.last == arrow.to)
      for (left, right) in zip(route, route.dropFirst()) {
        #expect(layout.boxes[left].x + layout.boxes[left].width < layout.boxes[right].x)
      }
    }
  }

  @Test("a leaf stands right before its first use")
  func leaves() {
    let size = (width: 10.0, height: 10.0)
    // 0 → 2 → 3, and the leaf 1 → 3.
    let arrows = [(0, 2), (2, 3), (1, 3)].map { Layout.Arrow(from: $0.0, to: $0.1, labelWidth: 0) }
    let layout = Layout(sizes: Array(repeating: size, count: 4), arrows: arrows)
    #expect(layout.boxes[1].x == layout.boxes[2].x)
    #expect(layout.routes[2] == [1, 3])
  }

  @Test("two trees side by side do not cross")
  func crossings() {
    let size = (width: 10.0, height: 10.0)
    // Leaves 0…3; 4 = f(0, 2), 5 = f(1, 3).
    let arrows = [(0, 4), (2, 4), (1, 5), (3, 5)].map { Layout.Arrow(from: $0.0, to: $0.1, labelWidth: 0) }
    let y = Layout(sizes: Array(repeating: size, count: 6), arrows: arrows).boxes.map(\.y)
    #expect(max(y[0], y[2]) < min(y[1], y[3]) || max(y[1], y[3]) < min(y[0], y[2]))
  }
}
