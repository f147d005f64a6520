// Points at random miss what happens in a corner: from points that were seen, one goes across every branch, and compares
// wherever that leads to a combination of sides that was not seen before.

/// On which sides of the comparisons the points were.
struct Coverage {
  /// The signs of all differences at a point: which pieces of the functions meet there.
  private(set) var patterns: Set<[Int8]> = []
  /// The sides of each branch: 1 below, 2 above, 4 where both are the same all around.
  private(set) var sides: [Int: UInt8] = [:]
  /// One point for each pattern, the last ones.
  private(set) var points: [Sampler.Point] = []
  private static let mostPoints = 24

  mutating func note<Value>(_ branches: Branches, on walk: Walk<Bounded<Value>>, at point: Sampler.Point) {
    guard !branches.branches.isEmpty else { return }
    let count = walk.recording.count
    var pattern: [Int8] = []
    for (branch, difference) in branches.differences(on: walk) {
      let sign = difference.value.sign
      pattern.append(sign)
      sides[branch, default: 0] |= sign < 0 ? 1 : sign > 0 ? 2 : difference.value.origin.varies ? 0 : 4
    }
    walk.recording.rewind(to: count)
    guard patterns.insert(pattern).inserted else { return }
    points.append(point)
    if points.count > Self.mostPoints { points.removeFirst() }
  }

  mutating func insert(_ pattern: [Int8]) -> Bool { patterns.insert(pattern).inserted }
}

extension Bounded {
  fileprivate var sign: Int8 {
    value.high.magnitude <= error || value.high == 0 ? 0 : value.high < 0 ? -1 : 1
  }
}

extension Search {
  /// Looks for combinations of branches that were not seen, as long as it finds some, and says which sides of which
  /// branches it never reached.
  mutating func explore() throws(ParseError) {
    guard !verification.branches.branches.isEmpty, verdict.points > 0 else { return }
    var explorer = Explorer(verification, wanted: wanted, affordable: affordable)
    var stack = coverage.points.map { (point: $0, next: 0) }
    for _ in 0..<explorer.distantPoints {
      let point = sampler.distantPoint()
      guard coverage.insert(explorer.pattern(at: point)) else { continue }
      try test(point, isTelling: true)
      stack.append((point, 0))
      if verdict.outcome == .refuted { return }
    }
    while let (point, next) = stack.popLast(), explorer.canGoOn {
      guard let crossing = explorer.crossing(from: point, branch: next) else { continue }
      stack.append((point, next + 1))
      // On the border itself a side may have a value of its own: x < 3 and x <= 3 differ nowhere else.
      if let border = crossing.border, explorer.borders > 0, coverage.insert(explorer.pattern(at: border)) {
        explorer.borders -= 1
        try test(border, isTelling: true)
      }
      for point in crossing.beside where coverage.insert(explorer.pattern(at: point)) {
        guard explorer.canGoOn else { break }
        explorer.tests -= 1
        try test(point, isTelling: true)
        stack.append((point, 0))
        if verdict.outcome == .refuted { return }
      }
    }
    verdict.unreached = unreached
  }

  private var unreached: [String] {
    let branches = verification.branches
    let numbers = branches.branches.indices.filter { branches.branches[$0].step != nil }
    return numbers.flatMap { number in
      let seen = coverage.sides[number] ?? 0
      let missed = [(bit: UInt8(1), sign: -1), (2, 1)].filter { seen & (4 | $0.bit) == 0 }
      return missed.compactMap { branches.side($0.sign, of: number) }
    }.withoutRepetitions
  }
}

/// Goes from points across branches, in the precision of doubles.
struct Explorer {
  private let verification: Verification
  /// How many more points may be compared.
  var tests: Int
  /// How many more of those on a border.
  var borders: Int
  /// How many more walks may be computed to find them.
  private var walks: Int
  let distantPoints: Int
  /// How many differences there are.
  private var count: Int?

  /// How far behind a branch is looked, as parts of the size of the point.
  private static let distances = [0.1, 1e-2, 1e-3, 1e-5, 1e-8, 1e-11]

  init(_ verification: Verification, wanted: Int, affordable: Int) {
    self.verification = verification
    // For a small program thousands of walks are nothing; for a network they must not take longer than the points.
    tests = min(100, 10 * wanted, max(4, affordable / 100))
    borders = min(24, tests)
    walks = min(5000, 50 * wanted, affordable / 8)
    distantPoints = min(100, wanted, affordable / 50)
  }

