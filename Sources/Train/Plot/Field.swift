extension Plot {
  /// The values of a function of two variables on a grid of points.
  public struct Field: Sendable {
    let x: [Double]
    let y: [Double]
    /// Row by row, the rows from the lowest y to the highest.
    let values: [Double]

    /// The function's values at `samples` × `samples` evenly spaced points.
    ///
    /// - Parameters:
    ///   - samples: points along each axis, at least 2. Curves are drawn straight between them: 100 look smooth.
    ///   - function: called once for each point. Values that are not finite, or whose differences might
    ///     not be, leave a hole.
    public init(
      x: ClosedRange<Double>, y: ClosedRange<Double>, samples: Int = 100,
      _ function: (_ x: Double, _ y: Double) -> Double
    ) {
      precondition(samples >= 2, "Plot.Field: \(samples) samples are too few for a grid")
      let (columns, rows) = (evenlySpaced(x, samples), evenlySpaced(y, samples))
      self.init(x: columns, y: rows, values: rows.flatMap { y in columns.map { x in function(x, y) } })
    }

    /// The values of a function that takes many points at once: rows of x and y.
    public init(
      x: ClosedRange<Double>, y: ClosedRange<Double>, samples: Int = 100,
      _ function: (_ points: Rows<Double>) -> [Double]
    ) {
      precondition(samples >= 2, "Plot.Field: \(samples) samples are too few for a grid")
      let (columns, rows) = (evenlySpaced(x, samples), evenlySpaced(y, samples))
      let points = Rows(rows.flatMap { y in columns.flatMap { x in [x, y] } }, width: 2)
      self.init(x: columns, y: rows, values: function(points))
    }

    init(x: [Double], y: [Double], values: [Double]) {
      (self.x, self.y) = (x, y)
      self.values = values.map { abs($0) <= 1e300 ? $0 : .nan }
    }

    /// Eleven levels whose distances from the least value grow as squares: evenly spaced rings in a bowl, and dense
    /// where a descent ends. Rounded to two digits as far as that keeps them apart.
    var defaultLevels: [Double] {
      let finite = values.filter { $0.isFinite }
      guard let low = finite.min(), let high = finite.max(), high > low else { return [] }
      var levels: [Double] = []
      for step in 1...11 {
        let share = Double(step) / 12
        let offset = (high - low) * share * share
        // Two digits of the smaller of the two, so that rounding moves a level by little of its distance.
        let unit = powerOfTen(floorLog10(offset) - 1)
        let level = ((low + offset) / unit).rounded() * unit
        if level > max(low, levels.last ?? low) && level < high { levels.append(level) }
      }
      return levels
    }

    /// The same grid with other values.
    func mapped(_ value: (Double) -> Double) -> Field { Field(x: x, y: y, values: values.map(value)) }
  }
}
