extension RecordedProgram {
  /// What a claim differentiates, recorded at the point where the claim fails.
  ///
  /// ```swift
  /// let program = try Program(parsing: "c = (w*x - y)^2")
  /// let verdict = try program.verify("dc/dw = 2*(w*x - y)")
  /// let recorded = try RecordedProgram(program, atCounterexampleOf: verdict)
  /// print(recorded!.tape.table(recorded!.output.backward(), output: recorded!.output))
  /// ```
  /// Nil where there is no counterexample, and where the claim differentiates no number that has a name.
  /// - Throws: ``ParseError`` where the program needs inputs that the claim does not.
  public init?(_ program: Program, atCounterexampleOf verdict: Verdict) throws(ParseError) {
    guard let point = verdict.counterexample, let name = verdict.claim.differentiatedName,
      let needed = program.upTo(name)
    else { return nil }
    let used = Set(needed.freeNames)
    try self.init(needed, at: (point.at + point.fixed).filter { used.contains($0.name) }.map { ($0.name, $0.value) })
    guard output.isRecorded, output.shape.count == 1 else { return nil }
  }
}

extension Claim {
  /// c, of ∂c/∂w on the left, or else inside.
  fileprivate var differentiatedName: String? {
    if let name = differentiatedNames.first { return name }
    guard case .identity(let left, let right) = self else { return nil }
    return left.differentiatedName ?? right.differentiatedName
  }
}

extension Formula {
  fileprivate var differentiatedName: String? {
    if case .derivative(let of, _) = form { return of.names.first }
    for operand in form.operands { if let name = operand.differentiatedName { return name } }
    return nil
  }
}

extension Program {
  /// The statements that one of them needs, with it as the last; nil where there is none of this name.
  fileprivate func upTo(_ name: String) -> Program? {
    var wanted: Set = [name]
    var kept: [Statement] = []
    for statement in statements.reversed() {
      guard let own = statement.name, wanted.contains(own) else { continue }
      wanted.formUnion(statement.formula.names)
      kept.append(statement)
    }
    guard kept.first?.name == name else { return nil }
    return Program(statements: kept.reversed(), definitions: definitions)
  }
}
