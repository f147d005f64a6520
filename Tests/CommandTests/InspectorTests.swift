import Foundation
import Testing
import Train

@Suite("the inspector: a tape as a page", .enabled(if: Browser.isHere))
struct InspectorTests {
  struct Example: CustomTestStringConvertible, Sendable {
    let testDescription: String
    let program: String
    let inputs: [String]
    /// The label of an input that is changed, and its other value.
    let change: (name: String, value: String)
  }

  static let worked = Example(
    testDescription: "worked example", program: "u = w*x; ŷ = u + b; e = ŷ - y; c = e^2",
    inputs: ["w=5", "x=1", "b=1", "y=2"], change: ("w", "w=-1.5"))

  static let examples = [
    worked,
    Example(
      testDescription: "functions that JavaScript lacks",
      program: """
        a = erf(x) + erfc(3*x) + lgamma(x + 2) + digamma(x); b = polygamma(2, x) + expm1(x) + softplus(x) + gelu(x); \
        c = mod(x, 0.3) + hypot(x, 2) + cbrt(x) + atan2(x, 2) + where(x < 1, x^3, log(x)); f = a*b + c
        """, inputs: ["x=0.7"], change: ("x", "x=2.4")),
    Example(
      testDescription: "two layers", program: "h = tanh(k*(W@x) + b); o = V@h; E = sum((o - t)^2)/2",
      inputs: ["W=[[1,2],[3,-1],[0.5,0.25]]", "x=[0.3,-0.2]", "b=[0.1,0,0.2]", "V=[[1,-1,0.5]]", "t=[0.4]", "k=1"],
      change: ("k", "k=2")),
    Example(
      testDescription: "softmax classifier",
      program: "Z = k*(X@W); P = softmax(Z); L = mean(logsumexp(Z)) - mean(log(P))",
      inputs: ["X=[[1,2],[0,-1],[3,1]]", "W=[[0.1,0.2,0.3],[0.3,-0.2,0.1]]", "k=1"], change: ("k", "k=1.75")),
    Example(
      testDescription: "linear algebra", program: "A = k*M; f = logdet(A) + det(A) + sum(inverse(A))",
      inputs: ["M=[[2,0.5,0],[0.5,3,1],[0,1,2]]", "k=1"], change: ("k", "k=0.5")),
  ]

  /// Values and upstream gradients by node, flat.
  private static let numbers = """
    const flat = (x) => x === null ? null : Array.from(dataOf(x), (n) => Number.isFinite(n) ? n : shortNumber(n));
    const state = () => tape.nodes.map((n) => [n.index, flat(valueOf(n)), flat(upstreamOf(n))]);

    """

  @Test("its numbers are those of the command, before and after an input is changed", arguments: examples)
  func numbers(_ example: Example) throws {
    let page = Chainrule.called(["tape", example.program] + example.inputs + ["--format", "html"])
    #expect(page.status == 0, "\(page.errors)")
    let number = example.change.value.split(separator: "=")[1]
    let script =
      Self.numbers + """
        const before = state();
        const field = [...document.querySelectorAll("#inputs label")]
          .find((label) => label.textContent === "\(example.change.name)").querySelector("input[type=number]");
        field.value = \(number);
        field.dispatchEvent(new Event("input"));
        return { before, after: state() };
        """
    let result = try Self.parsed(try Browser.run(script, in: page.output))
    #expect(result["mistakes"] == [])
    let changed = example.inputs.map { $0.hasPrefix(example.change.name + "=") ? example.change.value : $0 }
    try compare(result["value"]?["before"], example.program, example.inputs)
    try compare(result["value"]?["after"], example.program, changed)
  }

  private static func parsed(_ text: String) throws -> JSONValue { try JSONValue(parsing: Array(text.utf8)) }

  private func compare(_ shown: JSONValue?, _ program: String, _ inputs: [String]) throws {
    let table = try Self.parsed(Chainrule.called(["tape", program] + inputs + ["--format", "json"]).output)
    let nodes = Dictionary(uniqueKeysWithValues: (table["nodes"]?.items ?? []).map { ($0["index"]?.double ?? -1, $0) })
    let rows = shown?.items ?? []
    #expect(!rows.isEmpty)
    for row in rows {
      let node = try #require(nodes[row.items[0].double ?? -1])
      let name = "\(node["name"] ?? .null)"
      #expect(agree(row.items[1].leaves, node["value"]?.leaves ?? []), "value of \(name): \(row.items[1])")
      if row.items[2] != .null {
        #expect(agree(row.items[2].leaves, node["upstream"]?.leaves ?? []), "upstream of \(name): \(row.items[2])")
      }
    }
  }

