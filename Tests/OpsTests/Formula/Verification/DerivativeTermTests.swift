import Ops
import Testing

/// A derivative is a term of a claim like any other.
@Suite("Verification: derivatives as terms")
struct DerivativeTermTests {
  static let chain = "q = w*x + b; p = sigmoid(q); C = (p - y)^2"

  static let holds = [
    (chain, "dC/dw = dC/dp*dp/dq*dq/dw"),
    (chain, "dC/db = dC/dq"),
    (chain, "∂C/∂w = ∂C/∂p·∂p/∂q·x"),
    (chain, "2*dC/dq = 4*(p - y)*p*(1 - p)"),
    (chain, "dC/dw - x*dC/db = 0"),
    (chain, "(dp/dq)^2 = (p*(1 - p))^2"),
    (chain, "dC/dp/2 = p - y"),
    ("f = x^2*y", "d(x*y)/dx = y"),
    ("f = x^2*y", "d2f/dx2 + d2f/dxdy = 2*y + 2*x"),
    ("f = x^2*y", "∂²f/∂x² - ∂²f/∂x∂y = 2·y - 2·x"),
    ("f = x^2*y", "d2(x*y)/dxdy = 1"),
    ("g(t) = sin(t); f = g(x)", "d(g(x)^2)/dx = 2*f*cos(x)"),
    ("f = x**3", "df/dx = 3*x**2"),
    ("dist = x*y; f = dist^2", "df/dx = 2*dist*y*dist/dist"),
    ("a = relu(z); L = relu(a)", "1*dL/da = where(a > 0, 1, 0)"),
  ]

  @Test("a right one holds", arguments: holds)
  func right(program: String, claim: String) throws {
    let verdict = try Program(parsing: program).verify(claim)
    #expect(verdict.outcome == .holds, "\(verdict)")
  }

  static let slips = [
    (chain, "dC/dw = dC/dp*dq/dw"),
    (chain, "dC/dw = dC/dp*dp/dq*dq/db"),
    (chain, "2*dC/dq = 2*(p - y)*p*(1 - p)"),
    (chain, "dC/dw + x*dC/db = 0"),
    ("f = x^2*y", "d(x*y)/dx = x"),
    ("f = x^2*y", "d2f/dx2 + d2f/dxdy = 2*y"),
    ("f = x**3", "df/dx = 3*x**3"),
  ]

  @Test("a slip is refuted", arguments: slips)
  func slip(program: String, claim: String) throws {
    let verdict = try Program(parsing: program).verify(claim)
    #expect(verdict.outcome == .refuted, "\(verdict)")
  }

  @Test("it is printed as it can be read back", arguments: holds)
  func isPrinted(program: String, claim: String) throws {
    let program = try Program(parsing: program)
    let scope = try program.scope(inputs: Set(program.freeNames), functions: Language.functions)
    let read = try Claim(parsing: claim, in: scope)
    #expect(try Claim(parsing: read.ascii, in: scope) == read)
    #expect(try Claim(parsing: read.description, in: scope) == read)
  }

  static let errors = [
    ("dC/dw = dC/dp*dp/dr", "line 1, column 18: no name 'r'"),
    ("dC/dw = 2*dK/dw", "line 1, column 11: no name 'K'"),
    ("2*dC/dw^2 = 1", "line 1, column 8: a power of a derivative is written (dc/dw)^2"),
    ("2*d(x*w)/dr = 1", "line 1, column 10: no name 'r'"),
  ]

  @Test("errors have their place", arguments: errors)
  func error(claim: String, message: String) throws {
    let program = try Program(parsing: Self.chain)
    let error = #expect(throws: ParseError.self) { try program.verify(claim) }
    let text = String(describing: try #require(error))
    #expect(text.hasPrefix(message), "\(text)")
  }
}
