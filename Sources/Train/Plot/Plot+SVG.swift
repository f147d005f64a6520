extension Plot {
  /// The picture as an SVG document.
  public var svg: String { svg(series: 0) { _, _ in } }

  /// With more in its panel, drawn in so many colours.
  func svg(series: Int, _ more: (PlotLayout, inout SVG) -> Void) -> String {
    let style = PlotStyle.sheet(series: max(seriesCount, series), ramp: !surfaceLevels.isEmpty)
    return SVG.picture(width, height, title: title, style: style) { draw(into: &$0, more) }
  }

  /// Writes the picture, wholly or not at all.
  public func write(to path: String) throws(FileError) { try WholeFile.write(svg, to: path) }

  /// Everything but the enclosing element and the style sheet.
  func draw(into svg: inout SVG, _ more: (PlotLayout, inout SVG) -> Void = { _, _ in }) {
    let layout = PlotLayout(self)
    drawTitle(layout, into: &svg)
    drawLegend(layout, into: &svg)
    drawGrid(layout, into: &svg)
    // A nested picture cuts off what lies outside, without an id that might occur twice in a page.
    svg.element(
      "svg",
      [
        "x": SVG.number(layout.left), "y": SVG.number(layout.top), "width": SVG.number(layout.panelWidth),
        "height": SVG.number(layout.panelHeight),
      ]
    ) { svg in
      svg.raw("\n")
      for (layer, series) in zip(layers, seriesNumbers) { draw(layer, series, layout, into: &svg) }
      more(layout, &svg)
    }
    drawAxes(layout, into: &svg)
    drawScale(layout, into: &svg)
  }

  func draw(_ layer: Layer, _ series: Int, _ layout: PlotLayout, into svg: inout SVG) {
    switch layer.kind {
    case .series(.line, let points): drawLine(points, series, layout, into: &svg)
    case .series(.points, let points):
      for point in points.compactMap(layout.place) { marker(point, series, into: &svg) }
    case .series(.path, let points):
      let data = pathData(pieces(points, layout))
      svg.way(points.compactMap(layout.place), along: data, series, haloAtEnds: true)
    case .contours(let field, let levels):
      for level in levels {
        let lines = field.contour(at: level).map { $0.compactMap(layout.place) }
        svg.element("path", ["d": pathData(lines), "class": "contour"])
      }
    case .surface(let field, let levels): drawSurface(field, levels, layout, into: &svg)
    case .regions(let field, _): drawRegions(field, layout, into: &svg)
    }
  }
}

// MARK: - Layers

extension Plot {
  private func drawLine(_ points: [Point], _ series: Int, _ layout: PlotLayout, into svg: inout SVG) {
    let pieces = pieces(points, layout)
    svg.element("path", ["d": pathData(pieces), "class": "line " + PlotStyle.stroke(series)])
    // A point between two gaps would be a line of no length.
    for piece in pieces where piece.count == 1 { marker(piece[0], series, into: &svg) }
  }

  /// Each level paints over the lower ones, so that no seams show between the colours.
  private func drawSurface(_ field: Field, _ levels: [Double], _ layout: PlotLayout, into svg: inout SVG) {
    for (index, level) in ([-Double.greatestFiniteMagnitude] + levels).enumerated() {
      let share = Double(index) / Double(max(levels.count, 1))
      fill(field.outlines(at: level), PlotStyle.ramp(share), layout, into: &svg)
    }
  }

  private func drawRegions(_ field: Field, _ layout: PlotLayout, into svg: inout SVG) {
    let labels = Set(field.values.filter { $0.isFinite && $0 >= 0 && $0 < 1e6 }.map { Int($0) }).sorted()
    for label in labels {
      // 1 in the region and 0 outside puts the border half way between two points of the grid, for both sides.
      let region = field.mapped { $0 == Double(label) ? 1 : 0 }
      fill(region.outlines(at: 0.5), "region " + PlotStyle.fill(label), layout, into: &svg)
    }
  }

  private func fill(_ outlines: [[Point]], _ style: String, _ layout: PlotLayout, into svg: inout SVG) {
    let data = pathData(outlines.map { $0.compactMap(layout.place) })
    if !data.isEmpty { svg.element("path", ["d": data, "class": style, "fill-rule": "evenodd"]) }
  }

