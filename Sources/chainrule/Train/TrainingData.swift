import Train

/// The examples that `train` is given: built in, from CSV, or a folder of images.
struct TrainingData<Element: Number> {
  var training: Dataset<Element>
  var testing: Dataset<Element>?
  /// How the columns of a table became the inputs.
  private(set) var encoding: InputEncoding?
  /// What is to be said about a table.
  private(set) var remarks: [String] = []

  /// - Parameter wantsClasses: whether a column of numbers is to be read as classes.
  init(_ options: TrainCommand, wantsClasses: Bool, seed: UInt64) throws {
    let (data, name) = (options.data, options.data.data)
    let limit = data.limit ?? .max
    if isFolder(name) {
      for option in data.ofTables + options.table.all { try option.refuse(because: "is not for a folder of images") }
      training = try Dataset<Float>(mnist: name, limit: limit).converted(to: Element.self)
      testing = try Dataset<Float>(mnist: name, testing: true).converted(to: Element.self)
    } else {
      let source = ExampleSource(options: data, tables: options.table, wantsClasses: wantsClasses)
      let examples = try source.examples(name)
      (encoding, remarks) = (examples.encoding, examples.remarks)
      let all = examples.dataset
      training = try Self.rounded(all.count > limit ? all.split(at: limit).first : all, from: name)
      testing = try data.test.map { name in
        let test = try source.examples(name, encodedBy: encoding)
        remarks += test.remarks.map { "\(name): \($0)" }
        return try data.$test.naming { try Self.rounded(test.dataset, from: name).numbered(as: training) }
      }
    }
    try holdOut(data, seed)
  }

  /// The examples in the precision of the training, which must hold all their numbers.
  private static func rounded(_ data: Dataset<Double>, from name: String) throws -> Dataset<Element> {
    let rounded = data.converted(to: Element.self)
    for (numbers, rows) in [(rounded.inputs.values, data.inputs), (rounded.targets.values, data.targets)] {
      guard let place = numbers.firstIndex(where: { !$0.isFinite }) else { continue }
      let (row, number) = (place / rows.width + 1, rows.values[place])
      throw Failure(
        "\(name): example \(row): \(shortest(number)) is beyond single precision; --precision double holds it")
    }
    return rounded
  }

  private mutating func holdOut(_ options: DataOptions, _ seed: UInt64) throws {
    guard let share = options.holdout else { return }
    guard testing == nil else { throw Failure("--holdout: there are test data already") }
    var generator = SeededGenerator(seed: seed)
    let parts = training.split(testing: share, using: &generator)
    guard parts.training.count > 0, parts.testing.count > 0 else {
      throw Failure("--holdout \(shortest(share)): of \(training.count) examples one part would be empty")
    }
    (training, testing) = (parts.training, parts.testing)
  }
}

extension DataOptions {
  /// Those about the columns of a table.
  fileprivate var ofTables: [any DeclaredOption] { [$label, $target, $inputs, $categories, $classes, $test] }
}

/// CSV files and built-in sets as examples, with the inputs and the classes that are asked for.
private struct ExampleSource {
  let options: DataOptions
  let tables: TableOptions
  let wantsClasses: Bool

  /// - Parameter encoding: how other examples were encoded, as these shall be.
  func examples(
    _ name: String, encodedBy encoding: InputEncoding? = nil
  ) throws -> (dataset: Dataset<Double>, encoding: InputEncoding?, remarks: [String]) {
    if let set = Dataset.builtIn(name) {
      for option in [options.$label, options.$target, options.$categories] as [any DeclaredOption] {
        try option.refuse(because: "is for CSV files; \(name) has its own")
      }
      if name == options.data { try tables.refuse(for: name) }
      let data = try options.$inputs.naming { try options.inputs.map { try set.only(inputs: $0) } ?? set }
      return (try ofClasses(data, name), nil, [])
    }
    let table = try tables.table(name)
    let examples = try encoding.map { try table.examples(columns, encodedBy: $0) } ?? table.examples(columns)
    return (try ofClasses(examples.dataset, name), examples.encoding, examples.remarks)
  }

  private func ofClasses(_ data: Dataset<Double>, _ name: String) throws -> Dataset<Double> {
    guard let classes = options.classes else { return data }
    guard !data.classes.isEmpty else { throw Failure("--classes: \(name) has no classes") }
    return try options.$classes.naming { try data.only(classes: classes) }
  }

  private var columns: ExampleColumns {
    let target: ExampleColumns.Target =
      if let label = options.label {
        .label(.name(label))
      } else if let target = options.target {
        .numbers(target.map { .name($0) })
      } else {
        wantsClasses ? .lastAsClasses : .last
      }
    return ExampleColumns(
      inputs: options.inputs?.map { .name($0) }, target: target, categories: options.categories,
      missing: tables.missing)
  }
}

extension Reader where Value == ExampleColumns.Categories {
  /// `text`, or names of columns.
  static var categories: Self {
    Self { $0 == "text" ? .text : .columns(try Reader<[String]>.names.read($0).map { .name($0) }) }
  }
}
