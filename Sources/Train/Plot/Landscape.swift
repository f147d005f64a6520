import Foundation

/// The surface of a function of two variables, seen from above and aside, with the ways of descents upon it.
///
/// ```swift
/// let bowl = Plot.Field(x: -3.5...3.5, y: -1.5...1.5, samples: 31) { x, y in x * x + sin(y) * sin(y) }
/// var picture = Landscape(bowl, xLabel: "x", yLabel: "y", zLabel: "J")
/// picture.path(x: [3, 2.4, 1.92], y: [1, 0.909, 0.822], z: [9.708, 6.382, 4.223])
/// try picture.write(to: "bowl.svg")
/// ```
///
/// The projection is parallel: equal distances along an axis are equal in the picture. Cells are painted from the back
/// to the front, so that near ones hide far ones; paths lie upon everything.
public struct Landscape: Sendable {
  /// Above the picture; none where it is empty.
  public var title: String
  /// At the axis of x.
  public var xLabel: String
  /// At the axis of y.
  public var yLabel: String
  /// At the axis of heights.
  public var zLabel: String
  /// How far the box is turned about its upright axis, in degrees; unless given, so that the least of the paths is hidden.
  public var turn: Double?
  /// How far above the horizon the eye is, in degrees.
  public var elevation = 30.0

  private let field: Plot.Field
  private var paths: [(name: String, points: [Spot])] = []
  private var residuals: [(from: Spot, to: Spot)] = []

  /// The surface over a grid.
  public init(_ field: Plot.Field, title: String = "", xLabel: String = "", yLabel: String = "", zLabel: String = "") {
    (self.field, self.title) = (field, title)
    (self.xLabel, self.yLabel, self.zLabel) = (xLabel, yLabel, zLabel)
  }

  /// The way of a descent: its start as a ring, its end as a large dot. What lies outside of the box is left out.
  public mutating func path(_ name: String = "", x: [Double], y: [Double], z: [Double]) {
    paths.append((name, x.indices.map { Spot(x: x[$0], y: y[$0], z: z[$0]) }))
  }

  /// Points and how far each is from the surface below or above it, at `base`.
  public mutating func residuals(x: [Double], y: [Double], z: [Double], from base: [Double]) {
    residuals += x.indices.map { (Spot(x: x[$0], y: y[$0], z: base[$0]), Spot(x: x[$0], y: y[$0], z: z[$0])) }
  }

  /// Writes the picture, wholly or not at all.
  public func write(to path: String) throws(FileError) { try WholeFile.write(svg, to: path) }
}

/// A place in the box, in the numbers of its axes.
private struct Spot {
  var x, y, z: Double
}

// MARK: - Projection

extension Landscape {
  private static let (width, height) = (640.0, 480.0)

  /// The axes of the box and the way from it to the picture.
  private struct Box {
    let x, y, z: Axis
    private let turnSine, turnCosine, riseSine, riseCosine, riseSlope: Double
    private static let scale = 165.0

    init(_ picture: Landscape, turn: Double) {
      func axis(_ values: [Double]) -> Axis { Axis(scale: .linear, showing: values, margin: 0) }
      (x, y) = (axis(picture.field.x), axis(picture.field.y))
      z = axis(picture.field.values + picture.residuals.map(\.to.z))
      let (a, b) = (turn * .pi / 180, picture.elevation * .pi / 180)
      (turnSine, turnCosine, riseSine, riseCosine, riseSlope) = (sin(a), cos(a), sin(b), cos(b), tan(b))
    }

    /// From −1 to 1 along the ground, from −½ to ½ upwards.
    private func place(_ spot: Spot) -> (x: Double, y: Double, z: Double)? {
      guard let x = x.position(spot.x), let y = y.position(spot.y), let z = z.position(spot.z) else { return nil }
      return (2 * x - 1, 2 * y - 1, z - 0.5)
    }

    func point(_ spot: Spot) -> Plot.Point? {
      guard let place = place(spot) else { return nil }
      let depth = place.x * turnSine + place.y * turnCosine
      return Plot.Point(
        x: width / 2 + Self.scale * (place.x * turnCosine - place.y * turnSine),
        y: height / 2 + 5 - Self.scale * (depth * riseSine + place.z * riseCosine))
    }

