/// Where everything in a picture lies, in pixels from its upper left corner.
struct PlotLayout {
  let x: Axis
  let y: Axis
  /// With their places in the picture.
  let xTicks: [(x: Double, label: String)]
  let yTicks: [(y: Double, label: String)]
  let title: [String]
  /// The legend's rows, each with its entries and where they begin.
  let legend: [[(entry: LegendEntry, x: Double)]]
  let scaleTicks: [Tick]

  let left: Double
  let top: Double
  let panelWidth: Double
  let panelHeight: Double

  /// The gap to the colour scale, the scale itself, and the gap to its numbers.
  static let scaleOffset = 14.0
  static let scaleWidth = 14.0

  init(_ plot: Plot) {
    (x, y) = plot.axes
    let entries = plot.legendEntries
    let scaleLevels = plot.surfaceLevels
    scaleTicks = scaleLevels.map { Tick(value: $0, label: shortNumber($0)) }

    title =
      plot.title.isEmpty
      ? [] : wrapped(plot.title, width: plot.width - 32, size: PlotStyle.titleSize, limit: 3)
    let bottom = 26 + (plot.xLabel.isEmpty ? 6.0 : 24)
    // The legend's height follows from the panel's width, and the ticks of y from the height that is left, so the
    // width of their labels is taken from a first guess of the height.
    let guess = y.ticks(atMost: Self.rows(plot.height - 100))
    let widest = guess.map { textWidth($0.label, size: PlotStyle.tickSize) }.max() ?? 0
    left = 12 + (plot.yLabel.isEmpty ? 0 : 22) + max(widest, 10) + 8

    // Half of the last label of x may stand out on the right.
    let words = x.ticks(atMost: 5).map { textWidth($0.label, size: PlotStyle.tickSize) }
    var right = max(18, (words.max() ?? 0) / 2 + 6)
    if !scaleLevels.isEmpty {
      let numbers = scaleTicks.map { textWidth($0.label, size: PlotStyle.tickSize) }.max() ?? 0
      right = Self.scaleOffset + Self.scaleWidth + 6 + numbers + (plot.surfaceName.isEmpty ? 12 : 34)
    }
    panelWidth = max(plot.width - left - right, 40)
    legend = Self.rows(of: entries, width: panelWidth)
    top =
      12 + 20 * Double(title.count) + 20 * Double(legend.count) + (title.isEmpty && legend.isEmpty ? 2 : 6)
    panelHeight = max(plot.height - top - bottom, 40)
    yTicks = y.ticks(atMost: Self.rows(panelHeight)).map { [y, top, panelHeight] in
      (top + (1 - (y.position($0.value) ?? 0)) * panelHeight, $0.label)
    }
    xTicks = Self.ticks(x, fitting: panelWidth).map { [x, left, panelWidth] in
      (left + (x.position($0.value) ?? 0) * panelWidth, $0.label)
    }
  }

  /// The place of a point of the data; nil where an axis does not have it.
  func place(_ point: Plot.Point) -> Plot.Point? {
    guard let x = x.position(point.x), let y = y.position(point.y) else { return nil }
    // Far outside nothing is seen, and numbers beyond this would not fit into the file.
    func limited(_ value: Double) -> Double { min(max(value, -1e5), 1e5) }
    return Plot.Point(x: limited(x * panelWidth), y: limited((1 - y) * panelHeight))
  }

  /// One row of tick labels per 42 pixels.
  private static func rows(_ height: Double) -> Int { max(2, Int(height / 42)) }

  /// As many ticks as leave a gap between their labels.
  private static func ticks(_ axis: Axis, fitting width: Double) -> [Tick] {
    for count in stride(from: 11, to: 1, by: -1) {
      let ticks = axis.ticks(atMost: count)
      let spans = ticks.map { tick in
        let middle = (axis.position(tick.value) ?? 0) * width
        let half = textWidth(tick.label, size: PlotStyle.tickSize) / 2 + 8
        return middle - half...middle + half
      }
      if zip(spans, spans.dropFirst()).allSatisfy({ $0.upperBound <= $1.lowerBound }) { return ticks }
    }
    return axis.ticks(atMost: 1)
  }

  private static func rows(of entries: [LegendEntry], width: Double) -> [[(entry: LegendEntry, x: Double)]] {
    var rows: [[(entry: LegendEntry, x: Double)]] = []
    var used = Double.infinity
    for var entry in entries {
      entry.name = fitted(entry.name, width: width - LegendEntry.keyWidth, size: PlotStyle.labelSize)
      let size = LegendEntry.keyWidth + textWidth(entry.name, size: PlotStyle.labelSize) + 18
      if used + size - 18 > width {
        rows.append([])
        used = 0
      }
      rows[rows.count - 1].append((entry, used))
      used += size
    }
    return rows
  }
}

/// A name and the sign it stands for.
struct LegendEntry {
  static let keyWidth = 28.0
  var name: String
  /// Nil for a region.
  var key: Plot.Series?
  var series: Int
}

// MARK: - What a plot holds

extension Plot {
  /// Axes that show everything, or the range that was set.
  var axes: (x: Axis, y: Axis) {
    var (xs, ys, hasField) = ([Double](), [Double](), false)
    for layer in layers {
      switch layer.kind {
      case .series(_, let points):
        xs += points.map(\.x)
        ys += points.map(\.y)
      case .contours(let field, _), .surface(let field, _), .regions(let field, _):
        xs += [field.x[0], field.x[field.x.count - 1]]
        ys += [field.y[0], field.y[field.y.count - 1]]
        hasField = true
      }
    }
    // A field is to fill the panel to its edges.
    let margin = hasField ? 0 : 0.04
    var x = xRange.map { Axis(scale: xScale, range: $0) } ?? Axis(scale: xScale, showing: xs, margin: margin)
    x.counts = countsAlongX
    return (x, yRange.map { Axis(scale: yScale, range: $0) } ?? Axis(scale: yScale, showing: ys, margin: margin))
  }

  /// The number of each layer's colour: lines, points and paths are counted. On a surface the first one, blue as the
  /// surface is, is passed over.
  var seriesNumbers: [Int] {
    var count = surfaceLevels.isEmpty ? 0 : 1
    return layers.map { layer in
      guard case .series = layer.kind else { return 0 }
      count += 1
      return count - 1
    }
  }

  /// Colours in use; the style sheet has eight.
  var seriesCount: Int {
    var count = (seriesNumbers.max() ?? -1) + 1
    for case .regions(let field, let names) in layers.map(\.kind) {
      count = max(count, names.count, Int(min(field.values.filter { $0.isFinite }.max() ?? 0, 7)) + 1)
    }
    return count
  }

  var surfaceLevels: [Double] {
    for case .surface(_, let levels) in layers.map(\.kind) { return levels }
    return []
  }

  var surfaceName: String {
    layers.first { if case .surface = $0.kind { true } else { false } }?.name ?? ""
  }

  var legendEntries: [LegendEntry] {
    zip(layers, seriesNumbers).flatMap { layer, series -> [LegendEntry] in
      switch layer.kind {
      case .series(let key, _): [LegendEntry(name: layer.name, key: key, series: series)]
      case .regions(_, let names): names.enumerated().map { LegendEntry(name: $1, key: nil, series: $0) }
      case .contours, .surface: []
      }
    }.filter { !$0.name.isEmpty }
  }
}
