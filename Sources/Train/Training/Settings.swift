/// How a training goes: optimizer, learning rate, batches and when it ends.
public struct Settings {
  /// The rule that moves the parameters.
  public var optimizer: any Optimizer
  /// The learning rate, step by step.
  public var rate: Schedule
  /// A limit to gradients.
  public var clipping: Clipping
  /// Examples per step.
  public var batch: Int
  /// How the examples of an epoch are drawn.
  public var sampling: Batches.Sampling
  /// The most epochs.
  public var epochs: Int
  /// Their value is the mean loss since they were last looked at, their change that of the parameters.
  public var rules: [StoppingRule]
  /// How often the rules are looked at.
  public var cadence: Cadence
  /// Decides the order of the examples.
  public var seed: UInt64
  /// Steps between checkpoints within an epoch; only after epochs where it is nil.
  public var checkpointSteps: Int?

  /// Gradient descent on all examples at once, unless something else is given.
  public init(
    _ optimizer: any Optimizer = GradientDescent(), rate: Schedule, clipping: Clipping = .none,
    batch: Int = .max, sampling: Batches.Sampling = .withoutReplacement, epochs: Int,
    until rules: [StoppingRule] = [], afterEach cadence: Cadence = .epoch, seed: UInt64 = 0,
    checkpointSteps: Int? = nil
  ) {
    (self.optimizer, self.rate, self.clipping) = (optimizer, rate, clipping)
    (self.batch, self.sampling, self.epochs) = (batch, sampling, epochs)
    (self.rules, self.cadence, self.seed, self.checkpointSteps) = (rules, cadence, seed, checkpointSteps)
  }

  /// After what stopping rules are looked at.
  public enum Cadence: Sendable { case epoch, step }
}

/// What happens in a training.
public enum Event: Sendable {
  /// A step was made; the loss is that of its batch before the update.
  case step(number: Int, loss: Double)
  case epoch(History.Epoch)
  case checkpoint(String)
  case stopped(String)
}

/// Why a training could not go on.
public struct TrainingError: Error, Equatable, Sendable, CustomStringConvertible {
  /// The epoch and step, and what was not a number there; or what else stood in the way.
  public let description: String
}
