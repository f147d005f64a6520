import Ops
import Testing

/// Rules that a user writes in formulas that are verified: they mean what the rule says, whatever it is called.
@Suite struct OwnRuleVerificationTests {
  /// log cosh(x).
  enum LogCosh: UnaryRule {
    static func value<A: Algebra>(_ x: A) -> A { x + softplus(-2 * x) - log(2) }
    static func local<A: Algebra>(_ x: A, _ y: A) -> A { tanh(x) }
  }

  /// a²b.
  enum Area: BinaryRule {
    static func value<A: Algebra>(_ a: A, _ b: A) -> A { a * a * b }
    static func locals<A: Algebra>(_ a: A, _ b: A, _ y: A) -> (A, A) { (2 * a * b, a * a) }
  }

  /// x³, with the name of another operation.
  enum Cubed: UnaryRule {
    static let name = "softplus"
    static func value<A: Algebra>(_ x: A) -> A { x * x * x }
    static func local<A: Algebra>(_ x: A, _ y: A) -> A { 3 * x * x }
  }

  /// Jumps at 7 from x to 2x.
  enum Steep: UnaryRule {
    static var kinks: [Double] { [7] }
    static func value<A: Algebra>(_ x: A) -> A { .select(.less(7, x), 2 * x, x) }
    static func local<A: Algebra>(_ x: A, _ y: A) -> A { .select(.less(7, x), 2, 1) }
  }

  /// x², but 7x in a window that no point at random meets, and nothing says so.
  enum Window: UnaryRule {
    static func value<A: Algebra>(_ x: A) -> A { .select(.less(.abs(x - 7.25), 0.001), 7 * x, x * x) }
    static func local<A: Algebra>(_ x: A, _ y: A) -> A { .select(.less(.abs(x - 7.25), 0.001), 7, 2 * x) }
  }

  /// a·b, whose local gradient has a window.
  enum Sly: BinaryRule {
    static func value<A: Algebra>(_ a: A, _ b: A) -> A { a * b }
    static func locals<A: Algebra>(_ a: A, _ b: A, _ y: A) -> (A, A) {
      (b, .select(.less(.abs(a + b - 3.4567), 0.0001), 0, a))
    }
  }

  /// Its elements, of those in a window none.
  enum Screened: TensorRule {
    static func compute(_ c: Computation<Self>) -> Buffer { c.x }
    static func pullback<T: TensorAlgebra>(_ c: Pullback<Self, T>) -> Contributions<T> { Contributions(c.g) }
    static func definition<A: Algebra>(_ c: Call<Self, Grid<A>>) -> Grid<A> {
      Grid(shape: c.x.shape) { i in .select(.less(.abs(c.x[i] - 7.25), 0.001), 0, c.x[i]) }
    }
  }

  /// That of the article OwnOperation.
  enum Huber: UnaryRule {
    static func value<A: Algebra>(_ x: A) -> A { .select(.less(.abs(x), 1), x * x / 2, .abs(x) - 0.5) }
    static func local<A: Algebra>(_ x: A, _ y: A) -> A { .select(.less(.abs(x), 1), x, sgn(x)) }
  }

  /// What is left of the mean.
  enum Centered: TensorRule {
    static func compute(_ c: Computation<Self>) -> Buffer { c.x - c.x.mean() }
    static func pullback<T: TensorAlgebra>(_ c: Pullback<Self, T>) -> Contributions<T> {
      Contributions(c.g - c.g.mean())
    }
    static func definition<A: Algebra>(_ c: Call<Self, Grid<A>>) -> Grid<A> { c.x - c.x.mean() }
  }

  /// Multiplied by a number that no text can say.
  enum Scaled: TensorRule {
    struct Options: RuleOptions {
      var factor = 1.0
      static var fields: [OptionField<Options>] { [] }
    }
    static func compute(_ c: Computation<Self>) -> Buffer { c.x * Buffer(floatLiteral: c.options.factor) }
    static func pullback<T: TensorAlgebra>(_ c: Pullback<Self, T>) -> Contributions<T> {
      Contributions(c.g * .number(c.options.factor))
    }
    static func definition<A: Algebra>(_ c: Call<Self, Grid<A>>) -> Grid<A> { c.x * .number(c.options.factor) }
  }

  private func message(_ body: () throws -> Void) -> String {
    do { try body() } catch { return "\(error)" }
    return "holds"
  }

