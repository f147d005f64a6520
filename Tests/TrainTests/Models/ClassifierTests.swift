import Testing

@testable import Train

/// Linear classifiers on Iris: *Mathematics of neural computation*, §1.4, §2.2.2, §3.1; *grokking-appendix-b*.
@Suite("Classifiers")
struct ClassifierTests {
  /// Setosa is class 1, the others class 0.
  static let setosa = Dataset(
    inputs: Dataset.iris.inputs, labels: Dataset.iris.labels.map { $0 == 0 ? 1 : 0 }, classes: ["other", "setosa"])

  struct Case: Sendable, CustomTestStringConvertible {
    let loss: Loss
    let output: Activation
    let batch: Int
    let sampling: Batches.Sampling
    var testDescription: String { "\(loss.rawValue), batches of \(batch) \(sampling.rawValue)" }
  }

  static let cases =
    [1, 10].flatMap { batch in
      [Batches.Sampling.withoutReplacement, .withReplacement].map {
        Case(loss: .squaredHinge, output: .identity, batch: batch, sampling: $0)
      }
    }
    + [Loss.hinge, .logistic, .perceptron].map {
      Case(loss: $0, output: .identity, batch: 10, sampling: .withoutReplacement)
    } + [Case(loss: .crossEntropy, output: .sigmoid, batch: 10, sampling: .withoutReplacement)]

  @Test(arguments: cases)
  func setosaAgainstTheRest(_ example: Case) throws {
    let tape = Tape<Double>()
    let network = Network(Architecture([4, 1], output: example.output), on: tape, seed: 1)
    let training = try Training(
      of: network, on: tape, with: Self.setosa, loss: example.loss,
      Settings(rate: .inverseSquareRoot(0.1), batch: example.batch, sampling: example.sampling, epochs: 30, seed: 1))
    try training.run()
    #expect(network.correct(on: Self.setosa, loss: example.loss, tape: tape) == 150)
  }

  @Test func perceptron() {
    let iris = Dataset.iris
    let learned = Perceptron(learning: iris.inputs, iris.against(rest: -1, class: 0))
    guard case .learned(let epochs) = learned.outcome else { return #expect(Bool(false), "\(learned.outcome)") }
    #expect((1...20).contains(epochs))
    for row in 0..<150 {
      let score = dot(Array(iris.inputs[row]), learned.weights) + learned.bias
      #expect((score > 0) == (iris.labels[row] == 0))
    }
  }

  @Test func perceptronSaysWhatCannotBeSeparated() {
    let pair = Dataset.iris.only(classes: [1, 2])
    let signs = pair.against(rest: -1, class: 1)
    #expect(Perceptron(learning: pair.inputs, signs, epochs: 5).outcome == .notSeparable)
    // Four points in a square, two and two across; and the same with one moved, which a line can divide.
    let square = Rows([[0.0, 0], [1, 1], [0, 1], [1, 0]])
    #expect(Perceptron(learning: square, [1, 1, -1, -1], epochs: 50).outcome == .notSeparable)
    let moved = Rows([[0.0, 0], [1, 0.1], [0, 1], [1, 1]])
    #expect(Perceptron(learning: moved, [1, 1, -1, -1], epochs: 1).outcome == .unfinished)
    #expect(Perceptron(learning: moved, [1, 1, -1, -1], rate: 0.5).outcome != .unfinished)
  }

  @Test func lossesMustFitTheirOutputs() {
    #expect(throws: OptionError.self) { try Loss.crossEntropy.check(with: .identity) }
    #expect(throws: OptionError.self) { try Loss.hinge.check(with: .softmax) }
    #expect(throws: Never.self) { try Loss.crossEntropy.check(with: .softmax) }
    let architecture = Architecture([4, 2])
    #expect(throws: OptionError.self) { try architecture.check(Dataset.iris, loss: .quadratic) }
    #expect(throws: OptionError.self) { try architecture.check(Dataset.commute, loss: .quadratic) }
  }
}