  /// Circle, square, triangle or diamond, so that series differ in more than colour.
  private func marker(_ place: Point, _ series: Int, into svg: inout SVG) {
    func shape(_ corners: [(Double, Double)]) {
      let data = pathData([corners.map { Point(x: place.x + $0.0, y: place.y + $0.1) }]) + "Z"
      svg.element("path", ["d": data, "class": PlotStyle.fill(series)])
    }
    switch series % 4 {
    case 0: svg.dot(place, radius: 3.6, PlotStyle.fill(series))
    case 1: shape([(-3.2, -3.2), (3.2, -3.2), (3.2, 3.2), (-3.2, 3.2)])
    case 2: shape([(0, -4.4), (4, 3), (-4, 3)])
    default: shape([(0, -4.6), (4.6, 0), (0, 4.6), (-4.6, 0)])
    }
  }

  /// The points as places, in pieces where some between them have none.
  private func pieces(_ points: [Point], _ layout: PlotLayout) -> [[Point]] {
    var pieces: [[Point]] = [[]]
    for point in points {
      if let place = layout.place(point) { pieces[pieces.count - 1].append(place) } else { pieces.append([]) }
    }
    return pieces.filter { !$0.isEmpty }.map(thinned)
  }
}

extension SVG {
  /// A whole document: what is drawn in its enclosing element, below its style sheet.
  static func picture(
    _ width: Double, _ height: Double, title: String? = nil, style: String, _ content: (inout SVG) -> Void
  ) -> String {
    var svg = SVG()
    let (width, height) = (number(width), number(height))
    svg.element(
      "svg",
      [
        "xmlns": "http://www.w3.org/2000/svg", "width": width, "height": height, "viewBox": "0 0 \(width) \(height)",
        "role": "img",
      ]
    ) { svg in
      svg.raw("\n")
      if let title { svg.element("title") { $0.raw(escaped(title)) } }
      svg.raw(style)
      content(&svg)
    }
    return svg.text
  }

  /// The way of a descent: its steps as small dots on a line, its start as a ring, its end as a large dot.
  mutating func way(_ places: [Plot.Point], along data: String, _ series: Int, haloAtEnds: Bool) {
    guard let start = places.first, let end = places.last else { return }
    element("path", ["d": data, "class": "halo"])
    if haloAtEnds { for place in [start, end] { dot(place, radius: 5, "halo") } }
    element("path", ["d": data, "class": "line " + PlotStyle.stroke(series)])
    // More dots than this would only make the line thicker.
    if places.count <= 100 {
      for place in places.dropFirst().dropLast() { dot(place, radius: 2.6, PlotStyle.fill(series)) }
    }
    dot(start, radius: 4.5, PlotStyle.ring(series))
    dot(end, radius: 5, PlotStyle.fill(series))
  }

  mutating func dot(_ place: Plot.Point, radius: Double, _ style: String) {
    element(
      "circle",
      ["cx": SVG.number(place.x), "cy": SVG.number(place.y), "r": SVG.number(radius), "class": style])
  }
}

/// Lines as path data. Points that fall on the same tenth of a pixel are written once.
func pathData(_ lines: [[Plot.Point]]) -> String {
  var data = ""
  for line in lines {
    var last = ""
    for (index, point) in line.enumerated() {
      let place = SVG.number(point.x) + " " + SVG.number(point.y)
      if place == last { continue }
      data += (index == 0 ? "M" : "L") + place
      last = place
    }
  }
  return data
}

/// At most four points of each run within half a pixel's column: first, lowest, highest, last. A line of a million
/// steps looks the same and stays a small file.
private func thinned(_ line: [Plot.Point]) -> [Plot.Point] {
  guard line.count > 4 else { return line }
  var result: [Plot.Point] = []
  var start = 0
  while start < line.count {
    let column = (line[start].x * 2).rounded(.down)
    var end = start
    while end < line.count, (line[end].x * 2).rounded(.down) == column { end += 1 }
    let run = start..<end
    let low = run.min { line[$0].y < line[$1].y }!
    let high = run.max { line[$0].y < line[$1].y }!
    result += Set([start, low, high, end - 1]).sorted().map { line[$0] }
    start = end
  }
  return result
}

// MARK: - Frame

