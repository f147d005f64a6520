/// How much there is to compute for a claim: a walk for each number differentiated by, of second derivatives one for each
/// pair, and each walk passes every number between them and what is differentiated.
struct Effort {
  /// How many derivatives are compared at a point.
  let entries: Double
  /// About how many operations on numbers one point takes.
  let perPoint: Double
  /// The shape of what is differentiated by.
  let shape: [Int]

  /// Of one claim: half a minute or less.
  private static let most = 2e7
  private static let fewestPoints = 3

  /// How many points can be compared; nil where not even a few can. Each compares all entries, so that few of a large
  /// derivative tell as much as many of a small one.
  var affordablePoints: Int? {
    let points = Self.most / max(perPoint, 1)
    return points < Double(Self.fewestPoints) ? nil : Int(points)
  }
}

extension Verification {
  /// - Throws: ``ParseError`` where the claim would keep the machine busy for minutes or more.
  func affordablePoints() throws(ParseError) -> Int {
    guard let effort = try effort() else { return .max }
    if let points = effort.affordablePoints { return points }
    let smaller = effort.shape.map { min($0, 3) }
    let instead = smaller == effort.shape ? "" : ", such as \(smaller) in place of \(effort.shape)"
    throw sides.error(
      "comparing \(shortest(effort.entries)) derivatives would take too long; test the claim on smaller tensors\(instead)"
    )
  }

  /// Nil for an identity, which takes one walk.
  private func effort() throws(ParseError) -> Effort? {
    let names = sides.claim.differentiatedNames
    guard !names.isEmpty else { return nil }
    var sampler = sampler
    let point = Self.named(sampler, sampler.randomPoint(widened: false))
    let values = try sides.steps.evaluate(input: { point[$0] }, tensors: tensorForm)
    let shapes = names.map { name in (sides.steps.places[name].map { values[$0] } ?? point[name])?.extents ?? [] }
    let counts = shapes.map { $0.reduce(1.0) { $0 * Double($1) } }
    let length = sides.path.reduce(1) { $0 + sides.steps.effort(of: $1, values) }
    // Numbers of two directions take about twice as long as those of one.
    let walks = counts.count == 2 ? counts[1] : counts[1] * counts[2] * (names[1] == names[2] ? 1 : 2)
    return Effort(entries: counts.reduce(1, *), perPoint: walks * length, shape: shapes[1])
  }
}

extension ProgramSteps {
  /// How many operations on numbers one step takes.
  fileprivate func effort(of step: Int, _ values: [Grid<Double>]) -> Double {
    func count(_ step: Int) -> Double { values[step].extents.reduce(1) { $0 * Double($1) } }
    let form = steps[step].form
    // A product of m×k and k×n takes m·k·n.
    if case .binary(.matmul, let a, let b) = form { return (count(a) * count(b) * count(step)).squareRoot() }
    return form.operands.reduce(count(step)) { max($0, count($1)) }
  }
}
