// For tests: a hand-derived gradient is checked in one line, and a wrong one fails the test with its counterexample.

/// A claim that does not hold.
public struct ClaimRefuted: Error, Sendable, CustomStringConvertible {
  /// The verdict with the counterexample, for the report of the test.
  public let description: String
}

/// Tests that a formula is ∂cost/∂w, everywhere.
///
/// ```swift
/// @Test func squaredError() throws {
///   let (w, x, y) = (Formula.name("w"), Formula.name("x"), Formula.name("y"))
///   let cost = square(w * x - y)
///   try verify(2 * (w * x - y) * x, isGradientOf: cost, withRespectTo: w)  // passes
///   try verify((w * x - y) * x, isGradientOf: cost, withRespectTo: w)
///   // refuted: ∂f/∂w = (w·x - y)·x: off by a factor 1/2; at w = 1, x = 2, y = 1: claimed 2, autodiff 4
/// }
/// ```
/// - Parameters:
///   - claimed: the gradient as derived by hand.
///   - cost: what it is the gradient of. A function written for any ``Algebra`` gives it: `cost(w, x, y)`.
///   - w: a name in the cost.
///   - domains: see ``Formula/Domain``; for vectors and matrices too.
///   - points: how many points are compared.
///   - seed: of the random points.
/// - Throws: ``ClaimRefuted``, also where no point was found at which both have a value; ``ParseError`` for names and
///   shapes that do not fit.
public func verify(
  _ claimed: Formula, isGradientOf cost: Formula, withRespectTo w: Formula, domains: [String] = [],
  points: Int = 100, seed: UInt64 = 1
) throws {
  guard case .name(let name) = w.form else {
    throw ClaimRefuted(description: "withRespectTo: expected a name, found \(w)")
  }
  let names = Set(cost.names + claimed.names)
  let output = ["f", "cost", "f_"].first { !names.contains($0) } ?? "_output"
  let parsed = try domains.map { try Formula.Domain(parsing: $0) }
  let place = SourceText(cost.description).start
  let program = Program([Program.Statement(name: output, formula: cost, location: place)])
  let inputs = names.subtracting(Scope.constants).union(parsed.map(\.name)).union([name])
  let subject = try Subject(program, inputs: inputs, domains: parsed, seed: seed)
  let verdict = try subject.verification(of: output, by: name, claimed).verdict(points: points)
  guard verdict.outcome == .holds else { throw ClaimRefuted(description: "\(verdict)") }
}

/// Tests a gradient written as a closure of one number: `verify({ 2 * $0 }, isGradientOf: { $0 * $0 })`.
///
/// A function of any ``Algebra`` can stand for a closure, and rules of your own in it: `apply(LogCosh.self, $0)`. The number
/// is called `x` in messages.
/// - Throws: as the other `verify`.
public func verify(
  _ claimed: (Formula) -> Formula, isGradientOf cost: (Formula) -> Formula, domain: String? = nil,
  points: Int = 100, seed: UInt64 = 1
) throws {
  let x = Formula.name("x")
  try verify(
    claimed(x), isGradientOf: cost(x), withRespectTo: x, domains: domain.map { [$0] } ?? [], points: points,
    seed: seed)
}

/// Tests a gradient written as closures of several numbers, all its elements: they are called `x1`, `x2`, … in
/// messages.
///
/// ```swift
/// try verify({ p in [2 * p[0] * p[1], p[0] * p[0]] }, isGradientOf: { p in p[0] * p[0] * p[1] }, ofCount: 2)
/// ```
/// - Throws: as the other `verify`.
public func verify(
  _ claimed: ([Formula]) -> [Formula], isGradientOf cost: ([Formula]) -> Formula, ofCount count: Int,
  domains: [String] = [], points: Int = 100, seed: UInt64 = 1
) throws {
  let names = (1...max(1, count)).map { Formula.name("x\($0)") }
  let gradient = claimed(names)
  guard gradient.count == names.count else {
    throw ClaimRefuted(description: "\(names.count) inputs but \(gradient.count) derivatives")
  }
  for (derivative, name) in zip(gradient, names) {
    try verify(
      derivative, isGradientOf: cost(names), withRespectTo: name, domains: domains, points: points, seed: seed
    )
  }
}

/// Tests that a variable computed by hand is ∂cost/∂w at the point that the tape stands at.
///
/// One point in the precision of the tape: a slip shows, but not one that only shows elsewhere. Formulas are tested
/// everywhere.
/// - Parameters:
///   - claimed: the gradient as derived by hand, recorded or a constant.
///   - cost: the number that it is the gradient of.
///   - w: on the same tape as the cost.
///   - tolerance: how far the two may differ, relative to the largest element.
/// - Throws: ``ClaimRefuted`` with both.
public func verify<E: Number>(
  _ claimed: Variable<E>, isGradientOf cost: Variable<E>, withRespectTo w: Variable<E>,
  tolerance: E = E.ulpOfOne.squareRoot()
) throws(ClaimRefuted) {
  let gradients = cost.backward()
  let label = "∂\(cost.name ?? "cost")/∂\(w.name ?? "w")"
  guard claimed.shape == w.shape else {
    throw ClaimRefuted(description: "\(label): claimed shape \(claimed.shape), autodiff \(w.shape)")
  }
  let (a, b) = (claimed.tensor.elements, gradients.tensor(of: w).elements)
  let scale = zip(a, b).reduce(E(0)) { max($0, $1.0.magnitude, $1.1.magnitude) }
  for (place, (a, b)) in zip(a, b).enumerated() where !((a - b).magnitude <= tolerance * scale) {
    let element = w.shape.rank == 0 ? "" : ", element \(place)"
    throw ClaimRefuted(description: "\(label)\(element): claimed \(a), autodiff \(b)")
  }
}
