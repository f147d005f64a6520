import Foundation
import Testing

@testable import ChainruleData

@Suite("Dataset")
struct DatasetTests {
  @Test func commute() {
    let data = Dataset.commute
    #expect(data.inputs.column(0) == [2.7, 4.1, 1.0, 5.2, 2.8])
    #expect(data.inputs.column(1) == [1, 1, 0, 1, 0])
    #expect(data.targets.values == [25, 33, 15, 45, 22])
  }

  /// Sums, means of classes and sums of squares as scikit-learn's copy gives them.
  @Test func iris() {
    let data = Dataset.iris
    #expect(data.inputs.shape == [150, 4])
    #expect(data.classes == ["setosa", "versicolor", "virginica"])
    #expect((0..<3).map { label in data.labels.count { $0 == label } } == [50, 50, 50])
    let tenths = Rows(data.inputs.values.map { ($0 * 10).rounded() }, width: 4)
    func sums(_ flowers: Range<Int>, power: Double) -> [Double] {
      (0..<4).map { column in tenths.column(column)[flowers].reduce(0) { $0 + pow($1, power) } }
    }
    #expect(sums(0..<150, power: 2) == [522385, 143040, 258271, 30233])
    #expect(sums(0..<50, power: 1) == [2503, 1714, 731, 123])
    #expect(sums(50..<100, power: 1) == [2968, 1385, 2130, 663])
    #expect(sums(100..<150, power: 1) == [3294, 1487, 2776, 1013])
    // The two flowers in which copies of the data differ.
    #expect(Array(data.inputs[34]) == [4.9, 3.1, 1.5, 0.2])
    #expect(Array(data.inputs[37]) == [4.9, 3.6, 1.4, 0.1])
  }

  @Test func splitKeepsEachExampleOnceAndTheShareOfEachClass() {
    var generator = SeededGenerator(seed: 1)
    let (training, testing) = Dataset.iris.split(testing: 0.2, using: &generator)
    #expect((training.count, testing.count) == (120, 30))
    #expect((0..<3).map { label in testing.labels.count { $0 == label } } == [10, 10, 10])
    func sorted(_ rows: Rows<Double>) -> [[Double]] {
      (0..<rows.count).map { Array(rows[$0]) }.sorted { $0.lexicographicallyPrecedes($1) }
    }
    let together = Rows(training.inputs.values + testing.inputs.values, width: 4)
    #expect(sorted(together) == sorted(Dataset.iris.inputs))
  }

  @Test(arguments: [(0.0, 5, 0), (1, 0, 5), (0.5, 2, 3)])
  func splitOfARegression(fraction: Double, training: Int, testing: Int) {
    var generator = SeededGenerator(seed: 2)
    let parts = Dataset.commute.split(testing: fraction, using: &generator)
    #expect((parts.training.count, parts.testing.count) == (training, testing))
    #expect(parts.training.inputNames == ["distance", "weekday"])
  }

  @Test func theSeedDecides() {
    func order(_ seed: UInt64) -> Dataset<Double> {
      var generator = SeededGenerator(seed: seed)
      return Dataset.iris.shuffled(using: &generator)
    }
    #expect(order(7) == order(7))
    #expect(order(7) != order(8))
    #expect(order(7).split(at: 100).rest.count == 50)
  }

  @Test func oneClassAgainstTheRest() {
    let data = Dataset.iris.only(classes: [2, 1])
    #expect(data.classes == ["virginica", "versicolor"])
    #expect(data.labels == Array(repeating: 1, count: 50) + Array(repeating: 0, count: 50))
    #expect(data.against(rest: -1, class: 0).reduce(0, +) == 0)
    #expect(Dataset.iris.against(rest: 0, class: 0).reduce(0, +) == 50)
  }

  /// Test data in which a class is missing, or the order is another.
  @Test func classesNumberedAsOthersNumberThem() throws {
    let few = try Dataset.iris.only(classes: ["virginica", "versicolor"]).numbered(as: .iris)
    #expect(few.classes == Dataset.iris.classes)
    #expect(few.labels == Array(Dataset.iris.labels[50...]))
    #expect(throws: OptionError("no class 'rest' to learn, only setosa, versicolor, virginica")) {
      try Dataset.iris.only(classes: ["rest", "setosa"]).numbered(as: .iris)
    }
  }

  @Test func floatsKeepEverything() {
    let data = Dataset.iris.converted(to: Float.self)
    #expect(data.inputs.values[0] == 5.1)
    #expect(data.labels == Dataset.iris.labels)
    #expect(data.inputNames == Dataset.iris.inputNames)
  }

  @Test func gatherReusesItsMemory() {
    let rows = Rows<Float>([[1, 2], [3, 4], [5, 6]])
    var batch: [Float] = [9]
    rows.gather([2, 0, 2], into: &batch)
    #expect(batch == [5, 6, 1, 2, 5, 6])
    rows.gather([1], into: &batch)
    #expect(batch == [3, 4])
    #expect(rows.rows(at: []).shape == [0, 2])
  }
}