  var canGoOn: Bool { tests > 0 && walks > 0 }

  /// The signs of all differences.
  mutating func pattern(at point: Sampler.Point) -> [Int8] {
    differences(at: point)?.differences.map { $0.value < 0 ? -1 : $0.value > 0 ? 1 : 0 } ?? []
  }

  private mutating func differences(
    at point: Sampler.Point
  ) -> (walk: Walk<Double>, differences: [Recorded<Double>])? {
    walks -= 1
    let walk = Walk(at: verification.sampler.named(point))
    guard (try? walk.compute(verification.sides.needed, of: verification.sides.unrolled)) != nil else { return nil }
    return (walk, verification.branches.differences(on: walk).map(\.difference))
  }

  /// Where a branch is crossed: on its border, and close to it on both sides.
  struct Crossing {
    var border: Sampler.Point?
    let beside: [Sampler.Point]
  }

  /// The next crossing of a branch; nil behind the last branch.
  mutating func crossing(from point: Sampler.Point, branch: Int) -> Crossing? {
    let count = count ?? differences(at: point)?.differences.count ?? 0
    self.count = count
    guard branch < count else { return nil }
    guard let (border, slope) = border(from: point, branch) else { return Crossing(beside: steps(from: point)) }
    let size = slope.reduce(0) { $1.reduce($0) { max($0, $1.magnitude) } }
    let scale = border.reduce(0) { $1.elements.reduce($0) { max($0, $1.magnitude) } }
    let beside = Self.distances.flatMap { distance in
      [1.0, -1].map { sign in
        moved(border, along: slope, by: sign * distance * (scale == 0 ? 1 : scale) / size)
      }
    }
    return Crossing(border: border, beside: beside)
  }

  /// Newton's method on the difference, along its gradient, within the domain.
  private mutating func border(
    from point: Sampler.Point, _ branch: Int
  ) -> (point: Sampler.Point, slope: [[Double]])? {
    var point = point
    var best: (point: Sampler.Point, slope: [[Double]])?
    for _ in 0..<24 where walks > 0 {
      guard let (walk, differences) = differences(at: point) else { break }
      let difference = differences[branch]
      guard let slope = gradient(of: difference, on: walk) else { break }
      let square = slope.reduce(0) { $1.reduce($0) { $0 + $1 * $1 } }
      guard square > 0, square.isFinite, difference.value.isFinite else { break }
      best = (point, slope)
      let next = moved(point, along: slope, by: -difference.value / square)
      if next.map(\.elements) == point.map(\.elements) { break }
      point = next
    }
    return best
  }

  /// Zero for what cannot be moved.
  private func gradient(of difference: Recorded<Double>, on walk: Walk<Double>) -> [[Double]]? {
    guard difference.node >= 0 else { return nil }
    let leaves = verification.sampler.inputs.map { walk.inputs[$0.name]?.elements ?? [] }
    var all = walk.recording.derivatives(of: difference, by: leaves.flatMap { $0 })[...]
    return zip(verification.sampler.inputs, leaves).map { input, leaves in
      defer { all = all.dropFirst(leaves.count) }
      return input.isFree ? Array(all.prefix(leaves.count)) : leaves.map { _ in 0 }
    }
  }

  private func moved(_ point: Sampler.Point, along slope: [[Double]], by factor: Double) -> Sampler.Point {
    point.indices.map { input in
      let elements = zip(point[input].elements, slope[input]).map {
        $1 == 0 ? $0 : verification.sampler.clamped($0 + factor * $1, input: input)
      }
      return Grid(elements, shape: verification.sampler.inputs[input].shape)
    }
  }

  /// Where nothing can be moved by a little: every element of a set in turn.
  private func steps(from point: Sampler.Point) -> [Sampler.Point] {
    var points: [Sampler.Point] = []
    for (index, input) in verification.sampler.inputs.enumerated() {
      guard input.fixed == nil, let set = input.set else { continue }
      for place in 0..<min(8, input.shape.count) {
        for value in set.prefix(128) where value != point[index].elements[place] {
          let elements = point[index].elements.replacing(place, by: value)
          points.append(point.replacing(index, by: Grid(elements, shape: input.shape)))
        }
      }
    }
    return points
  }
}
