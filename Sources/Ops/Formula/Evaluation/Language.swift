/// The functions that formulas may call: the operations of the package by their names, and those on whole tensors.
public enum Language {
  /// What each function takes, for ``Program/resolved(inputs:functions:)``.
  public static let functions: [String: Signature] = {
    var functions = tensorFunctions
    for (name, rule) in rules where functions[name] == nil { functions[name] = Signature(rule.arity) }
    // Of two or more arguments element by element, of one the largest element.
    for name in ["max", "min"] { functions[name] = Signature(1...Int.max, options: ["axis"]) }
    return functions
  }()

  /// Other names of operations: those of the notation on paper, and of other systems.
  static let aliases = [
    "σ": "sigmoid", "ln": "log", "sign": "sgn", "ReLU": "relu", "pow": "power", "LeakyReLU": "leakyrelu",
    "ELU": "elu", "GELU": "gelu", "SiLU": "silu",
  ]

  /// The rule of a function that works element by element.
  static func rule(named name: String) -> (any ElementwiseRule.Type)? { rules[name] }

  private static let rules: [String: any ElementwiseRule.Type] = {
    var rules: [String: any ElementwiseRule.Type] = [:]
    for operation in Operation.allCases {
      if let rule = operation.rule as? any ElementwiseRule.Type { rules[rule.name] = rule }
    }
    for (alias, name) in aliases { rules[alias] = rules[name] }
    return rules
  }()

  /// The functions on whole tensors.
  static let tensorFunctions: [String: Signature] = [:]
}
