import Testing

@testable import Train

@Suite("Schedules")
struct ScheduleTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let text: String
    /// Rates of some steps, for C = 0.8 and 101 steps.
    let rates: [Int: Double]
    var testDescription: String { text }
  }
  static let cases = [
    Case(text: "constant", rates: [1: 0.8, 50: 0.8]),
    Case(text: "1/sqrt(t)", rates: [1: 0.8, 4: 0.4, 16: 0.2]),
    Case(text: "1/t", rates: [1: 0.8, 4: 0.2, 8: 0.1]),
    Case(text: "step:0.5,10", rates: [1: 0.8, 10: 0.8, 11: 0.4, 20: 0.4, 21: 0.2]),
    Case(text: "exponential:0.5", rates: [1: 0.8, 2: 0.4, 4: 0.1]),
    Case(text: "cosine", rates: [1: 0.8, 51: 0.4, 101: 0, 200: 0]),
    Case(text: "warmup:4,1/t", rates: [1: 0.2, 2: 0.4, 4: 0.8, 5: 0.8, 6: 0.4]),
  ]

  @Test(arguments: cases)
  func rates(_ example: Case) throws {
    let schedule = try Schedule(parsing: example.text, rate: 0.8, steps: 101)
    for (step, rate) in example.rates { #expect(abs(schedule(step) - rate) < 1e-15, "step \(step)") }
  }

  @Test(arguments: ["", "linear", "step", "step:x,2", "exponential:-1", "warmup:0,constant", "warmup:3"])
  func mistakes(_ text: String) {
    #expect(throws: OptionError.self) { try Schedule(parsing: text, rate: 1, steps: 10) }
  }
}
