import Foundation
import Testing
import Train

/// The boxes of the inspector, which hold others: what is in them, and that numbers and steps are right whether they are
/// open or closed.
@Suite("the inspector: boxes that open and close", .enabled(if: Browser.isHere))
struct InspectorBoxesTests {
  private static let layers = (
    program: "z1 = w1*x + b1; a1 = tanh(z1); z2 = w2*a1 + b2; a2 = tanh(z2); c = (a2 - y)^2 + 0.1*w1^2",
    inputs: ["x=0.5", "w1=0.7", "b1=-0.2", "w2=1.3", "b2=0.1", "y=1"]
  )

  private static let shared = """
    const plain = (part) => part.data ?? part.getAttribute?.("alttext") ?? [...part.childNodes].map(plain).join("");
    const titles = (box) => box.parts.map((part) => part.title ? `${part.title}(${titles(part)})` : part.node.label).join(" ");
    // What is written in the boxes that are seen: the name and its number.
    const written = () => items.filter((item) => !item.isOpen && !headOf(item).shape.length).map((item) =>
      [headOf(item).index, item.words.map((line) => line.textContent)]);
    const press = (key, target = document.body) => {
      target.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true }));
      return plain(byId("status"));
    };

    """

  private func result(_ script: String, in page: String) throws -> JSONValue {
    let text = try Browser.run(Self.shared + script, in: page)
    let result = try JSONValue(parsing: Array(text.utf8))
    #expect(result["mistakes"] == [], "\(text)")
    return result["value"] ?? .null
  }

  private func page(_ program: String, _ inputs: [String]) -> String {
    let called = Chainrule.called(["tape", program] + inputs + ["--format", "html"])
    #expect(called.status == 0, "\(called.errors)")
    return called.output
  }

