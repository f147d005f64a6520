/// A picture of lines, points, paths, contours, surfaces and regions, as SVG.
///
/// ```swift
/// var plot = Plot(title: "J = x²", xLabel: "iteration", yLabel: "J", yScale: .logarithmic)
/// plot.line("η = 0.3", y: [1.44, 0.2304, 0.036864, 0.005898])
/// plot.line("η = 0.1", y: [1.44, 0.9216, 0.589824, 0.377487])
/// try plot.write(to: "loss.svg")
/// ```
///
/// Layers lie upon each other in the order in which they were added. The picture has no background of its own: it
/// takes dark text and lines on a light page and light ones on a dark page (`prefers-color-scheme`). Points that are
/// not finite, or not positive on a logarithmic axis, are left out, and a line is interrupted there.
public struct Plot: Sendable {
  /// How numbers are laid along an axis.
  public enum Scale: Sendable {
    case linear
    case logarithmic
  }

  /// Above the picture; none where it is empty.
  public var title: String
  /// Below the horizontal axis.
  public var xLabel: String
  /// Beside the vertical axis.
  public var yLabel: String
  /// Of the horizontal axis.
  public var xScale: Scale
  /// Of the vertical axis.
  public var yScale: Scale
  /// The part of the axis that is shown; all that there is to show, unless given.
  public var xRange: ClosedRange<Double>?
  /// What the vertical axis shows; all there is, where it is nil.
  public var yRange: ClosedRange<Double>?
  /// Whether x counts something, such as epochs: then there are no ticks between whole numbers.
  public var countsAlongX = false
  /// The size of the picture in pixels.
  public var width: Double
  /// In pixels.
  public var height: Double

  var layers: [Layer] = []

  /// A picture without anything in it yet.
  public init(
    title: String = "", xLabel: String = "", yLabel: String = "", xScale: Scale = .linear,
    yScale: Scale = .linear, width: Double = 640, height: Double = 420
  ) {
    (self.title, self.xLabel, self.yLabel) = (title, xLabel, yLabel)
    (self.xScale, self.yScale, self.width, self.height) = (xScale, yScale, width, height)
  }

  struct Point: Equatable, Sendable {
    var x: Double
    var y: Double
  }

  /// What is drawn through points in a colour of its own.
  enum Series: Sendable { case line, points, path }

  struct Layer: Sendable {
    enum Kind: Sendable {
      case series(Series, [Point])
      case contours(Field, levels: [Double])
      case surface(Field, levels: [Double])
      case regions(Field, names: [String])
    }
    var name: String
    var kind: Kind
  }
}

// MARK: - Layers

extension Plot {
  /// A line through points; without `x` through y at 0, 1, 2, ….
  ///
  /// - Precondition: as many `x` as `y`.
  public mutating func line(_ name: String = "", x: [Double]? = nil, y: [Double]) {
    add(name, .series(.line, Plot.points(x ?? y.indices.map { Double($0) }, y)))
  }

  /// The line of a function, evaluated at evenly spaced points, with a gap at its poles.
  public mutating func curve(
    _ name: String = "", over range: ClosedRange<Double>, samples: Int = 400, _ function: (Double) -> Double
  ) {
    var points: [Point] = []
    for x in evenlySpaced(range, samples) {
      let point = Point(x: x, y: function(x))
      if let last = points.last, hasPole(function, between: last, and: point) {
        points.append(Point(x: x, y: .nan))
      }
      points.append(point)
    }
    add(name, .series(.line, points))
  }

  /// Points that are not connected.
  public mutating func points(_ name: String = "", x: [Double], y: [Double]) {
    add(name, .series(.points, Plot.points(x, y)))
  }

  /// The way of a descent: its steps as small dots on a line, its start as a ring, its end as a large dot.
  public mutating func path(_ name: String = "", x: [Double], y: [Double]) {
    add(name, .series(.path, Plot.points(x, y)))
  }

  /// Lines along which a function of two variables has equal values.
  ///
  /// - Parameter levels: the values; unless given, chosen so that a bowl gets evenly spaced rings.
  public mutating func contours(_ field: Field, levels: [Double]? = nil) {
    add("", .contours(field, levels: levels ?? field.defaultLevels))
  }

  /// The values of a function of two variables as colours, with a scale beside the picture.
  ///
  /// - Parameters:
  ///   - name: what the values are, written at the scale.
  ///   - levels: the values at which the colour changes; unless given, as for ``contours(_:levels:)``.
  public mutating func surface(_ name: String = "", _ field: Field, levels: [Double]? = nil) {
    add(name, .surface(field, levels: levels ?? field.defaultLevels))
  }

  /// The regions in which a classifier decides for each class.
  ///
  /// - Parameter field: the number of the class at each point. The classes take the colours of the first, second, …
  ///   layer of points, so add points class by class.
  public mutating func regions(_ field: Field, classes: [String] = []) {
    add("", .regions(field, names: classes))
  }

  private mutating func add(_ name: String, _ kind: Layer.Kind) {
    layers.append(Layer(name: name, kind: kind))
  }

  private static func points(_ x: [Double], _ y: [Double]) -> [Point] {
    precondition(x.count == y.count, "Plot: \(x.count) x and \(y.count) y")
    return zip(x, y).map { Point(x: $0, y: $1) }
  }
}

/// Whether the function changes its sign between two points by way of infinity and not of zero: bisection towards
/// the change of sign then meets values far beyond both.
private func hasPole(_ function: (Double) -> Double, between first: Plot.Point, and second: Plot.Point) -> Bool {
  guard first.y * second.y < 0 else { return false }
  var (low, high) = (first.x, second.x)
  for _ in 0..<30 {
    let middle = (low + high) / 2
    let value = function(middle)
    if !value.isFinite || abs(value) > 1e3 * max(abs(first.y), abs(second.y)) { return true }
    if value * first.y > 0 { low = middle } else { high = middle }
  }
  return false
}

/// Numbers from the lower to the upper bound, both included.
package func evenlySpaced(_ range: ClosedRange<Double>, _ count: Int) -> [Double] {
  let last = max(count - 1, 1)
  return (0...last).map { step in
    let share = Double(step) / Double(last)
    return range.lowerBound * (1 - share) + range.upperBound * share
  }
}
