import Foundation
import Testing

@testable import Train

/// The Swift of README and of the articles: its lines stand in both places, and run here.
@Suite("README")
struct ReadmeTests {
  @Test func aLossAndItsTape() throws {
    // begin README.md README.zh.md
    enum LogCosh: UnaryRule {
      static func value<A: Algebra>(_ x: A) -> A { x + softplus(-2 * x) - log(2) }
      static func local<A: Algebra>(_ x: A, _ y: A) -> A { tanh(x) }
    }

    let tape = Tape<Double>()
    let w = tape.parameter(0.5, "w"), b = tape.parameter(1, "b")
    let x = tape.constant(2, "x"), y = tape.constant(0.5, "y")

    let u = (w * x).named("u"), ŷ = (u + b).named("ŷ"), e = (ŷ - y).named("e")
    let c = apply(LogCosh.self, e).named("c")

    print(tape.table(c.backward(), output: c))
    print(derivative(order: 2, at: 1.5) { apply(LogCosh.self, $0) })
    // end

    let second = derivative(order: 2, at: 1.5) { apply(LogCosh.self, $0) }
    let printed = "\(tape.table(c.backward(), output: c))\n\(second)"
    for page in ["README.md", "README.zh.md"] {
      let lines = try Self.text(page).components(separatedBy: "apply(LogCosh.self, $0) })\n```\n\n```\n").last
      let shown = lines?.components(separatedBy: "\n```").first
      #expect(shown == printed, "\(page) does not show\n\(printed)")
    }
  }

  @Test func aFirstGraph() throws {
    // begin Sources/Ops/Ops.docc/FirstGraph.md
    let tape = Tape<Double>()
    let w = tape.parameter(5, "w"), b = tape.parameter(1, "b")
    let x = tape.constant(1, "x"), y = tape.constant(2, "y")

    let u = (w * x).named("u")
    let ŷ = (u + b).named("ŷ")
    let e = (ŷ - y).named("e")
    let c = (e * e).named("c")

    let gradients = c.backward()
    print(gradients[w], gradients[e])
    print(tape.table(gradients, output: c))
    // end

    #expect(gradients[w] == 8 && gradients[e] == 8)
    let shown = try Self.text("Sources/Ops/Ops.docc/FirstGraph.md").contains(
      "```\n8.0 8.0\n\(tape.table(gradients, output: c))```")
    #expect(shown)
  }

  private func logCosh<A: Algebra>(_ e: A) -> A { e + softplus(-2 * e) - log(2) }

  @Test func aModelOfOnesOwn() throws {
    // begin Sources/Train/Train.docc/TrainingAModel.md
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
    let here = try String(contentsOfFile: #filePath, encoding: .utf8)
    let blocks = here.components(separatedBy: "// begin ").dropFirst().filter { $0.contains("// end\n") }
    #expect(blocks.count == 3)
    for block in blocks {
      let lines = block.components(separatedBy: "\n    // end\n")[0].split(
        separator: "\n", omittingEmptySubsequences: false)
      let code = lines.dropFirst().map { $0.dropFirst(4) }.joined(separator: "\n")
      for page in lines[0].split(separator: " ") {
        let isThere = try Self.text(String(page)).contains("\n\n\(code)\n```\n")
        #expect(isThere, "\(page) lacks\n\(code)")
      }
    }
  }

  private static func text(_ page: String) throws -> String {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    return try String(contentsOf: root.appendingPathComponent(page), encoding: .utf8)
  }
}
