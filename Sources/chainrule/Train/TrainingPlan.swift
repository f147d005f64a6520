import Train

/// What the options of `train` say, checked.
struct TrainingPlan<Element: Number> {
  let data: TrainingData<Element>
  let architecture: Architecture
  let loss: LossChoice
  let penalty: Penalty
  let standardization: Standardization?
  /// That of numbers to be predicted; predictions go the way back.
  let targetStandardization: Standardization?
  let settings: Settings

  init(_ command: TrainCommand) throws {
    let (model, seed) = (command.model, command.descent.seed)
    let wantsClasses = model.output == .softmax || command.data.classes != nil || model.loss?.isAboutSigns ?? false
    var data = try TrainingData<Element>(command, wantsClasses: wantsClasses, seed: seed)
    let isClassification = !data.training.classes.isEmpty

    let usual: Activation = !isClassification ? .identity : model.layers.last == 1 ? .sigmoid : .softmax
    architecture = Architecture(model.layers, activation: model.activation, output: model.output ?? usual)
    let isProbability = architecture.output == .softmax || architecture.output == .sigmoid
    loss = model.loss ?? .named(isClassification && isProbability ? .crossEntropy : .quadratic)
    try architecture.check(data.training, loss: loss.named)
    if let test = data.testing {
      try command.data.$test.naming { [architecture, loss] in try architecture.check(test, loss: loss.named) }
    }
    penalty = Penalty(l1: model.l1, l2: model.l2)
    let standardizes = command.data.standardizes
    let scalesTargets = standardizes && !isClassification && architecture.output == .identity
    let x = standardizes ? Standardization(fitting: data.training.inputs) : nil
    let y = scalesTargets ? Standardization(fitting: data.training.targets) : nil
    func standardized(_ data: Dataset<Element>) -> Dataset<Element> {
      let scaled = x.map { data.withInputs($0.applied(to: data.inputs)) } ?? data
      return y.map { scaled.withTargets($0.applied(to: data.targets)) } ?? scaled
    }
    (data.training, data.testing) = (standardized(data.training), data.testing.map(standardized))
    (self.data, standardization, targetStandardization) = (data, x, y)
    let counts = data.testing.map { !$0.classes.isEmpty } ?? false
    settings = try command.descent.settings(
      examples: data.training.count, countsRightAnswers: counts, stepsBetweenSaves: command.result.stepsBetweenSaves)
  }
}

extension DescentOptions {
  fileprivate func settings(
    examples: Int, countsRightAnswers: Bool, stepsBetweenSaves: Int?
  ) throws -> Settings {
    let batch = min(batch, examples)
    let schedule = try $schedule.naming {
      try Schedule(
        parsing: self.schedule, rate: rate ?? optimizer.usualRate, steps: (examples + batch - 1) / batch * epochs)
    }
    let (conditions, cadence) = try rules(countsRightAnswers)
    return Settings(
      optimizer.optimizer(momentum: momentum, decay: decay), rate: schedule,
      clipping: clip.map { .norm($0) } ?? .none, batch: batch, sampling: sampling, epochs: epochs,
      until: conditions + (patience.map { [.noImprovement(for: $0)] } ?? []) + (seconds.map { [.seconds($0)] } ?? []),
      afterEach: cadence, seed: seed, checkpointSteps: stepsBetweenSaves == 0 ? nil : stepsBetweenSaves)
  }

  /// The conditions of `--until`. Those on the change of the parameters are looked at after every step, others after
  /// every epoch, which has the mean loss of all examples and the right answers.
  private func rules(_ countsRightAnswers: Bool) throws -> ([StoppingRule], Settings.Cadence) {
    let programs = try conditions.map { try condition($0, countsRightAnswers) }
    let used = Set(programs.flatMap(\.freeNames))
    let isStepwise = used.contains("change")
    guard !isStepwise || patience == nil && used.isDisjoint(with: ["loss", "accuracy", "epoch"]) else {
      throw Failure(
        "--until: change is looked at after every step, which does not go with loss, accuracy, epoch or --patience")
    }
    let rules = zip(conditions, programs).map { text, program in
      StoppingRule.when(text) { (try? program.evaluate($0.named).output) ?? 0 != 0 }
    }
    return (rules, isStepwise ? .step : .epoch)
  }

  private func condition(_ text: String, _ countsRightAnswers: Bool) throws -> Program {
    do {
      let start = Iteration(number: 0, point: [], value: 0, change: 0, accuracy: 0).named
      let program = try Program(parsingCondition: text, about: ["loss", "accuracy", "epoch", "change"])
      _ = try program.evaluate(start)
      guard countsRightAnswers || !program.freeNames.contains("accuracy") else {
        throw Failure("accuracy is that on test examples with classes; --test or --holdout gives them")
      }
      return program
    } catch {
      throw Failure("--until \(text.quoted): \(error)")
    }
  }
}

extension Iteration {
  /// As conditions of `--until` know it. What was not counted satisfies none.
  fileprivate var named: [String: Double] {
    ["loss": value, "accuracy": accuracy ?? .nan, "epoch": Double(number), "change": change ?? .nan]
  }
}
