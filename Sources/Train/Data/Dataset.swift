/// Examples to learn from: for each a row of inputs and a row of targets.
///
/// In a regression the targets are numbers to predict. In a classification the target is one column with the
/// class of the example as a number from 0, and `classes` names the classes.
///
/// ```swift
/// let iris = Dataset.iris
/// iris.count          // 150
/// iris.inputs.shape   // [150, 4]
/// iris.classes        // ["setosa", "versicolor", "virginica"]
/// iris.oneHot.shape   // [150, 3]
/// ```
public struct Dataset<Element: BinaryFloatingPoint & Sendable>: Equatable, Sendable {
  /// One row per example.
  public let inputs: Rows<Element>
  /// One row per example: the numbers to predict, or the number of its class.
  public let targets: Rows<Element>
  /// What the input columns are called; empty where they have no names.
  public let inputNames: [String]
  /// What the target columns are called; empty where they have no names.
  public let targetNames: [String]
  /// The names of the classes; empty in a regression.
  public let classes: [String]

  /// The number of examples.
  public var count: Int { inputs.count }

  /// Examples of a regression.
  ///
  /// - Precondition: as many rows of targets as of inputs.
  public init(
    inputs: Rows<Element>, targets: Rows<Element>, inputNames: [String] = [], targetNames: [String] = []
  ) {
    self.init(
      inputs: inputs, targets: targets, inputNames: inputNames, targetNames: targetNames, classes: [])
  }

  /// Examples of a classification.
  ///
  /// - Precondition: as many labels as rows of inputs, each from 0 to below the number of classes.
  public init(
    inputs: Rows<Element>, labels: [Int], classes: [String], inputNames: [String] = [],
    targetNames: [String] = []
  ) {
    precondition(
      labels.allSatisfy { classes.indices.contains($0) }, "Dataset: a label is not below \(classes.count)")
    self.init(
      inputs: inputs, targets: Rows(labels.map { Element($0) }, width: 1), inputNames: inputNames,
      targetNames: targetNames, classes: classes)
  }

  init(
    inputs: Rows<Element>, targets: Rows<Element>, inputNames: [String], targetNames: [String],
    classes: [String]
  ) {
    precondition(
      inputs.count == targets.count,
      "Dataset: \(inputs.count) rows of inputs and \(targets.count) rows of targets")
    (self.inputs, self.targets) = (inputs, targets)
    (self.inputNames, self.targetNames, self.classes) = (inputNames, targetNames, classes)
  }

  /// The examples of those indices, in their order.
  public func examples(at indices: some Collection<Int>) -> Dataset {
    with(inputs: inputs.rows(at: indices), targets: targets.rows(at: indices))
  }

  /// The same examples with other inputs, such as standardized ones.
  public func withInputs(_ inputs: Rows<Element>) -> Dataset { with(inputs: inputs, targets: targets) }

  /// The same examples with other targets, such as standardized ones.
  public func withTargets(_ targets: Rows<Element>) -> Dataset { with(inputs: inputs, targets: targets) }

  private func with(inputs: Rows<Element>, targets: Rows<Element>) -> Dataset {
    Dataset(
      inputs: inputs, targets: targets, inputNames: inputs.width == self.inputs.width ? inputNames : [],
      targetNames: targetNames, classes: classes)
  }

  /// The same examples with another element type.
  public func converted<Other: BinaryFloatingPoint & Sendable>(to type: Other.Type) -> Dataset<Other> {
    // Sixty thousand images are not to be copied for nothing.
    if let same = self as? Dataset<Other> { return same }
    return Dataset<Other>(
      inputs: inputs.converted(to: type), targets: targets.converted(to: type), inputNames: inputNames,
      targetNames: targetNames, classes: classes)
  }

  /// The same examples with some of the input columns only.
  ///
  /// - Throws: ``OptionError`` where there is no column of that name.
  public func only(inputs names: [String]) throws(OptionError) -> Dataset {
    let columns = try names.map { name throws(OptionError) in
      guard let place = inputNames.firstIndex(of: name) else {
        throw OptionError("no input column '\(name)', only \(inputNames.joined(separator: ", "))")
      }
      return inputs.column(place)
    }
    return Dataset(
      inputs: Rows(columns: columns), targets: targets, inputNames: names, targetNames: targetNames, classes: classes)
  }
}

