import Testing

@testable import Train

@Suite("Training")
struct TrainingTests {
  /// A small network on Iris with batches that do not divide it, so that the last is smaller.
  private func iris(
    _ optimizer: any Optimizer = Adam(), epochs: Int = 3, clipping: Clipping = .none,
    until rules: [StoppingRule] = [], checkpointSteps: Int? = nil
  ) throws -> (Training<Float>, Network<Float>) {
    let tape = Tape<Float>()
    let network = Network(Architecture([4, 5, 3], activation: .tanh, output: .softmax), on: tape, seed: 1)
    let training = try Training(
      of: network, on: tape, with: Dataset.iris.converted(to: Float.self), loss: .crossEntropy,
      penalty: Penalty(l2: 0.001),
      Settings(
        optimizer, rate: .inverseSquareRoot(0.05), clipping: clipping, batch: 8, epochs: epochs, until: rules, seed: 2,
        checkpointSteps: checkpointSteps))
    return (training, network)
  }

  private func bits(_ training: Training<Float>) -> [[UInt32]] {
    training.parameters.values.map { $0.map(\.bitPattern) }
  }

  static let optimizers: [OptimizerName] = OptimizerName.allCases

  /// Stopped in the middle of an epoch, written to a file and read into another training: the same bits at the end.
  @Test(arguments: optimizers)
  func resuming(_ name: OptimizerName) throws {
    let folder = TemporaryFolder()
    let (whole, _) = try iris(name.optimizer(), until: [.noImprovement(for: 5)])
    let history = try whole.run()
    let (first, _) = try iris(name.optimizer(), until: [.noImprovement(for: 5)])
    for _ in 0..<30 { first.step() }
    try first.checkpoint().write(to: folder.file("half.safetensors"))
    let (second, _) = try iris(name.optimizer(), until: [.noImprovement(for: 5)])
    let file = try Safetensors(contentsOf: folder.file("half.safetensors"))
    try second.resume(from: file, named: "half.safetensors")
    let rest = try second.run()
    #expect(bits(second) == bits(whole))
    #expect(rest.epochs.last?.loss == history.epochs.last?.loss)
    #expect(rest.epochs.count == history.epochs.count - 1)
  }

  @Test func sameSeedSameBitsOnAnyNumberOfThreads() throws {
    defer { ComputeThreads.count = 2 }
    let results = try [1, 2, 3].map { threads in
      ComputeThreads.count = threads
      let (training, _) = try iris()
      try training.run()
      return bits(training)
    }
    #expect(results[0] == results[1] && results[1] == results[2])
  }

  @Test func learnsIris() throws {
    let (training, network) = try iris(epochs: 60)
    let tape = training.tape
    let data = Dataset.iris.converted(to: Float.self)
    training.evaluate = { (network.correct(on: data, loss: .crossEntropy, tape: tape), data.count) }
    let history = try training.run()
    #expect(history.epochs.count == 60 && history.stopped == "60 epochs")
    #expect(history.epochs.last!.accuracy! > 0.95)
    #expect(history.epochs.last!.loss < history.epochs[0].loss / 3)
  }

  /// After the first epoch the tape's memory has its final size.
  @Test func stepsNeedNoFurtherMemory() throws {
    let (training, _) = try iris()
    for _ in 0..<20 { training.step() }
    let (count, held) = (training.tape.count, training.tape.arena.pointee.capacity)
    for _ in 0..<200 { training.step() }
    #expect(training.tape.count == count)
    #expect(training.tape.arena.pointee.capacity == held)
  }

  @Test func eventsTellWhatHappens() throws {
    let (training, _) = try iris(epochs: 2)
    var (steps, epochs, stopped) = ([Int](), [Int](), "")
    training.observe = {
      switch $0 {
      case .step(let number, _): steps.append(number)
      case .epoch(let epoch): epochs.append(epoch.epoch)
      case .stopped(let reason): stopped = reason
      case .checkpoint: break
      }
    }
    try training.run()
    #expect(steps == Array(1...38) && epochs == [1, 2] && stopped == "2 epochs")
  }

