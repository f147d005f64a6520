import Ops
import Testing

/// Whole messages as a user reads them.
@Suite("Formula: errors")
struct ParseErrorTests {
  @Test(
    "grammar",
    arguments: [
      (
        "c = ",
        """
        line 1, column 5: expected an expression, found the end of the text
          c = 
              ^
        """
      ),
      (
        "u = w*x\nc = (u + b\n",
        """
        line 3, column 1: expected ')' for the '(' at line 2, column 5, found the end of the text
          
          ^
        """
      ),
      (
        "a = (b + c\nd = 3",
        """
        line 2, column 1: expected an operator or ')' for the '(' at line 1, column 5, found 'd'; a product is written \
        with '*'
          d = 3
          ^
        """
      ),
      (
        "c = 2x + 1",
        """
        line 1, column 6: expected an operator or the end of the statement, found 'x'; a product is written with '*'
          c = 2x + 1
               ^
        """
      ),
      (
        "c = a + * b",
        """
        line 1, column 9: expected an expression, found '*'
          c = a + * b
                  ^
        """
      ),
      (
        "c = a)",
        """
        line 1, column 6: expected the end of the statement, found ')'
          c = a)
               ^
        """
      ),
      (
        "c = (a, b)",
        """
        line 1, column 7: expected ')' for the '(' at line 1, column 5, found ','
          c = (a, b)
                ^
        """
      ),
      (
        "c = a < b",
        """
        line 1, column 7: expected an operator, found '<'; comparisons stand only in the condition of \
        where(condition, a, b)
          c = a < b
                ^
        """
      ),
      (
        "c = where(0 < a < b, 1, 0)",
        """
        line 1, column 17: comparisons cannot be chained
          c = where(0 < a < b, 1, 0)
                          ^
        """
      ),
      (
        "c = x²^3",
        """
        line 1, column 7: a power of a power can be read in two ways; write parentheses
          c = x²^3
                ^
        """
      ),
      (
        "J = x² + sin²(y)",
        """
        line 1, column 14: expected an operator, found '('; did you mean 'sin(…)²'?
          J = x² + sin²(y)
                       ^
        """
      ),
      (
        "距离 = 2；时段 = 1",
        """
        line 1, column 7: unexpected character '；'; did you mean ';'?
          距离 = 2；时段 = 1
                  ^
        """
      ),
      (
        "ŷ = |x|",
        """
        line 1, column 5: unexpected character '|'; did you mean 'abs(…)'?
          ŷ = |x|
              ^
        """
      ),
      (
        "a = 1\u{200B}",
        """
        line 1, column 6: unexpected character 'U+200B'
          a = 1 
               ^
        """
      ),
      (
        "a = b\t+ $",
        """
        line 1, column 9: unexpected character '$'
          a = b + $
                  ^
        """
      ),
      (
        "a = 1e999",
        """
        line 1, column 5: the number '1e999' is larger than the largest one, 1.8e308
          a = 1e999
              ^
        """
      ),
      (
        "a = [[1, 2], [3]]",
        """
        line 1, column 14: this row has 1 element, the first one has 2
          a = [[1, 2], [3]]
                       ^
        """
      ),
      (
        "a = []",
        """
        line 1, column 6: expected an expression, found ']'
          a = []
               ^
        """
      ),
      (
        "a = x[1.5]",
        """
        line 1, column 7: expected a whole number, found '1.5'
          a = x[1.5]
                ^
        """
      ),
      (
        "a = x[]",
        """
        line 1, column 7: expected a whole number or ':', found ']'
          a = x[]
                ^
        """
      ),
      (
        "a = sum(x, axis=0, y)",
        """
        line 1, column 20: an argument without a name behind the option 'axis'
          a = sum(x, axis=0, y)
                             ^
        """
      ),
      (
        "2*w = 4",
        """
        line 1, column 5: only a name can stand on the left of '='
          2*w = 4
              ^
        """
      ),
      (
        "w*x + b\nc = 1",
        """
        line 1, column 1: only the last statement may be without a name; write name = expression
          w*x + b
          ^
        """
      ),
      (
        "f(x, 2) = x",
        """
        line 1, column 6: expected the name of a parameter, found '2'
          f(x, 2) = x
               ^
        """
      ),
      (
        "f(x, x) = x; f(1, 2)",
        """
        line 1, column 6: the parameter 'x' is named twice
          f(x, x) = x; f(1, 2)
               ^
        """
      ),
      (
        " # nothing\n",
        """
        line 2, column 1: no formula here; expected a statement such as c = (w*x - y)^2
          
          ^
        """
      ),
      (
        "",
        """
        line 1, column 1: no formula here; expected a statement such as c = (w*x - y)^2
          
          ^
        """
      ),
    ])
  func grammar(text: String, message: String) {
    #expect(throws: ParseError.self) { try Program(parsing: text) }
    #expect(parseError { () throws(ParseError) in _ = try Program(parsing: text) } == message)
  }