  private func agree(_ a: [Double], _ b: [Double]) -> Bool {
    a.count == b.count && zip(a, b).allSatisfy { abs($0 - $1) <= 1e-11 * max(1, abs($1)) }
  }

  @Test("it steps by keyboard, shows a node, and has labels for screen readers")
  func keyboard() throws {
    let page = Chainrule.called(["tape", Self.worked.program] + Self.worked.inputs + ["--format", "html"]).output
    let script = """
      const plain = (part) => part.data ?? part.getAttribute("alttext") ?? [...part.childNodes].map(plain).join("");
      const press = (key) => {
        document.body.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true }));
        return plain(byId("status"));
      };
      const shown = [press("Home"), press("ArrowRight"), press("End"), press("ArrowLeft")];
      boxes.get(tape.nodes.find((node) => node.label === "u").index).dispatchEvent(new MouseEvent("click"));
      return { shown, details: plain(byId("details")), fractions: byId("details").querySelectorAll("mfrac").length,
        silent: [...document.querySelectorAll("button, input, [role=button]")]
          .filter((part) => !part.getAttribute("aria-label") && !part.closest("label")).length };
      """
    let result = try Self.parsed(try Browser.run(script, in: page))
    #expect(result["mistakes"] == [])
    #expect(
      result["value"]?["shown"] == [
        "Forward: each operation computes its value from its operands.", "Forward: u = w·x = 5·1 = 5",
        "All is known: c = 16. Change an input, or step back.",
        "Backward: dc/dx = dc/du · ∂u/∂x = 8 · w = 8 · 5 = 40",
      ])
    let details = "\(result["value"]?["details"] ?? .null)"
    #expect(details.contains("c ← e ← ŷ ← u:  ∂c/∂e · ∂e/∂ŷ · ∂ŷ/∂u = 8 · 1 · 1 = 8"), "\(details)")
    #expect(result["value"]?["silent"] == 0)
    // ∂u/∂w, dc/du, and in the path ∂c/∂e · ∂e/∂ŷ · ∂ŷ/∂u, among others.
    #expect(result["value"]?["fractions"]?.double ?? 0 >= 5)
    #expect(page.utf8.count < 150_000)
  }

  @Test("a step through 500 nodes takes less than a frame")
  func large() throws {
    let chain = (1...250).map { "y\($0) = sin(y\($0 - 1)) + k*y\($0 - 1)" }.prefix(166)
    let program = (["y0 = x"] + chain).joined(separator: "; ")
    let page = Chainrule.called(["tape", program, "x=0.3", "k=0.1", "--format", "html"]).output
    let script = """
      // The median of forty steps.
      const step = () => {
        go(0);
        document.body.offsetHeight;
        const times = Array.from({ length: 41 }, () => {
          const start = performance.now();
          go(now === lastStep ? 0 : now + 1);
          document.body.offsetHeight;
          return performance.now() - start;
        });
        return times.sort((a, b) => a - b)[20];
      };
      const closed = step();
      byId("open").click();
      return { nodes: tape.nodes.length, closed, open: step(), boxes: items.filter((item) => item.node).length };
      """
    let result = try Self.parsed(try Browser.run(script, in: page))
    #expect(result["mistakes"] == [])
    #expect(result["value"]?["nodes"]?.double ?? 0 >= 500)
    #expect(result["value"]?["boxes"] == result["value"]?["nodes"])
    for state in ["closed", "open"] {
      let step = result["value"]?[state] ?? .null
      #expect(step.double ?? .infinity < 16, "\(result)")
      print("a step through 500 nodes, \(state): \(step) ms; page: \(page.utf8.count / 1000) kB")
    }
    #expect(page.utf8.count < 140_000)
  }
}

extension JSONValue {
  fileprivate var items: [JSONValue] { if case .array(let items) = self { items } else { [] } }
  fileprivate var double: Double? { if case .number(let number) = self { number } else { nil } }
  /// The numbers of nested arrays in order.
  fileprivate var leaves: [Double] { double.map { [$0] } ?? items.flatMap(\.leaves) }
}
