import Train

/// What `predict` prints.
struct PredictionReport {
  private let model: ModelDescription
  private let outputs: Rows<Double>
  private let classes: [Int]?
  /// The rows of the table, where some were left out.
  private let rows: [Int]?
  private let correct: (Int, of: Int)?
  private let score: RegressionScore?

  init(_ model: ModelDescription, _ outputs: Rows<Double>, _ classes: [Int]?, _ data: PredictionData) {
    (self.model, self.outputs, self.classes, rows) = (model, outputs, classes, data.rows)
    correct = data.labels.flatMap { labels in
      classes.map { (zip($0, labels).count { $0 == $1 }, of: labels.count) }
    }
    score = data.targets.flatMap { targets in
      let (places, values) = targets
      guard classes == nil, values.width == outputs.width, !places.isEmpty else { return nil }
      return RegressionScore(of: outputs.rows(at: places), values)
    }
  }

  var scoreLine: String? { correct.map { "\($0.0) / \($0.of)" } ?? score.map { "\($0)" } }

  var csv: String {
    let names =
      outputs.width == model.targetNames.count ? model.targetNames : (1...outputs.width).map { "output \($0)" }
    let scores = outputs.width == model.classes.count ? model.classes : classes == nil ? names : ["score"]
    let header = ((rows == nil ? [] : ["row"]) + (classes == nil ? [] : ["class"]) + scores.map(quotedField)).joined(
      separator: ",")
    let lines = (0..<outputs.count).map { row in
      ((rows.map { ["\($0[row])"] } ?? []) + (classes.map { [quotedField(model.classes[$0[row]])] } ?? [])
        + outputs[row].map { shortest($0) })
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
    return JSONValue(present: [
      "predictions": .array(predictions),
      "correct": correct.map { JSONValue($0.0) }, "total": correct.map { JSONValue($0.of) },
      "accuracy": correct.map { JSONValue(Double($0.0) / Double($0.of)) },
      "rootMeanSquareError": score.map { JSONValue($0.rootMeanSquare) },
      "meanAbsoluteError": score.map { JSONValue($0.meanAbsolute) },
      "R2": score.map { score in score.determination.map { JSONValue($0) } ?? .null },
    ])
  }
}
