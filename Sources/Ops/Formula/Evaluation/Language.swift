/// The functions that formulas may call: the operations of the package by their names, and those composed of them.
public enum Language {
  /// What each function takes, for ``Program/resolved(inputs:functions:)``.
  public static let functions: [String: Signature] = {
    var functions = elementwise.mapValues { rule in
      var signature = Signature(rule.arity)
      signature.isElementwise = true
      return signature
    }
    for (name, rule) in rules { functions[name] = signature(of: rule) }
    for function in TensorFunction.allCases { functions[function.rawValue] = function.signature }
    functions["einsum"] = Signature(1...Int.max)  // a form of its own, for its text is no operand
    return functions
  }()

  /// What a call means.
  enum Function {
    /// A rule of scalars.
    case elementwise(any ElementwiseRule.Type)
    /// The same of more operands than the rule has, with equal shares of the gradient where several decide: `max(a, b, c)`.
    case folded(any ElementwiseRule.Type)
    case tensor(TensorFunction)
    /// A rule of tensors, with its options as further arguments.
    case rule(any TensorRule.Type)
  }

  /// What a call in a formula means: the rule that wrote it down, or what its name says.
  static func function(of call: Formula) -> Function? {
    if let rule = call.rule.flatMap({ Catalog.Kind($0.type) }) {
      switch rule {
      case .elementwise(let rule): return .elementwise(rule)
      case .tensor(let rule): return .rule(rule)
      }
    }
    guard case .call(let name, let arguments) = call.form else { return nil }
    return function(name, of: arguments.count { $0.label == nil })
  }

  static func function(_ name: String, of operands: Int) -> Function? {
    if let rule = elementwise[name] {
      if rule.arity == operands { return .elementwise(rule) }
      if TensorFunction(rawValue: name) == nil || operands > 1 { return operands > 2 ? .folded(rule) : nil }
    }
    return TensorFunction(rawValue: name).map { .tensor($0) } ?? rules[name].map { .rule($0) }
  }

  /// Other names of operations: those of the notation on paper, and of other systems.
  private static let aliases = [
    "σ": "sigmoid", "ln": "log", "sign": "sgn", "ReLU": "relu", "pow": "power", "LeakyReLU": "leakyrelu",
    "ELU": "elu", "GELU": "gelu", "SiLU": "silu",
    "cumsum": "cumulativesum", "logdet": "logdeterminant", "tril": "lowertriangle",
  ]

  /// The rules of functions that work element by element.
  static let elementwise: [String: any ElementwiseRule.Type] = byName { $0 as? any ElementwiseRule.Type }
  private static let rules: [String: any TensorRule.Type] = byName { $0 as? any TensorRule.Type }

  private static func byName<Rules>(_ kind: (any Rule.Type) -> Rules?) -> [String: Rules] {
    var named: [String: Rules] = [:]
    for rule in Operations.rules { if let kind = kind(rule) { named[rule.name] = kind } }
    for (alias, name) in aliases { if let rule = named[name] { named[alias] = rule } }
    return named
  }

  private static func signature<R: TensorRule>(of rule: R.Type) -> Signature {
    let fields = R.Options.fields.map(\.name)
    return Signature(R.arity...R.arity + fields.count, options: Set(fields + (R.along == .all ? [] : ["axis"])))
  }
}
