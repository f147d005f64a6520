import Foundation
import Testing

@testable import Train

/// Files of models: what they may claim, and that nothing is made of a claimed size before it has been looked at.
@Suite("Model files")
struct ModelFileTests {
  private func file(_ model: String, _ tensors: [String: StoredTensor] = [:]) -> Safetensors {
    var file = Safetensors(metadata: ["model": model])
    for (name, tensor) in tensors { file[name] = tensor }
    return file
  }

  private func model(layers: String, _ more: String = "", output: String = "identity") -> String {
    #"{"architecture": {"activation": "tanh", "layers": \#(layers), "output": "\#(output)"}, "classes": [], "#
      + #""inputNames": [], "loss": "quadratic", "targetNames": []\#(more)}"#
  }

  private func load(_ file: Safetensors) -> FileError? {
    fileError { () throws(FileError) in
      let model = try ModelDescription(of: file, named: "m")
      return try Network(model, from: file, named: "m", on: Tape<Double>())
    }
  }

  private let weights: [String: StoredTensor] = [
    "weights.0": StoredTensor([1.0, 2], shape: [2, 1]), "biases.0": StoredTensor([3.0], shape: [1]),
  ]

  /// Sizes whose product overflows, or that would take all memory, beside tensors of a few bytes.
  @Test(arguments: [
    "[9223372036854775807, 1]", "[1, 9223372036854775807]", "[4294967296, 4294967296]", "[2, 1000000000000, 1]",
    "[1000000000000, 1]", "[2, 1, 1]", "[3, 1]",
  ])
  func sizesOfLayers(layers: String) {
    let error = load(file(model(layers: layers), weights))
    #expect(error?.kind == .outOfRange || error?.kind == .notFound, "\(error?.description ?? "loaded")")
  }

  @Test(arguments: ["[]", "[1]", "[2, 0]", "[-1, 1]", "[2.5, 1]", "[1e30, 1]", "2"])
  func layersThatAreNone(layers: String) {
    #expect(load(file(model(layers: layers), weights))?.kind == .malformed)
  }

  @Test(arguments: [
    (#", "standardization": {"means": [0], "deviations": [1]}"#, "standardizes other inputs than its 2"),
    (#", "standardization": {"means": [0, 0, 0], "deviations": [1, 1, 1]}"#, "standardizes other inputs than its 2"),
    (#", "standardization": {"means": [0, 0], "deviations": [1]}"#, "standardizes other inputs than its 2"),
    (#", "standardization": {"means": [0, 0], "deviations": [1, 0]}"#, "standardizes other inputs than its 2"),
    (#", "targetStandardization": {"means": [0, 0], "deviations": [1, 1]}"#, "standardizes other targets than its 1"),
    (#", "encoding": {"columns": [{"name": "a"}]}"#, "has columns for 1 inputs and takes 2"),
    (
      #", "encoding": {"columns": [{"name": "a", "categories": ["x", "y", "z"]}]}"#,
      "has columns for 3 inputs and takes 2"
    ),
  ])
  func contradictions(more: String, message: String) {
    #expect(load(file(model(layers: "[2, 1]"), weights)) == nil)
    #expect(load(file(model(layers: "[2, 1]", more), weights))?.message == "its model " + message)
  }

  @Test func namesThatDoNotFit() {
    for (key, value) in [("classes", #"["a", "b", "c"]"#), ("inputNames", #"["a"]"#), ("targetNames", #"["a", "b"]"#)] {
      let text = model(layers: "[2, 1]").replacing(#""\#(key)": []"#, with: #""\#(key)": \#(value)"#)
      #expect(load(file(text, weights))?.kind == .malformed, "\(key)")
    }
  }

  /// Predictions in the unit of the targets: (1·(x − 1)/2 + 2·(x' − 5) + 3)·10 + 100, by hand.
  @Test func predictionsInTheUnitOfTheTargets() throws {
    var model = ModelDescription(
      Architecture([2, 1], output: .identity), loss: "quadratic",
      standardization: Standardization(fitting: Rows([[-1, 5], [3, 5]])),
      targetStandardization: Standardization(fitting: Rows([[90], [110]])))
    #expect(try ModelDescription(of: file(model.text), named: "m") == model)
    let tape = Tape<Double>()
    let network = try Network(model, from: file(model.text, weights), named: "m", on: tape)
    let rows = Rows<Double>([[2, 5], [1, 6]])
    #expect(network.predictions(for: rows, by: model, on: tape).values == [135, 150])
    (model.standardization, model.targetStandardization) = (nil, nil)
    #expect(network.predictions(for: rows, by: model, on: tape).values == [15, 16])
  }

  /// A file with any part of its description replaced: a model, or an error. The seed is fixed.
  @Test func randomDescriptions() throws {
    var generator = SeededGenerator(seed: 22)
    let good = ModelDescription(
      Architecture([2, 1], output: .identity), loss: "quadratic", inputNames: ["a", "b"], targetNames: ["y"],
      standardization: Standardization(fitting: Rows([[-1, 5], [3, 6]])),
      targetStandardization: Standardization(fitting: Rows([[90], [110]])),
      encoding: InputEncoding(numbers: ["a", "b"]))
    let training =
      #"{"batches":{"count":4,"generator":"\#(SeededGenerator(seed: 1))","sampling":"inOrder","size":2,"step":3},"#
      + #""history":{"epochs":[],"seconds":0},"lossSum":0,"optimizer":"GradientDescent"}"#
    let numbers = [
      "-1", "0", "1", "2", "3", "9223372036854775807", "1e400", "1e18", "0.5", "null", "[]", "{}", "\"\"", "[1]",
    ]
    let data = Dataset(
      inputs: Rows<Double>([[1, 2], [3, 4], [5, 6], [7, 8]]), targets: Rows([[1], [2], [3], [4]]))
    /// The text with one of its numbers, words or brackets replaced.
    func mutated(_ text: String) -> String {
      var parts = [""]
      for character in text {
        if ":,[]{}".contains(character) {
          parts += [String(character), ""]
        } else {
          parts[parts.count - 1].append(character)
        }
      }
      parts[generator.index(below: parts.count)] = numbers[generator.index(below: numbers.count)]
      return parts.joined()
    }
    var loaded = 0
    for round in 0..<1500 {
      var file = file(round % 3 == 0 ? good.text : mutated(good.text), weights)
      file.metadata["training"] = round % 3 == 1 ? training : mutated(training)
      let tape = Tape<Double>()
      if let model = try? ModelDescription(of: file, named: "m"),
        let network = try? Network(model, from: file, named: "m", on: tape)
      {
        loaded += 1
        let predictions = network.predictions(for: data.inputs, by: model, on: tape)
        #expect(predictions.count == 4)
      }
      let other = Tape<Double>()
      let network = Network<Double>(good.architecture, on: other, seed: 1)
      let run = try Training(
        of: network, on: other, with: data, loss: .quadratic,
        Settings(rate: .constant(0.1), batch: 2, sampling: .inOrder, epochs: 3))
      run.metadata["model"] = good.text
      if (try? run.resume(from: file, named: "m")) != nil { run.step() }
    }
    #expect(loaded > 400 && loaded < 1500)
  }
}
