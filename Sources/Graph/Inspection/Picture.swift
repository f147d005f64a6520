/// The graph as an SVG drawing: boxes with value and upstream gradient, arrows with local gradients.
struct Picture<Element: Real> {
  private let snapshot: Snapshot<Element>
  private let layout: Layout
  private let captions: [[String]]
  private let arrows: [Layout.Arrow]
  private let labels: [String]

  private static var fontSize: Double { 14 }
  private static var smallSize: Double { 12 }
  private static var lineHeight: Double { 19 }
  private static var margin: Double { 12 }
  /// Over more columns an arrow is not drawn: what every layer uses would hide all else.
  private static var longestArrow: Int { 12 }

  init(_ snapshot: Snapshot<Element>) {
    self.snapshot = snapshot
    let places = [Int: Int](placesOf: snapshot.nodes)
    captions = snapshot.nodes.map(snapshot.caption)
    var (arrows, labels): ([Layout.Arrow], [String]) = ([], [])
    let depths = Self.depths(snapshot.nodes, places)
    for (to, node) in snapshot.nodes.enumerated() {
      for operand in node.inputs {
        guard let from = operand.node.flatMap({ places[$0] }), depths[to] - depths[from] <= Self.longestArrow else {
          continue
        }
        let label = operand.arrowLabel
        arrows.append(
          Layout.Arrow(from: from, to: to, labelWidth: textWidth(label, size: Self.smallSize)))
        labels.append(label)
      }
    }
    (self.arrows, self.labels) = (arrows, labels)
    let sizes = zip(captions, snapshot.nodes).map { Self.size($0, arriving: $1.inputs.count) }
    layout = Layout(sizes: sizes, arrows: arrows)
  }

  /// How far to the right each node stands at least; a leaf next to its first use.
  private static func depths(_ nodes: [Node<Element>], _ places: [Int: Int]) -> [Int] {
    var depths = [Int](repeating: 0, count: nodes.count)
    var isPlaced = nodes.map { !$0.isLeaf }
    for (place, node) in nodes.enumerated() {
      let inputs = node.inputs.compactMap { $0.node.flatMap { places[$0] } }
      depths[place] = (inputs.filter { isPlaced[$0] }.map { depths[$0] }.max() ?? 0) + 1
      for leaf in inputs where !isPlaced[leaf] { (depths[leaf], isPlaced[leaf]) = (depths[place] - 1, true) }
    }
    return depths
  }

  /// High enough for the lines and for the labels of the arrows that arrive.
  private static func size(_ lines: [String], arriving: Int) -> (width: Double, height: Double) {
    let widest = lines.map { textWidth($0, size: fontSize) }.max() ?? 0
    return (widest + 24, max(Double(lines.count) * lineHeight + 12, Double(arriving) * 18 + 4))
  }

  var svg: String {
    var svg = SVG()
    let (width, height) = (layout.width + 2 * Self.margin, layout.height + 2 * Self.margin)
    svg.element(
      "svg",
      [
        "xmlns": "http://www.w3.org/2000/svg", "viewBox": "0 0 \(SVG.number(width)) \(SVG.number(height))",
        "width": SVG.number(width), "height": SVG.number(height), "role": "img",
        "aria-label": "the graph of the tape",
      ]
    ) { svg in
      svg.raw(Self.arrowhead)
      for arrow in arrows.indices {
        svg.element("path", ["d": curve(arrow), "class": "arrow"])
      }
      for arrow in arrows.indices { writeLabel(of: arrow, &svg) }
      for (place, node) in snapshot.nodes.enumerated() {
        svg.element("g") { svg in
          drawBox(node, layout.boxes[place], &svg)
          writeCaption(captions[place], in: layout.boxes[place], &svg)
        }
      }
    }
    return svg.text
  }

  private static var arrowhead: String {
    """
    <defs><marker id="head" viewBox="0 0 8 8" refX="7" refY="4" \
    markerUnits="userSpaceOnUse" markerWidth="9" markerHeight="9" orient="auto">\
    <path d="M0 0L8 4L0 8z" class="head"/></marker></defs>

    """
  }

  private func point(_ x: Double, _ y: Double) -> String {
    "\(SVG.number(x + Self.margin)) \(SVG.number(y + Self.margin))"
  }

  /// Level where it leaves, passes and arrives; at the end straight, as long as its label.
  private func curve(_ arrow: Int) -> String {
    var places = layout.routes[arrow].dropLast().map { layout.boxes[$0] }.map {
      ($0.x, $0.x + $0.width, $0.middle)
    }
    let end = layout.boxes[arrows[arrow].to].x
    places.append((end - arrows[arrow].labelWidth - 20, end, layout.arrivals[arrow]))
    var path = "M" + point(places[0].1, places[0].2)
    for (left, right) in zip(places, places.dropFirst()) {
      let half = (left.1 + right.0) / 2
      path += "C" + point(half, left.2) + " " + point(half, right.2) + " " + point(right.0, right.2)
      path += "L" + point(right.1, right.2)
    }
    return path
  }

  private func writeLabel(of arrow: Int, _ svg: inout SVG) {
    guard !labels[arrow].isEmpty else { return }
    let width = arrows[arrow].labelWidth
    let right = layout.boxes[arrows[arrow].to].x - 14 + Self.margin
    let middle = layout.arrivals[arrow] + Self.margin
    svg.rectangle(x: right - width - 2, y: middle - 8, width: width + 4, height: 16, class: "behind")
    svg.words(labels[arrow], x: right - width / 2, y: middle + 4, class: "local", anchor: "middle")
  }

  private func drawBox(_ node: Node<Element>, _ box: Layout.Box, _ svg: inout SVG) {
    let kind = node.isLeaf ? node.operation : node.index == snapshot.root ? "output" : "operation"
    svg.element(
      "rect",
      [
        "x": SVG.number(box.x + Self.margin), "y": SVG.number(box.y + Self.margin), "rx": "8",
        "width": SVG.number(box.width), "height": SVG.number(box.height), "class": "box \(kind)",
      ])
  }

  private func writeCaption(_ caption: [String], in box: Layout.Box, _ svg: inout SVG) {
    for (line, text) in caption.enumerated() {
      svg.words(
        text, x: box.x + box.width / 2 + Self.margin,
        y: box.middle + Self.margin + 5 + (Double(line) - Double(caption.count - 1) / 2)
          * Self.lineHeight,
        class: line == 0 ? "value" : "upstream",
        anchor: "middle")
    }
  }
}
