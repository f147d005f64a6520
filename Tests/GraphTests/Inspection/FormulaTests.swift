import Ops
import Testing

@Suite("Formulas of nodes and local gradients")
struct FormulaTests {
  typealias V = Variable<Double>

  struct Row: Sendable, CustomTestStringConvertible {
    /// The last node's formula, and its local gradients by each operand that is a node.
    let formula: String
    let locals: [String]
    let record: @Sendable (_ x: V, _ y: V) -> V
    var testDescription: String { formula }
    init(_ formula: String, _ locals: [String], _ record: @escaping @Sendable (V, V) -> V) {
      (self.formula, self.locals, self.record) = (formula, locals, record)
    }
  }

  static let rows: [Row] = [
    Row("x + y", ["1", "1"]) { $0 + $1 },
    Row("x - y", ["1", "-1"]) { $0 - $1 },
    Row("x·y", ["y", "x"]) { $0 * $1 },
    Row("x·x", ["x", "x"]) { x, _ in x * x },
    Row("x/y", ["1/y", "-x/y²"]) { $0 / $1 },
    Row("-x", ["-1"]) { x, _ in -x },
    Row("1·x", ["1"]) { x, _ in 1 * x },
    Row("0 + x", ["1"]) { x, _ in 0 + x },
    Row("x·(-2)", ["-2"]) { x, _ in x * -2 },
    Row("0.1·x", ["0.1"]) { x, _ in 0.1 * x },
    Row("x - 1e-5", ["1"]) { x, _ in x - 1e-5 },
    Row("x/3", ["1/3"]) { x, _ in x / 3 },
    Row("0.333333·x", ["0.333333"]) { x, _ in (1.0 / 3) * x },
    Row("x²", ["2·x"]) { x, _ in square(x) },
    Row("x²", ["2·x"]) { x, _ in pow(x, 2) },
    Row("x³", ["3·x²"]) { x, _ in pow(x, 3) },
    Row("x^y", ["y·x^(y - 1)", "where(x == 0, 0, x^y·log(x))"]) { pow($0, $1) },
    Row("1/x", ["-(1/x)²"]) { x, _ in reciprocal(x) },
    Row("exp(x·y)", ["exp(x·y)"]) { exp($0 * $1) },
    Row("(x + y)·y", ["y", "x + y"]) { ($0 + $1) * $1 },
    Row("(x·2)²", ["2·(x·2)"]) { x, _ in square(x * 2) },
    Row("sqrt(x)", ["0.5/sqrt(x)"]) { x, _ in sqrt(x) },
    Row("tanh(x)", ["1 - tanh(x)²"]) { x, _ in tanh(x) },
    Row("cos(x)", ["-sin(x)"]) { x, _ in cos(x) },
    Row("sigmoid(x)", ["sigmoid(x)·(1 - sigmoid(x))"]) { x, _ in sigmoid(x) },
    Row("relu(x)", ["where(0 < x, 1, 0)"]) { x, _ in relu(x) },
    Row("abs(x)", ["sgn(x)"]) { x, _ in abs(x) },
    Row("where(x < 0, x, y)", ["0", "where(x < 0, 1, 0)", "where(x < 0, 0, 1)"]) { x, y in
      select(less(x, 0), x, y)
    },
    Row("clip(x, 0, 1)", ["1 - where(x < 0, 1, 0) - where(x < 0, 0, where(1 < x, 1, 0))"]) { x, _ in clip(x, 0, 1) },
  ]

  @Test(arguments: rows)
  func reads(row: Row) throws {
    let tape = Tape<Double>()
    _ = row.record(tape.parameter(0.7, "x"), tape.parameter(-0.2, "y"))
    let node = try #require(tape.nodes.last)
    #expect(node.formula == row.formula)
    #expect(node.inputs.filter { !$0.isNumber }.map(\.formula) == row.locals)
  }

  @Test(
    "a formula evaluated at the operands is the node's value, a local formula its local gradient",
    arguments: rows)
  func isTrue(row: Row) throws {
    let tape = Tape<Double>()
    _ = row.record(tape.parameter(0.7, "x"), tape.parameter(-0.2, "y"))
    let node = try #require(tape.nodes.last)
    func number(_ text: String) throws -> Double {
      let formula = try Formula(parsing: text)
      return try formula.fold { (form: Formula.Form<Double>, _) throws in try value(form) }
    }
    #expect(abs(try number(node.formula) - node.value) < 1e-6)
    for input in node.inputs where !input.isNumber {
      #expect(abs(try number(input.formula) - (input.local ?? .nan)) < 1e-5, "\(input.formula)")
    }
  }