// MARK: - Classes

extension Dataset {
  /// The class of each example as a number from 0.
  ///
  /// - Precondition: this is a classification.
  public var labels: [Int] {
    precondition(!classes.isEmpty, "Dataset: a regression has no labels")
    return targets.values.map { Int($0) }
  }

  /// The classes as rows of zeros with a single 1, for a network with one output per class.
  public var oneHot: Rows<Element> { Rows(oneHot: labels, classes: classes.count) }

  /// One class against the rest: 1 for examples of class `index`, `rest` for all others. The perceptron of ±1 and
  /// the hinge losses want −1 for the rest, logistic regression wants 0.
  public func against(rest: Element, class index: Int) -> [Element] {
    labels.map { $0 == index ? 1 : rest }
  }

  /// The examples of some classes only, which are numbered anew in the given order.
  public func only(classes chosen: [Int]) -> Dataset {
    renumbered(classes.indices.map(chosen.firstIndex(of:)), chosen.map { classes[$0] })
  }

  /// The examples of those classes that have a new number, which names one of other classes.
  private func renumbered(_ numbers: [Int?], _ classes: [String]) -> Dataset {
    let labels = labels.map { numbers[$0] }
    return Dataset(
      inputs: inputs.rows(at: labels.indices.filter { labels[$0] != nil }), labels: labels.compactMap { $0 },
      classes: classes, inputNames: inputNames, targetNames: targetNames)
  }

  /// The examples of some classes, by name, numbered in the given order; `rest` stands for all others together.
  ///
  /// ```swift
  /// try Dataset.iris.only(classes: ["versicolor", "virginica"]).count  // 100
  /// try Dataset.iris.only(classes: ["rest", "setosa"]).count           // 150
  /// ```
  /// - Throws: ``OptionError`` where there is no class of that name.
  public func only(classes names: [String]) throws(OptionError) -> Dataset {
    for name in names where name != "rest" && !classes.contains(name) {
      throw OptionError("no class '\(name)', only \(classes.joined(separator: ", "))")
    }
    return renumbered(classes.map { names.firstIndex(of: $0) ?? names.firstIndex(of: "rest") }, names)
  }

  /// The same examples with the classes in the order and of the number that other data have.
  ///
  /// - Throws: ``OptionError`` where there is a class that the other data do not know.
  package func numbered(as other: Dataset) throws(OptionError) -> Dataset {
    guard !classes.isEmpty, !other.classes.isEmpty else { return self }
    let numbers = classes.map(other.classes.firstIndex(of:))
    if let unknown = numbers.firstIndex(of: nil) {
      throw OptionError("no class '\(classes[unknown])' to learn, only \(other.classes.joined(separator: ", "))")
    }
    return renumbered(numbers, other.classes)
  }
}

// MARK: - Order and splits

extension Dataset {
  /// The examples in an order drawn from the generator.
  public func shuffled(using generator: inout SeededGenerator) -> Dataset {
    examples(at: generator.permutation(of: count))
  }

  /// The first `count` examples and the others.
  public func split(at count: Int) -> (first: Dataset, rest: Dataset) {
    (examples(at: 0..<count), examples(at: count..<self.count))
  }

  /// A random part of the examples to test with, the others to train with.
  ///
  /// In a classification each class is split by itself, so that both parts have its share of examples.
  ///
  /// - Parameter fraction: the share of the test examples, from 0 to 1; each class rounds it to whole examples.
  public func split(
    testing fraction: Double, using generator: inout SeededGenerator
  ) -> (training: Dataset, testing: Dataset) {
    precondition((0...1).contains(fraction), "split: \(fraction) is not from 0 to 1")
    let order = generator.permutation(of: count)
    let groups: [[Int]]
    if classes.isEmpty {
      groups = [order]
    } else {
      let labels = labels
      groups = classes.indices.map { label in order.filter { labels[$0] == label } }
    }
    let testing = Set(groups.flatMap { $0.prefix(Int((Double($0.count) * fraction).rounded())) })
    return (
      examples(at: order.filter { !testing.contains($0) }),
      examples(at: order.filter { testing.contains($0) })
    )
  }
}
