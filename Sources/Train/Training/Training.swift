/// The training loop: batch after batch forward, backward and one step of the optimizer, until a rule says stop.
///
/// The model is a closure that records the loss of a batch; whatever parameters stand on the tape are trained. They stay
/// below a mark, are updated in place, and each step rewinds to the mark: after the first step nothing is allocated.
///
/// ```swift
/// let tape = Tape<Double>()
/// let w = tape.parameter(Tensor([[0], [0]]), "w"), b = tape.parameter(Tensor([0]), "b")
/// let training = Training(on: tape, with: .commute, Settings(rate: .constant(0.05), epochs: 5000)) { x, y in
///   let e = matmul(x, w) + b - y
///   return (e * e).mean()
/// }
/// try training.run()
/// w.tensor.elements  // [6.5336…, 2.1127…]
/// ```
/// The same seed gives the same bits, on any number of threads, stopped and resumed or not.
public final class Training<Element: Number> {
  /// Records the loss of a batch: x is [examples, inputs], y is [examples, targets].
  public typealias Model = (_ x: Variable<Element>, _ y: Variable<Element>) -> Variable<Element>

  /// Holds the parameters.
  public let tape: Tape<Element>
  /// How it goes.
  public let settings: Settings
  /// What is learned from.
  public let data: Dataset<Element>
  /// Called with the events of the run.
  public var observe: (Event) -> Void = { _ in }
  /// Counts right answers after each epoch, if set: the number of right ones and of all.
  public var evaluate: (() -> (correct: Int, total: Int))?
  /// Other examples, whose loss is computed after each epoch, if set. They must be made like the training's: with targets
  /// that the model takes, standardized as they were.
  public var testing: Dataset<Element>?
  /// Written into checkpoints and read back from them by whoever loads a model.
  public var metadata: [String: String] = [:]
  /// Where checkpoints go: after every epoch (of several within a second the first), and within epochs after ``Settings/checkpointSteps`` steps.
  public var checkpointPath: String?

  /// What has happened so far.
  public internal(set) var history = History()

  let model: Model
  let penalty: Penalty
  let penalized: [Variable<Element>]
  let parameters: TrainedParameters<Element>
  let mark: Mark
  let batch: BatchMemory<Element>
  var batches: Batches
  /// Who takes the steps; nil for the tape.
  var taker: (any StepTaker<Element>)?
  /// The sum of the losses of the epoch's examples so far.
  var lossSum = 0.0
  /// The loss of the first step of this run.
  var firstLoss: Double?
  var epochStart = 0.0
  var lastCheckpoint: ContinuousClock.Instant?

  /// - Parameters:
  ///   - tape: holds the parameters, and may hold more.
  ///   - data: the targets reach the model as they are; for a classifier give it one-hot or signed targets.
  ///   - settings: optimizer, learning rate, batches, and when it ends.
  ///   - weights: the parameters that weight decay and penalty apply to; all of two dimensions unless given.
  ///   - penalty: added to the loss of every step, and not to that of test examples.
  ///   - model: records the loss of a batch: x is [examples, inputs], y is [examples, targets].
  public init(
    on tape: Tape<Element>, with data: Dataset<Element>, _ settings: Settings,
    weights: [Variable<Element>]? = nil, penalty: Penalty = Penalty(), model: @escaping Model
  ) {
    (self.tape, self.data, self.settings, self.model, self.penalty) = (tape, data, settings, model, penalty)
    penalized = weights ?? tape.parameters.filter { $0.shape.rank >= 2 }
    parameters = TrainedParameters(of: tape, settings.optimizer, weights: weights)
    batches = Batches(
      of: settings.batch, from: data.count, sampling: settings.sampling, seed: settings.seed)
    batch = BatchMemory(rows: batches.size, data)
    mark = tape.mark()
  }

