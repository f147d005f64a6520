import Foundation

/// A way to the minimum of an ``Objective``: one step at a time, so that the minimizer can look at every point.
public protocol MinimizingMethod {
  /// What tables and messages call it.
  var name: String { get }
  /// Whether it steps towards the nearest minimum until nothing moves any more; gradient descent has no such end.
  var converges: Bool { get }
  /// Moves the parameters once.
  ///
  /// - Parameter iteration: the number of the step, from 1.
  /// - Returns: why no further step makes sense, or nil.
  mutating func step(_ objective: Objective, iteration: Int) -> String?
}

/// Runs a method until a rule says stop, and keeps every point it came through.
///
/// ```swift
/// let parabola = Objective(["x": 1.2]) { $0[0] * $0[0] }
/// let minimizer = Minimizer(Descent(rate: .constant(0.3)), until: .value(below: 0.01))
/// let result = minimizer.run(parabola)
/// result.iterations.map(\.value)  // [1.44, 0.2304, 0.036864, 0.005898, 0.000944], each to six digits
/// result.stopped                  // "value < 0.01"
/// ```
public struct Minimizer {
  public var method: any MinimizingMethod
  public var rules: [StoppingRule]
  /// The most steps.
  public var limit: Int

  public init(_ method: any MinimizingMethod, until rules: StoppingRule..., limit: Int = 1000) {
    self.init(method, until: rules, limit: limit)
  }

  public init(_ method: any MinimizingMethod, until rules: [StoppingRule], limit: Int = 1000) {
    (self.method, self.rules, self.limit) = (method, rules, limit)
  }

  /// From where the objective's parameters are.
  ///
  /// - Parameter observe: called with every point, the first included.
  public func run(_ objective: Objective, observe: (Iteration) -> Void = { _ in }) -> Minimization {
    var (method, watch) = (self.method, StoppingWatch(rules))
    var iterations = [Iteration(number: 0, point: objective.point, value: objective.value(), change: nil)]
    observe(iterations[0])
    var stopped = watch.reason(iterations[0]) ?? divergence(objective, iterations[0].value)
    while stopped == nil {
      let last = iterations[iterations.count - 1]
      if last.number == limit {
        stopped = quantity(limit, "iteration")
        break
      }
      let end = method.step(objective, iteration: last.number + 1)
      let point = objective.point
      // A method that found no better point has left the parameters as they were: that is no iteration.
      if end != nil && point == last.point {
        stopped = end
        break
      }
      let next = Iteration(
        number: last.number + 1, point: point, value: objective.value(), change: distance(point, last.point))
      iterations.append(next)
      observe(next)
      stopped = watch.reason(next) ?? end ?? divergence(objective, next.value)
    }
    return Minimization(iterations: iterations, stopped: stopped!, names: objective.names)
  }

  private func divergence(_ objective: Objective, _ value: Double) -> String? {
    value.isFinite ? nil : "diverged: " + (objective.nonFinite() ?? "the value is \(value)")
  }
}

/// The way of a minimization and its end.
public struct Minimization: Sendable {
  /// Every point, from the start on.
  public let iterations: [Iteration]
  /// Why it ended.
  public let stopped: String
  /// What the parameters are called.
  public let names: [String]

  /// The last point.
  public var solution: [Double] { iterations[iterations.count - 1].point }
  public var value: Double { iterations[iterations.count - 1].value }
}
