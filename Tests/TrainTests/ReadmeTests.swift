import Foundation
import Testing

@testable import Train

private func logCosh<A: Algebra>(_ e: A) -> A { e + softplus(-2 * e) - log(2) }

/// The example of README: its lines stand in both places, and run here.
@Suite("README")
struct ReadmeTests {
  @Test func aModelOfOnesOwn() throws {
    // begin
    let tape = Tape<Double>()
    let w = tape.parameter(Tensor<Double>.zeros([2, 1]), "w")
    let b = tape.parameter(Tensor<Double>.zeros([1]), "b")
    let settings = Settings(rate: .constant(0.05), epochs: 5000)
    let training = Training(on: tape, with: .commute, settings) { x, y in
      let e = matmul(x, w) + b - y
      return logCosh(e).mean()
    }
    try training.run()
    print(w.tensor.elements, b.tensor.elements, training.history.epochs.last!.loss)
    // end

    // log cosh grows like the absolute error: its minimum runs close to the median, whose loss is known to be lower.
    let start = training.history.epochs[0].loss
    #expect(training.history.epochs.last!.loss < start / 10)
    let slopes = training.data.inputs.count
    #expect(slopes == 5 && w.tensor.elements.allSatisfy { $0 > 0 })
  }

  @Test func theSameLines() throws {
    let here = try String(contentsOfFile: #filePath, encoding: .utf8).split(
      separator: "\n", omittingEmptySubsequences: false)
    let begin = here.firstIndex { $0.hasSuffix("// begin") }!, end = here.firstIndex { $0.hasSuffix("// end") }!
    let lines = here[(begin + 1)..<end].map { $0.dropFirst(4) }.joined(separator: "\n")
    #expect(lines.split(separator: "\n").count == 10)
    let readme = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appendingPathComponent("README.md")
    #expect(try String(contentsOf: readme, encoding: .utf8).contains("import Train\n\n" + lines + "\n```"))
  }
}
