// Where a function bends or jumps, its derivative is a convention: points there are kept apart.

extension ProgramSteps {
  /// The first kink that a point is at or next to, as an equation: `e = 0`, `a = b`.
  func kink(_ values: [Grid<Double>]) -> String? {
    for step in steps {
      switch step.form {
      case .comparison(_, let a, let b):
        if meet(values[a], values[b]) { return equation(a, b) }
      case .call(let name, let arguments):
        let operands = arguments.filter { $0.label == nil }.map(\.value)
        if let kink = kink(of: name, operands, values) { return kink }
      default: break
      }
    }
    return nil
  }

  private func kink(of name: String, _ operands: [Int], _ values: [Grid<Double>]) -> String? {
    switch (name, operands.count) {
    case ("max", 1), ("min", 1):
      let sorted = values[operands[0]].elements.sorted()
      let isTied = zip(sorted, sorted.dropFirst()).contains { isNear($0, $1) }
      return isTied ? "a tie in \(steps[operands[0]].label)" : nil
    case ("norm1", 1), ("abs", 1):
      return meet(values[operands[0]], 0) ? "\(steps[operands[0]].label) = 0" : nil
    default: break
    }
    guard let rule = Language.rule(named: name) else { return nil }
    for kink in rule.kinks where meet(values[operands[0]], .number(kink)) {
      return "\(steps[operands[0]].label) = \(shortest(kink))"
    }
    let jumps: Set = [Maximum.code, Minimum.code, Clip.code, Less.code, LessOrEqual.code, Equal.code]
    guard jumps.contains(rule.code) else { return nil }
    for a in operands {
      for b in operands where a < b && meet(values[a], values[b]) { return equation(a, b) }
    }
    return nil
  }

  private func equation(_ a: Int, _ b: Int) -> String { "\(steps[a].label) = \(steps[b].label)" }

  private func meet(_ a: Grid<Double>, _ b: Grid<Double>) -> Bool {
    (a - b).elements.contains { $0.magnitude < 1e-9 }
  }

  private func isNear(_ a: Double, _ b: Double) -> Bool { (a - b).magnitude < 1e-9 }
}

extension ProgramSteps.Step {
  /// The name of its statement, or its formula.
  var label: String { name ?? formula.description }
}
