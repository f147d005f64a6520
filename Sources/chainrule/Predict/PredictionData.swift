import Train

/// The inputs of the examples, and what is known of their classes or targets.
struct PredictionData {
  private(set) var inputs: Rows<Double>
  private(set) var labels: [Int]?
  private(set) var targets: Rows<Double>?

  init(_ options: PredictCommand, _ model: ModelDescription) throws {
    let (name, limit) = (options.data, options.limit ?? .max)
    let width = model.architecture.layers[0]
    if let data = try Self.known(name, model) {
      try options.$label.refuse(because: "is for CSV files; \(name) has its own")
      inputs = data.inputs
      if data.classes.isEmpty { targets = data.targets } else if data.classes == model.classes { labels = data.labels }
    } else {
      let table = try Table(contentsOf: name)
      func has(_ names: [String]) -> Bool { !names.isEmpty && names.allSatisfy(table.columns.contains) }
      let columns: [Table.Column] =
        has(model.inputNames) ? model.inputNames.map { .name($0) } : (1...max(width, 1)).map { .number($0) }
      inputs = try table.rows(columns)
      if let label = options.label {
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
