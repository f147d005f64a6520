import Graph

/// Names and formulas of all operations, from their rules.
public struct Catalog: Vocabulary {
  public func name(of code: UInt16) -> String { Self.rule(of: code)?.name ?? "operation \(code)" }
  public func formula(of code: UInt16, _ operands: [String]) -> String { name(of: code) + "(\(operands))" }
  public func localGradients(of code: UInt16, _ operands: [String], result: String) -> [String] {
    operands.map { _ in "" }
  }

  @specialized(where Element == Double)
  @specialized(where Element == Float)
  public func evaluate<Element>(_ tensor: Int, on tape: Tape<Element>) { tape.evaluate(tensor) }
  @specialized(where Element == Double)
  @specialized(where Element == Float)
  public func pullback<Element>(_ tensor: Int, on tape: Tape<Element>, into gradients: Gradients<Element>) {
    tape.sendBack(tensor, into: gradients)
  }

  /// A rule by what it works on.
  enum Kind {
    case elementwise(any ElementwiseRule.Type)
    case tensor(any TensorRule.Type)

    var pullbackReadsValues: Bool {
      switch self {
      case .elementwise: true
      case .tensor(let rule): rule.pullbackReadsValues
      }
    }

    init?(_ rule: any Rule.Type) {
      if let rule = rule as? any ElementwiseRule.Type {
        self = .elementwise(rule)
      } else if let rule = rule as? any TensorRule.Type {
        self = .tensor(rule)
      } else {
        return nil
      }
    }
  }

  /// Looked up once per operation: asking a type for its protocols takes longer than a small tensor.
  private static let kinds: [Kind?] = {
    let last = Operation.allCases.last?.rawValue ?? 0
    return (0...last).map { code in Operation(rawValue: code).flatMap { Kind($0.rule) } }
  }()

  static func kind(of code: UInt16) -> Kind? {
    Int(code) < kinds.count ? kinds[Int(code)] : RuleRegistry.rule(of: code).flatMap { Kind($0) }
  }

  static func rule(of code: UInt16) -> (any Rule.Type)? {
    Operation(rawValue: code)?.rule ?? RuleRegistry.rule(of: code)
  }
}

extension Tape where Element: Number {
  /// An empty tape.
  public convenience init() { self.init(vocabulary: Catalog()) }
}
