/// A picture that changes step by step: a descent on its contours or its curve, or the regions of a classifier as they
/// move.
///
/// ```swift
/// var film = PlotFilm(plot)
/// film.move(toX: 1.2, y: 1.44, caption: "x = 1.2, dJ/dx = 2.4", slope: .tangent(2.4))
/// film.move(toX: 0.48, y: 0.2304, caption: "x = 0.48, dJ/dx = 0.96", slope: .tangent(0.96))
/// try FilmPage(title: "J = x²", [film]).write(to: "descent.html")
/// ```
public struct PlotFilm: Sendable {
  /// What is drawn at a point beside its dot.
  public enum Slope: Sendable {
    /// A line of this slope through the point.
    case tangent(Double)
    /// An arrow in a direction, in the units of the axes; its length shows `share`, between 0 and 1.
    case arrow(x: Double, y: Double, share: Double)
  }

  /// What stands still behind the steps, and says what the axes show.
  public var plot: Plot
  var steps: [Step] = []

  struct Step: Sendable {
    var caption: String
    var mark: Mark
  }

  enum Mark: Sendable {
    case point(Plot.Point, Slope?)
    case layer(Plot.Layer)
  }

  /// A film without steps.
  public init(_ plot: Plot) { self.plot = plot }

  /// A step of a way: it goes on from the point of the step before, and both stay in the picture.
  public mutating func move(toX x: Double, y: Double, caption: String, slope: Slope? = nil) {
    steps.append(Step(caption: caption, mark: .point(Plot.Point(x: x, y: y), slope)))
  }

  /// A step that shows the regions in which a classifier decides for each class, in place of those before.
  public mutating func regions(_ field: Plot.Field, caption: String) {
    steps.append(Step(caption: caption, mark: .layer(Plot.Layer(name: "", kind: .regions(field, names: [])))))
  }

  /// A step that shows a line in place of the one before.
  public mutating func line(x: [Double], y: [Double], caption: String) {
    let points = zip(x, y).map { Plot.Point(x: $0, y: $1) }
    steps.append(Step(caption: caption, mark: .layer(Plot.Layer(name: "", kind: .series(.line, points)))))
  }
}

// MARK: - As SVG

extension PlotFilm {
  /// The colour of what moves: the next after those of the picture.
  private var series: Int { (plot.seriesNumbers.max() ?? 0) + 1 }

  /// The picture with the marks of all steps, each in a group that names its step: `trail` stays, `present` goes.
  var svg: String {
    plot.svg(series: series + 1) { layout, svg in
      for place in steps.indices.dropFirst() { drawWay(to: place, layout, &svg) }
      for (place, step) in steps.enumerated() {
        switch step.mark {
        case .layer(let layer):
          group("present", place, &svg) { plot.draw(layer, series, layout, into: &$0) }
        case .point(let point, let slope):
          guard let here = layout.place(point) else { continue }
          let (radius, style) = place == 0 ? (4.5, PlotStyle.ring(series)) : (2.6, PlotStyle.fill(series))
          group("trail", place, &svg) { $0.dot(here, radius: radius, style) }
          group("present", place, &svg) { svg in
            if let slope { draw(slope, at: point, here, layout, &svg) }
            svg.dot(here, radius: 5.5, PlotStyle.fill(series))
          }
        }
      }
    }
  }

  private func group(_ kind: String, _ step: Int, _ svg: inout SVG, _ content: (inout SVG) -> Void) {
    svg.element("g", ["class": kind, "data-step": "\(step)"], content)
  }

  /// The line from the point of the step before.
  private func drawWay(to place: Int, _ layout: PlotLayout, _ svg: inout SVG) {
    guard case .point(let last, _) = steps[place - 1].mark, let last = layout.place(last),
      case .point(let next, _) = steps[place].mark, let next = layout.place(next)
    else { return }
    group("trail", place, &svg) { svg in
      for style in ["halo", "line " + PlotStyle.stroke(series)] {
        svg.line(last.x, last.y, next.x, next.y, class: style)
      }
    }
  }

  private func draw(_ slope: Slope, at point: Plot.Point, _ here: Plot.Point, _ layout: PlotLayout, _ svg: inout SVG) {
    switch slope {
    case .tangent(let slope):
      guard let (x, y) = direction(1, slope, at: point, here, layout) else { return }
      svg.line(here.x - 70 * x, here.y - 70 * y, here.x + 70 * x, here.y + 70 * y, class: "slope")
    case .arrow(let dx, let dy, let share):
      guard let (x, y) = direction(dx, dy, at: point, here, layout) else { return }
      let length = 16 + 54 * min(max(share, 0), 1)
      let (endX, endY) = (here.x + length * x, here.y + length * y)
      svg.line(here.x, here.y, endX, endY, class: "slope")
      for side in [-1.0, 1] {
        svg.line(endX, endY, endX - 9 * x - side * 5 * y, endY - 9 * y + side * 5 * x, class: "slope")
      }
    }
  }

  /// A direction of the data as one of the screen, of length 1.
  private func direction(
    _ dx: Double, _ dy: Double, at point: Plot.Point, _ here: Plot.Point, _ layout: PlotLayout
  ) -> (x: Double, y: Double)? {
    let (width, height) = (extent(layout.x), extent(layout.y))
    let step = 1e-3 / max(abs(dx) / width, abs(dy) / height)
    guard step.isFinite, let next = layout.place(Plot.Point(x: point.x + step * dx, y: point.y + step * dy))
    else { return nil }
    let (x, y) = (next.x - here.x, next.y - here.y)
    let length = (x * x + y * y).squareRoot()
    return length > 0 ? (x / length, y / length) : nil
  }

  private func extent(_ axis: Axis) -> Double { axis.range.upperBound - axis.range.lowerBound }
}
