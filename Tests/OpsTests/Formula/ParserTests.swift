import Ops
import Testing

@Suite("Formula: parser")
struct ParserTests {
  /// A second spelling with every operation in parentheses shows how the first was read.
  @Test(
    "precedence",
    arguments: [
      ("a + b*c", "a + (b*c)"),
      ("a*b + c", "(a*b) + c"),
      ("a - b - c", "(a - b) - c"),
      ("a/b/c", "(a/b)/c"),
      ("a/b*c", "(a/b)*c"),
      ("a*b@c", "(a*b)@c"),
      ("a@b/c", "(a@b)/c"),
      ("a@b@c", "(a@b)@c"),
      ("-a + b", "(-a) + b"),
      ("-a*b", "(-a)*b"),
      ("-x^2", "-(x^2)"),
      ("-x²", "-(x²)"),
      ("(-x)^2", "((-x))^2"),
      ("2^-3", "2^(-3)"),
      ("2^-3^2", "2^(-(3^2))"),
      ("2^-a*b", "(2^(-a))*b"),
      ("a^b^c", "a^(b^c)"),
      ("a^b²", "a^(b²)"),
      ("a*-b", "a*(-b)"),
      ("a*-b*c", "(a*(-b))*c"),
      ("a - -b", "a - (-b)"),
      ("--a", "-(-a)"),
      ("+a - +b", "a - b"),
      ("a'*b", "(a')*b"),
      ("a^b'", "a^(b')"),
      ("-a'", "-(a')"),
      ("a²'", "(a^2)'"),
      ("a'²", "(a')^2"),
      ("a''", "(a')'"),
      ("x[1:, 0]'", "(x[1:, 0])'"),
      ("x[0]^2", "(x[0])^2"),
      ("f(x)²", "(f(x))^2"),
      ("where(a + b < c*d, 1, 0)", "where((a + b) < (c*d), 1, 0)"),
      ("where((a < b)*(c < d), 1, 0)", "where(((a < b))*((c < d)), 1, 0)"),
    ])
  func precedence(text: String, explicit: String) throws {
    #expect(try Formula(parsing: text) == Formula(parsing: explicit))
  }

  @Test(
    "spellings of the same",
    arguments: [
      ("a·b", "a*b"), ("a×b", "a*b"), ("a⋅b", "a*b"), ("a÷b", "a/b"), ("a−b", "a-b"), ("Xᵀ@X", "X'@X"),
      ("x²", "x^2"), ("x³", "x^3"), ("x¹⁰", "x^10"), ("x⁻¹", "x^-1"),
      ("where(a ≤ b, 1, 0)", "where(a <= b, 1, 0)"), ("where(a ≠ b, 1, 0)", "where(a != b, 1, 0)"),
      ("y\u{302}", "\u{177}"), ("e\u{301}té", "ét\u{65}\u{301}"),
      ("1e3", "1000"), ("1E+3", "1000."), (".5", "0.5"), ("1e-3", "0.001"), ("007", "7"),
      ("f( a ,\tb )", "f(a,b)"), ("(a\n+ b) # sum", "a+b"), ("\u{FEFF}a", "a"), ("[1,\r\n 2]", "[1, 2]"),
    ])
  func spellings(text: String, plain: String) throws {
    #expect(try Formula(parsing: text) == Formula(parsing: plain))
  }

  @Test(
    "names of any script",
    arguments: [
      "w", "x_1", "_", "ŷ", "y\u{302}", "δ", "σ", "距离", "x₁", "ᵢ", "вес", "وزن", "k\u{20D7}", "W12b",
    ])
  func names(text: String) throws {
    #expect(try Formula(parsing: text) == .name(text))
  }

  @Test("calls, lists and slices keep their parts")
  func parts() throws {
    let axis = Formula.Argument<Formula>(1, label: "axis")
    #expect(try Formula(parsing: "sum(x, axis=1)") == Formula(.call("sum", [.init(.name("x")), axis])))
    #expect(
      try Formula(parsing: "[[1, 2], [3, 4]]")
        == Formula(.list([Formula(.list([1, 2])), Formula(.list([3, 4]))])))
    #expect(
      try Formula(parsing: "x[1:, 0, :, -2:-1]")
        == Formula(.slice(.name("x"), [.range(1, nil), .element(0), .range(nil, nil), .range(-2, -1)])))
    #expect(try Formula(parsing: "f()") == .call("f"))
  }

  @Test("200 levels are read")
  func nesting() throws {
    let text = String(repeating: "(", count: 199) + "x" + String(repeating: ")", count: 199)
    #expect(try Formula(parsing: text) == .name("x"))
    #expect(try Formula(parsing: String(repeating: "-", count: 199) + "x").depth == 199)
  }
}
