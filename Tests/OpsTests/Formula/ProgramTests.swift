import Ops
import Testing

@Suite("Formula: programs")
struct ProgramTests {
  @Test("statements, comments, line ends, output")
  func statements() throws {
    let program = try Program(
      parsing: """
        # linear regression
        u = w*x; ŷ = u + b   # prediction
        e = (ŷ
             - y);

        e²
        """)
    #expect(program.names == ["u", "ŷ", "e"])
    #expect(program.freeNames == ["w", "x", "b", "y"])
    #expect(program.output.name == nil)
    #expect(program.output.formula.description == "e²")
    #expect(program.statements.map(\.formula.description) == ["w·x", "u + b", "ŷ - y", "e²"])
  }

  @Test(
    "free names",
    arguments: [
      ("c = (w*x + b - y)^2", ["w", "x", "b", "y"]),
      ("a = 2; b = a*c", ["c"]),
      ("c = e^2*pi + inf", []),
      ("e = x - y; c = e^2", ["x", "y"]),
      ("f(t) = t*k; z = f(u)", ["k", "u"]),
      ("z = f(u); y\u{302} = \u{177}2", ["u", "ŷ2"]),
      ("c = sum(x, axis=n)", ["x", "n"]),
    ])
  func freeNames(text: String, names: [String]) throws {
    #expect(try Program(parsing: text).freeNames == names)
  }

  @Test(
    "calls of defined functions are written out",
    arguments: [
      ("f(x) = 1/(1 + exp(-x)); f(2*w)", "1/(1 + exp(-(2·w)))"),
      ("f(x, y) = x - y; f(y, w)", "y - w"),
      ("f(x) = x^2; g(x) = f(f(x)) + b; g(3)", "(3²)² + b"),
      ("f(w) = w + x; f(1)", "1 + x"),
      ("f(x) = x; f(f(f(y)))", "y"),
    ])
  func definitions(text: String, output: String) throws {
    let program = try Program(parsing: text).resolved(inputs: ["w", "x", "b", "y"], functions: someFunctions)
    #expect(program.output.formula.description == output)
  }

  @Test("definitions that double with every line are stopped")
  func doubling() throws {
    let lines = (1...60).map { "f\($0)(x) = f\($0 - 1)(x) + f\($0 - 1)(x)" }
    let program = try Program(parsing: "f0(x) = x + 1\n" + lines.joined(separator: "\n") + "\nf60(2)")
    let error = #expect(throws: ParseError.self) { try program.resolved(inputs: [], functions: [:]) }
    #expect(error?.message == "the functions come to more than 100000 operations when written out")
  }

  @Test("an input may have the name of a constant")
  func constants() throws {
    let program = try Program(parsing: "c = e^2")
    #expect(program.freeNames.isEmpty)
    #expect(try program.resolved(inputs: ["e"], functions: [:]) == program)
    #expect(try program.resolved(inputs: [], functions: [:]) == program)
  }
}

@Suite("Formula: claims")
struct ClaimTests {
  private static let program = """
    u = w*x; ŷ = u + b; e = ŷ - y; c = e^2; w2 = 2*w; dd = w; d = b; q = dd*d; duration = 2; distance = 3
    """

  private func claim(_ text: String) throws(ParseError) -> Claim {
    let program = try Program(parsing: Self.program)
    return try Claim(
      parsing: text, in: program.scope(inputs: ["w", "x", "b", "y"], functions: someFunctions))
  }

  @Test(
    "forms",
    arguments: [
      ("dc/dw = 2*e*x", "dc/dw = 2*e*x"),
      ("∂c/∂w = 2·e·x", "dc/dw = 2*e*x"),
      ("d c / d w == 1", "dc/dw = 1"),
      ("∂c/∂ŷ = 2*e", "dc/dŷ = 2*e"),
      ("dc/dy\u{302} = 2*e", "dc/dŷ = 2*e"),
      ("dc/dw2 = 1", "dc/dw2 = 1"),
      ("d2c/dw2 = 2*x^2", "d2c/dw2 = 2*x^2"),
      ("d²c/dw² = 2*x²", "d2c/dw2 = 2*x^2"),
      ("∂²c/∂w² = 2*x²", "d2c/dw2 = 2*x^2"),
      ("∂^2c/∂w^2 = 1", "d2c/dw2 = 1"),
      ("d2c/dw22 = 1", "d2c/dw22 = 1"),
      ("d2c/dwdb = 2*x", "d2c/dwdb = 2*x"),
      ("∂²c/∂w∂b = 2*x", "d2c/dwdb = 2*x"),
      ("d2c/dw2db = 1", "d2c/dw2db = 1"),
      ("d2q/dddd = 1", "d2q/dd2 = 1"),
      ("distance/duration = 3/2", "distance/duration = 3/2"),
      ("c = (w*x + b - y)^2", "c = (w*x + b - y)^2"),
      ("exp(w + b) == exp(w)*exp(b)", "exp(w + b) = exp(w)*exp(b)"),
      ("where(w > 0, w, -w) = w", "where(w > 0, w, -w) = w"),
      ("sum(x, axis=0) = x", "sum(x, axis=0) = x"),
    ])
  func forms(text: String, ascii: String) throws {
    #expect(try claim(text).ascii == ascii)
  }

