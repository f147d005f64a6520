import Foundation
import Testing
import Train

@Suite("descents and trainings as pages", .enabled(if: Browser.isHere))
struct DescentPageTests {
  struct Example: CustomTestStringConvertible, Sendable {
    let testDescription: String
    let words: [String]
    /// How many films, and the number of the last step.
    let films: Int
    let last: Double
    /// What stands at the second step.
    let second: String
  }

  static let examples = [
    Example(
      testDescription: "one number",
      words: ["minimize", "J = x^2", "x=1.2", "--learning-rate", "0.3", "--until", "J < 0.001"], films: 1, last: 4,
      second: "Step 1: x = 0.48, J = 0.2304; dJ/dx = 0.96; Δx = -0.288"),
    Example(
      testDescription: "two numbers",
      words: ["minimize", "J = x^2 + sin(y)^2", "x=3", "y=1", "--learning-rate", "0.1", "--iterations", "15"], films: 1,
      last: 15,
      second: "Step 1: x = 2.4, y = 0.90907, J = 6.38241; dJ/dx = 4.8, dJ/dy = 0.969566; Δx = -0.48, Δy = -0.0969566"),
    Example(
      testDescription: "learning rates",
      words: ["minimize", "J = x^2", "x=1.2", "--learning-rate", "0.9,0.3", "--iterations", "6"], films: 2, last: 6,
      second: "Step 1: x = -0.96, J = 0.9216; dJ/dx = -1.92; Δx = 1.728"),
    Example(
      testDescription: "regions of classes",
      words: [
        "train", "--data", "iris", "--inputs", "petal length,petal width", "--layers", "2,3", "--epochs", "4",
      ], films: 1, last: 4, second: "Epoch 1: loss "),
    Example(
      testDescription: "a loss", words: ["train", "--data", "iris", "--layers", "4,3", "--epochs", "3"], films: 1,
      last: 2,
      second: "Epoch 2: loss "),
  ]

  @Test("they step by keyboard and say what is seen", arguments: examples)
  func steps(_ example: Example) throws {
    let page = try page(example.words)
    let script = """
      const press = (key) => document.body.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true }));
      const seen = () => films.map((film) => film.marks.filter(({ mark }) => getComputedStyle(mark).display !== "none").length);
      const captions = () => films[0].caption.textContent;
      press("Home");
      const start = seen();
      press("ArrowRight");
      const second = captions();
      press("End");
      const end = seen();
      const spent = performance.now();
      for (let k = 0; k <= lastStep; k++) go(k);
      return { films: films.length, last: lastStep, second, start, end, step: (performance.now() - spent) / (lastStep + 1),
        silent: [...document.querySelectorAll("button, input")].filter((part) => !part.getAttribute("aria-label")).length };
      """
    let text = try Browser.run(script, in: page)
    let result = try JSONValue(parsing: Array(text.utf8))
    #expect(result["mistakes"] == [], "\(text)")
    let value = result["value"]
    #expect(value?["films"] == JSONValue(example.films) && value?["silent"] == 0)
    #expect(value?["last"] == JSONValue(example.last))
    let second = String(describing: value?["second"] ?? .null)
    #expect(second.hasPrefix("\"" + example.second), "\(text)")
    #expect(value?["start"] != nil && page.utf8.count < 300_000)
  }

  private func page(_ words: [String]) throws -> String {
    let file = FileManager.default.temporaryDirectory.appendingPathComponent("chainrule-\(UUID()).html")
    defer { try? FileManager.default.removeItem(at: file) }
    let result = Chainrule.called(words + ["--page", file.path])
    #expect(result.status == 0 && result.errors.isEmpty, "\(result.errors)")
    return try String(contentsOf: file, encoding: .utf8)
  }
}