    /// Larger behind than in front.
    func depth(x: Double, y: Double) -> Double {
      let place = place(Spot(x: x, y: y, z: z.range.lowerBound)) ?? (0, 0, 0)
      return place.x * turnSine + place.y * turnCosine
    }

    /// Whether the surface stands between a place and the eye.
    func hides(_ spot: Spot, _ field: Plot.Field) -> Bool {
      guard let place = place(spot) else { return true }
      for step in 2..<60 {
        let way = Double(step) * 0.05
        let (x, y) = ((place.x - way * turnSine + 1) / 2, (place.y - way * turnCosine + 1) / 2)
        guard (0...1).contains(x), (0...1).contains(y) else { return false }
        let column = Int((x * Double(field.x.count - 1)).rounded())
        let row = Int((y * Double(field.y.count - 1)).rounded())
        let height = z.position(field.values[row * field.x.count + column]) ?? 0
        if height - 0.5 > place.z + way * riseSlope { return true }
      }
      return false
    }

    func contains(_ spot: Spot) -> Bool {
      func isInside(_ share: Double?) -> Bool { share.map { (-1e-9...1 + 1e-9).contains($0) } ?? false }
      return isInside(x.position(spot.x)) && isInside(y.position(spot.y)) && isInside(z.position(spot.z))
    }
  }
}

// MARK: - Drawing

extension Landscape {
  /// The box as it is turned, or of four ways to turn it the one that shows most of the paths.
  private var box: Box {
    if let turn { return Box(self, turn: turn) }
    let boxes = [-35, 55, 145, 235].map { Box(self, turn: $0) }
    let spots = paths.flatMap { path in
      stride(from: 0, to: path.points.count, by: path.points.count / 50 + 1).map { path.points[$0] }
    }
    let hidden = boxes.map { box in spots.count { box.hides($0, field) } }
    return boxes[hidden.indices.min { hidden[$0] < hidden[$1] }!]
  }

  /// The picture as an SVG document.
  public var svg: String {
    let style = PlotStyle.sheet(series: max(paths.count, 1) + 1, ramp: true)
    return SVG.picture(Self.width, Self.height, title: title, style: style) { svg in
      let box = box
      drawWalls(box, into: &svg)
      drawCells(box, into: &svg)
      drawAxes(box, into: &svg)
      for (number, path) in paths.enumerated() {
        let points = path.points.filter(box.contains).compactMap(box.point)
        svg.way(points, along: pathData([points]), number + 1, haloAtEnds: false)
      }
      for residual in residuals {
        edge(residual.from, residual.to, "line " + PlotStyle.stroke(1), box, into: &svg)
        if let point = box.point(residual.to) { svg.dot(point, radius: 4, PlotStyle.fill(1)) }
      }
      drawWords(into: &svg)
    }
  }

  /// Every cell of the grid, the furthest first.
  private func drawCells(_ box: Box, into svg: inout SVG) {
    let columns = field.x.count
    func spot(_ column: Int, _ row: Int) -> Spot {
      Spot(x: field.x[column], y: field.y[row], z: field.values[row * columns + column])
    }
    let cells = (0..<field.y.count - 1).flatMap { row in (0..<columns - 1).map { ($0, row) } }
    // All cells are alike, so that their first corners lie in the order of their middles.
    let depths = cells.map { box.depth(x: field.x[$0.0], y: field.y[$0.1]) }
    svg.element("g", ["class": "mesh"]) { svg in
      svg.raw("\n")
      for number in cells.indices.sorted(by: { depths[$0] > depths[$1] }) {
        let (column, row) = cells[number]
        let corners = [spot(column, row), spot(column + 1, row), spot(column + 1, row + 1), spot(column, row + 1)]
        let points = corners.compactMap(box.point)
        // A corner without a value leaves a hole.
        guard points.count == 4 else { continue }
        let share = corners.reduce(0) { $0 + (box.z.position($1.z) ?? 0) / 4 }
        // As the levels of a flat picture, the colours are denser where a descent ends.
        svg.element("path", ["d": pathData([points]) + "Z", "class": PlotStyle.ramp(share.squareRoot())])
      }
    }
  }

