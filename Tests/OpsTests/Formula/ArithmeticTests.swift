import Ops
import Testing

@Suite("Formula: arithmetic")
struct ArithmeticTests {
  private static let (x, y, z): (Formula, Formula, Formula) = (.name("x"), .name("y"), .name("z"))

  @Test(
    "the operators simplify modestly",
    arguments: [
      (0 + x, "x"), (x + 0, "x"), (x - 0, "x"), (0 - x, "-x"), (x + -y, "x - y"), (x - -y, "x + y"),
      (1 * x, "x"), (x * 1, "x"), (x * 0, "0"), (x * 2, "2·x"), (-1 * x, "-x"), (x * -y, "-x·y"),
      (-x * -y, "x·y"),
      (2 * (3 * x), "6·x"), (x * x, "x²"), (x * x * x, "x³"), (2 * x * x, "2·x²"), (x * y * y, "x·y²"),
      (x / 1, "x"), (x / -1, "-x"), (0 / x, "0"), (x / -y, "-x/y"), (-x / -y, "x/y"), (x / y / y, "x/y²"),
      (x * (1 / y), "x/y"), (6 / 3, "2"), (1 / 2, "1/2"), (1 / 0, "1/0"), (0 / 0, "0/0"),
      (2 + 3, "5"), (2 - 3, "-1"), (2 * 3 - 6, "0"), (-(-x), "x"), (-(x - y), "y - x"), (-(2 * x), "-2·x"),
      (.pow(x, 1), "x"), (.pow(x, 0), "1"), (.pow(2, 10), "1024"), (.pow(2, 0.5), "2^0.5"),
      (.pow(0, -1), "0^-1"),
      (.pow(x, 0.5) * .pow(x, 0.5), "(x^0.5)²"), (.pow(x, 0.5) * x, "x^0.5·x"),
      (x.transposed.transposed, "x"),
      (.number(1e308) * 10, "1e308·10"), (.number(-0.0) + x, "x"), (.number(.nan), "nan"),
      (.number(-.infinity), "-inf"),
    ] as [(Formula, String)])
  func simplifies(formula: Formula, text: String) {
    #expect(formula.description == text)
  }

  @Test("what the operators write has the value of what was asked for")
  func valuesAreKept() {
    var generator = SeededGenerator(seed: 3)
    for _ in 0..<500 {
      let expression = Pair.random(levels: 5, using: &generator)
      let value = evaluate(expression.formula, x: 1.3, y: -0.7)
      guard expression.value.isFinite, expression.value.magnitude < 1e100 else { continue }
      #expect(
        (value - expression.value).magnitude <= 1e-9 * expression.scale,
        "\(expression.formula): \(value), not \(expression.value)")
    }
  }

  /// The same random arithmetic done on formulas and on numbers; `scale` bounds what rounding can do to it.
  private struct Pair {
    var formula: Formula
    var value: Double
    var scale: Double

    static func random(levels: Int, using generator: inout SeededGenerator) -> Pair {
      guard levels > 0 else {
        let leaf = [("x", 1.3), ("y", -0.7)].randomElement(using: &generator)!
        let number = [-2.0, -1, 0, 1, 2, 3].randomElement(using: &generator)!
        return Bool.random(using: &generator)
          ? Pair(formula: .name(leaf.0), value: leaf.1, scale: leaf.1.magnitude)
          : Pair(formula: .number(number), value: number, scale: number.magnitude)
      }
      let a = random(levels: levels - 1, using: &generator)
      let b = random(levels: levels - 1, using: &generator)
      switch Int.random(in: 0..<5, using: &generator) {
      case 0: return Pair(formula: a.formula + b.formula, value: a.value + b.value, scale: a.scale + b.scale)
      case 1: return Pair(formula: a.formula - b.formula, value: a.value - b.value, scale: a.scale + b.scale)
      case 2: return Pair(formula: a.formula * b.formula, value: a.value * b.value, scale: a.scale * b.scale)
      case 3 where b.value.magnitude > 1e-3 * b.scale:
        let growth = b.scale / (b.value * b.value)
        return Pair(formula: a.formula / b.formula, value: a.value / b.value, scale: a.scale * growth)
      default: return Pair(formula: -a.formula, value: -a.value, scale: a.scale)
      }
    }
  }

  private func evaluate(_ formula: Formula, x: Double, y: Double) -> Double {
    formula.fold { (form: Formula.Form<Double>, _) in
      switch form {
      case .number(let value): value
      case .name(let name): name == "x" ? x : y
      case .negative(let a): -a
      case .binary(.plus, let a, let b): a + b
      case .binary(.minus, let a, let b): a - b
      case .binary(.times, let a, let b): a * b
      case .binary(.divide, let a, let b): a / b
      case .binary(.power, let a, let n): (0..<Int(n)).reduce(1) { product, _ in product * a }
      default: .nan
      }
    }
  }
}

