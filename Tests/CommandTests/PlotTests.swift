import Foundation
import Testing

@Suite("chainrule plot")
struct PlotTests {
  @Test func toStandardOutput() throws {
    let result = try Chainrule.run("plot", "a*x", "f = x^2", "a=2", "--domain", "x in [0, 1]", "--derivatives")
    #expect(result.status == 0 && result.errors.isEmpty)
    #expect(result.output.hasPrefix("<svg") && result.output.hasSuffix("</svg>\n"))
    for name in ["a·x", "f", "∂/∂x a·x", "∂/∂x f"] { #expect(result.output.contains(">\(name)</text>"), "\(name)") }
  }

  /// Near-white words need the dark page that they are meant for.
  @Test func hasAPageOfItsOwn() throws {
    let picture = try Chainrule.run("plot", "x").output
    #expect(picture.contains("<rect class=\"page\" width=\"100%\" height=\"100%\"/>"))
    let (light, dark) = (picture.split(separator: "@media")[0], picture.split(separator: "@media")[1])
    #expect(light.contains(".page{fill:#ffffff}") && dark.contains(".page{fill:#0d1117}"))
  }

  /// The curve of the derivative is that of the derivative as one writes it.
  @Test func derivatives() throws {
    func curves(_ words: String...) throws -> [Substring] {
      try Chainrule.run(["plot"] + words).output.matches(of: /d="(.*?)" class="line s0"/).map(\.output.1)
    }
    let both = try curves("sin(x)*x", "--derivatives")
    // The pair is drawn in narrower pictures than one function alone, so the other comes in a pair as well.
    let written = try curves("sin(x) + x*cos(x)", "--derivatives")
    #expect(both.count == 4 && both.contains(written[1]), "\(both.count)")
  }

  static let mistakes = [
    Mistake(arguments: [], message: "a formula is missing; try chainrule plot --help"),
    Mistake(arguments: ["x*y"], message: "expected formulas of one name, found x, y; give the others values"),
    Mistake(arguments: ["log(x)", "--domain", "x in [-2, -1]"], message: "log(x): no value from -2 to -1"),
    Mistake(arguments: ["a*x", "a=1", "a=2"], message: "'a' is given twice"),
    Mistake(arguments: ["[x, x]"], message: "[x, x]: expected a number, found shape [2]"),
    Mistake(arguments: ["x", "--domain", "y in [0, 1]"], message: "--domain: 'y' is none of x"),
    Mistake(
      arguments: ["x", "--domain", "x in {0, 1}"],
      message: "--domain: expected 'NAME in [LOW, HIGH]', found 'x in {0, 1}'"),
    Mistake(
      arguments: ["x", "--plot", "/nowhere/x.svg"],
      message: "/nowhere/x.svg: cannot be written: No such file or directory"),
  ]

  @Test(arguments: Self.mistakes)
  func isExplained(_ mistake: Mistake) throws { try mistake.check("plot") }
}