  /// The title, and below it what the paths are called.
  private func drawWords(into svg: inout SVG) {
    let title = fitted(title, width: Self.width - 32, size: PlotStyle.titleSize)
    svg.words(title, x: Self.width / 2, y: 25, class: "title", anchor: "middle")
    for (number, path) in paths.enumerated() where !path.name.isEmpty {
      let y = 46 + 20 * Double(number)
      svg.line(16, y - 4.5, 38, y - 4.5, class: "line " + PlotStyle.stroke(number + 1))
      svg.words(path.name, x: 44, y: y, class: "label")
    }
  }
}

// MARK: - Axes

extension Landscape {
  /// The edges that meet in the furthest corner.
  private func drawWalls(_ box: Box, into svg: inout SVG) {
    let (near, far) = corners(box)
    let (low, high) = (box.z.range.lowerBound, box.z.range.upperBound)
    for (x, y) in [(near.x, far.y), (far.x, near.y)] {
      for z in [low, high] { edge(Spot(x: x, y: y, z: z), Spot(x: far.x, y: far.y, z: z), "grid", box, into: &svg) }
      edge(Spot(x: x, y: y, z: low), Spot(x: x, y: y, z: high), "grid", box, into: &svg)
    }
    edge(Spot(x: far.x, y: far.y, z: low), Spot(x: far.x, y: far.y, z: high), "grid", box, into: &svg)
  }

  /// x and y along the edges that meet in the nearest corner, z upright at the left.
  private func drawAxes(_ box: Box, into svg: inout SVG) {
    let (near, far) = corners(box)
    let low = box.z.range.lowerBound
    drawAxis(box.x, xLabel, box, into: &svg) { Spot(x: $0, y: near.y, z: low) }
    drawAxis(box.y, yLabel, box, into: &svg) { Spot(x: near.x, y: $0, z: low) }
    let sides = [(near.x, far.y), (far.x, near.y)]
    let left = sides.min { a, b in
      (box.point(Spot(x: a.0, y: a.1, z: low))?.x ?? 0) < (box.point(Spot(x: b.0, y: b.1, z: low))?.x ?? 0)
    }!
    drawAxis(box.z, zLabel, box, into: &svg) { Spot(x: left.0, y: left.1, z: $0) }
  }

  private func drawAxis(_ axis: Axis, _ name: String, _ box: Box, into svg: inout SVG, _ spot: (Double) -> Spot) {
    let (low, high) = (axis.range.lowerBound, axis.range.upperBound)
    edge(spot(low), spot(high), "axis", box, into: &svg)
    guard let first = box.point(spot(low)), let last = box.point(spot(high)) else { return }
    let isUpright = abs(first.x - last.x) < 1e-6
    let isLeft = isUpright || (first.x + last.x) / 2 < Self.width / 2
    for tick in axis.ticks(atMost: 6) {
      guard let point = box.point(spot(tick.value)) else { continue }
      let x = point.x + (isLeft ? -7 : 7)
      svg.line(point.x, point.y, point.x + (isLeft ? -4 : 4), point.y + (isUpright ? 0 : 3), class: "axis")
      svg.words(tick.label, x: x, y: point.y + (isUpright ? 4 : 14), class: "tick", anchor: isLeft ? "end" : "start")
    }
    let middle = Plot.Point(x: (first.x + last.x) / 2, y: (first.y + last.y) / 2)
    let x = isUpright ? middle.x : middle.x + (isLeft ? -46 : 46)
    let y = isUpright ? min(first.y, last.y) - 10 : middle.y + 34
    svg.words(name, x: x, y: y, class: "label", anchor: "middle")
  }

  /// The corners of the ground nearest to the eye and furthest from it.
  private func corners(_ box: Box) -> (near: (x: Double, y: Double), far: (x: Double, y: Double)) {
    let (x, y) = (box.x.range, box.y.range)
    let all = [x.lowerBound, x.upperBound].flatMap { x in [y.lowerBound, y.upperBound].map { (x: x, y: $0) } }
    let sorted = all.sorted { box.depth(x: $0.x, y: $0.y) < box.depth(x: $1.x, y: $1.y) }
    return (sorted[0], sorted[3])
  }

  private func edge(_ first: Spot, _ last: Spot, _ style: String, _ box: Box, into svg: inout SVG) {
    guard let a = box.point(first), let b = box.point(last) else { return }
    svg.line(a.x, a.y, b.x, b.y, class: style)
  }
}
