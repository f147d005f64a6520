import Foundation

/// When a descent ends. Of several rules the first that applies ends it.
public struct StoppingRule {
  enum Kind {
    case value(below: Double)
    case change(below: Double)
    case patience(Int)
    case seconds(Double)
    case condition((Iteration) -> Bool)
  }
  let kind: Kind
  /// How it is reported when it applies.
  public let name: String

  /// J < bound.
  public static func value(below bound: Double) -> StoppingRule {
    StoppingRule(kind: .value(below: bound), name: "value < \(bound)")
  }
  /// |Δ| < bound: the last step moved the parameters by less than this.
  public static func change(below bound: Double) -> StoppingRule {
    StoppingRule(kind: .change(below: bound), name: "|Δ| < \(bound)")
  }
  /// The least value so far is `count` iterations (of a training: epochs) old.
  public static func noImprovement(for count: Int) -> StoppingRule {
    StoppingRule(kind: .patience(count), name: "no improvement for \(count)")
  }
  /// So much time has passed.
  public static func seconds(_ seconds: Double) -> StoppingRule {
    StoppingRule(kind: .seconds(seconds), name: "\(seconds) seconds")
  }
  /// Any condition.
  public static func when(_ name: String, _ holds: @escaping (Iteration) -> Bool) -> StoppingRule {
    StoppingRule(kind: .condition(holds), name: name)
  }
}

/// Applies rules to one iteration after another.
struct StoppingWatch {
  private let rules: [StoppingRule]
  private let start = ContinuousClock.now
  private var best = Double.infinity
  private var bestNumber = 0

  init(_ rules: [StoppingRule]) { self.rules = rules }

  /// The name of the first rule that says stop.
  mutating func reason(_ iteration: Iteration) -> String? {
    if iteration.value < best { (best, bestNumber) = (iteration.value, iteration.number) }
    return rules.first { applies($0.kind, iteration) }?.name
  }

  private func applies(_ kind: StoppingRule.Kind, _ iteration: Iteration) -> Bool {
    switch kind {
    case .value(let bound): iteration.value < bound
    case .change(let bound): iteration.change.map { $0 < bound } ?? false
    case .patience(let count): iteration.number - bestNumber >= count
    case .seconds(let limit): (ContinuousClock.now - start) / .seconds(1) >= limit
    case .condition(let holds): holds(iteration)
    }
  }
}
