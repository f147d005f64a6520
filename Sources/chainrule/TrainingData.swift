import Train

/// The examples that `train` is given: built in, from CSV, or a folder of images.
struct TrainingData<Element: Number> {
  var training: Dataset<Element>
  var testing: Dataset<Element>?

  /// - Parameter wantsClasses: whether a column of numbers is to be read as classes.
  init(_ arguments: Arguments, wantsClasses: Bool, seed: UInt64) throws {
    let name = try arguments.dataName
    let limit = try arguments.number("limit", default: .max, in: 1...Int.max)
    if isFolder(name) {
      training = try Dataset<Float>(mnist: name, limit: limit).converted(to: Element.self)
      testing = try Dataset<Float>(mnist: name, testing: true).converted(to: Element.self)
    } else {
      let data = try arguments.dataset(name, wantsClasses: wantsClasses)
      training = (data.count > limit ? data.split(at: limit).first : data).converted(to: Element.self)
      testing = try arguments.last("test").map { name in
        let data = try arguments.dataset(name, wantsClasses: wantsClasses).converted(to: Element.self)
        return try arguments.naming("test") { try data.numbered(as: training) }
      }
    }
    try holdOut(arguments, seed)
  }

  private mutating func holdOut(_ arguments: Arguments, _ seed: UInt64) throws {
    guard let text = arguments.last("holdout") else { return }
    guard let share = Double(text), share > 0, share < 1 else {
      throw Failure("--holdout: expected a share between 0 and 1, found \(text.quoted)")
    }
    guard testing == nil else { throw Failure("--holdout: there are test data already") }
    var generator = SeededGenerator(seed: seed)
    let parts = training.split(testing: share, using: &generator)
    guard parts.training.count > 0, parts.testing.count > 0 else {
      throw Failure("--holdout \(text): of \(training.count) examples one part would be empty")
    }
    (training, testing) = (parts.training, parts.testing)
  }
}

extension Arguments {
  static let dataOptions: Set<String> = ["data", "test", "holdout", "inputs", "label", "target", "classes", "limit"]

  static let kindsOfData = "a CSV file, a folder of images, iris or commute"

  /// What `--data` says.
  var dataName: String {
    get throws {
      guard let name = last("data") else { throw Failure("--data is missing: \(Self.kindsOfData)") }
      return name
    }
  }

  /// One CSV file or built-in set, with the inputs and the classes that are asked for.
  func dataset(_ name: String, wantsClasses: Bool) throws -> Dataset<Double> {
    let inputs = last("inputs")?.names
    let data: Dataset<Double>
    if let set = Dataset.builtIn(name) {
      try refuse("label", "target", because: "is for CSV files; \(name) has its own")
      data = try naming("inputs") { try inputs.map { try set.only(inputs: $0) } ?? set }
    } else {
      data = try table(name, inputs: inputs?.map { .name($0) }, wantsClasses: wantsClasses)
    }
    guard let classes = last("classes") else { return data }
    guard !data.classes.isEmpty else { throw Failure("--classes: \(name) has no classes") }
    return try naming("classes") { try data.only(classes: classes.names) }
  }

  private func table(_ name: String, inputs: [Table.Column]?, wantsClasses: Bool) throws -> Dataset<Double> {
    let table = try Table(contentsOf: name)
    if last("label") != nil { try refuse("target", because: "does not go with --label") }
    if let label = last("label") { return try table.classification(inputs: inputs, label: .name(label)) }
    if let target = last("target") {
      return try table.regression(inputs: inputs, targets: target.names.map { .name($0) })
    }
    let isText = (try? table.numbers(-1)) == nil
    return wantsClasses || isText ? try table.classification(inputs: inputs) : try table.regression(inputs: inputs)
  }
}

extension String {
  /// The names in a list with commas.
  var names: [String] { split(separator: ",", omittingEmptySubsequences: false).map { String($0) } }
}
