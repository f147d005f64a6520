/// x ← x − η·∇J(x), or any other ``Optimizer`` in place of this rule.
///
/// Plain gradient descent at a constant rate ends where a step leaves every number as it is: it would do so for ever.
/// That is a minimum where the gradient has become small against what it was, and else too small a rate.
public struct Descent: MinimizingMethod {
  private let optimizer: any Optimizer
  private let rate: Schedule
  private let clipping: Clipping
  /// What the optimizer remembers, one array behind the other.
  private var memory: [Double] = []
  /// The length of the longest gradient so far.
  private var steepest = 0.0
  public let name: String
  public let converges = false

  /// The optimizer's own settings, with a rate and a limit to gradients.
  public init(
    _ optimizer: any Optimizer = GradientDescent(), rate: Schedule, clipping: Clipping = .none,
    name: String = "gradient descent"
  ) {
    (self.optimizer, self.rate, self.clipping, self.name) = (optimizer, rate, clipping, name)
  }

  public mutating func step(_ objective: Objective, iteration: Int) -> Ending? {
    var (point, gradient) = (objective.point, objective.valueAndGradient().gradient)
    guard gradient.allSatisfy(\.isFinite) else { return .undefined(objective) }
    let steepness = norm(gradient)
    steepest = max(steepest, steepness)
    let count = point.count
    var memory = memory.isEmpty ? Array(repeating: 0, count: optimizer.memory.count * count) : memory
    memory.withUnsafeMutableBufferPointer { memory in
      point.withUnsafeMutableBufferPointer { point in
        gradient.withUnsafeMutableBufferPointer { gradient in
          clipping.apply(to: [gradient])
          let arrays = optimizer.memory.indices.map {
            UnsafeMutableBufferPointer(rebasing: memory[$0 * count..<($0 + 1) * count])
          }
          let slot = Slot(parameter: point, gradient: gradient, memory: arrays)
          optimizer.update(slot, rate: rate(iteration), step: iteration)
        }
      }
    }
    self.memory = memory
    let isSettled = remembersNothing && point == objective.point
    objective.point = point
    let isMinimum = steepness == 0 || steepness < 1e-6 * steepest
    return isSettled ? Ending(isMinimum ? .converged : .stalled, "nothing changes any more") : nil
  }

  /// Whether a step follows from the point alone.
  private var remembersNothing: Bool {
    guard case .constant = rate else { return false }
    return optimizer is GradientDescent
  }
}
