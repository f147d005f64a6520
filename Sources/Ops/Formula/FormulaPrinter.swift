/// Writes formulas from left to right with a list of what is still to come, so that depth costs memory and not stack.
protocol FormulaPrinter {
  /// One level of a formula, in parentheses if it binds looser than `minimum`; a minus sign right behind an operator gets
  /// parentheses too: `a·(-b)`.
  func pieces(
    of formula: Formula, atLeast minimum: Formula.Precedence, isBehindOperator: Bool
  ) -> [FormulaPiece]
}

enum FormulaPiece {
  case text(String)
  /// An operator.
  case sign(String)
  case formula(Formula, Formula.Precedence)
}

extension FormulaPrinter {
  /// - Complexity: linear in the size of the formula.
  func text(of formula: Formula) -> String {
    var (text, isBehindOperator) = ("", false)
    var pending = [FormulaPiece.formula(formula, .comparison)]
    while let piece = pending.popLast() {
      switch piece {
      case .text(let string):
        text += string
        isBehindOperator = false
      case .sign(let string):
        text += string
        isBehindOperator = true
      case .formula(let formula, let minimum):
        pending += pieces(of: formula, atLeast: minimum, isBehindOperator: isBehindOperator).reversed()
      }
    }
    return text
  }

  func separated(_ items: [[FormulaPiece]]) -> [FormulaPiece] { Array(items.joined(separator: [.text(", ")])) }
}