extension Plot {
  private func drawTitle(_ layout: PlotLayout, into svg: inout SVG) {
    for (index, line) in layout.title.enumerated() {
      svg.words(line, x: width / 2, y: 25 + 20 * Double(index), class: "title", anchor: "middle")
    }
  }

  private func drawLegend(_ layout: PlotLayout, into svg: inout SVG) {
    for (row, entries) in layout.legend.enumerated() {
      let middle = 12 + 20 * Double(layout.title.count + row) + 11
      for (entry, offset) in entries {
        let x = layout.left + offset
        drawKey(entry, x: x, y: middle, into: &svg)
        svg.words(entry.name, x: x + LegendEntry.keyWidth, y: middle + 4.5, class: "label")
      }
    }
  }

  private func drawKey(_ entry: LegendEntry, x: Double, y: Double, into svg: inout SVG) {
    let stroke = "line " + PlotStyle.stroke(entry.series)
    let middle = Point(x: x + 11, y: y)
    switch entry.key {
    case .line: svg.line(x, y, x + 22, y, class: stroke)
    case .points: marker(middle, entry.series, into: &svg)
    case .path:
      svg.line(x, y, x + 22, y, class: stroke)
      svg.dot(middle, radius: 2.6, PlotStyle.fill(entry.series))
    case nil:
      svg.rectangle(x: x + 4, y: y - 6, width: 14, height: 12, class: "region " + PlotStyle.fill(entry.series))
    }
  }

  private func drawGrid(_ layout: PlotLayout, into svg: inout SVG) {
    for (x, _) in layout.xTicks { svg.line(x, layout.top, x, layout.top + layout.panelHeight, class: "grid") }
    for (y, _) in layout.yTicks { svg.line(layout.left, y, layout.left + layout.panelWidth, y, class: "grid") }
  }

  private func drawAxes(_ layout: PlotLayout, into svg: inout SVG) {
    let (bottom, right) = (layout.top + layout.panelHeight, layout.left + layout.panelWidth)
    svg.line(layout.left, bottom, right, bottom, class: "axis")
    svg.line(layout.left, layout.top, layout.left, bottom, class: "axis")
    for (x, label) in layout.xTicks {
      svg.line(x, bottom, x, bottom + 4, class: "axis")
      svg.words(label, x: x, y: bottom + 18, class: "tick", anchor: "middle")
    }
    for (y, label) in layout.yTicks {
      svg.line(layout.left - 4, y, layout.left, y, class: "axis")
      svg.words(label, x: layout.left - 8, y: y + 4, class: "tick", anchor: "end")
    }
    if !xLabel.isEmpty {
      let words = fitted(xLabel, width: width - 20, size: PlotStyle.labelSize)
      svg.words(words, x: layout.left + layout.panelWidth / 2, y: bottom + 40, class: "label", anchor: "middle")
    }
    if !yLabel.isEmpty {
      let words = fitted(yLabel, width: height - 20, size: PlotStyle.labelSize)
      let middle = layout.top + layout.panelHeight / 2
      svg.words(words, x: 22, y: middle, class: "label", anchor: "middle", rotated: true)
    }
  }

  /// The colour scale of a surface: a box per colour, and between two boxes the value at which it changes.
  private func drawScale(_ layout: PlotLayout, into svg: inout SVG) {
    let levels = layout.scaleTicks
    guard !levels.isEmpty else { return }
    let x = layout.left + layout.panelWidth + PlotLayout.scaleOffset
    let box = layout.panelHeight / Double(levels.count + 1)
    func top(_ index: Int) -> Double { layout.top + layout.panelHeight - box * Double(index + 1) }
    for index in 0...levels.count {
      let colour = PlotStyle.ramp(Double(index) / Double(levels.count))
      svg.rectangle(x: x, y: top(index), width: PlotLayout.scaleWidth, height: box + 0.5, class: colour)
    }
    for (index, level) in levels.enumerated() {
      svg.words(level.label, x: x + PlotLayout.scaleWidth + 6, y: top(index) + 4, class: "tick")
    }
    let name = fitted(surfaceName, width: layout.panelHeight, size: PlotStyle.labelSize)
    let middle = layout.top + layout.panelHeight / 2
    svg.words(name, x: width - 10, y: middle, class: "label", anchor: "middle", rotated: true)
  }
}
