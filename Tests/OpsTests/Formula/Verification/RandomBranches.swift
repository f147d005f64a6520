import Ops

/// A program of kinks and branches over two inputs, drawn with a seed, with its gradient and slips in it.
struct RandomBranches {
  /// `a = relu(x - y); f = where(a < 1, a*y, max(x, 0.5))`
  let text: String
  /// ∂f/∂x, by the forward walk of the rules.
  let gradient: Formula
  private let program: Program

  init(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    var names = ["x", "y"]
    var statements: [String] = []
    for name in ["a", "b", "f"].suffix(Int.random(in: 1...3, using: &random)) {
      statements.append("\(name) = \(Self.expression(2, names, &random))")
      names.append(name)
    }
    text = statements.joined(separator: "; ")
    program = try Program(parsing: text)
    gradient = try program.evaluate(["x": Dual(.name("x"), tangent: 1), "y": Dual(.name("y"))]).output.tangent
  }

  func value(_ x: Double, _ y: Double) throws -> Double { try program.evaluate(["x": x, "y": y]).output }
}

// MARK: - Drawing

extension RandomBranches {
  private static func expression(_ depth: Int, _ names: [String], _ random: inout SeededGenerator) -> String {
    guard depth > 0 else { return leaf(names, &random) }
    func part() -> String { expression(depth - 1, names, &random) }
    let comparison = ["<", "<=", ">", ">=", "==", "!="].randomElement(using: &random)!
    switch Int.random(in: 0..<18, using: &random) {
    case 0, 1: return "(\(part()) + \(part()))"
    case 2: return "(\(part()) - \(part()))"
    case 3, 4: return "\(part())*\(part())"
    case 5: return "(\(part()))^2"
    case 6: return "\(["sin", "tanh", "sigmoid", "exp"].randomElement(using: &random)!)(\(part()))"
    case 7, 8: return "relu(\(part()))"
    case 9: return "abs(\(part()))"
    case 10: return "max(\(part()), \(part()))"
    case 11: return "min(\(part()), \(part()))"
    case 12: return "clip(\(part()), -1, \(leaf(names, &random)))"
    case 13: return "\(["sgn", "step"].randomElement(using: &random)!)(\(part()))"
    case 14...16: return "where(\(part()) \(comparison) \(leaf(names, &random)), \(part()), \(part()))"
    default: return leaf(names, &random)
    }
  }

  private static func leaf(_ names: [String], _ random: inout SeededGenerator) -> String {
    Int.random(in: 0..<4, using: &random) == 0
      ? ["0", "0.5", "1", "2", "0.7"].randomElement(using: &random)! : names.randomElement(using: &random)!
  }
}

// MARK: - Slips

extension RandomBranches {
  /// The gradient with one slip: a forgotten mask, the wrong branch, a sign, a factor.
  func slip(seed: UInt64) -> Formula? {
    var random = SeededGenerator(seed: seed)
    var parts: [(whole: Formula, slip: Formula)] = []
    gradient.forEachDistinctPart { part in
      switch part.form {
      case .call("where", let arguments):
        let values = arguments.map(\.value)
        parts += [(part, values[1]), (part, values[2]), (part, .select(values[0], values[2], values[1]))]
      case .binary(.plus, let a, let b): parts.append((part, Formula(.binary(.minus, a, b))))
      case .binary(.minus, let a, let b): parts.append((part, Formula(.binary(.plus, a, b))))
      case .binary(.times, let a, let b): parts += [(part, a), (part, b), (part, 2 * part)]
      case .name: parts.append((part, -part))
      default: break
      }
    }
    return parts.randomElement(using: &random).map { gradient.replacing(part: $0.whole, by: $0.slip) }
  }

  /// Whether central differences show that a formula is not the gradient, at points where the program is smooth.
  func isWrong(_ claimed: Formula, seed: UInt64) throws -> Bool {
    var random = SeededGenerator(seed: seed)
    let formula = try Program(parsing: claimed.ascii)
    let h = 1e-4
    for _ in 0..<300 {
      let x = Double.random(in: -2...2, using: &random), y = Double.random(in: -2...2, using: &random)
      // Where the program bends or jumps within h, the differences of both halves are not alike.
      var f: [Double] = []
      for place in -2...2 { f.append(try value(x + h * Double(place), y)) }
      let slopes: [Double] = zip(f, f.dropFirst()).map { ($1 - $0) / h }
      guard let least = slopes.min(), let most = slopes.max(), most.isFinite, least.isFinite else { continue }
      let scale: Double = 1 + max(most.magnitude, least.magnitude)
      guard most - least < 0.01 * scale else { continue }
      let slope: Double = try formula.evaluate(["x": x, "y": y]).output
      let error: Double = (slope - (f[3] - f[1]) / (2 * h)).magnitude
      if slope.isFinite, error > 0.05 * scale { return true }
    }
    return false
  }
}

extension Formula {
  fileprivate func forEachDistinctPart(_ visit: (Formula) -> Void) {
    fold { (_: Form<Void>, part) in visit(part) }
  }

  fileprivate func replacing(part: Formula, by other: Formula) -> Formula {
    fold { (form: Form<Formula>, original) in original == part ? other : Formula(form) }
  }
}
