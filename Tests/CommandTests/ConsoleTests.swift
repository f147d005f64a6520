import Foundation
import Testing

@testable import chainrule

/// The one way to the terminal.
@Suite("console")
struct ConsoleTests {
  private func shell(_ line: String) throws -> Chainrule.Result {
    try Chainrule.shell(line, in: FileManager.default.temporaryDirectory)
  }

  /// A result that nobody got is no success.
  @Test(
    "standard output that takes nothing",
    arguments: [
      "chainrule", "chainrule --help", "chainrule tape 'c = x^2' x=1", "chainrule gradient 'c = x^2' x=1",
      "chainrule verify 'c = x^2' --claim 'dc/dx = 2*x'", "chainrule minimize 'J = x^2' x=1", "chainrule plot x",
      "chainrule train --data iris --layers 4,3 --epochs 2",
    ])
  func full(line: String) throws {
    #expect(
      try shell("\(line) > /dev/full")
        == Chainrule.Result(
          status: 2, output: "",
          errors: "chainrule: standard output: cannot be written: No space left on device\n"))
    #expect(
      try shell("\(line) >&-")
        == Chainrule.Result(
          status: 2, output: "", errors: "chainrule: standard output: cannot be written: Bad file descriptor\n"))
  }

  /// The next file that is opened would get the number of standard error, and the message.
  @Test func closedStandardError() throws {
    #expect(try shell("chainrule tape 2>&-") == Chainrule.Result(status: 2, output: "", errors: ""))
    let result = try shell("chainrule tape 'c = x^2' x=1 --format json 2>&-")
    #expect(result.status == 0 && result.output.hasPrefix("{"))
  }

  @Test func inTheirOrder() throws {
    let result = try shell("chainrule train --data commute --layers 2,1 --learning-rate 1 --epochs 500 2>&1")
    let lines = result.output.split(separator: "\n")
    #expect(lines[0].hasPrefix("Epoch 1: loss ") && lines.last!.hasPrefix("chainrule: epoch "), "\(lines)")
  }

  /// What a reader sees after the first epoch does not wait for the last.
  @Test func lineByLine() throws {
    let result = try shell(
      "chainrule train --data iris --layers 4,3 --epochs 100000000 | (read line; echo \"$line\")")
    #expect(result.status == 0 && result.output.hasPrefix("Epoch 1: loss "))
  }

  @Test func safe() {
    #expect(safeText("a\tb\nŷ ∂ 汉 👍🏽") == "a\tb\nŷ ∂ 汉 👍🏽")
    #expect(safeText("\u{1B}[31mred\u{7}\r\u{7f}") == "␛[31mred␇␍␡")
    #expect(safeText("\u{9b}31m\u{202e}x\u{2066}") == "�31m�x�")
    for value in (0...0xffff).compactMap(Unicode.Scalar.init) where value != "\t" && value != "\n" {
      let safe = safeText("a" + String(Character(value)))
      #expect(!safe.unicodeScalars.contains { $0.properties.generalCategory == .control }, "\(value.value)")
    }
  }

  /// Names from the command line, from headers and from classes.
  @Test func escapeSequences() throws {
    let red = "\u{1B}[31m"
    let results = [
      try Chainrule.run("tape", "c = \(red)", "x=1"), try Chainrule.run("\(red)"),
      try Chainrule.run("tape", "w", "w=1", "--\(red)"),
      try Chainrule.run("train", "--data", "\(red)", "--layers", "1,1"),
      try Chainrule.run(file: "\(red)x,y\n1,2\n", named: "a.csv", "minimize", "J = z", "a=1", "--data", "FILE"),
      try Chainrule.run(file: "c = w^2\nclaim: dc/dw = 2*w # \(red)", named: "a.formulas", "verify", "FILE"),
    ]
    for result in results {
      #expect(result.status == 2 || result.status == 0)
      #expect(!(result.output + result.errors).contains("\u{1B}") && !(result.output + result.errors).isEmpty)
    }
  }
}