  @Test("kinds")
  func kinds() throws {
    #expect(try claim("dc/dw = 1") == .gradient(of: "c", by: "w", 1))
    #expect(try claim("d2c/dwdb = 1") == .second(of: "c", by: "w", and: "b", 1))
    #expect(try claim("d2c/dw22 = 1") == .second(of: "c", by: "w2", and: "w2", 1))
    #expect(try claim("d2q/dddd = 1") == .second(of: "q", by: "d", and: "d", 1))
    #expect(try claim("w = 1") == .identity(.name("w"), 1))
    #expect(try claim("∂²c/∂w∂b = 2*x").description == "∂²c/∂w∂b = 2·x")
  }

  @Test(
    "errors",
    arguments: [
      (
        "dq2/dw = 1",
        """
        line 1, column 1: no name 'q2'; did you mean 'q'?
          dq2/dw = 1
          ^
        """
      ),
      (
        "∂c/∂v = 1",
        """
        line 1, column 4: no name 'v'
          ∂c/∂v = 1
             ^
        """
      ),
      (
        "dc/dw = 2*ex",
        """
        line 1, column 11: no name 'ex'; did you mean 'e*x'?
          dc/dw = 2*ex
                    ^
        """
      ),
      (
        "d2c/dw = 1",
        """
        line 1, column 5: a second derivative is written d2c/dw2 or d2c/dwdb
          d2c/dw = 1
              ^
        """
      ),
      (
        "dc/dw",
        """
        line 1, column 6: expected '=', found the end of the text
          dc/dw
               ^
        """
      ),
      (
        "dc/dw = 1 = 2",
        """
        line 1, column 1: a chain of 2 claims stands where one is expected
          dc/dw = 1 = 2
          ^
        """
      ),
      (
        "2*∂c = 1",
        """
        line 1, column 3: expected an expression, found '∂'
          2*∂c = 1
            ^
        """
      ),
      (
        "",
        """
        line 1, column 1: expected an expression, found the end of the text
          
          ^
        """
      ),
    ])
  func errors(text: String, message: String) {
    #expect(parseError { () throws(ParseError) in _ = try claim(text) } == message)
  }

  @Test("what can be read in two ways is not guessed")
  func ambiguous() throws {
    let names: Set<String> = ["q", "a", "da", "ad", "dq"]
    let scope = Scope(names: names, functions: [:])
    #expect(
      parseError { () throws(ParseError) in _ = try Claim(parsing: "d2q/dadda = 1", in: scope) } == """
        line 1, column 5: 'dadda' can be read in several ways; write ∂ for d
          d2q/dadda = 1
              ^
        """)
    #expect(
      parseError { () throws(ParseError) in _ = try Claim(parsing: "dq/da = 1", in: scope) } == """
        line 1, column 1: dq/da is also a quotient of two names; write ∂ for d
          dq/da = 1
          ^
        """)
    #expect(try Claim(parsing: "∂q/∂a = 1", in: scope) == .gradient(of: "q", by: "a", 1))
    #expect(try Claim(parsing: "∂²q/∂a∂da = 1", in: scope) == .second(of: "q", by: "a", and: "da", 1))
  }
}

@Suite("Formula: domains")
struct DomainTests {
  @Test("forms")
  func forms() throws {
    func domain(_ text: String) throws -> (String, [Int]?, Formula.Domain.Values?) {
      let domain = try Formula.Domain(parsing: text)
      return (domain.name, domain.shape, domain.values)
    }
    #expect(try domain("y in {-1, +1}") == ("y", nil, .set([-1, 1])))
    #expect(try domain("x in [-2, 2]") == ("x", nil, .interval(-2...2)))
    #expect(try domain("θ in [0, 2*pi]") == ("θ", nil, .interval(0...2 * .pi)))
    #expect(try domain("X: [5, 3]") == ("X", [5, 3], nil))
    #expect(try domain("Y: [5] in {0, 1}") == ("Y", [5], .set([0, 1])))
    #expect(try domain("n = 5") == ("n", nil, .fixed(5)))
    #expect(try domain("v = [1, -2]") == ("v", nil, .fixed(Formula(.list([1, .number(-2)])))))
  }

  @Test(
    "errors",
    arguments: [
      ("x", "line 1, column 2: expected 'in', ':' or '=', found the end of the text"),
      ("x in", "line 1, column 5: expected '{' or '[', found the end of the text"),
      ("x in [1]", "line 1, column 6: an interval has two bounds, found 1"),
      ("x in [2, 1]", "line 1, column 6: the lower bound is greater than the upper one"),
      ("x in [0, a]", "line 1, column 10: expected a number"),
      (
        "x in {1, 2",
        "line 1, column 11: expected '}' for the '{' at line 1, column 6, found the end of the text"
      ),
      ("X: [5, -3]", "line 1, column 8: expected a size from 1 to 1,000,000"),
      ("X: [5, 0]", "line 1, column 8: expected a size from 1 to 1,000,000"),
      ("X: [1000, 1001]", "line 1, column 4: expected a shape of at most 1,000,000 elements"),
      ("X: [1, 1, 1, 1, 1, 1, 1, 1, 1]", "line 1, column 4: expected a shape of at most 8 dimensions"),
      ("X: [5.5]", "line 1, column 5: expected a whole number, found '5.5'"),
      ("X: 5", "line 1, column 4: expected a shape such as [5, 3], found '5'"),
      ("n = w", "line 1, column 5: expected a number, a vector or a matrix"),
      (
        "x in [0, 1] 2",
        "line 1, column 13: expected an operator or the end of the domain, found '2'; "
          + "a product is written with '*'"
      ),
      ("3 = x", "line 1, column 1: expected a name, found '3'"),
    ])
  func errors(text: String, message: String) {
    let error = parseError { () throws(ParseError) in _ = try Formula.Domain(parsing: text) }
    #expect(error.split(separator: "\n").first.map(String.init) == message)
  }
}
