import Foundation
import Testing

@testable import Train

/// The Swift of the chapters of Docs: its lines stand in both places, run here, and print what stands below them.
@Suite("Swift in chapters")
struct ChapterTests {
  private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  @Test func mathematicsOfNeuralComputation() throws {
    var printed: [String] = []
    func print(_ values: Any...) { printed.append(values.map { "\($0)" }.joined(separator: " ")) }
    // begin
    let x = Dataset.commute.inputs.withIntercept()
    let fit = try LeastSquares(of: x, Dataset.commute.targets)
    print(fit.weights)
    print(fit.predictions(for: x).values)
    // next
    print(try LeastSquares(of: x, Dataset.commute.targets, penalty: 0.5).weights)
    // next
    let best = fit.predictions(for: x).values
    let distances = try (0..<100).map { seed in
      let tape = Tape<Double>()
      let w = tape.parameter(Tensor<Double>.zeros([3, 1]), "W")
      let data = Dataset(inputs: x, targets: Dataset.commute.targets)
      let settings = Settings(
        rate: .inverseSquareRoot(0.06), batch: 2, epochs: 1000, until: [.change(below: 0.02)], afterEach: .step,
        seed: UInt64(seed))
      try Training(on: tape, with: data, settings) { x, y in halfSquaredError(matmul(x, w), y) }.run()
      let errors = zip(matmul(tape.constant(Tensor(x.values, shape: [5, 3])), w).tensor.elements, best).map { $0 - $1 }
      return (errors.reduce(0) { $0 + $1 * $1 } / 5).squareRoot()
    }.sorted()
    print(distances[50], distances[10], distances[90])
    // next
    let iris = Dataset.iris
    print(Perceptron(learning: iris.inputs, iris.against(rest: -1, class: 0)).outcome)
    let pair = iris.only(classes: [1, 2])
    print(Perceptron(learning: pair.inputs, pair.against(rest: -1, class: 0), epochs: 20).outcome)
    // end
    let shown = try Self.swift(of: "Docs/mathematics-of-neural-computation.md")
    #expect(shown.lines == Self.linesHere())
    #expect(shown.comments.count == printed.count)
    for (comment, text) in zip(shown.comments, printed) {
      #expect(Self.areAlike(comment, text), "\(comment) is shown, \(text) was printed")
    }
  }

  /// The lines between `// begin` and `// end` of this file.
  static func linesHere(_ file: String = #filePath) -> [String] {
    let text = (try? String(contentsOfFile: file, encoding: .utf8)) ?? ""
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    let begin = lines.firstIndex { $0.hasSuffix("    // begin") }!
    let end = lines.firstIndex { $0.hasSuffix("    // end") }!
    return lines[(begin + 1)..<end].filter { !$0.hasSuffix("// next") }.map { String($0.dropFirst(4)) }
  }

  /// The code in a chapter's Swift blocks, and apart from it the comments, which say what is printed.
  static func swift(of chapter: String) throws -> (lines: [String], comments: [String]) {
    let text = try String(contentsOf: root.appendingPathComponent(chapter), encoding: .utf8)
    let blocks = text.components(separatedBy: "```swift\n").dropFirst().map { $0.components(separatedBy: "```")[0] }
    var (lines, comments): ([String], [String]) = ([], [])
    for line in blocks.joined().split(separator: "\n").map(String.init) {
      let parts = line.components(separatedBy: "// ")
      if parts.count > 1 { comments.append(parts[1]) }
      let code = String(parts[0].reversed().drop { $0 == " " }.reversed())
      if !code.isEmpty { lines.append(code) }
    }
    return (lines, comments)
  }

  /// The same words, and numbers that agree to nine digits.
  static func areAlike(_ a: String, _ b: String) -> Bool {
    let (first, second) = (a.split { " [],".contains($0) }, b.split { " [],".contains($0) })
    return first.count == second.count
      && zip(first, second).allSatisfy { a, b in
        guard let x = Double(a), let y = Double(b) else { return a == b }
        return abs(x - y) <= 1e-9 * max(abs(x), abs(y))
      }
  }
}
