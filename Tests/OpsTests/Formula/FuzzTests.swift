import Ops
import Testing

/// Whatever the text, parsing ends with a program or a ``ParseError`` at a place inside it.
@Suite("Formula: robustness")
struct FuzzTests {
  #if DEBUG
    private static let rounds = 2_000
  #else
    private static let rounds = 50_000
  #endif

  private static let seeds = [
    "u = w*x; ŷ = u + b; e = ŷ - y; c = e^2",
    "x = cos(t); y = t^2; f = y + exp(x*y)",
    "f(x) = 1/(1 + exp(-x))\na = f([[1, 2], [3, 4]] @ v)'\nsum(a, axis=0)",
    "where(a >= 1e-3, x[1:, -1]², -2·x³) # comment\n",
    "距离 = 2.7; 时段 = 1; 通勤 = 6.08 + 6.53*距离 + 2.11*时段",
    "d2c/dwdb = 2*x", "∂²c/∂w∂b == 2·x", "y in {-1, 1}", "X: [5, 3] in [-2, 2]",
  ].map(Array.init)

  @Test("random texts")
  func random() {
    var generator = SeededGenerator(seed: 1)
    for _ in 0..<Self.rounds {
      let length = Int.random(in: 0...40, using: &generator)
      check(String((0..<length).map { _ in TextFuzz.alphabet.randomElement(using: &generator)! }))
    }
  }

  @Test("mutated programs")
  func mutated() {
    var generator = SeededGenerator(seed: 2)
    for _ in 0..<Self.rounds {
      var text = Self.seeds.randomElement(using: &generator)!
      for _ in 0...Int.random(in: 0..<4, using: &generator) {
        TextFuzz.mutate(&text, from: Self.seeds, using: &generator)
      }
      check(String(text))
    }
  }

  private func check(_ text: String) {
    let scope = Scope(names: ["c", "w", "b", "x", "ŷ"], functions: someFunctions)
    TextFuzz.checkPlace(in: [text]) { () throws(ParseError) in
      let program = try Program(parsing: text)
      let printed = program.output.formula.description
      #expect(try Formula(parsing: printed) == program.output.formula, "\(printed)")
      _ = try program.resolved(inputs: Set(program.freeNames), functions: someFunctions)
    }
    TextFuzz.checkPlace(in: [text]) { () throws(ParseError) in _ = try Claim(parsing: text, in: scope) }
    TextFuzz.checkPlace(in: [text]) { () throws(ParseError) in _ = try Formula.Domain(parsing: text) }
  }

  /// So many of a piece, named by the piece alone in the report.
  struct Extreme: CustomTestStringConvertible {
    let count: Int
    let piece: String
    let message: String
    var testDescription: String { "\(count) of \(piece)" }
  }

  @Test(
    "extremes end with a clear error",
    arguments: [
      Extreme(count: 90_000, piece: "(", message: "nested deeper than 200 levels"),
      Extreme(count: 90_000, piece: "[", message: "nested deeper than 200 levels"),
      Extreme(count: 90_000, piece: "-", message: "nested deeper than 200 levels"),
      Extreme(count: 45_000, piece: "f(", message: "nested deeper than 200 levels"),
      Extreme(count: 45_000, piece: "2^", message: "nested deeper than 200 levels"),
      Extreme(count: 100_000, piece: "(\n", message: "nested deeper than 200 levels"),
      Extreme(count: 100_001, piece: "(", message: "a line longer than 100000 bytes"),
      Extreme(count: 250_000, piece: "x + ", message: "a line longer than 100000 bytes"),
      Extreme(count: 1_000_000, piece: "x", message: "a line longer than 100000 bytes"),
    ])
  func extremes(extreme: Extreme) {
    let text = "a = 1\n" + String(repeating: extreme.piece, count: extreme.count)
    let error = #expect(throws: ParseError.self) { try Program(parsing: text) }
    #expect(error?.message == extreme.message)
    #expect(error.map { $0.line >= 2 && $0.description.count < 400 } == true)
  }

  @Test("a name of 90,000 letters is cut in the message")
  func longName() throws {
    let program = try Program(parsing: String(repeating: "x", count: 90_000))
    let error = #expect(throws: ParseError.self) { try program.resolved(inputs: ["x"], functions: [:]) }
    #expect(error?.message == "no name '\(String(repeating: "x", count: 40))…'")
  }

  @Test("time is linear in the text")
  func linear() throws {
    func time(_ terms: Int) throws -> Duration {
      let text = "c = (" + String(repeating: "w*x^2 + sin(y)\n - ", count: terms) + "1)"
      return try ContinuousClock().measure { _ = try Program(parsing: text).freeNames }
    }
    _ = try time(100)
    let (short, long) = (try time(500), try time(4_000))
    #expect(long / short < 24, "8 times the text took \(long / short) times as long")
  }
}
