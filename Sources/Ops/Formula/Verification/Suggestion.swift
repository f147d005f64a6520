extension Verification {
  /// A right form of the claim, written down by the chain rule: `∂c/∂w = 2·e·x`.
  ///
  /// The walk is that of the tape, over formulas: the local gradient of every step, its operands by their names. nil
  /// for identities, second derivatives and tensors.
  var suggestion: String? {
    guard case .gradient(let c, let w, _) = sides.claim, sampler.inputs.allSatisfy({ $0.shape.isEmpty }),
      let gradient = sides.steps.gradient(of: c, by: w, within: sides.programLength), gradient.size <= 200
    else { return nil }
    return Claim.gradient(of: c, by: w, gradient).description
  }
}

extension ProgramSteps {
  /// ∂c/∂w as a formula in the names of the program; nil where a step has no local gradients in formulas.
  func gradient(of c: String, by w: String, within length: Int) -> Formula? {
    guard let root = places[c], let leaf = places[w], leaf <= root, root < length else {
      return places[c] == nil ? nil : 0
    }
    let leading = stepsLeading(to: leaf, from: root)
    var upstream = [Formula?](repeating: nil, count: root + 1)
    upstream[root] = 1
    for step in stride(from: root, to: leaf, by: -1) {
      guard leading[step], let g = upstream[step] else { continue }
      guard let locals = locals(of: step) else { return nil }
      for (input, local) in locals where leading[input] {
        let term = g * local
        upstream[input] = upstream[input].map { $0 + term } ?? term
      }
    }
    return upstream[leaf] ?? 0
  }

  /// Which steps depend on a leaf and lead to the root.
  private func stepsLeading(to leaf: Int, from root: Int) -> [Bool] {
    var leading = [Bool](repeating: false, count: root + 1)
    leading[leaf] = true
    for step in leaf..<root + 1 where step != leaf {
      leading[step] = steps[step].form.operands.contains { $0 <= root && leading[$0] }
    }
    return leading
  }

  /// The operands of a step with the local gradients, as formulas; nil for a form on whole tensors.
  private func locals(of step: Int) -> [(input: Int, local: Formula)]? {
    let form = steps[step].form
    let operands = form.operands
    let formulas = operands.map(shown)
    let y = shown(step)
    switch form {
    case .negative: return [(operands[0], -1)]
    case .binary(.plus, _, _): return [(operands[0], 1), (operands[1], 1)]
    case .binary(.minus, _, _): return [(operands[0], 1), (operands[1], -1)]
    case .binary(.times, _, _): return pairs(operands, Multiply.locals(of: formulas, result: y))
    case .binary(.divide, _, _):
      return pairs(operands, [1 / formulas[1], -formulas[0] / (formulas[1] * formulas[1])])
    case .binary(.power, _, _):
      if let n = formulas[1].constant {
        return [(operands[0], .number(n) * .pow(formulas[0], .number(n - 1)))]
      }
      return pairs(operands, [formulas[1] * .pow(formulas[0], formulas[1] - 1), y * .log(formulas[0])])
    case .call(let name, let arguments):
      guard let rule = Language.rule(named: name), rule.arity == arguments.count else { return nil }
      return pairs(operands, rule.locals(of: formulas, result: y))
    default: return nil
    }
  }

  private func pairs(_ operands: [Int], _ locals: [Formula]) -> [(input: Int, local: Formula)] {
    Array(zip(operands, locals).map { ($0, $1) })
  }

  /// A step by its name, or as a formula in names.
  private func shown(_ step: Int) -> Formula {
    if let name = steps[step].name { return .name(name) }
    return steps[step].formula
  }
}
