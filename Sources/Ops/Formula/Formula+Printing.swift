extension Formula: CustomStringConvertible {
  /// How a formula is written.
  public enum Notation: Sendable {
    /// `2·e`, `x²`, `g @ bᵀ`: reads like print and parses back to an equal formula.
    case standard
    /// `2*e`, `x^2`, `g @ b'`: the same in the characters of a keyboard.
    case ascii
    /// Like `standard`, with the dot for the matrix product too: `g·bᵀ`. For display: read back, the dot would
    /// multiply element by element.
    case textbook
  }

  /// The formula in textbook style with as few parentheses as it needs; parses back to an equal formula.
  public var description: String { text(in: .standard) }

  /// The formula in ASCII operators, for scripts: `2*e*x`.
  public var ascii: String { text(in: .ascii) }

  /// - Complexity: linear in ``size``.
  public func text(in notation: Notation) -> String {
    Printer(notation: notation).text(of: self)
  }
}

private struct Printer: FormulaPrinter {
  let notation: Formula.Notation

  func pieces(
    of formula: Formula, atLeast minimum: Formula.Precedence, isBehindOperator: Bool
  ) -> [FormulaPiece] {
    switch formula.form {
    case .number(let value): [.text(shortest(value))]
    case .name(let name): [.text(name)]
    case .negative(let a):
      enclosed(minimum > .negation || isBehindOperator, [.text("-"), .formula(a, .power)])
    case .binary(.power, let base, let exponent):
      enclosed(minimum > .power, power(base, exponent))
    // Typed, both products are `*`.
    case .binary(.elementwise, let a, let b) where notation == .ascii:
      pieces(of: Formula(.binary(.times, a, b)), atLeast: minimum, isBehindOperator: isBehindOperator)
    case .binary(let symbol, let a, let b):
      enclosed(
        minimum > symbol.precedence,
        [.formula(a, symbol.precedence), .sign(sign(of: symbol)), .formula(b, symbol.precedence.tighter)])
    case .comparison(let symbol, let a, let b):
      enclosed(minimum > .comparison, [.formula(a, .sum), .sign(" \(symbol.rawValue) "), .formula(b, .sum)])
    case .call(let name, let arguments):
      [.text(name + "(")] + separated(arguments.map(pieces(of:))) + [.text(")")]
    case .list(let elements):
      [.text("[")] + separated(elements.map { [.formula($0, .sum)] }) + [.text("]")]
    case .transpose(let a): [.formula(a, .postfix), .text(notation == .ascii ? "'" : "ᵀ")]
    case .slice(let a, let indices):
      [.formula(a, .postfix), .text("[" + indices.map(\.text).joined(separator: ", ") + "]")]
    case .einsum(let sum, let operands):
      [.text("einsum(\"\(sum)\", ")] + separated(operands.map { [.formula($0, .sum)] }) + [.text(")")]
    case .derivative(let of, let by): enclosed(minimum > .product, derivative(of, by))
    }
  }

  private func power(_ base: Formula, _ exponent: Formula) -> [FormulaPiece] {
    switch exponent.form {
    case .number(2) where notation != .ascii: [.formula(base, .postfix), .text("²")]
    case .number(3) where notation != .ascii: [.formula(base, .postfix), .text("³")]
    default: [.formula(base, .postfix), .text("^"), .formula(exponent, .negation)]
    }
  }

  /// `∂c/∂w`, `∂(w·x)/∂w`, `∂²c/∂w∂b`
  private func derivative(_ of: Formula, _ by: [Formula]) -> [FormulaPiece] {
    let d = notation == .ascii ? "d" : "∂"
    let order = by.count == 1 ? "" : notation == .ascii ? "\(by.count)" : String(Character("\(by.count)").raised ?? "²")
    let isTwice = by.count == 2 && by[0] == by[1]
    let names = isTwice ? [by[0]] : by
    let below: [FormulaPiece] = names.flatMap { [FormulaPiece.text(d), .formula($0, .postfix)] }
    return [.text(d + order), .formula(of, .postfix), .text("/")] + below + (isTwice ? [.text(order)] : [])
  }

  private func sign(of symbol: Formula.Operator) -> String {
    switch symbol {
    case .times: notation == .ascii ? "*" : "·"
    case .elementwise: " ⊙ "
    case .divide, .power: symbol.rawValue
    case .matmul: notation == .textbook ? "·" : " @ "
    case .plus, .minus: " \(symbol.rawValue) "
    }
  }

  private func pieces(of argument: Formula.Argument<Formula>) -> [FormulaPiece] {
    let value = FormulaPiece.formula(argument.value, .comparison)
    return argument.label.map { [.text($0 + "="), value] } ?? [value]
  }

  private func enclosed(_ needed: Bool, _ pieces: [FormulaPiece]) -> [FormulaPiece] {
    needed ? [.text("(")] + pieces + [.text(")")] : pieces
  }
}

extension Formula.Index {
  var text: String {
    switch self {
    case .element(let i): "\(i)"
    case .range(let from, let to): (from.map { "\($0)" } ?? "") + ":" + (to.map { "\($0)" } ?? "")
    }
  }
}
