/// All rules by their codes: those of the package and those that users wrote.
public struct Catalog: Sendable {
  /// The rules of the package and all that were applied so far: every catalog shows the same list.
  public init() {}

  /// A rule by what it works on.
  enum Kind {
    case elementwise(any ElementwiseRule.Type)
    case tensor(any TensorRule.Type)

    var rule: any Rule.Type {
      switch self {
      case .elementwise(let rule): rule
      case .tensor(let rule): rule
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
    let rules = Operations.rules
    for (place, rule) in rules.enumerated() where rule.code != Operations.first + UInt16(place) {
      fatalError(
        "\(rule.name): its code is \(rule.code); its place in the list of operations gives it \(Operations.first + UInt16(place))"
      )
    }
    return Array(repeating: nil, count: Int(Operations.first)) + rules.map { Kind($0) }
  }()

  static func kind(of code: UInt16) -> Kind? {
    Int(code) < kinds.count ? kinds[Int(code)] : RuleRegistry.rule(of: code).flatMap { Kind($0) }
  }

  static func rule(of code: UInt16) -> (any Rule.Type)? { kind(of: code)?.rule }
}
