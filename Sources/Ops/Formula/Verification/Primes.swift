// A prime transposes tensors. On a number it is what it is on paper: the derivative by the only input.

extension Claim {
  /// The claim with `y' = 2*x` read as `dy/dx = 2*x` where y is a number.
  ///
  /// - Parameter program: resolved.
  /// - Throws: ``ParseError`` where the derivative could be by several inputs or by none, and for the prime of a number
  ///   anywhere else.
  func readingPrimes(_ subject: Subject) throws(ParseError) -> Claim {
    guard let program = subject.program else { return self }
    if case .identity(let left, let right) = self, let (name, order) = left.primed,
      let inputs = try subject.inputsOfNumber(name)
    {
      guard program.names.contains(name) else {
        throw left.error("\(name) is a number, and an input: a derivative is that of a statement, dc/d\(name)")
      }
      guard order <= 2 else { throw left.error("derivatives of first and second order can be claimed") }
      guard inputs.count == 1 else {
        let first = inputs.first ?? "x"
        let known = inputs.isEmpty ? "and the program has no inputs" : "one of \(inputs.joined(separator: ", "))"
        throw left.error(
          "\(name) is a number: its derivative needs a name to differentiate by, \(known)",
          suggestion: inputs.isEmpty ? nil : order == 1 ? "d\(name)/d\(first)" : "d2\(name)/d\(first)2")
      }
      return order == 1
        ? .gradient(of: name, by: inputs[0], right) : .second(of: name, by: inputs[0], and: inputs[0], right)
    }
    try left?.checkPrimes(subject)
    try right.checkPrimes(subject)
    return self
  }
}

extension Formula {
  /// Name and number of primes, if it is nothing but a name with primes.
  fileprivate var primed: (name: String, order: Int)? {
    guard case .transpose(let inner) = form else { return nil }
    return inner.form.name.map { ($0, 1) } ?? inner.primed.map { ($0.name, $0.order + 1) }
  }

  fileprivate func checkPrimes(_ subject: Subject) throws(ParseError) {
    let names = Set(subject.program?.names ?? [])
    guard let found = firstPart(where: { $0.primed.map { names.contains($0.name) } ?? false }),
      let name = found.primed?.name, try subject.inputsOfNumber(name) != nil
    else { return }
    throw found.error(
      "\(name) is a number: its derivative stands alone on the left of a claim, and on the right is its formula")
  }
}

extension Subject {
  /// The inputs that are not fixed, if the value of that name is a number; nil where it is a tensor.
  fileprivate func inputsOfNumber(_ name: String) throws(ParseError) -> [String]? {
    let plain = try verification(reading: .identity(.name(name), .name(name)))
    var sampler = plain.sampler
    let point = sampler.named(sampler.randomPoint(widened: false))
    let value = try plain.sides.values(on: Walk(at: point)).claimed
    return value.shape.rank == 0 ? sampler.inputs.filter { $0.fixed == nil }.map(\.name) : nil
  }
}
