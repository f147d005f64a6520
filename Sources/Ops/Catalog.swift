import Graph

/// Names and formulas of all operations, from their rules.
public struct Catalog: Vocabulary {
  public func name(of code: UInt16) -> String { Self.rule(of: code)?.name ?? "operation \(code)" }
  public func formula(of code: UInt16, _ operands: [String]) -> String { name(of: code) + "(\(operands))" }
  public func localGradients(of code: UInt16, _ operands: [String], result: String) -> [String] {
    operands.map { _ in "" }
  }

  static func rule(of code: UInt16) -> (any Rule.Type)? {
    Operation(rawValue: code)?.rule ?? RuleRegistry.rule(of: code)
  }
}

extension Tape where Element: Number {
  /// An empty tape.
  public convenience init() { self.init(vocabulary: Catalog()) }
}