@Suite("Formula: rules")
struct RuleFormulaTests {
  private static let (x, y, p) = (Formula.name("x"), Formula.name("y"), Formula.name("p"))

  @Test(
    "rules print their local gradients",
    arguments: [
      (Exp.value(x), "exp(x)"), (Tanh.local(x, y), "1 - y²"), (Sigmoid.value(of: [x]), "sigmoid(x)"),
      (Sigmoid.local(x, y), "y·(1 - y)"), (Square.value(of: [x]), "x²"), (Square.local(x, y), "2·x"),
      (Reciprocal.value(of: [x]), "1/x"), (Divide.locals(x, y, x / y).1, "-x/y²"),
      (Cos.local(x, y), "-sin(x)"),
      (Power.locals(x, 3, y).0, "3·x²"), (Power.locals(x, p, y).0, "p·x^(p - 1)"),
      (Power.locals(x, p, y).1, "where(x == 0, 0, y·log(x))"), (Sqrt.local(x, y), "0.5/y"),
      (Relu.value(of: [x]), "relu(x)"), (Relu.local(x, y), "where(0 < x, 1, 0)"),
      (Softplus.local(x, y), "sigmoid(x)"),
      (LessOrEqual.value(of: [x, y]), "where(x <= y, 1, 0)"), (Clip.value(of: [x, 0, 1]), "clip(x, 0, 1)"),
      (Where.value(of: [.less(x, 0), -x, x]), "where(x < 0, -x, x)"),
    ] as [(Formula, String)])
  func prints(formula: Formula, text: String) throws {
    #expect(formula.description == text)
    #expect(try Formula(parsing: text) == formula)
  }
}

@Suite("Formula: depth and sharing")
struct DepthTests {
  @Test("a hundred thousand levels are built, compared, folded, printed and freed")
  func deep() {
    func tower() -> Formula {
      (0..<100_000).reduce(Formula.name("x")) { formula, _ in .exp(formula) }
    }
    let formula = tower()
    #expect(formula.depth == 100_000)
    #expect(formula == tower())
    #expect(formula.replacing(["x": .name("y")]) != formula)
    #expect(formula.description.utf8.count == 1 + 5 * 100_000)
  }

  @Test("chains that lean to either side print")
  func chains() throws {
    let left = (1...20_000).reduce(Formula.name("x")) { sum, i in
      Formula(.binary(.minus, sum, .number(Double(i))))
    }
    let right = (1...20_000).reduce(Formula.name("x")) { sum, i in
      Formula(.binary(.minus, .number(Double(i)), sum))
    }
    #expect(try Formula(parsing: "(" + left.description.replacing(" - ", with: "\n- ") + ")") == left)
    #expect(right.description.count { $0 == "(" } == 19_999)
  }

  @Test("shared parts are visited once; the written size is known without writing")
  func sharing() {
    func doubled() -> Formula {
      (0..<100).reduce(Formula.name("x")) { sum, _ in Formula(.binary(.plus, sum, sum)) }
    }
    var visits = 0
    let value = doubled().fold { (form: Formula.Form<Double>, _) -> Double in
      visits += 1
      return if case .binary(_, let a, let b) = form { a + b } else { 1 }
    }
    #expect(value == 0x1p100)
    #expect(visits == 101)
    #expect(doubled().size == .max)
    #expect(doubled() == doubled())
  }
}
