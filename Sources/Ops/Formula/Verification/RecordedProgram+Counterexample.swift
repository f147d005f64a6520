extension RecordedProgram {
  /// What a claim differentiates, recorded at the point where the claim fails.
  ///
  /// ```swift
  /// let program = try Program(parsing: "c = (w*x - y)^2")
  /// let verdict = try program.verify("dc/dw = 2*(w*x - y)")
  /// let recorded = try RecordedProgram(program, atCounterexampleOf: verdict)
  /// print(recorded!.tape.table(recorded!.output.backward(), output: recorded!.output))
  /// ```
  /// Nil where there is no counterexample, and where the claim differentiates no number.
  /// - Throws: ``ParseError`` where the program needs inputs that the claim does not.
  public init?(_ program: Program, atCounterexampleOf verdict: Verdict) throws(ParseError) {
    guard let point = verdict.counterexample, let value = verdict.claim.differentiated else { return nil }
    let resolved = try program.resolved(inputs: Set(program.freeNames), functions: Language.functions)
    guard let needed = resolved.upTo(value) else { return nil }
    let used = Set(needed.freeNames)
    try self.init(needed, at: (point.at + point.fixed).filter { used.contains($0.name) }.map { ($0.name, $0.value) })
    guard output.isRecorded, output.shape.count == 1 else { return nil }
  }
}

extension Claim {
  /// c, of ∂c/∂w on the left, or else inside.
  fileprivate var differentiated: Formula? {
    if let name = differentiatedNames.first { return .name(name) }
    guard case .identity(let left, let right) = self else { return nil }
    return left.differentiated ?? right.differentiated
  }
}

extension Formula {
  fileprivate var differentiated: Formula? {
    if case .derivative(let of, _) = form { return of.differentiated ?? of }
    return form.operands.lazy.compactMap(\.differentiated).first
  }
}

extension Program {
  /// The statements that a formula needs, with it as the last; nil for a name that no statement defines.
  /// - Precondition: the calls of functions that the program defines are written out.
  fileprivate func upTo(_ formula: Formula) -> Program? {
    var wanted = Set(formula.names)
    var kept: [Statement] = []
    for statement in statements.reversed() {
      guard let own = statement.name, wanted.contains(own) else { continue }
      wanted.formUnion(statement.formula.names)
      kept.append(statement)
    }
    kept.reverse()
    if let name = formula.form.name { return kept.last?.name == name ? Program(kept) : nil }
    let place = SourceText(formula.description).start
    return Program(kept + [Statement(name: nil, formula: formula, location: place)])
  }
}
