import Train

/// The examples that `train` and `predict` are given: built in, from CSV, or a folder of images.
struct TrainingData {
  var training: Dataset<Double>
  var testing: Dataset<Double>?
  /// Whether it is a folder of images, which are learned in single precision.
  private(set) var isImages = false

  static let options: Set<String> = ["data", "test", "holdout", "label", "target", "limit"]

  /// - Parameter wantsClasses: whether a column of numbers is to be read as classes.
  init(_ arguments: Arguments, wantsClasses: Bool, seed: UInt64) throws {
    guard let name = arguments.last("data") else {
      throw Failure("--data is missing: a CSV file, a folder of images, iris or commute")
    }
    let limit = try arguments.number("limit", default: .max, in: 1...Int.max)
    if isFolder(name) {
      isImages = true
      training = try Dataset<Float>(mnist: name, limit: limit).converted(to: Double.self)
      testing = try Dataset<Float>(mnist: name, testing: true).converted(to: Double.self)
    } else {
      training = try Self.dataset(name, arguments, wantsClasses)
      if let test = arguments.last("test") { testing = try Self.dataset(test, arguments, wantsClasses) }
      if training.count > limit { training = training.split(at: limit).first }
    }
    try holdOut(arguments, seed)
  }

  /// One CSV file or built-in set.
  static func dataset(_ name: String, _ arguments: Arguments, _ wantsClasses: Bool) throws -> Dataset<Double> {
    if name == "iris" { return .iris }
    if name == "commute" { return .commute }
    let table = try Table(contentsOf: name)
    if let label = arguments.last("label") { return try table.classification(label: .name(label)) }
    if let target = arguments.last("target") {
      return try table.regression(targets: target.split(separator: ",").map { .name(String($0)) })
    }
    let isText = (try? table.numbers(-1)) == nil
    return wantsClasses || isText ? try table.classification() : try table.regression()
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
