import Ops
import Testing

@Suite("Formula: printing")
struct PrintingTests {
  private static let (x, y, e, g) = (
    Formula.name("x"), Formula.name("y"), Formula.name("e"), Formula.name("g")
  )
  private static let (a, b, c) = (Formula.name("a"), Formula.name("b"), Formula.name("c"))

  @Test(
    "textbook and ASCII",
    arguments: [
      (2 * e, "2·e", "2*e"),
      (1 - y * y, "1 - y²", "1 - y^2"),
      (-x / (y * y), "-x/y²", "-x/y^2"),
      (.exp(x), "exp(x)", "exp(x)"),
      ((a + b) * c, "(a + b)·c", "(a + b)*c"),
      (.pow(x, 3.5), "x^3.5", "x^3.5"),
      (.pow(x, -1), "x^-1", "x^-1"),
      (.pow(x, 3), "x³", "x^3"),
      (.pow(x, 4), "x^4", "x^4"),
      (.matmul(g, b.transposed), "g @ bᵀ", "g @ b'"),
      (a - (b - c), "a - (b - c)", "a - (b - c)"),
      (a - b - c, "a - b - c", "a - b - c"),
      (a / (b / c), "a/(b/c)", "a/(b/c)"),
      (.pow(.pow(x, y), 2), "(x^y)²", "(x^y)^2"),
      (.pow(x, .pow(y, 2)), "x^y²", "x^y^2"),
      (.pow(-x, 2), "(-x)²", "(-x)^2"),
      (-.pow(x, 2), "-x²", "-x^2"),
      (-(a + b), "-(a + b)", "-(a + b)"),
      (.select(.less(x, 0), -x, x), "where(x < 0, -x, x)", "where(x < 0, -x, x)"),
      (.number(-2.5), "-2.5", "-2.5"),
      (1e-5 * x, "1e-5·x", "1e-5*x"),
      (1e21 * x, "1e21·x", "1e21*x"),
    ] as [(Formula, String, String)])
  func prints(formula: Formula, standard: String, ascii: String) {
    #expect(formula.description == standard)
    #expect(formula.ascii == ascii)
  }

  @Test("the dot of the textbook stands for the matrix product too")
  func textbook() {
    #expect(Formula.matmul(Self.g, Self.b.transposed).text(in: .textbook) == "g·bᵀ")
  }

  @Test(
    "the product element by element binds looser than that of matrices; typed, both are read in order",
    arguments: [
      ("W @ x ⊙ a", "W @ x*a"), ("(a ⊙ b) @ xᵀ", "a*b @ x'"), ("a ⊙ (b + c)/2", "a*((b + c)/2)"),
      ("(a ⊙ b)/2", "a*b/2"), ("a ⊙ W @ x", "a*(W @ x)"), ("a ⊙ b + c", "a*b + c"), ("2·a ⊙ b", "2*a*b"),
    ])
  func elementwise(text: String, ascii: String) throws {
    let formula = try Formula(parsing: text)
    #expect(formula.description == text && formula.ascii == ascii)
  }

  @Test(
    "a minus behind an operator is enclosed",
    arguments: [
      "a·(-b)", "a - (-b)", "a + (-b)·c", "-(-a)", "2^-x", "x^-y^2", "[-1, 2]", "f(-x, axis=-1)",
    ])
  func minus(text: String) throws {
    #expect(try Formula(parsing: text).text(in: .standard) == text.replacing("^2", with: "²"))
  }

  @Test("what is printed parses back to the same formula", arguments: [Formula.Notation.standard, .ascii])
  func roundTrip(notation: Formula.Notation) throws {
    var generator = SeededGenerator(seed: 7)
    for size in 0..<500 {
      let formula = Formula.random(size: 1 + size % 60, using: &generator)
      let text = formula.text(in: notation)
      #expect(try Formula(parsing: text) == formula, "\(text)")
    }
  }

  @Test("no parentheses can be left out")
  func minimal() throws {
    var generator = SeededGenerator(seed: 8)
    for _ in 0..<150 {
      let text = Formula.random(size: 12, using: &generator).description
      for stripped in withoutOnePair(of: text) {
        #expect((try? Formula(parsing: stripped)) != (try Formula(parsing: text)), "\(text) = \(stripped)")
      }
    }
  }

  /// Each text with one pair of grouping parentheses gone; not those of calls, and not those that are
  /// there for the eye: around a minus behind an operator, and around a raised base as in `(x²)ᵀ`.
  private func withoutOnePair(of text: String) -> [String] {
    let characters = Array(text)
    var open: [Int] = []
    var results: [String] = []
    for (position, character) in characters.enumerated() {
      if character == "(" { open.append(position) }
      guard character == ")", let start = open.popLast() else { continue }
      let isCall = start > 0 && (characters[start - 1].isLetter || characters[start - 1].isNumber)
      guard !isCall, characters[start + 1] != "-", !"²³".contains(characters[position - 1]) else { continue }
      results.append(
        String(characters.enumerated().filter { $0.offset != start && $0.offset != position }.map(\.element)))
    }
    return results
  }
}