  @Test("what belongs together: statements, layers, and names that differ in an index")
  func tree() throws {
    let program = """
      h0 = w1*x1 + w2*x2 + w3*x3 + w4*x4; h1 = tanh(h0); h2 = tanh(h1); h3 = tanh(h2); \
      z4 = w5*h3 + b5; a4 = tanh(z4); layer1_z = k*a4; layer1_a = tanh(layer1_z); c = sin(cos(layer1_a))
      """
    let names = (1...5).map { "w\($0)" } + (1...4).map { "x\($0)" } + ["b5", "k"]
    let shown = text(try result("return titles(everything)", in: page(program, names.map { "\($0)=0.5" })))
    #expect(
      shown == """
        w1 … w5(w1 w2 w3 w4 w5) x1 … x4(x1 x2 x3 x4) b5 k \
        h0 … h3(h0(w1·x1 w2·x2 w1·x1 + w2·x2 w3·x3 w1·x1 + w2·x2 + w3·x3 w4·x4 h0) h1 h2 h3) \
        z4, a4(z4(w5·h3 z4) a4) layer1(layer1_z layer1_a) c(cos(layer1_a) c)
        """, "\(shown)")
  }

  private func text(_ json: JSONValue) -> String { if case .string(let text) = json { text } else { "" } }

  @Test("numbers in closed and open boxes follow a change of inputs, and are those of the command")
  func numbers() throws {
    let script = """
      const states = [];
      const field = [...document.querySelectorAll("#inputs label")]
        .find((label) => label.textContent === "w1").querySelector("input[type=number]");
      for (const value of [0.7, -1.25]) {
        field.value = value;
        field.dispatchEvent(new Event("input"));
        for (const name of ["close", "open"]) {
          byId(name).click();
          states.push([value, written()]);
        }
      }
      byId("close").click();
      field.value = 2;
      field.dispatchEvent(new Event("input"));
      return [...states, [2, written()]];
      """
    let states = try result(script, in: page(Self.layers.program, Self.layers.inputs)).items
    #expect(states.map { $0.items[1].items.count } == [6, 17, 6, 17, 6])
    for state in states {
      let inputs = Self.layers.inputs.map { $0.hasPrefix("w1=") ? "w1=\(state.items[0].double ?? 0)" : $0 }
      let table = try JSONValue(
        parsing: Array(Chainrule.called(["tape", Self.layers.program] + inputs + ["--format", "json"]).output.utf8))
      for row in state.items[1].items {
        let node = try #require(table["nodes"]?.items.first { $0["index"] == row.items[0] })
        let lines = row.items[1].items.map(text)
        let numbers = lines.compactMap { Double($0.split(separator: "= ").last ?? "") }
        for (name, number) in zip(["value", "upstream"], numbers) where node[name] != .null {
          let known = try #require(node[name]?.double)
          #expect(abs(number - known) <= 1e-5 * max(1, abs(known)), "\(name) in \(lines): \(known)")
        }
        #expect(!numbers.isEmpty || lines == ["0.1"], "\(lines)")
      }
    }
  }

  @Test("a step goes through a whole closed box, by keyboard, and says what comes out at its border")
  func steps() throws {
    let script = """
      byId("close").click();
      const said = [press("Home")];
      while (now < lastStep) said.push(press("ArrowRight"));
      const box = boxes.get(tape.nodes.find((node) => node.label === "a1").index), count = lastStep;
      const before = box.getAttribute("aria-expanded");
      box.focus();
      press("Enter", box);
      const frame = document.activeElement;
      const opened = [lastStep > count, frame.getAttribute("aria-expanded"), boxes.size > 0];
      press("Enter", frame);
      return { said, before, opened, closed: [lastStep === count, document.activeElement.getAttribute("aria-expanded")] };
      """
    let value = try result(script, in: page(Self.layers.program, Self.layers.inputs))
    let said = value["said"]?.items.map(text) ?? []
    let json = try JSONValue(
      parsing: Array(
        Chainrule.called(["tape", Self.layers.program] + Self.layers.inputs + ["--format", "json"]).output.utf8))
    func short(_ name: String, _ kind: String) -> String {
      let number = json["nodes"]?.items.first { $0["name"] == .string(name) }?[kind]?.double ?? .nan
      return (Double(String(format: "%.6g", number)) ?? .nan).description
    }
    #expect(said[1] == "Forward through z1, a1, 3 operations:  a1 = \(short("a1", "value"))")
    #expect(
      said.contains(
        "Backward through z1, a1, 5 steps:  dc/dw1 = \(short("w1", "upstream"));  dc/dx = \(short("x", "upstream"))"),
      "\(said)")
    #expect(said.contains("Backward through z2, a2, 5 steps:  dc/da1 = \(short("a1", "upstream"))"), "\(said)")
    // Of 0.1·w1² alone: what comes through z1 is still to come.
    #expect(said.contains { $0.hasPrefix("Backward through c, 7 steps:  dc/dw1 so far 0.14;") }, "\(said)")
    #expect(value["before"] == "false")
    #expect(value["opened"] == [true, "true", true])
    #expect(value["closed"] == [true, "false"])
  }

  @Test("the page of a refuted claim has the nodes of the tape at its counterexample")
  func counterexample() throws {
    let page = try Chainrule.run(
      "verify", "e = w*x + b - y; c = e^2", "--claim", "dc/dw = e*x", "--format", "html")
    let lines =
      "\(try result("return items.flatMap((item) => (item.isOpen ? [] : item.lines.map(([, words]) => words)))", in: page.output))"
    #expect(lines.contains("dc/dw = 2") && lines.contains("c = e² = 1"), "\(lines)")
  }

  @Test("no boxes lead to one another, however a program names its parts")
  func order() throws {
    var random = SeededGenerator(seed: 3)
    let tape = Tape<Double>()
    var known = (1...5).map { tape.parameter(Double($0) / 4, "w\($0)") }
    for step in 0..<80 {
      let (a, b) = (known.randomElement(using: &random)!, known.suffix(6).randomElement(using: &random)!)
      let next = Bool.random(using: &random) ? tanh(a * b) : a - 0.5 * b
      let index = Int.random(in: 1...3, using: &random)
      known.append(
        step % 3 == 0
          ? next.named(["z", "a", "layer\(index)_q", "u"].randomElement(using: &random)! + "\(index)") : next)
    }
    let page = tape.inspector(of: known.suffix(20).reduce(0) { $0 + $1 }.named("c"))
    let script = """
      const wrong = [];
      const check = () => connected().forEach(({ source, target, depth }) => {
        const parts = source[depth - 1].parts;
        if (parts.indexOf(source[depth]) >= parts.indexOf(target[depth])) wrong.push([titles({ parts: [source[depth], target[depth]] })]);
      });
      for (const most of [0, 20, 60, 1500]) { openUpTo(most); check(); redraw(); }
      return { wrong, all: items.filter((item) => item.node).length === tape.nodes.length, lines: connections.length };
      """
    let value = try result(script, in: page)
    #expect(value["wrong"] == [], "\(value)")
    #expect(value["all"] == true, "\(value)")
  }

  @Test("three thousand nodes: few boxes, quick steps; search opens what it finds")
  func large() throws {
    let program = (["y0 = x"] + (1...1000).map { "y\($0) = sin(y\($0 - 1)) + k*y\($0 - 1)" }).joined(separator: "; ")
    let page = page(program, ["x=0.3", "k=0.1"])
    let script = """
      const boxesAtFirst = items.length;
      const time = (places) => {
        const times = Array.from({ length: 21 }, (_, k) => {
          const start = performance.now();
          go(places(k));
          document.body.offsetHeight;
          return performance.now() - start;
        });
        return times.sort((a, b) => a - b)[10];
      };
      const step = time((k) => k + 5);
      byId("search").value = "y777 =";
      byId("search").dispatchEvent(new Event("input"));
      const index = tape.nodes.find((node) => node.label === "y777").index, item = seen(index);
      return { boxesAtFirst, step, nodes: tape.nodes.length, found: byId("found").textContent, box: item.node?.label,
        mark: item.drawn.classList.contains("found"), seen: byId("seen").textContent };
      """
    let value = try result(script, in: page)
    #expect(value["nodes"] == 3002)
    #expect(value["boxesAtFirst"]?.double ?? 0 < 50)
    #expect(value["step"]?.double ?? .infinity < 16)
    #expect(value["found"] == "1 of 1")
    #expect(value["box"] == "y777")
    #expect(value["mark"] == true)
    #expect(page.utf8.count < 600_000)
    print(
      "a step through 3000 nodes: \(value["step"] ?? .null) ms; page: \(page.utf8.count / 1000) kB; \(value["seen"] ?? .null)"
    )
  }
}

extension JSONValue {
  fileprivate var items: [JSONValue] { if case .array(let items) = self { items } else { [] } }
  fileprivate var double: Double? { if case .number(let number) = self { number } else { nil } }
}
