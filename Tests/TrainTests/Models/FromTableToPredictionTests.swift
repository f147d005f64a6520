import Foundation
import Testing

@testable import Train

/// From a file as people have it to predictions in its own unit, with an error measure on rows that were held out.
@Suite("From a table to predictions")
struct FromTableToPredictionTests {
  private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("Docs/Data").path

  /// Learns a table, writes the model, reads it back, and scores it on the part that was held out.
  private func score(
    _ name: String, _ format: CSVFormat, _ columns: ExampleColumns, hidden: [Int]
  ) throws -> (model: RegressionScore, linear: RegressionScore, history: History) {
    let table = try Table(contentsOf: Self.folder + "/" + name, format)
    let examples = try table.examples(columns)
    var generator = SeededGenerator(seed: 1)
    let (training, testing) = examples.dataset.split(testing: 0.2, using: &generator)
    let (x, y) = (Standardization(fitting: training.inputs), Standardization(fitting: training.targets))
    func scaled(_ data: Dataset<Double>) -> Dataset<Double> {
      data.withInputs(x.applied(to: data.inputs)).withTargets(y.applied(to: data.targets))
    }
    let model = ModelDescription(
      Architecture([training.inputs.width] + hidden + [1], activation: .tanh, output: .identity), loss: "quadratic",
      inputNames: training.inputNames, targetNames: training.targetNames, standardization: x, targetStandardization: y,
      encoding: examples.encoding)
    let tape = Tape<Double>()
    let network = Network(model.architecture, on: tape, seed: 1)
    // What the help recommends: Adam at its usual rate.
    let settings = Settings(Adam(), rate: .constant(OptimizerName.adam.usualRate), batch: 10, epochs: 300)
    let run = try Training(of: network, on: tape, with: scaled(training), loss: .quadratic, settings)
    run.testing = scaled(testing)
    run.metadata["model"] = model.text
    try run.run()

    let file = try Safetensors(parsing: run.checkpoint().encoded(), file: "m")
    let description = try ModelDescription(of: file, named: "m")
    let (other, again) = (Tape<Double>(), try description.encoding!.rows(of: table, missing: .dropped))
    let read = try Network(description, from: file, named: "m", on: other)
    #expect(again.inputs.width == training.inputs.width)
    let predictions = read.predictions(for: testing.inputs, by: description, on: other)
    // The closed form of a plane through the same examples.
    let fit = try LeastSquares(
      of: x.applied(to: training.inputs).withIntercept(), training.targets, penalty: 1e-9)
    let plane = fit.predictions(for: x.applied(to: testing.inputs).withIntercept())
    return (RegressionScore(of: predictions, testing.targets), RegressionScore(of: plane, testing.targets), run.history)
  }

  /// Prices around 300,000: without standardized targets this does not learn at the usual rate.
  @Test func houses() throws {
    let columns = ExampleColumns(target: .numbers(["price"]), categories: .text, missing: .dropped)
    let (model, linear, history) = try score("houses.csv", CSVFormat(), columns, hidden: [10])
    #expect(model.determination! > 0.97 && model.rootMeanSquare < 30_000, "\(model); a plane: \(linear)")
    #expect(model.rootMeanSquare < 1.2 * linear.rootMeanSquare, "\(model); a plane: \(linear)")
    let losses = history.epochs.compactMap(\.testLoss)
    #expect(losses.count == 300 && losses[299] < losses[0] / 10)
  }

  @Test func cars() throws {
    let format = CSVFormat(separator: ";", decimal: .comma)
    let (model, linear, _) = try score("cars.csv", format, ExampleColumns(), hidden: [])
    #expect(model.determination! > 0.9, "\(model); a plane: \(linear)")
    #expect(abs(model.rootMeanSquare / linear.rootMeanSquare - 1) < 0.1, "\(model); a plane: \(linear)")
  }

  @Test func flowers() throws {
    let table = try Table(contentsOf: Self.folder + "/flowers.csv")
    let columns = ExampleColumns(inputs: ["Petal.Length", "Petal.Width"], target: .label("Species"))
    var generator = SeededGenerator(seed: 1)
    let (training, testing) = try table.examples(columns).dataset.split(testing: 0.2, using: &generator)
    let tape = Tape<Double>()
    let network = Network(Architecture([2, 3], output: .softmax), on: tape, seed: 1)
    let run = try Training(
      of: network, on: tape, with: training, loss: .crossEntropy,
      Settings(Adam(), rate: .constant(0.05), batch: 10, epochs: 60))
    try run.run()
    #expect(network.correct(on: testing, loss: .crossEntropy, tape: tape) >= 28)
  }
}
