import Train

/// One run of `train` in one precision: the training with its files, its progress and its report.
struct TrainingRun<Element: Number> {
  private let plan: TrainingPlan<Element>
  private let files: ResultOptions
  private let console: Console
  private let tape = Tape<Element>()
  private let network: Network<Element>
  private let training: Training<Element>

  init(_ plan: TrainingPlan<Element>, _ command: TrainCommand, _ console: Console) throws {
    (self.plan, files, self.console) = (plan, command.result, console)
    let network = Network(plan.architecture, on: tape, seed: plan.settings.seed)
    let data = plan.data.training
    training =
      switch plan.loss {
      case .named(let loss):
        try Training(of: network, on: tape, with: data, loss: loss, penalty: plan.penalty, plan.settings)
      case .formula(let program, _): try Self.training(network, tape, data, program, plan, command.model)
      }
    training.metadata = ["model": Self.description(plan).text]
    if let testing = plan.data.testing, !testing.classes.isEmpty {
      training.evaluate = { [tape] in (network.correct(on: testing, loss: plan.loss.named, tape: tape), testing.count) }
    } else {
      training.testing = plan.data.testing
    }
    self.network = network
    if let path = files.resume {
      try training.resume(from: try Safetensors(contentsOf: path), named: path)
    }
    training.checkpointPath = files.save ?? files.resume
  }

  /// With a loss that is a formula of the output a, the score z and the target y.
  private static func training(
    _ network: Network<Element>, _ tape: Tape<Element>, _ data: Dataset<Element>, _ program: Program,
    _ plan: TrainingPlan<Element>, _ options: ModelOptions
  ) throws -> Training<Element> {
    let record = try program.recorder(of: ["a", "z", "y"], on: tape)
    let outputs = plan.architecture.layers.last!
    func loss(_ x: Variable<Element>, _ y: Variable<Element>) throws -> Variable<Element> {
      let z = network.scores(x)
      return plan.penalty.added(
        to: try record(["a": plan.architecture.output(z), "z": z, "y": y]).output, weights: network.weights)
    }
    let mark = tape.mark()
    defer { tape.rewind(to: mark) }
    // The last batch of an epoch may be a smaller one.
    let batch = min(plan.settings.batch, data.count)
    for count in Set([batch, data.count % batch]).subtracting([0]).sorted() {
      let x = Tensor<Element>.zeros([count, data.inputs.width])
      let y = Tensor<Element>.zeros([count, outputs])
      let shape = try options.$loss.naming { try loss(tape.constant(x), tape.constant(y)).shape }
      guard shape.count == 1 else {
        throw Failure(
          "--loss: the formula must give one number, such as mean(…); of \(counted(count, "example")) it gives shape \(shape)"
        )
      }
      tape.rewind(to: mark)
    }
    return Training(
      on: tape, with: data.targeted(outputs: outputs, signed: false), plan.settings, weights: network.weights
    ) { x, y in (try? loss(x, y)) ?? Variable(.nan) }
  }

  private static func description(_ plan: TrainingPlan<Element>) -> ModelDescription {
    let data = plan.data.training
    return ModelDescription(
      plan.architecture, loss: plan.loss.text, classes: data.classes, inputNames: data.inputNames,
      targetNames: data.targetNames, standardization: plan.standardization,
      targetStandardization: plan.targetStandardization, encoding: plan.data.encoding)
  }

  func run() throws -> Int32 {
    if let folder = files.export {
      try ExportFolder.write(training, to: folder)
      console.print("\(folder): module.mlir, start.safetensors, data.safetensors, settings.json, run.py, README.md")
      return 0
    }
    let done = training.history.epochs.count
    if done > 0, done >= plan.settings.epochs {
      console.message("\(done) epochs are done already; --epochs counts from the first")
    }
    if let plugin = files.engine {
      try training.takeSteps(on: Engine(plugin: plugin), devices: files.devices ?? 1)
    }
    Interruption.onControlC()
    var progress = TrainingProgress(plan.settings, examples: plan.data.training.count, console)
    let film = files.page.map { _ in TrainingFilm(plan, network, tape) }
    // Not self, whose training would then keep itself.
    training.observe = { [files, console] event in
      progress.show(event)
      if case .epoch(let epoch) = event { film?.add(epoch) }
      if files.format == .text, case .epoch(let epoch) = event { console.print(Self.line(epoch)) }
    }
    let history = try training.run()
    progress.clear()
    if files.format == .json {
      console.print("\(history.json)")
    } else if let reason = history.stopped, history.epochs.count < plan.settings.epochs, reason != "interrupted" {
      console.print("stopped: \(reason)")
    }
    if files.format == .text, let score { console.print("test examples: \(score)") }
    if let table = files.history {
      try WholeFile.write(table.hasSuffix(".json") ? "\(history.json)\n" : history.csv, to: table)
    }
    if let picture = files.plot { try Self.plot(history).write(to: picture) }
    if let page = files.page, let film { try film.page(history).write(to: page) }
    guard history.stopped == "interrupted" else { return 0 }
    throw Failure(
      training.checkpointPath.map { "interrupted; go on with --resume \($0)" }
        ?? "interrupted; with --save it could go on")
  }

  /// How far predicted numbers are from those of the test examples, in their own unit.
  private var score: RegressionScore? {
    guard let testing = plan.data.testing, testing.classes.isEmpty else { return nil }
    func inUnit(_ rows: Rows<Element>) -> Rows<Element> { plan.targetStandardization?.inverted(rows) ?? rows }
    return RegressionScore(of: inUnit(network.outputs(for: testing.inputs, on: tape)), inUnit(testing.targets))
  }

  /// `Epoch 3: 9513 / 10000`, or the loss where there are no right answers to count.
  private static func line(_ epoch: History.Epoch) -> String {
    let loss = "loss \(shortText(epoch.loss))"
    guard let correct = epoch.correct, let total = epoch.total else {
      return "Epoch \(epoch.epoch): \(loss)" + (epoch.testLoss.map { ", test loss \(shortText($0))" } ?? "")
    }
    return "Epoch \(epoch.epoch): \(correct) / \(total), \(loss)"
  }

  private static func plot(_ history: History) -> PlotGrid {
    let x = history.epochs.map { Double($0.epoch) }
    var loss = Plot(title: "loss", xLabel: "epoch", yLabel: "loss")
    loss.line(x: x, y: history.epochs.map(\.loss))
    let accuracy = history.epochs.compactMap(\.accuracy)
    loss.countsAlongX = true
    guard accuracy.count == x.count, !x.isEmpty else { return PlotGrid([loss], columns: 1) }
    var right = Plot(title: "right answers", xLabel: "epoch", yLabel: "share")
    right.countsAlongX = true
    right.line(x: x, y: accuracy)
    return PlotGrid([loss, right], columns: 2)
  }
}