  /// Trains until the epochs are done or a rule says stop.
  ///
  /// - Throws: ``TrainingError`` where the loss is no number, where it is no longer finite, with the node that caused it, or
  ///   where it ends a million times as large as it began; `FileError` where a checkpoint cannot be written.
  @discardableResult
  public func run() throws -> History {
    try checkLoss()
    let start = ContinuousClock.now
    var seconds: Double { (ContinuousClock.now - start) / .seconds(1) }
    var watch = StoppingWatch(settings.rules)
    for epoch in history.epochs where settings.cadence == .epoch { _ = watch.reason(epoch.iteration) }
    epochStart = seconds
    let last = settings.epochs * batches.stepsPerEpoch
    var snapshot = state
    while batches.step < last, history.stopped == nil {
      if isBetweenEpochs { snapshot = state }
      let value = try takeStep()
      guard value.isFinite, !isBetweenEpochs || parameters.isFinite else { throw diagnosis(since: snapshot) }
      observe(.step(number: batches.step, loss: value))
      if settings.cadence == .step { look(&watch, batches.step, value, accuracy: nil) }
      if isBetweenEpochs { try finishEpoch(seconds, &watch) }
      if Interruption.isRequested { history.stopped = history.stopped ?? "interrupted" }
      if isCheckpointDue { try saveCheckpoint() }
    }
    if history.stopped == nil { history.stopped = counted(settings.epochs, "epoch") }
    history.seconds = seconds
    observe(.stopped(history.stopped!))
    return history
  }

  /// A step, by whoever takes them. What looks at the parameters finds them on the tape.
  private func takeStep() throws -> Double {
    guard let taker else { return step() }
    let indices = batches.next()
    let value = try taker.step(indices, rate: settings.rate(batches.step), number: batches.step)
    if firstLoss == nil { firstLoss = value }
    lossSum += value * Double(indices.count)
    let isLookedAt = settings.cadence == .step && !settings.rules.isEmpty
    if isBetweenEpochs || isCheckpointDue || isLookedAt || Interruption.isRequested {
      var now = state
      (now.values, now.memory) = try taker.state()
      state = now
    }
    return value
  }

  private var isBetweenEpochs: Bool { batches.step % batches.stepsPerEpoch == 0 }
  /// At the end, after the steps that were asked for, and after epochs; but epochs of a millisecond are not each worth
  /// the milliseconds that a disk takes.
  private var isCheckpointDue: Bool {
    let isLast = batches.step == settings.epochs * batches.stepsPerEpoch
    if isLast || history.stopped != nil { return true }
    if settings.checkpointSteps.map({ batches.step % $0 == 0 }) ?? false { return true }
    return isBetweenEpochs && lastCheckpoint.map { ContinuousClock.now - $0 > .seconds(1) } ?? true
  }

  /// One batch: forward, backward, update.
  ///
  /// - Parameter isSound: looks at the loss and the gradients before the update; where it says no there is none.
  /// - Returns: the mean loss of the batch.
  @discardableResult
  func step(if isSound: ((Variable<Element>, Gradients<Element>) -> Bool)? = nil) -> Double {
    let value = batch.with(batches.next(), of: data, on: tape) { x, y, count in
      let loss = penalty.added(to: model(x, y), weights: penalized)
      let value = Double(loss.value)
      if firstLoss == nil { firstLoss = value }
      lossSum += value * Double(count)
      let gradients = loss.backward()
      guard isSound?(loss, gradients) ?? true else { return value }
      parameters.update(
        gradients, settings.optimizer, rate: settings.rate(batches.step), step: batches.step, settings.clipping)
      return value
    }
    tape.rewind(to: mark)
    return value
  }

  private func finishEpoch(_ seconds: Double, _ watch: inout StoppingWatch) throws(TrainingError) {
    let examples =
      settings.sampling == .withReplacement ? batches.stepsPerEpoch * batches.size : data.count
    let score = evaluate?()
    tape.rewind(to: mark)
    let epoch = History.Epoch(
      epoch: batches.epoch, loss: lossSum / Double(examples), testLoss: testing.map(loss), correct: score?.correct,
      total: score?.total, seconds: seconds - epochStart)
    (lossSum, epochStart) = (0, seconds)
    history.epochs.append(epoch)
    observe(.epoch(epoch))
    if settings.cadence == .epoch { look(&watch, epoch.epoch, epoch.loss, accuracy: epoch.accuracy) }
    if history.stopped != nil || epoch.epoch == settings.epochs { try checkGrowth(epoch.loss) }
  }

  /// Applies the stopping rules.
  private func look(_ watch: inout StoppingWatch, _ number: Int, _ loss: Double, accuracy: Double?) {
    guard !settings.rules.isEmpty else { return }
    let point = Iteration(number: number, point: [], value: loss, change: parameters.change(), accuracy: accuracy)
    history.stopped = watch.reason(point)
  }
}

extension History.Epoch {
  fileprivate var iteration: Iteration {
    Iteration(number: epoch, point: [], value: loss, change: nil, accuracy: accuracy)
  }
}
