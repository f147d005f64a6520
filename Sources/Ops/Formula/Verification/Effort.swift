extension Verification {
  /// Operations on numbers for one claim: a few seconds, and half a minute where that is not enough for the fewest points.
  private static let usualEffort = 2e6
  private static let mostEffort = 1e7
  private static let fewestPoints = 3

  /// How many points can be compared. Each compares all entries, so that few of a large derivative tell as much as many of
  /// a small one.
  ///
  /// At a point every number is computed once, with a sweep back for each element of what is differentiated; for second
  /// derivatives there is a walk and a sweep for each element of what is differentiated by second.
  /// - Throws: ``ParseError`` where the claim would keep the machine busy for minutes or more.
  func affordablePoints() throws(ParseError) -> Int {
    var sampler = sampler
    let walk = Walk(at: sampler.named(sampler.randomPoint(widened: false)))
    try walk.compute(sides.needed, of: sides.unrolled)
    let shapes = sides.claim.differentiatedNames.map { walk.value(of: $0, in: sides.steps)?.shape ?? .scalar }
    let counts = shapes.map { Double($0.count) }
    var perPoint = Double(walk.recording.count)
    if counts.count > 1 {
      let length = sides.path.reduce(1) { $0 + sides.steps.effort(of: $1, walk) }
      // Numbers of two directions take about twice as long as those of one.
      perPoint += counts.count == 2 ? counts[0] * length : 4 * counts[2] * length
    }
    guard perPoint * Double(Self.fewestPoints) > Self.mostEffort else {
      return max(Self.fewestPoints, Int(Self.usualEffort / max(perPoint, 1)))
    }
    let shape = shapes.count > 1 ? shapes[1].dimensions : []
    let smaller = shape.map { min($0, 3) }
    let instead = smaller == shape ? "" : ", such as \(smaller) in place of \(shape)"
    let entries = shortest(counts.reduce(1, *))
    throw sides.error(
      "comparing \(entries) derivatives would take too long; test the claim on smaller tensors\(instead)")
  }
}

extension ProgramSteps {
  /// How many operations on numbers one step takes.
  fileprivate func effort(of step: Int, _ walk: Walk<Double>) -> Double {
    func count(_ step: Int) -> Double { Double(walk[step].shape.count) }
    let form = steps[step].form
    // A product of m×k and k×n takes m·k·n.
    if case .binary(.matmul, let a, let b) = form { return (count(a) * count(b) * count(step)).squareRoot() }
    return form.operands.reduce(count(step)) { max($0, count($1)) }
  }
}
