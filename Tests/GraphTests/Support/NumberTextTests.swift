import Graph
import Testing

@Suite("Numbers, counts and widths as text")
struct NumberTextTests {
  @Test("the shortest spelling, the short one, and JSON; not a number has no sign")
  func numbers() {
    let numbers = [2, -0.5, 1.0 / 3, 1e-5, 6.02e23, 1e16, .nan, -.nan, .infinity, -.infinity, -0.0]
    #expect(
      numbers.map { shortest($0) } == [
        "2", "-0.5", "0.3333333333333333", "1e-5", "6.02e23", "1e16", "nan", "nan", "inf", "-inf", "-0",
      ])
    #expect(
      numbers.map { shortText($0) } == [
        "2", "-0.5", "0.333333", "1e-5", "6.02e23", "1e16", "nan", "nan", "inf", "-inf", "0",
      ])
    #expect("\(Tensor([1, -Double.nan]))" == "[ 1. nan]")
    #expect(JSONValue(-Double.nan).description == "\"nan\"")
    #expect(shortest(Float(0.1)) == "0.1")
    #expect(decimalDouble(Float(0.1)) == 0.1)
  }

  @Test("tensors as JSON")
  func json() {
    #expect(JSONValue(Tensor<Float>([[0.1, 2], [3, .infinity]])).description == #"[[0.1, 2], [3, "inf"]]"#)
    #expect(JSONValue(Tensor(2.5)).description == "2.5")
    #expect(JSONValue(Tensor<Double>([], shape: [2, 0])).description == "[[], []]")
  }

  @Test("one path, two paths")
  func counts() { #expect([0, 1, 2].map { counted($0, "path") } == ["0 paths", "1 path", "2 paths"]) }

  @Test(
    "columns of a terminal",
    arguments: [
      ("abc", 3), ("ŷ", 1), ("y\u{302}", 1), ("\u{302}", 0), ("距离", 4), ("🙂", 2), ("⚡", 2), ("❤️", 2), ("🇨🇭", 2),
      ("♞", 1), ("🡒", 1), ("∂", 1), ("한", 2), ("Ａ", 2), ("\u{303f}", 1), ("", 0),
    ])
  func widths(text: String, columns: Int) { #expect(text.displayWidth == columns, "\(text)") }

  @Test(
    arguments: [
      (5, "5"), (0.1, "0.1"), (-2, "-2"), (1.0 / 3, "0.333333"), (1e-5, "1e-5"), (123456, "123456"),
      (1_234_567, "1.23457e6"),
      (6.02214076e23, "6.02214e23"), (1e-300, "1e-300"), (.greatestFiniteMagnitude, "1.79769e308"),
      (0.1 + 0.2, "0.3"), (-0.0, "0"), (.infinity, "inf"), (-.infinity, "-inf"), (-.nan, "nan"),
      (99999.96, "100000"),
    ] as [(Double, String)])
  func short(value: Double, text: String) { #expect(shortText(value) == text) }

  @Test("floats")
  func floats() { #expect(shortText(Float(0.1)) == "0.1") }
}
