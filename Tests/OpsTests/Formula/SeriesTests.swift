import Ops
import Testing

@Suite("Formula: sums over an index")
struct SeriesTests {
  static let sizes = ["n": 3, "m": 2]
  static let values: [String: Tensor<Double>] = [
    "x": Tensor([2, 3, 5]), "W": Tensor([1, 2, 3, 4, 5, 6], shape: [2, 3]), "k": Tensor(10),
  ]

  /// Computed by hand from x = [2, 3, 5] and W = [[1, 2, 3], [4, 5, 6]].
  @Test(
    "values",
    arguments: [
      ("sum(i in 1...n, x[i])", 10), ("sum(i in 0..<n, x[i])", 10), ("sum(i in 1…3, i*x[i])", 23),
      ("sum(i in 0..<3, i*x[i])", 13), ("prod(i in 1...n, x[i])", 30), ("mean(i in 1...n, x[i]^2)", 38.0 / 3),
      ("max(i in 1...n, -x[i])", -2), ("min(i in 1...n, x[i]*i)", 2), ("sum(i in 2...n, x[i]*x[i - 1])", 21),
      ("sum(i in 1...n - 1, x[i + 1])", 8), ("sum(i in 1...m, sum(j in 1...n, W[i, j]*x[j]))", 76),
      ("sum(i in 1...n, sum(j in 1...i, x[j]))", 17), ("sum(i in 1...n, where(i == 2, x[i], 0))", 3),
      ("sum(i in 2...1, x[i])", 0), ("prod(i in 2...1, x[i])", 1), ("k*sum(i in 1...n, k)", 300),
      ("sum(i in 1...m, sum(W[i - 1 + 1]))", 21), ("max(i in 1...1, x[i])", 2),
      ("sum(W[0]) + sum(i in 0..<2, W[i, 0])", 11), ("sum(in in 1...2, in)", 3),
    ])
  func value(text: String, expected: Double) throws {
    let program = try Program(parsing: text, sizes: Self.sizes)
    let inputs = Self.values.filter { program.freeNames.contains($0.key) }.map { ($0.key, $0.value) }
    let recorded = try RecordedProgram(program, at: inputs)
    let value = withExtendedLifetime(recorded) { recorded.output.value }
    #expect(abs(value - expected) < 1e-12)
  }

  @Test("a statement says how far a sum runs, and its gradient is that of the terms")
  func gradient() throws {
    let program = try Program(parsing: "n = 3; L = sum(i in 1...n, (i*x[i])^2)")
    let recorded = try RecordedProgram(program, at: [("x", Tensor([1, 2, 3]))])
    let gradient = withExtendedLifetime(recorded) { recorded.output.backward().tensor(of: recorded["x"]!) }
    #expect(gradient.elements == [2, 16, 54])
  }

  @Test(
    "errors",
    arguments: [
      (
        "sum(i in 1...q, x[i])",
        "line 1, column 14: nothing says how large 'q' is where the sum ends; q = 5 before it does"
      ),
      ("sum(i in 1..n, x[i])", "line 1, column 11: unexpected character '.'"),
      ("sum(i in 1, x[i])", "line 1, column 11: expected '...' or '..<', found ','"),
      ("sum(i in 1...n)", "line 1, column 15: expected ',' and what is summed, found ')'"),
      ("sum(i in 1...n, x[i - 1])", "line 1, column 19: there is no element 0: they count from 1"),
      ("sum(i in 0..<n, x[i - 1])", "line 1, column 19: there is no element -1: they count from 0"),
      ("sum(i in 1...n, x[0])", "line 1, column 19: in a sum over 1...n elements count from 1, but [0] counts from 0"),
      ("sum(i in 3...1, x[i])", "line 1, column 10: a sum from 3 to 1 goes backwards"),
      ("max(i in 2...1, x[i])", "line 1, column 1: max of no terms"),
      ("sum(i in 1...1.5, x[i])", "line 1, column 14: a sum runs from a whole number to a whole number"),
      (
        "sum(i in 1...200, sum(j in 1...200, i*j))",
        "line 1, column 19: the sums of this text come to more than 10000 terms"
      ),
    ])
  func error(text: String, message: String) {
    let error = #expect(throws: ParseError.self) { _ = try Program(parsing: text, sizes: Self.sizes) }
    #expect(error.map { "\($0)" }?.hasPrefix(message) == true, "\(error.map { "\($0)" } ?? "")")
  }
}
