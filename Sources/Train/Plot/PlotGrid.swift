/// Several pictures side by side in one, such as the same descent with four learning rates.
///
/// ```swift
/// try PlotGrid(plots, columns: 2).write(to: "rates.svg")
/// ```
public struct PlotGrid: Sendable {
  /// Row by row.
  public var plots: [Plot]
  /// How many stand side by side.
  public var columns: Int

  /// - Precondition: at least one column.
  public init(_ plots: [Plot], columns: Int) {
    precondition(columns > 0, "PlotGrid: \(columns) columns")
    (self.plots, self.columns) = (plots, columns)
  }

  /// The pictures row by row as one SVG document; a row is as high as its highest picture.
  public var svg: String {
    let rows = stride(from: 0, to: plots.count, by: columns).map { plots[$0..<min($0 + columns, plots.count)] }
    let width = rows.map { $0.reduce(0) { $0 + $1.width } }.max() ?? 0
    let heights = rows.map { $0.map(\.height).max() ?? 0 }
    let style = PlotStyle.sheet(
      series: plots.map(\.seriesCount).max() ?? 0, ramp: plots.contains { !$0.surfaceLevels.isEmpty })
    return SVG.picture(width, heights.reduce(0, +), style: style) { svg in
      var y = 0.0
      for (row, height) in zip(rows, heights) {
        var x = 0.0
        for plot in row {
          svg.element("g", ["transform": "translate(\(SVG.number(x)) \(SVG.number(y)))"]) { plot.draw(into: &$0) }
          x += plot.width
        }
        y += height
      }
    }
  }

  /// Writes the picture, wholly or not at all.
  public func write(to path: String) throws(FileError) { try WholeFile.write(svg, to: path) }
}
