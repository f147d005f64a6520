extension Plot.Field {
  /// Lines on which the field has the value `level`, by marching squares: in each cell of the grid the line crosses
  /// those edges whose ends lie on different sides of the level, where linear interpolation meets it.
  ///
  /// - Complexity: linear in the grid.
  func contour(at level: Double) -> [[Plot.Point]] { Tracer(field: self, level: level, closed: false).lines }

  /// The closed outlines of the region where the field is at least `level`, to be filled by the even-odd rule.
  ///
  /// The grid gets a frame of points that coincide with its border and lie below every level, so that each
  /// outline closes along the border.
  func outlines(at level: Double) -> [[Plot.Point]] {
    func framed(_ values: [Double]) -> [Double] { [values[0]] + values + [values[values.count - 1]] }
    let rows = y.indices.map { (row) -> [Double] in
      [-.infinity] + values[row * x.count..<(row + 1) * x.count] + [-.infinity]
    }
    let frame = [Double](repeating: -.infinity, count: x.count + 2)
    let field = Plot.Field(x: framed(x), y: framed(y), values: frame + rows.joined() + frame)
    return Tracer(field: field, level: level, closed: true).lines
  }
}

private struct Tracer {
  let field: Plot.Field
  let level: Double
  /// Whether points without a value count as lying below, which closes all lines, or interrupt them.
  let closed: Bool

  /// An edge of the grid, by number: the one to the right of a point is even, the one above it odd.
  typealias Edge = Int

  /// The lines, each in its direction: higher values lie on its left.
  var lines: [[Plot.Point]] {
    var next: [Edge: Edge] = [:]
    for row in 0..<field.y.count - 1 {
      for column in 0..<field.x.count - 1 {
        for (from, to) in segments(column, row) { next[from] = to }
      }
    }
    let entered = Set(next.values)
    // Open lines from their first edge, then the rings that remain; sorted, so that the picture has no chance in it.
    let starts = next.keys.sorted { (entered.contains($0) ? 1 : 0, $0) < (entered.contains($1) ? 1 : 0, $1) }
    return starts.compactMap { start -> [Plot.Point]? in
      guard var edge = next.removeValue(forKey: start) else { return nil }
      var line = [crossing(start), crossing(edge)]
      while let following = next.removeValue(forKey: edge) {
        edge = following
        line.append(crossing(edge))
      }
      return line
    }
  }

  /// The one or two pieces of line in a cell, each from the edge where it enters to the edge where it leaves.
  private func segments(_ column: Int, _ row: Int) -> [(Edge, Edge)] {
    let corner = row * field.x.count + column
    let corners = [corner, corner + 1, corner + 1 + field.x.count, corner + field.x.count]
    if !closed && !corners.allSatisfy({ field.values[$0].isFinite }) { return [] }
    let edges = [2 * corner, 2 * (corner + 1) + 1, 2 * (corner + field.x.count), 2 * corner + 1]
    let above = corners.map { isAbove($0) }

    // Counterclockwise along the edges, a line enters where the corners change from above to below.
    let entries = (0..<4).filter { above[$0] && !above[($0 + 1) % 4] }
    let exits = (0..<4).filter { !above[$0] && above[($0 + 1) % 4] }
    if entries.count < 2 { return zip(entries, exits).map { (edges[$0], edges[$1]) } }
    // A saddle: the mean of the corners tells whether the two high corners are joined.
    let mean = corners.reduce(0) { $0 + field.values[$1] / 4 }
    return entries.map { entry in (edges[entry], edges[(entry + (mean >= level ? 1 : 3)) % 4]) }
  }

  private func isAbove(_ point: Int) -> Bool { field.values[point] >= level }

  private func crossing(_ edge: Edge) -> Plot.Point {
    let first = edge / 2
    let second = edge % 2 == 0 ? first + 1 : first + field.x.count
    let (low, high) = (field.values[first], field.values[second])
    var share = (level - low) / (high - low)
    // Beside a point without a value the line runs through its neighbour.
    if !low.isFinite { share = 1 } else if !high.isFinite { share = 0 }
    let (a, b) = (place(first), place(second))
    return Plot.Point(x: a.x + share * (b.x - a.x), y: a.y + share * (b.y - a.y))
  }

  private func place(_ point: Int) -> Plot.Point {
    Plot.Point(x: field.x[point % field.x.count], y: field.y[point / field.x.count])
  }
}