  /// Epochs of a millisecond are not each saved; the first and the last are, the last with the parameters at the end.
  @Test func shortEpochsAreNotAllSaved() throws {
    let folder = TemporaryFolder()
    let (training, _) = try iris(epochs: 30)
    training.checkpointPath = folder.file("m.safetensors")
    var saved: [Int] = []
    training.observe = { [unowned training] in if case .checkpoint = $0 { saved.append(training.history.epochs.count) }
    }
    let start = ContinuousClock.now
    try training.run()
    let seconds = Int((ContinuousClock.now - start).components.seconds)
    #expect(saved.first == 1 && saved.last == 30 && saved.count <= seconds + 2, "\(saved)")
    let (other, _) = try iris(epochs: 30)
    try other.resume(from: try Safetensors(contentsOf: folder.file("m.safetensors")), named: "m")
    #expect(bits(other) == bits(training))
  }

  @Test func clippingKeepsTheDirection() throws {
    let (training, _) = try iris(GradientDescent(), clipping: .norm(1e-3))
    let before = training.parameters.values.joined().map { Double($0) }
    training.step()
    let after = training.parameters.values.joined().map { Double($0) }
    #expect(abs(distance(before, after) - 0.05 * 1e-3) < 1e-7)
  }

  // MARK: - What goes wrong

  @Test func divergenceNamesStepAndNode() throws {
    let tape = Tape<Double>()
    let w = tape.parameter(Tensor([[3.0]]), "w")
    let data = Dataset(inputs: Rows([1.0, 2], width: 1), targets: Rows([1.0, 2], width: 1))
    let training = Training(on: tape, with: data, Settings(rate: .constant(1), batch: 1, sampling: .inOrder, epochs: 9))
    {
      x, y in (log(matmul(x, w).named("s")) - y).sum()
    }
    // w = 3, then 3 − 1/3, and so on down to where log has no value.
    let error = #expect(throws: TrainingError.self) { try training.run() }
    #expect(error?.description.contains("forward pass: log gives nan") == true, "\(error!)")
    #expect(error?.description.hasPrefix("epoch ") == true)
  }

  /// √ at 0 has a finite value and an infinite gradient: the next step's loss is NaN, but this step is the one named.
  @Test func theStepBeforeIsNamedWhereItsGradientWasInfinite() throws {
    let tape = Tape<Double>()
    let w = tape.parameter(Tensor([[1.0]]), "w")
    let data = Dataset(inputs: Rows([1.0, 0, 1], width: 1), targets: Rows([0.0, 0, 0], width: 1))
    let training = Training(
      on: tape, with: data, Settings(rate: .constant(0.1), batch: 1, sampling: .inOrder, epochs: 1)
    ) {
      x, y in sqrt(matmul(x, w).named("s")).sum()
    }
    let error = #expect(throws: TrainingError.self) { try training.run() }
    #expect(error?.description.hasPrefix("epoch 1, step 2: the loss is 0.0: backward pass") == true, "\(error!)")
  }

  @Test func badCheckpointsChangeNothing() throws {
    let (training, _) = try iris()
    for _ in 0..<5 { training.step() }
    let good = try training.checkpoint()
    let before = bits(training)
    func expect(_ kind: FileError.Kind, _ change: (inout Safetensors) -> Void) {
      var file = good
      change(&file)
      let error = #expect(throws: FileError.self) { try training.resume(from: file, named: "f") }
      #expect(error?.kind == kind)
      #expect(bits(training) == before)
    }
    expect(.malformed) { $0.metadata["training"] = nil }
    expect(.malformed) { $0.metadata["training"] = "{}" }
    expect(.notFound) { $0["weights.1"] = nil }
    expect(.notFound) { $0["optimizer.mean.weights.0"] = nil }
    expect(.outOfRange) { $0["biases.0"] = StoredTensor([Float](repeating: 0, count: 6)) }
    let (other, _) = try iris()
    other.batches = Batches(of: 4, from: 150, seed: 0)
    #expect(throws: FileError.self) { try other.resume(from: good, named: "f") }
  }

