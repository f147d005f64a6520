import Foundation
import Ops
import Testing

/// Docs/Operations.md is written by the rules themselves. To write it anew:
/// `WRITE_OPERATIONS=1 swift test --filter OperationsDocument`
@Suite("The table of operations") struct OperationsDocumentTests {
  private static let file = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: "Docs/Operations.md")

  @Test("is what the rules say") func isCurrent() throws {
    let text = Self.text
    if ProcessInfo.processInfo.environment["WRITE_OPERATIONS"] != nil {
      try text.write(to: Self.file, atomically: true, encoding: .utf8)
    }
    #expect(try String(contentsOf: Self.file, encoding: .utf8) == text)
  }

  private static var text: String {
    var lines = [
      "# Operations", "",
      "Every operation as its rule states it; this page is written from the rules and a test keeps it so. What happens at a",
      "kink is decided in [Conventions](Conventions.md).", "", "## On scalars, and on tensors element by element", "",
      "| operation | y | local gradients | defined for | kinks where |", "|---|---|---|---|---|",
    ]
    let rules = Operations.rules
    lines += rules.compactMap { $0 as? any ElementwiseRule.Type }.map(row)
    lines += ["", "## On whole tensors", "", "Their pullbacks are shown by `chainrule tape` for given shapes.", ""]
    let names = rules.filter { !($0 is any ElementwiseRule.Type) }.map { "`\($0.name)`" }
    return (lines + [names.joined(separator: ", "), ""]).joined(separator: "\n")
  }

  private static func row(_ rule: any ElementwiseRule.Type) -> String {
    let names = rule.arity == 1 ? ["x"] : ["a", "b", "c"].prefix(rule.arity).map { $0 }
    let operands = names.map(Formula.name)
    let locals = rule.locals(of: operands, result: .name("y"))
    let gradients = zip(names, locals).map { "∂y/∂\($0) = \($1.text(in: .textbook))" }
    let domain = rule.domain == .reals ? "" : "\(bound(rule.domain.lower)) … \(bound(rule.domain.upper))"
    let cells = [
      rule.name, rule.value(of: operands).text(in: .textbook), gradients.joined(separator: "<br>"), domain,
      kinks(of: rule, names).joined(separator: ", "),
    ]
    return "| " + cells.map { $0.replacingOccurrences(of: "|", with: "\\|") }.joined(separator: " | ") + " |"
  }

  private static func kinks(of rule: any ElementwiseRule.Type, _ names: [String]) -> [String] {
    var kinks = rule.kinks.map { "\(names[0]) = \(bound($0))" }
    kinks += rule.meetings.map { "\(names[$0]) = \(names[$1])" }
    if let offset = rule.periodicJumps {
      kinks.append(names.joined(separator: "/") + " = a whole number" + (offset == 0 ? "" : " + \(bound(offset))"))
    }
    return kinks
  }

  private static func bound(_ x: Double) -> String {
    switch x {
    case .infinity: "∞"
    case -.infinity: "−∞"
    case .leastNonzeroMagnitude: "above 0"
    default: Formula.number(x).text(in: .textbook)
    }
  }
}
