import Train

/// What `predict` prints.
struct PredictionReport {
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
