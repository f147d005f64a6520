import Train

/// The examples that `train` is given: built in, from CSV, or a folder of images.
struct TrainingData<Element: Number> {
  var training: Dataset<Element>
  var testing: Dataset<Element>?

  /// - Parameter wantsClasses: whether a column of numbers is to be read as classes.
  init(_ options: DataOptions, wantsClasses: Bool, seed: UInt64) throws {
    let (name, limit) = (options.data, options.limit ?? .max)
    if isFolder(name) {
      training = try Dataset<Float>(mnist: name, limit: limit).converted(to: Element.self)
      testing = try Dataset<Float>(mnist: name, testing: true).converted(to: Element.self)
    } else {
      let data = try options.dataset(name, wantsClasses: wantsClasses)
      training = (data.count > limit ? data.split(at: limit).first : data).converted(to: Element.self)
      testing = try options.test.map { name in
        let data = try options.dataset(name, wantsClasses: wantsClasses).converted(to: Element.self)
        return try options.$test.naming { try data.numbered(as: training) }
      }
    }
    try holdOut(options, seed)
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
  /// One CSV file or built-in set, with the inputs and the classes that are asked for.
  func dataset(_ name: String, wantsClasses: Bool) throws -> Dataset<Double> {
    let data: Dataset<Double>
    if let set = Dataset.builtIn(name) {
      for option in [$label, $target] as [any DeclaredOption] {
        try option.refuse(because: "is for CSV files; \(name) has its own")
      }
      data = try $inputs.naming { try inputs.map { try set.only(inputs: $0) } ?? set }
    } else {
      data = try table(name, wantsClasses: wantsClasses)
    }
    guard let classes else { return data }
    guard !data.classes.isEmpty else { throw Failure("--classes: \(name) has no classes") }
    return try $classes.naming { try data.only(classes: classes) }
  }

  private func table(_ name: String, wantsClasses: Bool) throws -> Dataset<Double> {
    let table = try Table(contentsOf: name)
    let inputs = inputs?.map { Table.Column.name($0) }
    if let label { return try table.classification(inputs: inputs, label: .name(label)) }
    if let target { return try table.regression(inputs: inputs, targets: target.map { .name($0) }) }
    let isText = (try? table.numbers(-1)) == nil
    return wantsClasses || isText ? try table.classification(inputs: inputs) : try table.regression(inputs: inputs)
  }
}
