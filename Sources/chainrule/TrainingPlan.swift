import Train

/// What the options of `train` say, checked.
struct TrainingPlan<Element: Number> {
  let data: TrainingData<Element>
  let architecture: Architecture
  let loss: LossChoice
  let penalty: Penalty
  let standardization: Standardization?
  let settings: Settings

  init(_ arguments: Arguments) throws {
    let seed = UInt64(try arguments.number("seed", default: 0, in: 0...Int.max))
    let signs = ["hinge", "squared-hinge", "logistic", "perceptron", "cross-entropy"]
    let wantsClasses =
      arguments.last("output") == "softmax" || arguments.last("classes") != nil
      || arguments.last("loss").map(signs.contains) ?? false
    var data = try TrainingData<Element>(arguments, wantsClasses: wantsClasses, seed: seed)
    let isClassification = !data.training.classes.isEmpty

    architecture = try Self.architecture(arguments, isClassification)
    loss = try Self.loss(arguments, architecture.output, isClassification)
    let kind = if case .named(let loss) = loss { loss } else { Loss.quadratic }
    try architecture.check(data.training, loss: kind)
    if let test = data.testing {
      try arguments.naming("test") { [architecture] in try architecture.check(test, loss: kind) }
    }
    let (l1, l2) = (try arguments.weight("l1"), try arguments.weight("l2"))
    penalty = Penalty(l1: l1, l2: l2)
    standardization = arguments.has("standardize") ? Standardization(fitting: data.training.inputs) : nil
    if let standardization {
      data.training = data.training.withInputs(standardization.applied(to: data.training.inputs))
      data.testing = data.testing.map { $0.withInputs(standardization.applied(to: $0.inputs)) }
    }
    self.data = data
    let counts = data.testing.map { !$0.classes.isEmpty } ?? false
    settings = try Self.settings(arguments, seed, examples: data.training.count, countsRightAnswers: counts)
  }

  private static func architecture(_ arguments: Arguments, _ isClassification: Bool) throws -> Architecture {
    guard let text = arguments.last("layers") else { throw Failure("--layers is missing, such as 4,8,3") }
    let layers = text.split(separator: ",", omittingEmptySubsequences: false).map { Int($0) ?? 0 }
    guard layers.count > 1, layers.allSatisfy({ (1...1_000_000).contains($0) }) else {
      throw Failure("--layers: expected sizes from inputs to outputs, such as 4,8,3, found \(text.quoted)")
    }
    let activation: Activation =
      arguments.last("activation") == nil ? .sigmoid : try arguments.choice("activation")
    guard activation != .softmax else { throw Failure("--activation softmax: only the output can be softmax") }
    let usual: Activation = !isClassification ? .identity : layers.last == 1 ? .sigmoid : .softmax
    let output: Activation = arguments.last("output") == nil ? usual : try arguments.choice("output")
    return Architecture(layers, activation: activation, output: output)
  }

  private static func loss(
    _ arguments: Arguments, _ output: Activation, _ isClassification: Bool
  ) throws -> LossChoice {
    let isProbability = output == .softmax || output == .sigmoid
    guard let text = arguments.last("loss") else {
      return .named(isClassification && isProbability ? .crossEntropy : .quadratic)
    }
    if let loss = Loss(rawValue: text) { return .named(loss) }
    guard text.contains(where: { !$0.isLetter && $0 != "-" }) else {
      let known = Loss.allCases.map(\.rawValue).joined(separator: ", ")
      throw Failure("--loss: expected one of \(known), or a formula of a, z and y, found \(text.quoted)")
    }
    return try arguments.naming("loss") {
      let program = try Program(parsing: text)
      for statement in program.statements { try statement.formula.checkNames(among: program.names + ["a", "z", "y"]) }
      guard program.freeNames.contains("y") else { throw OptionError("the formula does not use the target y") }
      return .formula(program, text: text)
    }
  }

  private static func settings(
    _ arguments: Arguments, _ seed: UInt64, examples: Int, countsRightAnswers: Bool
  ) throws -> Settings {
    let name: OptimizerName = try arguments.choice("optimizer")
    let batch = min(try arguments.number("batch", default: 10, in: 1...Int.max), examples)
    let epochs = try arguments.number("epochs", default: 10, in: 0...1_000_000_000)
    let rate = try arguments.positive("learning-rate", default: name.usualRate)
    let schedule = try arguments.naming("schedule") {
      try Schedule(
        parsing: arguments.last("schedule") ?? "constant", rate: rate, steps: (examples + batch - 1) / batch * epochs)
    }
    let (conditions, cadence) = try arguments.conditions(countsRightAnswers)
    var rules = conditions
    if arguments.last("patience") != nil {
      rules.append(.noImprovement(for: try arguments.number("patience", default: 1, in: 1...Int.max)))
    }
    if arguments.last("seconds") != nil { rules.append(.seconds(try arguments.positive("seconds", default: 1))) }
    if ![.momentum, .nesterov].contains(name) {
      try arguments.refuse("momentum", because: "belongs to momentum and nesterov")
    }
    if name != .adamw { try arguments.refuse("decay", because: "belongs to adamw") }
    let momentum = try arguments.positive("momentum", default: 0.9)
    guard momentum < 1 else { throw Failure("--momentum: expected a number below 1, found \(shortest(momentum))") }
    let decay = try arguments.positive("decay", default: 0.01)
    if arguments.last("save") == nil, arguments.last("resume") == nil {
      try arguments.refuse("save-every", because: "expected --save or --resume beside it")
    }
    let every = try arguments.number("save-every", default: 0, in: 0...Int.max)
    return Settings(
      name.optimizer(momentum: momentum, decay: decay), rate: schedule,
      clipping: arguments.last("clip") == nil ? .none : .norm(try arguments.positive("clip", default: 1)),
      batch: batch,
      sampling: arguments.last("sampling") == nil ? .withoutReplacement : try arguments.choice("sampling"),
      epochs: epochs, until: rules, afterEach: cadence, seed: seed, checkpointSteps: every == 0 ? nil : every)
  }
}

/// A loss by name, or a formula.
enum LossChoice {
  case named(Loss)
  case formula(Program, text: String)

  var text: String {
    switch self {
    case .named(let loss): loss.rawValue
    case .formula(_, let text): text
    }
  }
}

extension Arguments {
  /// The conditions of `--until`. Those on the change of the parameters are looked at after every step, others after
  /// every epoch, which has the mean loss of all examples and the right answers.
  fileprivate func conditions(_ countsRightAnswers: Bool) throws -> ([StoppingRule], Settings.Cadence) {
    let texts = all("until")
    let programs = try texts.map { try condition($0, countsRightAnswers) }
    let used = Set(programs.flatMap(\.freeNames))
    let isStepwise = used.contains("change")
    guard !isStepwise || last("patience") == nil && used.isDisjoint(with: ["loss", "accuracy", "epoch"]) else {
      throw Failure(
        "--until: change is looked at after every step, which does not go with loss, accuracy, epoch or --patience")
    }
    let rules = zip(texts, programs).map { text, program in
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

  /// The factor of a penalty: 0 or positive.
  fileprivate func weight(_ option: String) throws -> Double {
    last(option) == "0" ? 0 : last(option) == nil ? 0 : try positive(option, default: 0)
  }
}

extension Iteration {
  /// As conditions of `--until` know it. What was not counted satisfies none.
  fileprivate var named: [String: Double] {
    ["loss": value, "accuracy": accuracy ?? .nan, "epoch": Double(number), "change": change ?? .nan]
  }
}
