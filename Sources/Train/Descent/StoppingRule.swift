import Foundation

/// When a descent ends. Of several rules the first that applies ends it.
public struct StoppingRule {
  /// How it is reported when it applies.
  public let name: String
  fileprivate let applies: (Iteration, StoppingWatch) -> Bool

  /// J < bound.
  public static func value(below bound: Double) -> StoppingRule { when("value < \(bound)") { $0.value < bound } }
  /// |Δ| < bound: the last step moved the parameters by less than this.
  public static func change(below bound: Double) -> StoppingRule {
    when("|Δ| < \(bound)") { $0.change.map { $0 < bound } ?? false }
  }
  /// The least value so far is `count` iterations (of a training: epochs) old.
  public static func noImprovement(for count: Int) -> StoppingRule {
    StoppingRule(name: "no improvement for \(count)") { $0.number - $1.bestNumber >= count }
  }
  /// So much time has passed.
  public static func seconds(_ seconds: Double) -> StoppingRule {
    StoppingRule(name: "\(seconds) seconds") { (ContinuousClock.now - $1.start) / .seconds(1) >= seconds }
  }
  /// Any condition.
  public static func when(_ name: String, _ holds: @escaping (Iteration) -> Bool) -> StoppingRule {
    StoppingRule(name: name) { iteration, _ in holds(iteration) }
  }
}

/// Applies rules to one iteration after another.
struct StoppingWatch {
  private let rules: [StoppingRule]
  fileprivate let start = ContinuousClock.now
  private var best = Double.infinity
  fileprivate var bestNumber = 0

  init(_ rules: [StoppingRule]) { self.rules = rules }

  /// The name of the first rule that says stop.
  mutating func reason(_ iteration: Iteration) -> String? {
    if iteration.value < best { (best, bestNumber) = (iteration.value, iteration.number) }
    return rules.first { $0.applies(iteration, self) }?.name
  }
}
