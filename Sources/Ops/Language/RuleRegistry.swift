import Graph

/// The codes of the rules that users wrote, given out in the order of first use.
enum RuleRegistry {
  private static let own = Locked<[any Rule.Type]>([])
  /// The operations of this package have the codes below.
  private static let first: UInt16 = 1024
  /// A tag has room for 12 bits.
  private static let end: UInt16 = 4096

  static func code<R: Rule>(of rule: R.Type) -> UInt16 {
    own.withLock { rules in
      if let place = rules.firstIndex(where: { $0 == rule }) { return first + UInt16(place) }
      guard rules.count < Int(end - first) else { fatalError("more than \(end - first) rules of one's own") }
      rules.append(rule)
      return first + UInt16(rules.count - 1)
    }
  }

  /// Whether it is none of the package.
  static func isOwn(_ rule: any Rule.Type) -> Bool { rule.code >= first }

  static func rule(of code: UInt16) -> (any Rule.Type)? {
    code < first ? nil : own.withLock { $0[Int(code - first)] }
  }
}
