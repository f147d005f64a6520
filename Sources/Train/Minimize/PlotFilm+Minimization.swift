extension PlotFilm {
  /// A descent on a picture of its function: on the curve of a function of one number, where each point has its tangent, on
  /// the contours of one of two, with the direction of the negative gradient; else the values by iteration.
  ///
  /// ```swift
  /// let parabola = Objective(["x": 1.2]) { $0[0] * $0[0] }
  /// let run = Minimizer(Descent(rate: .constant(0.3)), until: .value(below: 0.01)).run(parabola)
  /// var plot = Plot(xLabel: "x", yLabel: "J")
  /// plot.curve(over: -1.5...1.5) { $0 * $0 }
  /// try FilmPage(title: "J = x²", [PlotFilm(plot, of: run, on: parabola, named: "J")]).write(to: "parabola.html")
  /// ```
  /// Captions have the point, the value, the gradient that a tape gives there, and the step. Of more than 200 iterations the
  /// first hundred are shown, and a hundred of the others.
  ///
  /// - Parameters:
  ///   - plot: the curve, the contours, or the values by iteration.
  ///   - run: of a minimizer on the objective.
  ///   - name: what captions call the value.
  public init(_ plot: Plot, of run: Minimization, on objective: Objective, named name: String) {
    self.init(plot)
    let start = objective.point
    defer { objective.point = start }
    let places = Self.shown(of: run.iterations.count)
    let slopes = places.map { objective.gradient(at: run.iterations[$0].point) }
    let steepest = slopes.map(norm).filter(\.isFinite).max() ?? 0
    for (place, gradient) in zip(places, slopes) {
      let caption = run.caption(of: place, gradient, objective.numberNames, name)
      let (point, value) = (run.iterations[place].point, run.iterations[place].value)
      switch point.count {
      case 1: move(toX: point[0], y: value, caption: caption, slope: .tangent(gradient[0]))
      case 2:
        let share = steepest > 0 ? norm(gradient) / steepest : 0
        let slope = Slope.arrow(x: -gradient[0], y: -gradient[1], share: share)
        move(toX: point[0], y: point[1], caption: caption, slope: slope)
      default: move(toX: Double(run.iterations[place].number), y: value, caption: caption)
      }
    }
  }

  /// All of up to 200; else the first 100, and 100 of the others to the last.
  private static func shown(of count: Int) -> [Int] {
    guard count > 200 else { return Array(0..<count) }
    return Array(0..<100) + (1...100).map { 99 + (count - 100) * $0 / 100 }
  }
}

extension Objective {
  fileprivate func gradient(at place: [Double]) -> [Double] {
    point = place
    return valueAndGradient().gradient
  }
}

extension Minimization {
  /// `Step 1: x = 0.48, J = 0.2304; dJ/dx = 0.96; the step to the next: Δx = -0.288`
  fileprivate func caption(of place: Int, _ gradient: [Double], _ names: [String], _ value: String) -> String {
    let here = iterations[place]
    let isLast = place == iterations.count - 1
    let next =
      isLast
      ? "stopped: \(stopped)"
      : listed(zip(iterations[place + 1].point, here.point).map { $0 - $1 }, names.map { "Δ\($0)" })
    let slopes = listed(gradient, names.map { totalDerivative(value, $0) })
    return "Step \(here.number): " + listed(here.point + [here.value], names + [value]) + "; \(slopes); \(next)"
  }
}

/// At most six of them.
private func listed(_ numbers: [Double], _ names: [String]) -> String {
  let parts = zip(names, numbers).map { "\($0) = \(shortText($1))" }
  return (parts.count > 6 ? Array(parts.prefix(5)) + ["…", parts[parts.count - 1]] : parts).joined(separator: ", ")
}
