/// How much there is to compute for a claim: every number once, and a sweep back for each element of what is
/// differentiated; for second derivatives a walk and a sweep for each element of what is differentiated by second.
struct Effort {
  /// How many derivatives are compared at a point.
  let entries: Double
  /// About how many operations on numbers one point takes.
  let perPoint: Double
  /// The shape of what is differentiated by.
  let shape: [Int]

  /// Of one claim: a few seconds, and half a minute where that is not enough for the fewest points.
  private static let usual = 2e6
  private static let most = 1e7
  private static let fewestPoints = 3

  /// How many points can be compared; nil where not even a few can. Each compares all entries, so that few of a large
  /// derivative tell as much as many of a small one.
  var affordablePoints: Int? {
    guard perPoint * Double(Self.fewestPoints) <= Self.most else { return nil }
    return max(Self.fewestPoints, Int(Self.usual / max(perPoint, 1)))
  }
}

extension Verification {
  /// - Throws: ``ParseError`` where the claim would keep the machine busy for minutes or more.
  func affordablePoints() throws(ParseError) -> Int {
    let effort = try effort()
    if let points = effort.affordablePoints { return points }
    let smaller = effort.shape.map { min($0, 3) }
    let instead = smaller == effort.shape ? "" : ", such as \(smaller) in place of \(effort.shape)"
    throw sides.error(
      "comparing \(shortest(effort.entries)) derivatives would take too long; test the claim on smaller tensors\(instead)"
    )
  }

  private func effort() throws(ParseError) -> Effort {
    let names = sides.claim.differentiatedNames
    var sampler = sampler
    let walk = Walk(at: sampler.named(sampler.randomPoint(widened: false)))
    try walk.compute(sides.needed, of: sides.unrolled)
    let shapes = names.map { walk.value(of: $0, in: sides.steps)?.extents ?? [] }
    let counts = shapes.map { $0.reduce(1.0) { $0 * Double($1) } }
    let size = Double(walk.recording.count)
    guard counts.count > 1 else { return Effort(entries: 1, perPoint: size, shape: []) }
    let length = sides.path.reduce(1) { $0 + sides.steps.effort(of: $1, walk) }
    // Numbers of two directions take about twice as long as those of one.
    let sweeps = counts.count == 2 ? counts[0] * length : 4 * counts[2] * length
    return Effort(entries: counts.reduce(1, *), perPoint: size + sweeps, shape: shapes[1])
  }
}

extension ProgramSteps {
  /// How many operations on numbers one step takes.
  fileprivate func effort(of step: Int, _ walk: Walk<Double>) -> Double {
    func count(_ step: Int) -> Double { walk[step].extents.reduce(1) { $0 * Double($1) } }
    let form = steps[step].form
    // A product of m×k and k×n takes m·k·n.
    if case .binary(.matmul, let a, let b) = form { return (count(a) * count(b) * count(step)).squareRoot() }
    return form.operands.reduce(count(step)) { max($0, count($1)) }
  }
}
