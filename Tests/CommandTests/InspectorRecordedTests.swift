import Foundation
import Testing
import Train

@Suite("the inspector of tapes that only Swift can compute again", .enabled(if: Browser.isHere))
struct InspectorRecordedTests {
  enum LogCosh: UnaryRule {
    static func value<A: Algebra>(_ x: A) -> A { x + softplus(-2 * x) - log(2) }
    static func local<A: Algebra>(_ x: A, _ y: A) -> A { tanh(x) }
  }

  private let script = """
    const plain = (part) => part.data ?? part.getAttribute("alttext") ?? [...part.childNodes].map(plain).join("");
    const lines = [];
    for (let k = 0; k <= lastStep; k++) { go(k); lines.push(plain(byId("status"))); }
    return { lines, inputs: plain(byId("inputs")) };
    """

  @Test("a recorded operation and a hook: steps, and inputs that stay as they are")
  func recorded() throws {
    let tape = Tape<Double>()
    let x = tape.parameter(2, "x")
    let y = tape.record("cube", value: 8, inputs: [x], locals: [12]).named("y")
    y.onBackward { min($0, 1) }
    let c = (3 * y).named("c")
    let text = try Browser.run(script, in: tape.inspector(of: c))
    let result = try JSONValue(parsing: Array(text.utf8))
    #expect(result["mistakes"] == [], "\(text)")
    let said = "\(result["value"]?["lines"] ?? .null)"
    #expect(said.contains("to dc/dy comes dc/dc · ∂c/∂y = 1 · 3 = 3, of which its hook makes 1"), "\(said)")
    #expect(said.contains("Backward: dc/dx = dc/dy · ∂y/∂x = 1 · 12 = 12"), "\(said)")
    let inputs = String(describing: result["value"]?["inputs"] ?? .null)
    #expect(inputs.contains("cannot be changed here"))
  }

  @Test("a rule of one's own")
  func rule() throws {
    let tape = Tape<Double>()
    let e = tape.parameter(1.5, "e")
    let c = apply(LogCosh.self, e).named("c")
    let text = try Browser.run(script, in: tape.inspector(of: c))
    let result = try JSONValue(parsing: Array(text.utf8))
    #expect(result["mistakes"] == [], "\(text)")
    let said = "\(result["value"]?["lines"] ?? .null)"
    #expect(said.contains("dc/de = dc/dc · ∂c/∂e = 1 · tanh(e) = 1 · 0.905148 = 0.905148"), "\(said)")
  }
}
