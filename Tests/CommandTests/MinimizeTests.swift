import Foundation
import Testing

@Suite("chainrule minimize")
struct MinimizeTests {
  /// *ai-edu-5.4*: its rule is J < 0.01, but its fourth row comes only with J < 0.001.
  @Test func theTableOfTheDocument() throws {
    let result = try Chainrule.run(
      "minimize", "J = x^2", "x=1.2", "--learning-rate", "0.3", "--until", "J < 0.001")
    #expect(
      result.output.hasPrefix(
        """
        iteration        x            J
                0      1.2         1.44
                1     0.48       0.2304
                2    0.192     0.036864
                3   0.0768   0.00589824
                4  0.03072  0.000943718
        stopped: J < 0.001
        x = 0.0307
        """), "\(result.output)")
    #expect(result.status == 0 && result.errors.isEmpty)
  }

  @Test func json() throws {
    let result = try Chainrule.run(
      "minimize", "J = x^2", "x=1", "--learning-rate", "0.25", "--iterations", "2", "--format", "json")
    #expect(
      result.output
        == #"{"iterations": [{"iteration": 0, "x": 1, "J": 1}, {"iteration": 1, "x": 0.5, "J": 0.25}, "#
        + #"{"iteration": 2, "x": 0.25, "J": 0.0625}], "stopped": "2 iterations", "#
        + #""solution": {"x": 0.25}, "value": 0.0625}"# + "\n")
  }

  @Test func severalLearningRatesAsJSON() throws {
    let result = try Chainrule.run(
      "minimize", "J = x^2", "x=1", "--learning-rate", "1,0.5", "--iterations", "1", "--format", "json")
    #expect(
      result.output
        == #"{"runs": [{"rate": 1, "turns": 0, "iterations": [{"iteration": 0, "x": 1, "J": 1}, "#
        + #"{"iteration": 1, "x": -1, "J": 1}], "#
        + #""stopped": "1 iteration", "solution": {"x": -1}, "value": 1}, {"rate": 0.5, "turns": 0, "#
        + #""iterations": [{"iteration": 0, "x": 1, "J": 1}, {"iteration": 1, "x": 0, "J": 0}], "#
        + #""stopped": "1 iteration", "solution": {"x": 0}, "value": 0}]}"# + "\n")
  }

  /// A vector moves as its numbers would, and conditions know it.
  @Test func tensors() throws {
    let options = ["--learning-rate", "0.25", "--until"]
    let vector = try Chainrule.run(["minimize", "J = sum(w^2)", "w=[4, 8]"] + options + ["sum(w^2) < 30"])
    let numbers = try Chainrule.run(["minimize", "J = a^2 + b^2", "a=4", "b=8"] + options + ["a^2 + b^2 < 30"])
    #expect(vector.output.contains("w[0] = 2, w[1] = 4, J = 20"), "\(vector)")
    #expect(numbers.output.contains("a = 2, b = 4, J = 20"))
    let json = try Chainrule.run(
      "minimize", "J = sum(w^2)", "w=[4, 8]", "--iterations", "0", "--format", "json")
    #expect(json.output.hasSuffix(#""solution": {"w": [4, 8]}, "value": 80}"# + "\n"))
  }

  static let misra1a = """
    y,x
    10.07,77.6
    14.73,114.9
    17.94,141.1
    23.93,190.8
    29.61,239.9
    35.18,289.0
    40.02,332.8
    44.82,378.4
    50.76,434.8
    55.05,477.3
    61.01,536.8
    66.40,593.1
    75.47,689.1
    81.78,760.0
    """

  /// NIST's Misra1a from both starts, to eight digits, by the method chosen without being asked for.
  @Test(arguments: [["b1=500", "b2=0.0001"], ["b1=250", "b2=0.0005"]])
  func leastSquares(start: [String]) throws {
    let result = try Chainrule.run(
      file: Self.misra1a, named: "misra.csv", "minimize", "r = y - b1*(1 - exp(-b2*x)); J = sum(r^2)", start[0],
      start[1], "--data", "FILE")
    #expect(result.output.contains("b1 = 238.942129"), "\(result.output)")
    #expect(result.output.contains("b2 = 0.00055015643"))
    // Certified: 2.7070075241, 7.2668688436e-6 and 0.10187876330.
    #expect(
      result.output.hasSuffix(
        "\nstandard errors: b1 ± 2.70701, b2 ± 7.26687e-6; s = 0.101879 with 12 degrees of freedom\n"))
  }

  /// What is no answer is no success.
  @Test(arguments: [
    ["J = (x - 1)^2", "x=3", "--learning-rate", "3"], ["J = x", "x=1e200", "--restarts", "1"], ["J = log(x)", "x=-1"],
    ["J = sqrt(x)", "x=0"], ["J = x^2", "x=1", "--learning-rate", "3,4"],
  ])
  func noAnswer(words: [String]) throws {
    let result = try Chainrule.run(["minimize"] + words)
    let says = ["diverged", "undefined", "falls without end"].contains { result.output.contains($0) }
    #expect(result.status == 2 && says && result.errors.isEmpty, "\(result)")
  }

  /// Once a step leaves every number as it is, no later one will do otherwise; a schedule or a velocity may.
  @Test(arguments: [
    ([], "nothing changes any more"), (["--schedule", "1/t"], "300 iterations"),
    (["--method", "momentum"], "300 iterations"),
  ])
  func untilNothingChanges(more: [String], reason: String) throws {
    let result = try Chainrule.run(
      ["minimize", "J = (x - 1)^2", "x=4", "--learning-rate", "0.5", "--iterations", "300"] + more)
    #expect(result.output.contains("\nstopped: \(reason)\nx = "), "\(result)")
    #expect(!more.isEmpty || result.output.contains("\n        1  1  0\nstopped"), "\(result)")
  }

  @Test func restartsFindTheDeepestValley() throws {
    func value(_ more: String...) throws -> String {
      let program = ["minimize", "J = sin(3*x) + 0.1*(x - 3)^2", "x=-3"]
      return try Chainrule.run(program + more).output
    }
    #expect(!(try value()).contains("J = -0.95671"))
    #expect(try value("--restarts", "10", "--domain", "x in [-5, 5]").contains("J = -0.95671"))
  }

  static let mistakes = [
    Mistake(arguments: ["J = x^2", "x=0/0"], message: "x: expected a finite start, found nan"),
    Mistake(arguments: ["J = sum(x^2)", "x=[1, 1/0]"], message: "x: expected a finite start, found [1, inf]"),
    Mistake(arguments: ["J = x^2"], message: "nothing to minimize over: give starting values, such as x=1"),
    Mistake(
      arguments: ["J = x^2", "x=1", "--learning-rate", "-1"],
      message: "--learning-rate: expected a positive number, found '-1'"),
    Mistake(
      arguments: ["J = x^2", "x=1", "--method", "foo"],
      message:
        "--method: expected one of descent, momentum, nesterov, adagrad, rmsprop, adam, adamw, lbfgs, newton, lm, found 'foo'"
    ),
    Mistake(
      arguments: ["J = x^2", "x=1", "--method", "lm"],
      message: "--method lm: the output is no sum of squares such as sum(r^2)"),
    Mistake(
      arguments: ["J = x^2", "x=1", "--learning-rate", "1,0.1", "--restarts", "2"],
      message: "--restarts: expected one learning rate"),
    Mistake(
      arguments: ["J = x^2", "x=1", "--surface", "/dev/null"],
      message: "--surface: expected a function of two numbers, found 1"),
    Mistake(arguments: ["J = x^2", "x=1", "--domain", "y in [0, 1]"], message: "--domain: 'y' is none of x"),
    Mistake(
      arguments: ["J = x^2", "x=1", "--schedule", "foo"],
      message:
        "--schedule: expected constant, 1/sqrt(t), 1/t, step:FACTOR,EVERY, exponential:FACTOR or cosine, perhaps after warmup:STEPS, found 'foo'"
    ),
    Mistake(
      arguments: ["J = x^2", "x=1", "--schedule", "step:0.5,1e300"],
      message: "--schedule: expected step:FACTOR,EVERY with a whole number EVERY, found 'step:0.5,1e300'"),
    Mistake(
      arguments: ["J = x^2", "x=1", "--method", "newton", "--learning-rate", "0.1"],
      message: "--learning-rate: newton finds the length of its steps itself"),
    Mistake(
      arguments: ["J = x^2", "x=1", "--plot", "a.png"], message: "--plot: expected a file name with .svg, found 'a.png'"
    ),
    Mistake(
      arguments: ["J = x^2", "x=1", "--until", "J < K"],
      message: """
        --until 'J < K': line 1, column 5: no name 'K', only J, x, change
          J < K
              ^
        """),
    Mistake(
      arguments: ["J = x^2", "x=1", "--until", "J <"],
      message: """
        --until 'J <': line 1, column 4: expected an expression, found the end of the text
          J <
             ^
        """),
    Mistake(
      arguments: ["J = x^2", "x=1", "--until", "J = 1"],
      message: """
        --until 'J = 1': line 1, column 3: expected a comparison, found '='; equality is written '=='
          J = 1
            ^
        """),
    Mistake(
      arguments: ["J = x^2", "x=1", "--until", "J"],
      message: """
        --until 'J': line 1, column 1: expected a comparison, such as J < 0.01
          J
          ^
        """),
    Mistake(
      arguments: ["J = sum(x^2)", "x=[1, 2]", "--until", "x < 1"],
      message: "--until 'x < 1': expected numbers, found shape [2]"),
  ]

  @Test(arguments: Self.mistakes)
  func isExplained(_ mistake: Mistake) throws { try mistake.check("minimize") }

  @Test func columnsWithBlanks() throws {
    let result = try Chainrule.run(
      file: "the x,y\n1,2\n2,4\n", named: "t.csv", "minimize", "J = sum((y - a*the_x)^2)", "a=1", "--data", "FILE")
    #expect(result.output.contains("\na = 2, J = 0"), "\(result)")
  }

  @Test func aBadCellIsNamed() throws {
    let result = try Chainrule.run(
      file: "x,y\n1,2\n2,oops\n", named: "bad.csv", "minimize", "J = sum((y - a*x)^2)", "a=1", "--data", "FILE")
    #expect(result.errors == "chainrule: FILE: line 3, column 2: expected a number, found 'oops'\n")
    #expect(result.status == 2)
  }
}
