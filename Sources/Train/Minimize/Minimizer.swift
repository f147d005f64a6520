import Foundation

/// A way to the minimum of an ``Objective``: one step at a time, so that the minimizer can look at every point.
public protocol MinimizingMethod {
  /// What tables and messages call it.
  var name: String { get }
  /// Whether it steps towards the nearest minimum until nothing moves any more; gradient descent has no such end.
  var converges: Bool { get }
  /// Moves the parameters once.
  ///
  /// - Parameters:
  ///   - objective: whose parameters are moved.
  ///   - iteration: the number of the step, from 1.
  /// - Returns: why no further step makes sense, or nil.
  mutating func step(_ objective: Objective, iteration: Int) -> Ending?
}

/// Runs a method until a rule says stop, and keeps every point it came through.
///
/// ```swift
/// let parabola = Objective(["x": 1.2]) { $0[0] * $0[0] }
/// let minimizer = Minimizer(Descent(rate: .constant(0.3)), until: .value(below: 0.01))
/// let result = minimizer.run(parabola)
/// result.iterations.map(\.value)  // [1.44, 0.2304, 0.036864, 0.005898, 0.000944], each to six digits
/// result.stopped                  // "value < 0.01"
/// result.ending.kind              // rule
/// ```
public struct Minimizer {
  /// The way; each run starts with it as it is here.
  public var method: any MinimizingMethod
  /// When it ends before the method does.
  public var rules: [StoppingRule]
  /// The most steps.
  public var limit: Int

  /// With rules one after the other.
  public init(_ method: any MinimizingMethod, until rules: StoppingRule..., limit: Int = 1000) {
    self.init(method, until: rules, limit: limit)
  }

  /// With a list of rules.
  public init(_ method: any MinimizingMethod, until rules: [StoppingRule], limit: Int = 1000) {
    (self.method, self.rules, self.limit) = (method, rules, limit)
  }

  /// From where the objective's parameters are.
  ///
  /// - Parameters:
  ///   - objective: whose parameters are moved, and stay at the last point.
  ///   - observe: called with every point, the first included.
  public func run(_ objective: Objective, observe: (Iteration) -> Void = { _ in }) -> Minimization {
    var (method, watch) = (self.method, StoppingWatch(rules))
    var iterations = [Iteration(number: 0, point: objective.point, value: objective.value(), change: nil)]
    observe(iterations[0])
    var ending = self.ending(&watch, iterations[0], objective)
    while ending == nil {
      let last = iterations[iterations.count - 1]
      guard last.number < limit else {
        ending = Ending(.limit, counted(limit, "iteration"))
        break
      }
      let end = method.step(objective, iteration: last.number + 1)
      let point = objective.point
      // A method that found no better point has left the parameters as they were: that is no iteration.
      if let end, point == last.point {
        ending = end
        break
      }
      let next = Iteration(
        number: last.number + 1, point: point, value: objective.value(), change: distance(point, last.point))
      iterations.append(next)
      observe(next)
      ending = self.ending(&watch, next, objective) ?? end
    }
    return Minimization(iterations: iterations, ending: ending!, names: objective.names)
  }

  /// Where a rule applies, or where there is no value.
  private func ending(_ watch: inout StoppingWatch, _ point: Iteration, _ objective: Objective) -> Ending? {
    if let rule = watch.reason(point) { return Ending(.rule, rule) }
    if point.value.isFinite { return nil }
    let reason = objective.nonFinite() ?? "the value is \(point.value)"
    return point.number == 0 ? Ending(.undefined, "undefined: " + reason) : Ending(.diverged, "diverged: " + reason)
  }
}

/// The way of a minimization and its end.
public struct Minimization: Sendable {
  /// Every point, from the start on.
  public let iterations: [Iteration]
  /// How it ended: whether at a minimum, and why.
  public let ending: Ending
  /// Why it ended, in words.
  public var stopped: String { ending.reason }
  /// What the parameters are called.
  public let names: [String]

  /// The last point.
  public var solution: [Double] { iterations[iterations.count - 1].point }
  /// The value at the last point.
  public var value: Double { iterations[iterations.count - 1].value }
}