  /// Arithmetic written for this test alone.
  private func value(_ form: Formula.Form<Double>) throws -> Double {
    switch form {
    case .number(let x): return x
    case .name("x"): return 0.7
    case .name("y"): return -0.2
    case .negative(let a): return -a
    case .binary(.plus, let a, let b): return a + b
    case .binary(.minus, let a, let b): return a - b
    case .binary(.times, let a, let b): return a * b
    case .binary(.divide, let a, let b): return a / b
    case .binary(.power, let a, let b): return .pow(a, b)
    case .comparison(.less, let a, let b): return a < b ? 1 : 0
    case .comparison(.equal, let a, let b): return a == b ? 1 : 0
    case .call("where", let a): return a[0].value != 0 ? a[1].value : a[2].value
    case .call("clip", let a): return min(max(a[0].value, a[1].value), a[2].value)
    case .call("exp", let a): return .exp(a[0].value)
    case .call("log", let a): return .log(a[0].value)
    case .call("sqrt", let a): return a[0].value.squareRoot()
    case .call("tanh", let a): return .tanh(a[0].value)
    case .call("sin", let a): return .sin(a[0].value)
    case .call("cos", let a): return .cos(a[0].value)
    case .call("sigmoid", let a): return 1 / (1 + .exp(-a[0].value))
    case .call("relu", let a): return max(0, a[0].value)
    case .call("abs", let a): return a[0].value.magnitude
    case .call("sgn", let a): return a[0].value < 0 ? -1 : 1
    default: throw Unknown(form: "\(form)")
    }
  }
  private struct Unknown: Error { let form: String }

  @Test("what a node is called: its name, its formula while that is short, its index")
  func labels() {
    let tape = Tape<Float>()
    let (x, unnamed) = (tape.parameter(0.1, "x"), tape.parameter(0.3))
    let a = x * 0.1 + unnamed
    let b = sin(sin(sin(sin(a))))
    let c = (b * b).named("c")
    _ = c + tape.constant(2)
    #expect(
      tape.nodes.map(\.label) == [
        "x", "n1", "x·0.1", "x·0.1 + n1", "sin(x·0.1 + n1)", "sin(sin(x·0.1 + n1))", "n6", "n7", "c", "2",
        "c + 2",
      ])
    #expect(
      tape.nodes.suffix(5).map(\.formula) == ["sin(sin(sin(x·0.1 + n1)))", "sin(n6)", "n7·n7", "2", "c + 2"])
    #expect((0..<tape.count).map { tape.node(at: $0).label } == tape.nodes.map(\.label))
  }

  @Test("names that are no names of formulas are kept as they are")
  func strangeNames() {
    let tape = Tape<Double>()
    let loss = tape.parameter(3, "loss (train)")
    _ = 2 * loss
    #expect(tape.nodes[1].formula == "2·loss (train)")
    #expect(tape.nodes[1].operands[1].label == "loss (train)")
  }

  @Test("a million unnamed nodes in a chain are read without recursion")
  func deep() {
    let tape = Tape<Double>()
    var y = tape.parameter(1, "x")
    for _ in 0..<1_000_000 { y = -y }
    #expect(tape.node(at: tape.count - 1).formula == "-n999999")
  }

  @Test(
    "operations on tensors name their pullback",
    arguments: [
      ("W·x", ["g·xᵀ", "Wᵀ·g"]), ("x + b", ["g", "sum(g, axis=1)"]), ("x ⊙ x", ["g ⊙ x", "g ⊙ x"]),
      ("tanh(x)", ["g ⊙ (1 - tanh(x)²)"]), ("relu(x)", ["g ⊙ relu′(x)"]), ("sum(x)", ["g"]),
      ("sum(x, axis=0)", ["𝟏·gᵀ"]), ("sum(x, axis=1)", ["g·𝟏ᵀ"]), ("2·x", ["2·g"]), ("xᵀ", ["gᵀ"]),
      ("x ⊙ [[1], [2], [3]]", ["g ⊙ [[1], [2], [3]]", "sum(g ⊙ x, axis=1)"]), ("x·3", ["3·g", "sum(g ⊙ x)"]),
      ("x[1:, 0]", ["place(g, starts=[1, 0], shape=[3, 2])"]), ("x[2]", ["place(g, starts=[2, 0], shape=[3, 2])"]),
      ("x[:2, 1]", ["place(g, starts=[0, 1], shape=[3, 2])"]),
      (
        "slice(x, starts=[0, 0], steps=[2, 1], shape=[2, 2])",
        ["place(g, starts=[0, 0], steps=[2, 1], shape=[3, 2])"]
      ),
    ])
  func tensors(formula: String, pullbacks: [String]) throws {
    let tape = Tape<Double>()
    let W = tape.parameter(Tensor(repeating: 1, shape: [4, 3]), "W")
    let x = tape.parameter(Tensor([[1, 2], [3, 4], [5, 6]]), "x")
    let b = tape.parameter(Tensor([1, 2, 3], shape: [3, 1]), "b")
    _ = [
      matmul(W, x), x + b, x * x, tanh(x), relu(x), x.sum(), x.sum([0]), x.sum([1]), 2 * x, x.transposed(),
      x * tape.constant(Tensor([1, 2, 3], shape: [3, 1])), x * tape.constant(3),
      x.sliced([1, 0], [nil, 1]), x.sliced([2], [nil]), x.sliced([0, 1], [2, nil]), x.sliced([0], [3], steps: [2]),
    ]
    let node = try #require(tape.nodes.first { $0.formula == formula })
    #expect(node.inputs.map(\.formula) == pullbacks)
    #expect(node.inputs.allSatisfy { $0.local == nil })
  }
}