  /// A loss of 10¹⁵⁷ is finite, and no model.
  @Test func aLossThatGrowsWithoutEndIsAFailure() {
    let tape = Tape<Double>()
    let w = tape.parameter(Tensor([[0.0]]), "w")
    let data = Dataset(inputs: Rows([100.0, 200], width: 1), targets: Rows([3e5, 6e5], width: 1))
    let training = Training(on: tape, with: data, Settings(rate: .constant(0.01), epochs: 30)) { x, y in
      square(matmul(x, w) - y).mean()
    }
    let error = #expect(throws: TrainingError.self) { try training.run() }
    #expect(error?.description.hasPrefix("the loss has grown from 2.25e11 to ") == true, "\(error?.description ?? "")")
  }

  /// Where it leaves the numbers before the end, the node is named, and the same advice given.
  @Test func aLossThatGrewToInfinity() {
    let tape = Tape<Double>()
    let w = tape.parameter(Tensor([[0.0]]), "w")
    let data = Dataset(inputs: Rows([100.0, 200], width: 1), targets: Rows([3e5, 6e5], width: 1))
    let training = Training(on: tape, with: data, Settings(rate: .constant(0.01), epochs: 3000)) { x, y in
      square(matmul(x, w) - y).mean()
    }
    let error = #expect(throws: TrainingError.self) { try training.run() }
    #expect(error?.description.contains("square gives inf") == true, "\(error?.description ?? "")")
    #expect(error?.description.contains("; the loss has grown from 2.25e11 to ") == true, "\(error?.description ?? "")")
  }

  @Test func aLossOfSeveralNumbersIsRefused() {
    let tape = Tape<Double>()
    let w = tape.parameter(Tensor([[0.0]]), "w")
    let data = Dataset(inputs: Rows([1.0, 2, 3], width: 1), targets: Rows([1.0, 2, 3], width: 1))
    let training = Training(on: tape, with: data, Settings(rate: .constant(0.01), batch: 2, epochs: 3)) { x, y in
      matmul(x, w).mean() * y
    }
    let error = #expect(throws: TrainingError.self) { try training.run() }
    #expect(error?.description.contains("must be one number, found shape [2, 1]") == true)
    #expect(w.tensor.elements == [0])
  }

  /// Test examples are scored without the penalty: ½(w − y)² at the w of each epoch.
  @Test func testLoss() throws {
    let tape = Tape<Double>()
    let w = tape.parameter(Tensor([[1.0]]), "w")
    let data = Dataset(inputs: Rows([1.0], width: 1), targets: Rows([2.0], width: 1))
    let training = Training(
      on: tape, with: data, Settings(rate: .constant(0.5), epochs: 2), weights: [w], penalty: Penalty(l2: 1)
    ) { x, y in halfSquaredError(matmul(x, w), y) }
    let many = Rows([Double](repeating: 1, count: 2500), width: 1)
    training.testing = Dataset(inputs: many, targets: Rows([Double](repeating: 3, count: 2500), width: 1))
    try training.run()
    // w ← w − ½·((w − 2) + w) = 1: it stays.
    #expect(training.history.epochs.map(\.loss) == [1, 1])
    #expect(training.history.epochs.map(\.testLoss) == [2, 2])
    #expect(training.history.csv.hasPrefix("epoch,loss,correct,total,accuracy,seconds,testLoss\n1,1.0,,,,"))
    #expect("\(training.history.json)".contains(#""loss": 1, "testLoss": 2"#))
  }

  // MARK: - Files

  @Test func theSameTrainingGivesTheSameBytes() throws {
    let files = try (0..<2).map { _ in
      let (training, _) = try iris(until: [.noImprovement(for: 5)])
      training.metadata = ["model": "m", "b": "1", "a": "2", "c": "3"]
      try training.run()
      return try training.checkpoint().encoded()
    }
    #expect(files[0] == files[1])
  }

