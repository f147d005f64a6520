/// One step of a training as StableHLO: the loss of a batch, its gradient, the limit to it, and the optimizer.
///
/// `main` takes the parameters, what the optimizer remembers of each, the learning rate, the number of the step, and the
/// inputs and targets of a batch; it gives the parameters, what is remembered, and the loss before the step. The first
/// arguments become the first results, so that their memory can be given over.
public struct TrainingStep: Sendable {
  /// The module.
  public let module: StableHLO
  /// What the arguments that are given over are called in a checkpoint, in their order.
  public let stateNames: [String]
  /// The examples of a batch.
  public let batch: Int

  /// - Throws: `RecordingError` where the loss is no formula, `ExportError` where the optimizer is of one's own and not
  ///   stated in the language of rules, or where the loss has a large constant.
  public init<Element: Number>(of training: Training<Element>) throws {
    try self.init(of: training, examples: training.batches.size)
  }

  /// - Parameter examples: of a batch.
  init<Element: Number>(of training: Training<Element>, examples: Int) throws {
    guard let optimizer = training.settings.optimizer as? any AlgebraicOptimizer else {
      throw ExportError(
        description: "\(type(of: training.settings.optimizer)) is stated for arrays only: as an AlgebraicOptimizer it "
          + "can be exported")
    }
    let (loss, parameters) = (try training.recordedLoss(of: examples), training.parameters)
    let (count, places) = (parameters.variables.count, parameters.variables.indices)
    let trace = Trace()
    var inputs: [(name: String?, shape: Shape)] = []
    func take(_ name: String, _ shape: Shape) -> Traced {
      inputs.append((name, shape))
      return trace.input(inputs.count - 1, shape)
    }
    let p = places.map { take(parameters.names[$0], loss.inputs[$0].shape) }
    let remembered = places.map { place in
      parameters.memoryNames.map { take("optimizer.\($0).\(parameters.names[place])", loss.inputs[place].shape) }
    }
    stateNames = inputs.map { $0.name! }
    let (rate, step) = (take("rate", .scalar), take("step", .scalar))
    let batch = (0..<2).map { take(["inputs", "targets"][$0], loss.inputs[count + $0].shape) }
    let (results, raw) = loss.traced(in: trace, p + batch, gradientBy: Array(places))
    let gradients = training.settings.clipping.applied(to: raw)
    let after = places.map { place in
      optimizer.stepped(
        p[place], gradients[place], memory: remembered[place], rate: rate, step: step,
        isWeight: parameters.isWeight[place])
    }
    module = try StableHLO(
      trace, inputs: inputs, results: after.map(\.parameter) + after.flatMap(\.memory) + [results[0].reshaped(to: [])],
      Precision(Element.self))
    self.batch = examples
  }
}

extension Training {
  /// The loss of a batch with its penalty, as a function of the parameters, the inputs and the targets.
  func recordedLoss(of examples: Int) throws(RecordingError) -> RecordedFunction<Element> {
    let recorded = batch.with(Array(0..<examples)[...], of: data, on: tape) { x, y, _ in
      let loss = penalty.added(to: model(x, y), weights: penalized)
      return Result { () throws(RecordingError) in
        try RecordedFunction(from: parameters.variables + [x, y], to: [loss])
      }
    }
    tape.rewind(to: mark)
    return try recorded.get()
  }
}