  @Test func ofOneNumber() throws {
    try verify({ tanh($0) }, isGradientOf: { apply(LogCosh.self, $0) })
    try verify({ 3 * tanh(3 * $0) }, isGradientOf: { apply(LogCosh.self, 3 * $0) })
    try verify({ 3 * $0 * $0 }, isGradientOf: { apply(Cubed.self, $0) })
    try verify({ sigmoid($0) + 3 * $0 * $0 }, isGradientOf: { softplus($0) + apply(Cubed.self, $0) })
    try verify({ clip($0, -1, 1) }, isGradientOf: { apply(Huber.self, $0) })
    let refuted = message { try verify({ 2 * tanh($0) }, isGradientOf: { apply(LogCosh.self, $0) }) }
    #expect(
      refuted == """
        refuted: ∂f/∂x = 2·tanh(x): off by a factor 2; at x = 1: claimed 1.5231883119115297, \
        autodiff 0.7615941559557649
        """)
    let other = message { try verify({ sigmoid($0) }, isGradientOf: { apply(Cubed.self, $0) }) }
    #expect(other.hasPrefix("refuted"), "\(other)")
  }

  /// It may stand on the left, too.
  @Test func asClaim() throws {
    try verify({ 6 * apply(Area.self, $0, 2) }, isGradientOf: { x in 4 * x * x * x })
    let refuted = message { try verify({ apply(Cubed.self, $0) }, isGradientOf: { $0 * $0 }) }
    #expect(refuted.hasPrefix("refuted: ∂f/∂x = softplus(x)"), "\(refuted)")
  }

  @Test func ofSeveral() throws {
    try verify(
      { p in [2 * p[0] * p[1], p[0] * p[0]] }, isGradientOf: { p in apply(Area.self, p[0], p[1]) }, ofCount: 2)
    let refuted = message {
      try verify(
        { p in [2 * p[0] * p[1], p[0]] }, isGradientOf: { p in apply(Area.self, p[0], p[1]) }, ofCount: 2)
    }
    #expect(refuted.contains("∂f/∂x2 = x1"), "\(refuted)")
  }

  /// What is behind its kink is compared, where no point was drawn.
  @Test func withAKink() throws {
    try verify({ select(.less(7, $0), 2, 1) }, isGradientOf: { apply(Steep.self, $0) })
    let refuted = message { try verify({ _ in 1 }, isGradientOf: { apply(Steep.self, $0) }) }
    #expect(refuted.hasPrefix("refuted"), "\(refuted)")
  }

  /// What it compares inside is gone across, declared or not, in values and in local gradients.
  @Test func withAWindow() throws {
    let window = message { try verify({ 2 * $0 }, isGradientOf: { apply(Window.self, $0) }) }
    #expect(window.hasPrefix("refuted") && window.contains("x = 7.2"), "\(window)")
    let sly = message {
      try verify({ p in [p[1], p[0]] }, isGradientOf: { p in apply(Sly.self, p[0], p[1]) }, ofCount: 2)
    }
    #expect(sly.hasPrefix("refuted: ∂f/∂x2"), "\(sly)")
    let x = Formula.name("x")
    let screened = message {
      try verify(
        2 * x, isGradientOf: .call("sum", square(Formula.apply(Screened.self, Operands(x)))), withRespectTo: x,
        domains: ["x: [3]"])
    }
    #expect(screened.hasPrefix("refuted"), "\(screened)")
  }

  /// By element, and on tensors as a whole.
  @Test func onTensors() throws {
    let (x, w) = (Formula.name("x"), Formula.name("w"))
    let domains = ["x: [3]", "w: [3]"]
    try verify(
      w * tanh(x), isGradientOf: .call("sum", w * apply(LogCosh.self, x)), withRespectTo: x, domains: domains)
    let centered = Formula.call("sum", w * Formula.apply(Centered.self, Operands(x)))
    try verify(Formula.apply(Centered.self, Operands(w)), isGradientOf: centered, withRespectTo: x, domains: domains)
    #expect(
      message { try verify(w, isGradientOf: centered, withRespectTo: x, domains: domains) }.hasPrefix(
        "refuted: ∂f/∂x = w"))
    var options = Scaled.Options()
    options.factor = 2.5
    let scaled = Formula.call("sum", w * Formula.apply(Scaled.self, Operands(x), options))
    try verify(2.5 * w, isGradientOf: scaled, withRespectTo: x, domains: domains)
    #expect(message { try verify(w, isGradientOf: scaled, withRespectTo: x, domains: domains) }.contains("factor 2/5"))
  }

  /// A text has names alone.
  @Test func inATextItIsUnknown() throws {
    let text = try Formula(parsing: "\(apply(LogCosh.self, Formula.name("x")))")
    let said = message { try verify(1, isGradientOf: text, withRespectTo: .name("x")) }
    #expect(said.contains("no function 'logcosh'"), "\(said)")
  }
}
