/// Programs, values and claims as users write them, and as they do not.
extension FuzzRandom {
  static let names = ["x", "y", "w", "b", "X", "v", "ŷ"]

  private static let functions = [
    "sin", "cos", "tan", "exp", "log", "sqrt", "abs", "tanh", "sigmoid", "relu", "softplus", "square", "sgn", "step",
    "asin", "acosh", "atanh", "erf", "gelu", "σ",
  ]
  private static let tensorFunctions = [
    "sum", "mean", "prod", "max", "min", "norm", "softmax", "logsoftmax", "logsumexp", "variance", "det", "inverse",
    "trace", "transpose", "cumsum", "nothing",
  ]
  private static let functionsOfTwo = ["max", "min", "pow", "dot", "outer", "crossentropy", "solve", "where", "clip"]
  private static let numbers = ["0", "1", "2", "-1", "0.5", "3", "0.1", "pi", "-2.25", "4"]
  private static let oddNumbers = [
    "1e-300", "1e300", "1e200", "710", "-800", "e", "inf", "nan", "1/0", "0/0", "1e16", "1e999", "007", "1.", ".5",
  ]

  mutating func number() -> String { slip(in: 3) ? pick(Self.oddNumbers) : pick(Self.numbers) }

  mutating func formula(_ depth: Int = 3) -> String {
    guard depth > 0, !once(in: 6) else { return once(in: 3) ? number() : pick(Self.names) }
    if slip(in: 3) { return oddFormula(depth) }
    switch below(8) {
    case 0...3: return "(\(formula(depth - 1)) \(pick(["+", "-", "*", "/", "·"])) \(formula(depth - 1)))"
    case 4: return "(\(formula(depth - 1)))^\(pick(["2", "3", "-1", "0.5", "0"]))"
    case 5: return "\(pick(["max", "min"]))(\(formula(depth - 1)), \(formula(depth - 1)))"
    default: return "\(pick(Self.functions))(\(formula(depth - 1)))"
    }
  }

  private mutating func oddFormula(_ depth: Int) -> String {
    switch below(6) {
    case 0: "\(formula(depth - 1)) \(pick(["@", "^", "<", "=="])) \(formula(depth - 1))"
    case 1, 2: "\(pick(Self.tensorFunctions))(\(formula(depth - 1)))"
    case 3: "\(pick(Self.functionsOfTwo))(\(some(1...3) { $0.formula(depth - 1) }.joined(separator: ", ")))"
    case 4: "\(pick(Self.names))\(pick(["'", "[0]", "[1:]", "[:, 0]", "[::-1]", "[99]"]))"
    default: "[\(some(1...3) { $0.formula(0) }.joined(separator: ", "))]"
    }
  }

  /// Statements, of which the last is often a number.
  mutating func program() -> String {
    let names = ["u", "h", "z"].shuffled(using: &self).prefix(below(3))
    var lines = names.map { "\(slip(in: 9) ? "u" : $0) = \(formula())" }
    if slip(in: 4) { lines.insert("f(x) = \(formula(2))", at: 0) }
    let output = once(in: 3) || isWild ? "sum(\(formula()))" : formula()
    lines.append(once(in: 4) ? output : "c = \(output)")
    let text = lines.joined(separator: once(in: 4) ? "\n" : "; ")
    return slip(in: 4) ? damaged(text) : text
  }

  /// `x=…`
  mutating func binding(of name: String) -> String {
    let text = "\(name)=\(value(isWild && once(in: 3) ? 1 + below(2) : 0))"
    return slip(in: 10) ? damaged(text) : text
  }

  private mutating func value(_ rank: Int) -> String {
    rank == 0 ? number() : "[\(some(1...2) { $0.value(rank - 1) }.joined(separator: ", "))]"
  }

  mutating func claim() -> String {
    let name = pick(Self.names)
    let left =
      switch below(6) {
      case 0: "d2c/d\(name)2"
      case 1: "d2c/d\(name)d\(pick(Self.names))"
      case 2: formula(1)
      case 3: "c'"
      default: "dc/d\(name)"
      }
    let text = "\(left) = \(formula(2))"
    return slip(in: 6) ? damaged(text) : text
  }

  mutating func domain() -> String {
    let name = pick(Self.names)
    let text = pick([
      "\(name) in [-2, 2]", "\(name) in {-1, 1}", "\(name): [2, 2]", "\(name): [3]", "\(name) = \(number())",
      "\(name) in [0, 1e300]", "\(name) in [1, 1]", "\(name): [2, 1, 2]", "\(name): [0]",
    ])
    return slip(in: 6) ? damaged(text) : text
  }
}
