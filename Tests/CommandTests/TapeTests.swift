import Foundation
import Testing

@Suite("chainrule tape")
struct TapeTests {
  static let regression = ["u = w*x; ŷ = u + b; e = ŷ - y; c = e^2", "w=5", "x=1", "b=1", "y=2"]

  static let table = """
    node       operation  value  local gradients                 upstream dc/d…
    w          parameter      5                                               8
    x          parameter      1                                              40
    b          parameter      1                                               8
    y          parameter      2                                              -8
    u = w·x    multiply       5  ∂u/∂w = x = 1    ∂u/∂x = w = 5               8
    ŷ = u + b  add            6  ∂ŷ/∂u = 1        ∂ŷ/∂b = 1                   8
    e = ŷ - y  subtract       4  ∂e/∂ŷ = 1        ∂e/∂y = -1                  8
    c = e²     square        16  ∂c/∂e = 2·e = 8                              1

    """

  @Test("the worked example")
  func workedExample() throws {
    #expect(
      try Chainrule.run(["tape"] + Self.regression)
        == Chainrule.Result(status: 0, output: Self.table, errors: ""))
  }

  @Test("without arguments: the worked example and what to try next, which works")
  func withoutArguments() throws {
    let result = try Chainrule.run()
    #expect(result.status == 0 && result.errors.isEmpty)
    #expect(result.output.contains(Self.table))
    let advice = result.output.split(separator: "\n").drop { !$0.hasPrefix("Try next") }.dropFirst()
    #expect(advice.count == 5)
    for line in advice {
      let quoted = line.split(separator: "'", omittingEmptySubsequences: false).map(String.init)
      let words = quoted.enumerated().flatMap { place, part in
        place % 2 == 1 ? [part] : part.split(separator: " ").map(String.init)
      }
      #expect(words.first == "chainrule")
      #expect(try Chainrule.run(Array(words.dropFirst())).status < 2, "\(line)")
    }
  }

  @Test("JSON has the documented keys")
  func json() throws {
    let result = try Chainrule.run("tape", "c = w*x", "w=1", "x=2", "--format", "json")
    #expect(
      result.output == """
        {"output": "c", "nodes": [{"index": 0, "name": "w", "operation": "parameter", "shape": [], "value": 1, \
        "inputs": [], "upstream": 2}, {"index": 1, "name": "x", "operation": "parameter", "shape": [], "value": 2, \
        "inputs": [], "upstream": 1}, {"index": 2, "name": "c", "operation": "multiply", "shape": [], "value": 2, \
        "inputs": [{"index": 0, "name": "w", "local": 2, "formula": "x"}, {"index": 1, "name": "x", "local": 1, \
        "formula": "w"}], "upstream": 1}]}

        """)
  }

  @Test("another output")
  func output() throws {
    let result = try Chainrule.run(["tape"] + Self.regression + ["--output", "ŷ", "--format=json"])
    #expect(result.output.hasPrefix(#"{"output": "ŷ","#))
    let unknown = try Chainrule.run(["tape"] + Self.regression + ["--output", "d"])
    #expect(unknown.status == 2 && unknown.output.isEmpty)
    #expect(unknown.errors.hasPrefix("chainrule: --output: no statement 'd'"))
  }

  @Test("the worked solution")
  func narrate() throws {
    let result = try Chainrule.run(["tape"] + Self.regression + ["--narrate"])
    #expect(result.status == 0)
    #expect(result.output.contains("\n  dc/dŷ = dc/de · ∂e/∂ŷ = 8\n"))
  }

  @Test("every path of the multivariate chain rule")
  func paths() throws {
    let result = try Chainrule.run("tape", "x = cos(t); y = t^2; f = y + exp(x*y)", "t=0.5", "--paths", "t")
    #expect(result.status == 0)
    #expect(result.output.hasPrefix("3 paths from f to t:\n"))
    #expect(result.output.hasSuffix("\ndf/dt = 1 + (-0.14926) + 1.09287 = 1.94361\n"))
  }

  @Test("of 2³⁰ paths a thousand are listed, all are counted and summed")
  func manyPaths() throws {
    let doubled = (1...30).map { "y\($0) = y\($0 - 1) + y\($0 - 1)" }
    let result = try Chainrule.run(
      "tape", (["y0 = x^2"] + doubled).joined(separator: "; "), "x=3", "--paths", "x")
    #expect(result.status == 0 && result.output.hasPrefix("1073741824 paths from y30 to x:\n"))
    #expect(result.output.split(separator: "\n").count == 1002)
    #expect(result.output.hasSuffix("… 1073740824 paths more, not shown; the sum of all: dy30/dx = 6.44245e9\n"))
  }

  @Test("the version is that of the changelog")
  func version() throws {
    let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent(
      "../../Docs/Changelog.md")
    let heading = try String(contentsOf: file, encoding: .utf8).split(separator: "\n").first { $0.hasPrefix("## ") }
    let result = try Chainrule.run("--version")
    let number = result.output.split(separator: " ").last?.dropLast() ?? "none"
    #expect(result.status == 0 && result.output == "chainrule \(number)\n")
    #expect(heading?.hasPrefix("## \(number)") ?? false)
  }

  @Test(
    "pictures",
    arguments: [
      ("dot", "digraph"), ("mermaid", "flowchart"), ("html", "<!DOCTYPE html>"), ("markdown", "| node"),
    ])
  func pictures(format: String, start: String) throws {
    let result = try Chainrule.run(["tape"] + Self.regression + ["--format", format])
    #expect(result.status == 0 && result.output.hasPrefix(start))
  }

  @Test(
    "errors",
    arguments: [
      (
        ["tape", "u = 2 + wx", "w=1", "x=2"],
        """
        chainrule: line 1, column 9: no name 'wx'; did you mean 'w*x'?
          u = 2 + wx
                  ^

        """
      ),
      (
        ["tape", "u = w*x + wx", "w=1", "x=2"],
        """
        chainrule: line 1, column 11: no name 'wx'; did you mean 'w*x'?
          u = w*x + wx
                    ^

        """
      ),
      (
        ["tape", "u = w*(x", "w=1", "x=2"],
        """
        chainrule: line 1, column 9: expected ')' for the '(' at line 1, column 7, found the end of the text
          u = w*(x
                  ^

        """
      ),
      (
        ["tape", "u = w*x", "w=1"],
        """
        chainrule: line 1, column 7: 'x' has no value; give it one: x=…
          u = w*x
                ^

        """
      ),
      (["tape"], "chainrule: a program is missing; try chainrule tape --help\n"),
      (["tape", "w", "w=abc"], "chainrule: w: expected a number, a vector or a matrix, found 'abc'\n"),
      (["tape", "w", "w"], "chainrule: expected NAME=VALUE, found 'w'\n"),
      (["tape", "w", "w=1", "w=2"], "chainrule: 'w' is given twice\n"),
      (
        ["tape", "w", "w=1", "--fromat", "json"],
        "chainrule: no option '--fromat'; did you mean '--format'?\n"
      ),
      (
        ["tape", "w", "w=1", "--format", "xml"],
        "chainrule: --format: expected one of text, json, markdown, dot, mermaid, html, latex, found 'xml'\n"
      ),
      (["tape", "w", "w=1", "--format"], "chainrule: --format needs a value\n"),
      (
        ["tape", "y = sin()", "x=1"],
        """
        chainrule: line 1, column 5: sin takes 1 argument, found 0
          y = sin()
              ^

        """
      ),
      (["tape", "w", "w="], "chainrule: w: expected a number, a vector or a matrix behind '='\n"),
      (["tape", "w", "w=1", "--output", "v"], "chainrule: --output: no statement 'v'\n"),
      (["tape", "w", "w=1", "--narrate", "--paths", "w"], "chainrule: --paths: does not go with --narrate\n"),
      (["tape", "w", "w=1", "--paths", "w", "--format", "json"], "chainrule: --format: does not go with --paths\n"),
      (
        ["tape", "s = w*2; v = 2*w", "w=[1, 2]"],
        """
        chainrule: line 1, column 10: the output has shape [2]; gradients need a number, such as its sum
          s = w*2; v = 2*w
                   ^

        """
      ),
      (["tap"], "chainrule: no command 'tap'; did you mean 'tape'?\n"),
      (["grad"], "chainrule: no command 'grad'; did you mean 'gradient'?\n"),
      (["xyzzy"], "chainrule: no command 'xyzzy'; try chainrule --help\n"),
    ])
  func errors(arguments: [String], message: String) throws {
    #expect(try Chainrule.run(arguments) == Chainrule.Result(status: 2, output: "", errors: message))
  }

  @Test("help", arguments: ["tape", "gradient", "verify"])
  func help(command: String) throws {
    let result = try Chainrule.run(command, "--help")
    #expect(result.status == 0 && result.output.hasPrefix("chainrule \(command) ") && result.errors.isEmpty)
    #expect(try Chainrule.run("--help").output.contains("  \(command) "))
    #expect(try Chainrule.run("help", command) == result)
  }
}
