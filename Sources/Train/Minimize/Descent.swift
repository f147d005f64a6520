/// x ← x − η·∇J(x), or any other ``Optimizer`` in place of this rule.
///
/// Plain gradient descent at a constant rate ends where a step leaves every number as it is: it would do so for ever.
/// That is a minimum where the gradient has become small against what it was, and else too small a rate.
public struct Descent: MinimizingMethod {
  private let optimizer: any Optimizer
  private let rate: Schedule
  private let clipping: Clipping
  private var memory: [[Double]] = []
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
    if memory.isEmpty { memory = optimizer.memory.map { _ in point.map { _ in 0 } } }
    var buffers = memory
    withBuffers(&buffers) { memory in
      point.withUnsafeMutableBufferPointer { point in
        gradient.withUnsafeMutableBufferPointer { gradient in
          clipping.apply(to: [gradient])
          let slot = Slot(parameter: point, gradient: gradient, memory: memory)
          optimizer.update(slot, rate: rate(iteration), step: iteration)
        }
      }
    }
    memory = buffers
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

/// Calls `body` with all arrays as buffers at once.
private func withBuffers(
  _ arrays: inout [[Double]], _ body: ([UnsafeMutableBufferPointer<Double>]) -> Void
) {
  let buffers = arrays.map { array in
    let buffer = UnsafeMutableBufferPointer<Double>.allocate(capacity: array.count)
    _ = buffer.initialize(from: array)
    return buffer
  }
  body(buffers)
  arrays = buffers.map { Array($0) }
  for buffer in buffers { buffer.deallocate() }
}