  /// Whatever differs is named, and nothing has changed.
  @Test func goingOnAsAnother() throws {
    let standardization = Standardization(fitting: Dataset.iris.inputs)
    let good = ModelDescription(
      Architecture([4, 5, 3], activation: .tanh, output: .softmax), loss: "cross-entropy",
      classes: Dataset.iris.classes, standardization: standardization)
    let (training, _) = try iris()
    training.metadata["model"] = good.text
    for _ in 0..<5 { training.step() }
    let file = try training.checkpoint()
    let (same, _) = try iris()
    same.metadata["model"] = good.text
    try same.resume(from: file, named: "f")
    #expect(bits(same) == bits(training))

    func expect(_ difference: String, _ optimizer: any Optimizer = Adam(), _ change: (inout ModelDescription) -> Void)
      throws
    {
      var model = good
      change(&model)
      let (other, _) = try iris(optimizer)
      other.metadata["model"] = model.text
      let before = bits(other)
      let error = fileError { () throws(FileError) in try other.resume(from: file, named: "f") }
      #expect(error?.kind == .outOfRange && error?.message == difference, "\(error?.description ?? "went on")")
      #expect(bits(other) == before)
    }
    let other = "cannot go on with another model: "
    try expect(other + #"activation was "tanh" and is "relu""#) {
      $0.architecture = Architecture([4, 5, 3], activation: .relu, output: .softmax)
    }
    try expect(other + #"output was "softmax" and is "sigmoid""#) {
      $0.architecture = Architecture([4, 5, 3], activation: .tanh, output: .sigmoid)
    }
    try expect(other + #"loss was "cross-entropy" and is "quadratic""#) { $0.loss = "quadratic" }
    try expect(other + "standardization is missing") { $0.standardization = nil }
    try expect(other + "standardization.deviations has changed, standardization.means has changed") {
      $0.standardization = Standardization(fitting: Rows(Dataset.iris.inputs.values.map { $0 * 2 }, width: 4))
    }
    try expect(other + "targetStandardization is new") { $0.targetStandardization = standardization }
    try expect("the optimizer was Adam and is AdamW", AdamW()) { _ in }
    // A file of before does not say how columns were encoded.
    try expect(other + #"loss was "cross-entropy" and is "hinge""#) {
      ($0.loss, $0.encoding) = ("hinge", InputEncoding(numbers: ["a", "b", "c", "d"]))
    }
  }

  /// Numbers of examples that no memory holds, and a place that does not fit the history.
  @Test(arguments: [
    #"{"count":9223372036854775807,"generator":"G","sampling":"withoutReplacement","size":1,"step":3}"#,
    #"{"count":9223372036854775807,"generator":"G","sampling":"withReplacement","size":9223372036854775807,"step":1}"#,
    #"{"count":150,"generator":"G","sampling":"withoutReplacement","size":8,"step":9223372036854775807}"#,
    #"{"count":150,"generator":"G","sampling":"withoutReplacement","size":8,"step":4611686018427387903}"#,
  ])
  func placesThatAreNone(batches: String) throws {
    let (training, _) = try iris()
    var file = try training.checkpoint()
    let generator = SeededGenerator(seed: 1).description
    file.metadata["training"] =
      #"{"batches":\#(batches.replacing("G", with: generator)),"history":{"epochs":[],"seconds":0},"lossSum":0}"#
    #expect(throws: FileError.self) { try training.resume(from: file, named: "f") }
    training.step()
  }

  @Test func historyAsText() {
    var history = History()
    history.epochs = [
      .init(epoch: 1, loss: 0.5, correct: 9, total: 10, seconds: 0.25),
      .init(epoch: 2, loss: 0.25, correct: nil, total: nil, seconds: 0.25),
    ]
    (history.seconds, history.stopped) = (0.5, "2 epochs")
    #expect(
      "\(history.json)"
        == #"{"epochs": [{"epoch": 1, "loss": 0.5, "correct": 9, "total": 10, "accuracy": 0.9}, {"epoch": 2, "loss": 0.25}], "seconds": 0.5, "stopped": "2 epochs"}"#
    )
    #expect(
      history.csv == """
        epoch,loss,correct,total,accuracy,seconds
        1,0.5,9,10,0.9,0.25
        2,0.25,,,,0.25

        """)
  }

  @Test func progress() {
    let line = ProgressLine(epochs: 30, stepsPerEpoch: 5000)
    #expect(
      line.text(step: 7500, stepsNow: 7500, seconds: 0.5, loss: 0.0625)
        == "epoch 2/30  ██████████░░░░░░░░░░  50 %  15000 steps/s  loss 0.0625  0:10 left")
  }
}
