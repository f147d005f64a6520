extension Program {
  /// What is squared where the output is a sum or mean of squares, up to a positive factor: the r of `J = sum(r^2)/2`.
  ///
  /// Statements that the output names are looked into. A square may be written `r^2`, `r*r` or `square(r)`, and a sum of
  /// squares also `dot(r, r)`, `norm(r)^2`.
  /// - Returns: nil for every other output.
  public var residuals: Formula? {
    summand(of: followed(output.formula)).map { $0.form.name != nil ? $0 : followed($0) }
  }

  /// This program with another formula about its names as output.
  package func outputting(_ formula: Formula) -> Program {
    // The output itself may be without a name, and then nothing else can use it.
    let kept = lines.filter { $0.name != nil }
    return Program(kept + [Statement(name: nil, formula: formula, location: output.location)])
  }

  /// The formula behind names of statements.
  private func followed(_ formula: Formula) -> Formula {
    var formula = formula
    while let name = formula.form.name, let statement = statements.last(where: { $0.name == name }) {
      formula = statement.formula
    }
    return formula
  }

  private func summand(of formula: Formula) -> Formula? {
    switch formula.form {
    case .binary(.times, let a, let b):
      if let factor = a.constant, factor > 0 { return summand(of: followed(b)) }
      if let factor = b.constant, factor > 0 { return summand(of: followed(a)) }
      return nil
    case .binary(.divide, let a, let b):
      guard let factor = b.arithmeticValue, factor > 0 else { return nil }
      return summand(of: followed(a))
    case .call("sum", let arguments) where arguments.count == 1,
      .call("mean", let arguments) where arguments.count == 1:
      return squareRoot(of: followed(arguments[0].value))
    case .call("dot", let arguments) where arguments.count == 2 && arguments[0].value == arguments[1].value:
      return arguments[0].value
    default:
      guard let root = squareRoot(of: formula), case .call("norm", let inner) = followed(root).form,
        inner.count == 1
      else { return nil }
      return inner[0].value
    }
  }

  /// r, if the formula is its square.
  private func squareRoot(of formula: Formula) -> Formula? {
    switch formula.form {
    case .binary(.power, let base, let exponent) where exponent.constant == 2: base
    case .binary(.times, let a, let b) where a == b: a
    case .call("square", let arguments) where arguments.count == 1: arguments[0].value
    default: nil
    }
  }
}
