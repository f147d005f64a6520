import Ops

/// An expression of up to 60 operations over shared subexpressions, drawn with a seed.
///
/// It is smooth where it is taken: every operand keeps a distance from the kinks and the ends of the domain of its
/// operation, and values and slopes stay moderate, for central differences to be sharp.
struct RandomExpression: CustomStringConvertible {
  private(set) var inputs: [Double] = []
  private(set) var steps: [Step] = []

  struct Step {
    let operation: Operation
    let operands: [Operand]
  }

  enum Operand {
    /// An input, or the result of an earlier step: inputs stand first.
    case node(Int)
    case literal(Double)
  }

  init(seed: UInt64) {
    var random = SplitMix64(state: seed)
    inputs = (0..<Int.random(in: 1...4, using: &random)).map { _ in .random(in: -2...2, using: &random) }
    var values = inputs.map { Sized($0, slope: 1) }
    let length = Int.random(in: 5...60, using: &random)
    // One that ends in a constant, such as v / v, has no gradient to check.
    while steps.count < length || !isSloped { draw(&values, &random) }
  }

  private var isSloped: Bool { gradient(at: inputs) { p in self(p) { Variable($0) } }.contains { $0 != 0 } }

  /// The value in any algebra.
  func callAsFunction<A: Algebra>(_ inputs: [A], literal: (Double) -> A) -> A {
    var values = inputs
    for step in steps {
      let operands = step.operands.map { operand in
        switch operand {
        case .node(let node): values[node]
        case .literal(let number): literal(number)
        }
      }
      values.append(step.operation.scalarRule.value(of: operands))
    }
    return values[values.count - 1]
  }

  var description: String {
    let lines = steps.enumerated().map { place, step in
      let operands = step.operands.map { operand in
        switch operand {
        case .node(let node): "v\(node)"
        case .literal(let number): "\(number)"
        }
      }
      return "v\(inputs.count + place) = \(step.operation)(\(operands.joined(separator: ", ")))"
    }
    return "v = \(inputs); " + lines.joined(separator: "; ")
  }
}

// MARK: - Drawing

extension RandomExpression {
  /// What central differences can tell apart: through `stopGradient` they see, for it changes the value, and
  /// `polygamma` is no function of its order.
  static let operations = Operation.scalar.filter {
    $0.scalarRule != StopGradient.self && $0.scalarRule != Polygamma.self
  }

  /// Adds a step, unless what was drawn is not smooth here.
  private mutating func draw(_ values: inout [Sized], _ random: inout SplitMix64) {
    guard let operation = Self.operations.randomElement(using: &random) else { return }
    let operands = (0..<operation.scalarRule.arity).map { _ in Self.operand(values.count, &random) }
    let x = operands.map { operand in
      switch operand {
      case .node(let node): values[node]
      case .literal(let number): Sized(number, slope: 0)
      }
    }
    guard Self.isSmooth(operation, x.map(\.value), operands) else { return }
    let y: Sized = operation.scalarRule.value(of: x)
    guard y.value.magnitude <= 20, y.slope <= 1e4 else { return }
    // Most constants are turned down: built upon, they would flatten nearly every expression.
    guard y.slope > 0 || Int.random(in: 0..<20, using: &random) == 0 else { return }
    steps.append(Step(operation: operation, operands: operands))
    values.append(y)
  }

  /// Rather a recent node than an old one, sometimes a literal.
  private static func operand(_ count: Int, _ random: inout SplitMix64) -> Operand {
    switch Int.random(in: 0..<10, using: &random) {
    case 0: .literal(.random(in: -2...2, using: &random))
    case 1...5: .node(count - 1 - Int.random(in: 0..<min(3, count), using: &random))
    default: .node(.random(in: 0..<count, using: &random))
    }
  }

  private static func isSmooth(_ operation: Operation, _ x: [Double], _ operands: [Operand]) -> Bool {
    let rule = operation.scalarRule
    guard x[0] > rule.domain.lower + 0.2, x[0] < rule.domain.upper - 0.2,
      rule.kinks.allSatisfy({ (x[0] - $0).magnitude > 0.1 })
    else { return false }
    switch operation.description {
    case "tan": return cos(x[0]).magnitude > 0.3
    case "reciprocal": return x[0].magnitude > 0.3
    case "divide": return x[1].magnitude > 0.3
    case "power": return x[0] > 0.3 && x[1].magnitude < 3
    case "lgamma", "digamma": return x[0] > 0.2
    case "xlogy": return x[1] > 0.2
    case "floor", "ceil": return (x[0] - x[0].rounded()).magnitude > 0.1
    case "round": return (x[0] - x[0].rounded()).magnitude < 0.4
    case "mod": return x[1].magnitude > 0.3 && (x[0] / x[1] - (x[0] / x[1]).rounded()).magnitude > 0.1
    case "hypot": return x[0].magnitude > 0.1 || x[1].magnitude > 0.1
    case "where": return x[0] == 0 || x[0].magnitude > 0.1
    default: return rule.meetings.allSatisfy { isApart($0.0, $0.1, x, operands) }
    }
  }

  /// Two operands that no small change of the inputs brings in another order; the same node twice is one.
  private static func isApart(_ a: Int, _ b: Int, _ x: [Double], _ operands: [Operand]) -> Bool {
    if case .node(let first) = operands[a], case .node(let second) = operands[b], first == second {
      return true
    }
    return (x[a] - x[b]).magnitude > 0.2
  }
}

/// A value with the sum, over all paths from the inputs, of the magnitudes of the products of local gradients: what
/// the rounding of a derivative is relative to.
struct Sized: RuleAlgebra {
  let value: Double
  let slope: Double

  init(_ value: Double, slope: Double) { (self.value, self.slope) = (value, slope) }
  init(floatLiteral value: Double) { self.init(value, slope: 0) }
  init(integerLiteral value: Int) { self.init(Double(value), slope: 0) }

  static func apply<R: UnaryRule>(_ rule: R.Type, _ x: Sized) -> Sized { through(rule, [x]) }
  static func apply<R: BinaryRule>(_ rule: R.Type, _ a: Sized, _ b: Sized) -> Sized { through(rule, [a, b]) }
  static func apply<R: TernaryRule>(_ rule: R.Type, _ a: Sized, _ b: Sized, _ c: Sized) -> Sized {
    through(rule, [a, b, c])
  }

  private static func through(_ rule: any ElementwiseRule.Type, _ x: [Sized]) -> Sized {
    let y = rule.value(of: x.map(\.value))
    let locals = rule.locals(of: x.map(\.value), result: y)
    return Sized(y, slope: zip(locals, x).map { Double.chain($0.magnitude, $1.slope) }.reduce(0, +))
  }
}
