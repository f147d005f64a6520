import Train

/// `chainrule predict`: what a trained model says about examples.
enum PredictCommand: Command {
  static let name = "predict"
  static let summary = "what a trained model says about examples"
  static let help = """
    chainrule predict --model FILE --data DATA [--label COLUMN] [--plot FILE.svg] [--format text|json]

    Prints CSV: per example the class and its score, or the predicted numbers. Columns are found by the names that the
    model was trained with, or by their order where it had none. Of a folder of images the test images are taken.

      --label COLUMN     counts right answers by this column, on standard error; else by the one learned from, if there
      --limit N          only the first N examples
      --plot FILE.svg    the model and the examples: of one input its curve, of two the regions of its classes, or for
                         numbers its surface
      --format json      {"predictions": […], "correct": 9512, "total": 10000, "accuracy": 0.9512}

    Example:
      chainrule train --data iris --layers 4,8,3 --save iris.safetensors
      chainrule predict --model iris.safetensors --data iris
    """

  enum Format: String, CaseIterable { case text, json }

  static func run(_ words: [String]) throws -> Int32 {
    let arguments = try Arguments(words, options: ["model", "data", "label", "limit", "plot", "format"])
    try arguments.checkNoWords()
    let format: Format = try arguments.choice("format")
    let plot = try arguments.file("plot", ending: "svg")
    guard let path = arguments.last("model") else { throw Failure("--model is missing: a file that train saved") }
    let file = try Safetensors(contentsOf: path)
    let model = try ModelDescription(of: file, named: path)
    let tape = Tape<Double>()
    let network = try Network(model, from: file, named: path, on: tape)
    let data = try PredictionData(arguments, model)
    func outputs(_ rows: Rows<Double>) -> Rows<Double> {
      network.outputs(for: model.standardization?.applied(to: rows) ?? rows, on: tape)
    }
    func classes(_ outputs: Rows<Double>) -> [Int]? {
      model.classes.isEmpty ? nil : network.classes(of: outputs, loss: Loss(rawValue: model.loss) ?? .quadratic)
    }
    let results = outputs(data.inputs)
    let report = Predictions(model, results, classes(results), data.labels)
    if let plot { try PredictionPlot(model, data, outputs: outputs, classes: classes).write(to: plot) }
    print(format == .json ? "\(report.json)" : report.csv)
    if format == .text, let score = report.scoreLine { printMessage(score) }
    return 0
  }
}

/// The inputs of the examples, and what is known of their classes or targets.
struct PredictionData {
  private(set) var inputs: Rows<Double>
  private(set) var labels: [Int]?
  private(set) var targets: Rows<Double>?

  init(_ arguments: Arguments, _ model: ModelDescription) throws {
    guard let name = arguments.last("data") else { throw Failure("--data is missing: \(Arguments.kindsOfData)") }
    let limit = try arguments.number("limit", default: .max, in: 1...Int.max)
    let width = model.architecture.layers[0]
    if let data = try Self.known(name, model) {
      try arguments.refuse("label", because: "is for CSV files; \(name) has its own")
      inputs = data.inputs
      if data.classes.isEmpty { targets = data.targets } else if data.classes == model.classes { labels = data.labels }
    } else {
      let table = try Table(contentsOf: name)
      func has(_ names: [String]) -> Bool { !names.isEmpty && names.allSatisfy(table.columns.contains) }
      let columns: [Table.Column] =
        has(model.inputNames) ? model.inputNames.map { .name($0) } : (1...max(width, 1)).map { .number($0) }
      inputs = try table.rows(columns)
      if let label = arguments.last("label") {
        labels = try Self.labels(table, label, model, name)
      } else if has(model.targetNames), model.classes.isEmpty {
        targets = try? table.rows(model.targetNames.map { .name($0) })
      } else if has(model.targetNames) {
        labels = try? Self.labels(table, model.targetNames[0], model, name)
      }
    }
    guard inputs.width == width else {
      throw Failure("the model has \(width) inputs, \(name) has \(inputs.width) columns")
    }
    if inputs.count > limit {
      inputs = inputs.rows(at: 0..<limit)
      labels = labels.map { Array($0[..<limit]) }
      targets = targets?.rows(at: 0..<limit)
    }
  }

  private static func known(_ name: String, _ model: ModelDescription) throws -> Dataset<Double>? {
    if isFolder(name) { return try Dataset<Float>(mnist: name, testing: true).converted(to: Double.self) }
    guard var data = Dataset.builtIn(name) else { return nil }
    if Set(model.inputNames).isSubset(of: data.inputNames) { data = try data.only(inputs: model.inputNames) }
    return data.classes.isEmpty ? data : (try? data.only(classes: model.classes)) ?? data
  }

  private static func labels(
    _ table: Table, _ column: String, _ model: ModelDescription, _ name: String
  ) throws -> [Int] {
    try table.text(.name(column)).enumerated().map { row, text in
      if let label = model.classes.firstIndex(of: text) ?? model.classes.firstIndex(of: "rest") { return label }
      throw Failure(
        "\(name): row \(row + 1): the model knows no class \(text.quoted), only \(model.classes.joined(separator: ", "))"
      )
    }
  }
}

/// What `predict` prints.
private struct Predictions {
  private let model: ModelDescription
  private let outputs: Rows<Double>
  private let classes: [Int]?
  private let correct: (Int, of: Int)?

  init(_ model: ModelDescription, _ outputs: Rows<Double>, _ classes: [Int]?, _ labels: [Int]?) {
    (self.model, self.outputs, self.classes) = (model, outputs, classes)
    correct = labels.flatMap { labels in
      classes.map { (zip($0, labels).count { $0 == $1 }, of: labels.count) }
    }
  }

  var scoreLine: String? { correct.map { "\($0.0) / \($0.of)" } }

  var csv: String {
    let names =
      outputs.width == model.targetNames.count ? model.targetNames : (1...outputs.width).map { "output \($0)" }
    let scores = outputs.width == model.classes.count ? model.classes : classes == nil ? names : ["score"]
    let header = ((classes == nil ? [] : ["class"]) + scores.map(quotedField)).joined(separator: ",")
    let lines = (0..<outputs.count).map { row in
      ((classes.map { [quotedField(model.classes[$0[row]])] } ?? []) + outputs[row].map { shortest($0) })
        .joined(separator: ",")
    }
    return ([header] + lines).joined(separator: "\n")
  }

  /// As CSV has it: in quotes where it would be taken for several fields.
  private func quotedField(_ text: String) -> String {
    guard text.contains(where: { ",\"\n\r".contains($0) }) else { return text }
    return "\"" + text.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
  }

  var json: JSONValue {
    let predictions = (0..<outputs.count).map { row in
      let values = JSONValue.array(outputs[row].map { JSONValue($0) })
      guard let classes else { return ["outputs": values] as JSONValue }
      return ["class": .string(model.classes[classes[row]]), "outputs": values]
    }
    var members = [JSONValue.Member("predictions", .array(predictions))]
    if let (right, total) = correct {
      members += [
        .init("correct", JSONValue(right)), .init("total", JSONValue(total)),
        .init("accuracy", JSONValue(Double(right) / Double(total))),
      ]
    }
    return .object(members)
  }
}
