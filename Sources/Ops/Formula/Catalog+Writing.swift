import Graph

/// How formulas of tapes read: for people, who are shown what a parser would not need.
extension Catalog {
  package func text(_ formula: ShapedFormula) -> String { rounded(formula.formula).text(in: .textbook) }

  /// The digits of a name are its subscript: `W1` is `W_{1}`.
  package func latex(_ formula: ShapedFormula) -> String {
    rounded(formula.formula).fold { (form: Formula.Form<Formula>, _) in
      if case .name(let name) = form { Formula.name(subscripted(name)) } else { Formula(form) }
    }.latex
  }

  /// A vector is a column, also in a matrix of one row or column.
  package func latex(text: String) -> String {
    guard let formula = try? Formula(parsing: text) else { return "\\text{\(text.escapedForLaTeX)}" }
    guard case .list(let rows) = formula.form else { return formula.latex }
    let cells = rows.map { row in
      if case .list(let cells) = row.form { cells.map(\.latex).joined(separator: " & ") } else { row.latex }
    }
    return "\\begin{bmatrix}" + cells.joined(separator: " \\\\ ") + "\\end{bmatrix}"
  }

  private func subscripted(_ name: String) -> String {
    let digits = name.reversed().prefix { $0.isASCII && $0.isNumber }.count
    return digits > 0 && digits == name.count - 1 ? "\(name.prefix(1))_\(name.suffix(digits))" : name
  }

  private func rounded(_ formula: Formula) -> Formula {
    formula.fold { (form: Formula.Form<Formula>, _) in
      if case .number(let value) = form { return Formula.number(Double(shortText(value)) ?? value) }
      return Formula(form)
    }
  }
}