  @Test(
    "names",
    arguments: [
      (
        "u = 2 + wx",
        """
        line 1, column 9: no name 'wx'; did you mean 'w*x'?
          u = 2 + wx
                  ^
        """
      ),
      (
        "weight = w*x\nu = wieght + 1",
        """
        line 2, column 5: no name 'wieght'; did you mean 'weight'?
          u = wieght + 1
              ^
        """
      ),
      (
        "u = W + wxb + zzz",
        """
        line 1, column 5: no name 'W'; did you mean 'w'?
          u = W + wxb + zzz
              ^
        """
      ),
      (
        "u = wxb",
        """
        line 1, column 5: no name 'wxb'; did you mean 'w*x*b'?
          u = wxb
              ^
        """
      ),
      (
        "u = exq(x)",
        """
        line 1, column 5: no function 'exq'; did you mean 'exp'?
          u = exq(x)
              ^
        """
      ),
      (
        "u = w(x + b)",
        """
        line 1, column 5: no function 'w'; did you mean 'w*(…)'?
          u = w(x + b)
              ^
        """
      ),
      (
        "u = w*exp",
        """
        line 1, column 7: no name 'exp'; did you mean 'exp(…)'?
          u = w*exp
                ^
        """
      ),
      (
        "u = clip(x, 0)",
        """
        line 1, column 5: clip takes 3 arguments, found 2
          u = clip(x, 0)
              ^
        """
      ),
      (
        "u = exp()",
        """
        line 1, column 5: exp takes 1 argument, found 0
          u = exp()
              ^
        """
      ),
      (
        "u = max()",
        """
        line 1, column 5: max takes at least 1 argument, found 0
          u = max()
              ^
        """
      ),
      (
        "u = sum(x, axes=0)",
        """
        line 1, column 5: sum has no option 'axes'; did you mean 'axis'?
          u = sum(x, axes=0)
              ^
        """
      ),
      (
        "u = 1; v = 2; u = 3",
        """
        line 1, column 15: 'u' is already defined at line 1, column 1
          u = 1; v = 2; u = 3
                        ^
        """
      ),
      (
        "w = 1",
        """
        line 1, column 1: 'w' is an input and cannot be defined again
          w = 1
          ^
        """
      ),
      (
        "c = e^2; e = x - b",
        """
        line 1, column 5: 'e' is used before it is defined, at line 1, column 10
          c = e^2; e = x - b
              ^
        """
      ),
      (
        "exp(x) = 1; exp(2)",
        """
        line 1, column 1: 'exp' is a function of the language and cannot be defined again
          exp(x) = 1; exp(2)
          ^
        """
      ),
      (
        "f(t) = t*f(t - 1); f(3)",
        """
        line 1, column 10: the function 'f' is used before it is defined, at line 1, column 1
          f(t) = t*f(t - 1); f(3)
                   ^
        """
      ),
      (
        "f(t) = t; f(t) = 2*t; f(3)",
        """
        line 1, column 11: 'f' is already defined at line 1, column 1
          f(t) = t; f(t) = 2*t; f(3)
                    ^
        """
      ),
      (
        "f(t) = t + b; f(1, 2)",
        """
        line 1, column 15: f takes 1 argument, found 2
          f(t) = t + b; f(1, 2)
                        ^
        """
      ),
    ])
  func names(text: String, message: String) {
    #expect(
      parseError { () throws(ParseError) in
        _ = try Program(parsing: text).resolved(inputs: ["w", "x", "b"], functions: someFunctions)
      } == message)
  }

  @Test("the parts of an error can be read apart from its sentence")
  func fields() throws {
    let error = try #require(throws: ParseError.self) { try Formula(parsing: "(a") }
    #expect((error.line, error.column, error.found) == (1, 3, "the end of the text"))
    #expect(error.expected == "')' for the '(' at line 1, column 1")
  }

  @Test("of a long line the surroundings are shown")
  func longLine() {
    let text = String(repeating: "a + ", count: 50) + "$" + String(repeating: " + b", count: 50)
    #expect(
      parseError { () throws(ParseError) in _ = try Formula(parsing: text) } == """
        line 1, column 201: unexpected character '$'
          …\(String(repeating: "a + ", count: 15))$\(String(repeating: " + b", count: 9)) + …
        \(String(repeating: " ", count: 63))^
        """)
  }
}

/// A few functions of the language, enough to look names up.
let someFunctions: [String: Signature] = [
  "exp": 1, "clip": 3, "where": 3, "max": Signature(1...Int.max), "sum": Signature(1, options: ["axis"]),
]

/// The message that `body` fails with, or "no error".
func parseError(_ body: () throws(ParseError) -> Void) -> String {
  do {
    try body()
    return "no error"
  } catch {
    return error.description
  }
}
