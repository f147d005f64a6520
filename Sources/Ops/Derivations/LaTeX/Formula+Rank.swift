extension Formula {
  /// How many axes its value has, for those of its names.
  func rank(_ ranks: [String: Int]) -> Int {
    fold { (form: Form<Int>, _) in
      switch form {
      case .number: 0
      case .name(let name): ranks[name] ?? 0
      case .negative(let a): a
      case .transpose(let a): a == 0 ? 0 : 2
      case .binary(.matmul, let a, let b): min(a, b) > 1 ? max(a, b) : max(0, a + b - 2)
      case .binary(_, let a, let b), .comparison(_, let a, let b): max(a, b)
      case .list(let elements): 1 + (elements.first ?? 0)
      case .slice(let a, let indices): a - indices.count { if case .element = $0 { true } else { false } }
      case .einsum(let sum, _): sum.result.count
      case .derivative(let of, let by): by.reduce(of, +)
      case .call(let name, let arguments): Self.rank(of: name, arguments)
      }
    }
  }

  private static func rank(of name: String, _ arguments: [Argument<Int>]) -> Int {
    let operands = arguments.filter { $0.label == nil }.map(\.value)
    let labels = Set(arguments.compactMap(\.label))
    let first = operands.first ?? 0
    switch name {
    case "sum", "mean", "prod", "norm", "norm1", "norm2", "var", "std", "logsumexp", "max", "min":
      if operands.count > 1 { return operands.max() ?? 0 }
      return labels.contains("keepdims") ? first : labels.contains("axis") ? first - 1 : 0
    case "dot", "det", "trace", "crossentropy", "logdet": return 0
    case "outer", "eye", "kron", "inverse", "transpose": return 2
    case "diag": return first == 1 ? 2 : 1
    // The shape itself is not known here; what is written is the same for all ranks.
    case "reshape": return 2
    case "onehot": return first + 1
    case "solve": return operands.last ?? 0
    default: return operands.max() ?? 0
    }
  }
}
