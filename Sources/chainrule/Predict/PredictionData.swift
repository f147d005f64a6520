import Train

/// The inputs of the examples, and what is known of their classes or targets.
struct PredictionData {
  private(set) var inputs: Rows<Double>
  private(set) var labels: [Int]?
  /// The right numbers, of the examples at these places.
  private(set) var targets: (places: [Int], values: Rows<Double>)?
  /// The rows of the table that were kept, from 1, where some were not.
  private(set) var rows: [Int]?
  /// What is to be said about the table.
  private(set) var remark: String?

  init(_ options: PredictCommand, _ model: ModelDescription) throws {
    let (name, limit) = (options.data, options.limit ?? .max)
    let width = model.architecture.layers[0]
    if let data = try Self.known(name, model) {
      try options.$label.refuse(because: "is for CSV files; \(name) has its own")
      try options.table.refuse(for: name)
      inputs = data.inputs
      if data.classes.isEmpty {
        targets = (Array(0..<data.count), data.targets)
      } else if data.classes == model.classes {
        labels = data.labels
      }
    } else {
      let table = try options.table.table(name)
      let columns = try Self.encoded(table, model, options.table.missing)
      inputs = columns.inputs
      rows = columns.kept.count < table.count ? columns.kept.map { $0 + 1 } : nil
      remark = table.remark(kept: columns.kept.count, columns.missing)
      (labels, targets) = try Self.answers(table, columns.kept, options.label, model)
    }
    guard inputs.width == width else {
      throw Failure("the model has \(width) inputs, \(name) has \(inputs.width) columns")
    }
    if inputs.count > limit {
      inputs = inputs.rows(at: 0..<limit)
      labels = labels.map { Array($0[..<limit]) }
      targets = targets.map { places, values in
        let shown = places.prefix { $0 < limit }
        return (Array(shown), values.rows(at: shown.indices))
      }
      rows = rows.map { Array($0[..<limit]) }
    }
  }

  private static func known(_ name: String, _ model: ModelDescription) throws -> Dataset<Double>? {
    if isFolder(name) { return try Dataset<Float>(mnist: name, testing: true).converted(to: Double.self) }
    guard var data = Dataset.builtIn(name) else { return nil }
    if Set(model.inputNames).isSubset(of: data.inputNames) { data = try data.only(inputs: model.inputNames) }
    return data.classes.isEmpty ? data : (try? data.only(classes: model.classes)) ?? data
  }

  /// The inputs as the model's were made; by their order where those had no names.
  private static func encoded(
    _ table: Table, _ model: ModelDescription, _ missing: MissingValues
  ) throws -> InputEncoding.Encoded {
    let names = model.inputNames.isEmpty ? Array(table.columns.prefix(model.architecture.layers[0])) : model.inputNames
    return try (model.encoding ?? InputEncoding(numbers: names)).rows(of: table, missing: missing)
  }

  /// The right answers in the rows that were kept: those that were asked for, or those the model learned from, if the table
  /// has all of them.
  private static func answers(
    _ table: Table, _ kept: [Int], _ label: String?, _ model: ModelDescription
  ) throws -> (labels: [Int]?, targets: (places: [Int], values: Rows<Double>)?) {
    if let label { return (try labels(table, kept, label, model), nil) }
    guard !model.targetNames.isEmpty, model.targetNames.allSatisfy(table.columns.contains) else { return (nil, nil) }
    if model.classes.isEmpty {
      let targets = try? InputEncoding(numbers: model.targetNames).rows(of: table, missing: .dropped, among: kept)
      let places = Dictionary(uniqueKeysWithValues: zip(kept, kept.indices))
      return (nil, targets.map { ($0.kept.map { places[$0]! }, $0.inputs) })
    }
    return (try? labels(table, kept, model.targetNames[0], model), nil)
  }

  private static func labels(
    _ table: Table, _ kept: [Int], _ column: String, _ model: ModelDescription
  ) throws -> [Int] {
    guard !model.classes.isEmpty else { throw Failure("--label: the model predicts numbers and knows no classes") }
    let place = try table.index(of: .name(column))
    return try kept.map { row in
      let text = table.label(row: row, column: place)
      if let label = model.classes.firstIndex(of: text) ?? model.classes.firstIndex(of: "rest") { return label }
      throw Failure(
        "\(table.file): row \(row + 1): the model knows no class \(text.quoted), only \(model.classes.joined(separator: ", "))"
      )
    }
  }
}
