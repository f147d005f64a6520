/// Several pictures side by side in one, such as the same descent with four learning rates.
///
/// ```swift
/// try PlotGrid(plots, columns: 2).write(to: "rates.svg")
/// ```
public struct PlotGrid: Sendable {
  public var plots: [Plot]
  public var columns: Int

  /// - Precondition: at least one column.
  public init(_ plots: [Plot], columns: Int) {
    precondition(columns > 0, "PlotGrid: \(columns) columns")
    (self.plots, self.columns) = (plots, columns)
  }

  /// The pictures row by row as one SVG document; each cell is as large as the largest picture.
  public var svg: String {
    let cellWidth = plots.map(\.width).max() ?? 0
    let cellHeight = plots.map(\.height).max() ?? 0
    let rows = (plots.count + columns - 1) / columns
    let width = SVG.number(cellWidth * Double(min(columns, plots.count)))
    let height = SVG.number(cellHeight * Double(rows))
    var svg = SVG()
    svg.element(
      "svg",
      [
        "xmlns": "http://www.w3.org/2000/svg", "width": width, "height": height,
        "viewBox": "0 0 \(width) \(height)", "role": "img",
      ]
    ) { svg in
      svg.raw("\n")
      svg.raw(
        PlotStyle.sheet(
          series: plots.map(\.seriesCount).max() ?? 0, ramp: plots.contains { !$0.surfaceLevels.isEmpty }))
      for (index, plot) in plots.enumerated() {
        let x = SVG.number(cellWidth * Double(index % columns))
        let y = SVG.number(cellHeight * Double(index / columns))
        svg.element("g", ["transform": "translate(\(x) \(y))"]) { plot.draw(into: &$0) }
      }
    }
    return svg.text
  }

  /// Writes the picture, wholly or not at all.
  public func write(to path: String) throws(FileError) { try WholeFile.write(svg, to: path) }
}