@Suite("Standardization")
struct StandardizationTests {
  @Test func trainingRowsGetMeanZeroAndDeviationOne() {
    let rows = Dataset.iris.inputs
    let scaled = Standardization(fitting: rows).applied(to: rows)
    for column in 0..<4 {
      let values = scaled.column(column)
      #expect(abs(values.reduce(0, +)) < 1e-12)
      #expect(abs(values.reduce(0) { $0 + $1 * $1 } / 150 - 1) < 1e-13)
    }
    // sklearn.preprocessing.StandardScaler on the first flower
    for (value, expected) in zip(
      scaled[0], [-0.9006811702978099, 1.0190043519716065, -1.3402265266227635, -1.3154442950077407])
    { #expect(abs(value - expected) < 1e-13) }
  }

  @Test func testRowsAreScaledAsTheTrainingRowsWere() throws {
    let standardization = Standardization(fitting: Rows<Double>([[0, 5], [4, 5]]))
    #expect(standardization.means == [2, 5])
    #expect(standardization.deviations == [2, 1])
    let scaled = standardization.applied(to: Rows<Float>([[6, 7]]))
    #expect(scaled.values == [2, 2])
    #expect(standardization.inverted(scaled).values == [6, 7])
    let stored = try JSONEncoder().encode(standardization)
    #expect(try JSONDecoder().decode(Standardization.self, from: stored) == standardization)
  }

  /// The mean of a thousand equal numbers is not that number: 3e-13 besides, if it is taken for a deviation.
  @Test(arguments: [(0.1, 3), (0.1, 1000), (12345.678, 1000), (1e-300, 7)])
  func aConstantColumnIsNotBlownUp(value: Double, count: Int) {
    let rows = Rows([Double](repeating: value, count: count), width: 1)
    let standardization = Standardization(fitting: rows)
    #expect(standardization.deviations == [1] && standardization.means == [value])
    #expect(standardization.applied(to: rows).values.allSatisfy { $0 == 0 })
  }

  /// What differs in its last digits only is no constant.
  @Test(arguments: [1.0, 1e154, 1e308, 1e-200])
  func extremeColumns(unit: Double) {
    let rows = Rows([unit, -unit, unit / 2, 0], width: 1)
    let standardization = Standardization(fitting: rows)
    #expect(standardization.isValid(forWidth: 1))
    // Mean 1/8 and squares (49 + 81 + 9 + 1)/64 of the four, by hand.
    #expect(abs(standardization.means[0] / unit - 0.125) < 1e-15)
    #expect(abs(standardization.deviations[0] / unit - (140.0 / 256).squareRoot()) < 1e-15)
    let scaled = standardization.applied(to: rows).values
    #expect(scaled.allSatisfy(\.isFinite) && abs(scaled[0] - 0.875 / (140.0 / 256).squareRoot()) < 1e-14)
    let near = Standardization(fitting: Rows([unit, unit.nextUp], width: 1))
    #expect(near.deviations[0] < 1e-15 * unit && near.deviations[0] > 0)
  }

  @Test func momentsOfAnotherKind() throws {
    func isValid(_ json: String, _ width: Int) throws -> Bool {
      try JSONDecoder().decode(Standardization.self, from: Data(json.utf8)).isValid(forWidth: width)
    }
    #expect(try isValid(#"{"means": [0], "deviations": [1]}"#, 1))
    #expect(try !isValid(#"{"means": [0], "deviations": [1]}"#, 2))
    #expect(try !isValid(#"{"means": [0, 1], "deviations": [1]}"#, 2))
    #expect(try !isValid(#"{"means": [0], "deviations": [0]}"#, 1))
    #expect(try !isValid(#"{"means": [0], "deviations": [-1]}"#, 1))
  }
}

@Suite("Batches")
struct BatchesTests {
  @Test(arguments: [(1, 5), (2, 5), (5, 5), (9, 5), (10, 100)])
  func withoutReplacementEachExampleComesOncePerEpoch(size: Int, count: Int) {
    var batches = Batches(of: size, from: count, seed: 3)
    var epochs: [[Int]] = []
    for _ in 0..<3 {
      let drawn = (0..<batches.stepsPerEpoch).map { _ in Array(batches.next()) }
      #expect(drawn.dropLast().allSatisfy { $0.count == min(size, count) })
      #expect(drawn.joined().sorted() == Array(0..<count))
      epochs.append(Array(drawn.joined()))
    }
    #expect(batches.epoch == 3)
    #expect(Set(epochs).count > 1)
  }

  @Test func withReplacementBatchesAreFullAndRepeat() {
    var batches = Batches(of: 3, from: 10, sampling: .withReplacement, seed: 3)
    let drawn = (0..<400).map { _ in Array(batches.next()) }
    #expect(drawn.allSatisfy { $0.count == 3 })
    #expect(drawn.contains { Set($0).count < 3 })
    for example in 0..<10 { #expect(abs(drawn.joined().count { $0 == example } - 120) < 42) }
  }

  @Test func inOrder() {
    var batches = Batches(of: 2, from: 3, sampling: .inOrder, seed: 0)
    #expect((0..<3).map { _ in Array(batches.next()) } == [[0, 1], [2], [0, 1]])
  }

  @Test(arguments: Batches.Sampling.allCases, 0..<7)
  func storedAndRestoredTheyGoOnAlike(sampling: Batches.Sampling, steps: Int) throws {
    var batches = Batches(of: 2, from: 5, sampling: sampling, seed: 8)
    for _ in 0..<steps { _ = batches.next() }
    var restored = try JSONDecoder().decode(Batches.self, from: try JSONEncoder().encode(batches))
    #expect(restored.step == batches.step)
    for _ in 0..<8 { #expect(restored.next() == batches.next()) }
  }

  @Test func anImpossibleStateIsRefused() {
    let text = #"{"size": 3, "count": 2, "sampling": "inOrder", "step": 0, "generator": ""#
    let state = text + SeededGenerator(seed: 1).description + "\"}"
    #expect(throws: DecodingError.self) {
      try JSONDecoder().decode(Batches.self, from: Data(state.utf8))
    }
  }
}
