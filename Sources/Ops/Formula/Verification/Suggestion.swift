extension Verification {
  /// A right form of the claim, written down by the chain rule: `∂c/∂w = 2·e·x`.
  ///
  /// nil for identities, second derivatives and tensors.
  var suggestion: Claim? {
    guard case .gradient(let c, let w, _) = sides.claim, sampler.inputs.allSatisfy({ $0.shape.rank == 0 }),
      let gradient = sides.steps.gradient(of: c, by: w), gradient.size <= 200
    else { return nil }
    return .gradient(of: c, by: w, gradient)
  }
}

extension ProgramSteps {
  /// ∂c/∂w as a formula in the names of the program: forward mode over formulas, in which every statement goes on under
  /// its name. nil where there are tensors.
  func gradient(of c: String, by w: String) -> Formula? {
    guard let root = places[c], let leaf = places[w] else { return places[c] == nil ? nil : 0 }
    let isNeeded = Set(needed(for: [root]))
    let walk: [Dual<Formula>]? = try? evaluate(
      input: { Dual(.name($0)) }, known: { isNeeded.contains($0) ? nil : 0 },
      each: { step, value in
        if step == leaf { return Dual(.name(w), tangent: 1) }
        return steps[step].name.map { Dual(.name($0), derivative: value.derivative) } ?? value
      })
    return walk.map { $0[root].tangent }
  }
}
