import Ops

extension Formula.Operator {
  /// Those that have a sign of their own on a keyboard.
  static let typed = allCases.filter { $0 != .elementwise }
}

extension Formula {
  /// Any form the parser can return, about `size` levels in all.
  static func random(size: Int, using generator: inout SeededGenerator) -> Formula {
    guard size > 1 else { return leaf(using: &generator) }
    func part(_ share: Int) -> Formula { random(size: (size - 1) / share, using: &generator) }
    switch Int.random(in: 0..<13, using: &generator) {
    case 0, 1: return Formula(.negative(part(1)))
    case 2...6:
      return Formula(.binary(Operator.typed.randomElement(using: &generator)!, part(2), part(2)))
    case 7:
      let exponent = Formula.number(Double(Int.random(in: 0...4, using: &generator)))
      return Formula(.binary(.power, part(1), exponent))
    case 8:
      let arguments = [Argument(part(2)), Argument(part(2)), Argument(.number(1), label: "axis")]
      return Formula(.call("f", Array(arguments.prefix(Int.random(in: 0...3, using: &generator)))))
    case 9:
      let comparison = Comparison.allCases.randomElement(using: &generator)!
      return .select(Formula(.comparison(comparison, part(4), part(4))), part(4), part(4))
    case 10: return Formula(.transpose(part(1)))
    case 11: return Formula(.einsum(product, [part(2), part(2)]))
    default:
      return Bool.random(using: &generator)
        ? Formula(.slice(part(1), [.range(1, nil), .element(-1), .range(nil, nil), .range(nil, 3)]))
        : Formula(.list([part(2), part(2)].filter { if case .list = $0.form { false } else { true } } + [1]))
    }
  }

  private static let product: EinsteinSum = {
    guard case .einsum(let sum, _)? = try? Formula(parsing: "einsum(\"ij,jk->ik\", A, B)").form else { fatalError() }
    return sum
  }()

  private static func leaf(using generator: inout SeededGenerator) -> Formula {
    let numbers = [0, 1, 2, 3, 0.1, 1e-7, 1e300, 1.5, 123_456_789, Double.leastNonzeroMagnitude, 2.0 / 3]
    let names = ["x", "ŷ", "w_1", "δ", "距离", "x₁", "e2", "d"]
    return Bool.random(using: &generator)
      ? .number(numbers.randomElement(using: &generator)!) : .name(names.randomElement(using: &generator)!)
  }
}
