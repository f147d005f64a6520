import Foundation
import Testing

@testable import Train

/// The networks of *gradient-descent-and-backpropagation* on handwritten digits, for two epochs of their thirty. Only
/// in release builds, and only where the four files of MNIST lie in a folder `data/mnist` beside the package.
@Suite("MNIST")
struct MNISTTests {
  static let folder: String? = {
    let package = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    let neighbours = (try? FileManager.default.contentsOfDirectory(atPath: package.path + "/..")) ?? []
    return neighbours.map { package.path + "/../\($0)/data/mnist" }
      .first { FileManager.default.fileExists(atPath: $0 + "/t10k-labels-idx1-ubyte.gz") }
  }()

  struct Case: Sendable, CustomTestStringConvertible {
    let layers: [Int]
    let loss: Loss
    let rate: Double
    let penalty: Penalty
    let expected: Int
    var testDescription: String { "\(layers), \(loss.rawValue)" }
  }

  static let cases = [
    Case(layers: [784, 30, 10], loss: .quadratic, rate: 3, penalty: Penalty(), expected: 9300),
    Case(layers: [784, 100, 10], loss: .crossEntropy, rate: 0.5, penalty: Penalty(l2: 5.0 / 50_000), expected: 9500),
  ]

  @Test(arguments: cases)
  func twoEpochs(_ example: Case) throws {
    #if DEBUG
      print("MNIST: skipped in a debug build")
    #else
      guard let folder = Self.folder else { return print("MNIST: skipped, no folder data/mnist beside the package") }
      let training = try Dataset<Float>(mnist: folder).split(at: 50_000).first
      let testing = try Dataset<Float>(mnist: folder, testing: true)
      let tape = Tape<Float>()
      let network = Network(Architecture(example.layers), on: tape, seed: 1)
      let run = try Training(
        of: network, on: tape, with: training, loss: example.loss, penalty: example.penalty,
        Settings(rate: .constant(example.rate), batch: 10, epochs: 2, seed: 1))
      try run.run()
      #expect(network.correct(on: testing, loss: example.loss, tape: tape) >= example.expected)
    #endif
  }
}
