/// Chooses the points at which a claim is tested: first simple ones, which make readable counterexamples and hit the
/// kinks, then random ones. The same seed gives the same points.
struct Sampler {
  typealias Point = [Grid<Double>]

  /// An input with what is known about its values.
  struct Input: Sendable {
    let name: String
    let shape: Shape
    let values: Formula.Domain.Values?
    /// The value of `n = 5` or `v = [1, 2]`.
    let fixed: [Double]?

    /// The numbers that an element may be, if they are few.
    var set: [Double]? { if case .set(let set) = values { set } else { nil } }

    /// The fixed value, or what each element is.
    func grid(_ element: () -> Double) -> Grid<Double> {
      Grid(fixed ?? (0..<shape.count).map { _ in element() }, shape: shape)
    }

    /// 1 where it is never negative, −1 where it is never positive, else 0.
    var sign: Int {
      guard case .interval(let interval)? = values else { return 0 }
      return interval.lowerBound >= 0 ? 1 : interval.upperBound <= 0 ? -1 : 0
    }

    /// Whether it can be moved by a little: it has no value of its own, nor a few of them.
    var isFree: Bool {
      guard fixed == nil else { return false }
      switch values {
      case nil: return true
      case .interval(let interval): return interval.lowerBound < interval.upperBound
      case .set, .fixed: return false
      }
    }
  }

  let inputs: [Input]
  private var bits: SplitMix64

  init(_ inputs: [Input], seed: UInt64) { (self.inputs, bits) = (inputs, SplitMix64(state: seed)) }

  /// How many different points there are, if they are few: all inputs fixed or from small sets.
  var pointCount: Int? {
    inputs.allSatisfy { $0.fixed != nil || $0.set != nil } ? combinations(atMost: 4096) : nil
  }

  /// How many combinations the inputs from sets have, if at most 64.
  var setCombinations: Int? { combinations(atMost: 64) }

  private func combinations(atMost limit: Int) -> Int? {
    var count = 1
    for input in inputs where input.fixed == nil {
      guard let set = input.set else { continue }
      for _ in 0..<input.shape.count {
        count *= max(1, set.count)
        if count > limit { return nil }
      }
    }
    return count
  }

  /// Point `number` of those of `pointCount`.
  mutating func point(number: Int) -> Point { exact(round: number, known: { $0 }) { _, _ in 0 } }

  /// The values of the inputs by their names.
  func named<A>(_ point: [Grid<A>]) -> [String: Grid<A>] {
    Dictionary(uniqueKeysWithValues: zip(inputs.map(\.name), point))
  }

  // MARK: Simple points

  /// The simplest numbers first; each costs its place.
  fileprivate static let simple: [Double] = [1, 2, -1, 3, 0.5, -2, 0, 1.5, -0.5, -3, 4, 0.25]

  /// Points made of simple numbers, the simplest first, at most `count`.
  mutating func simplePoints(_ count: Int) -> [Point] {
    var seen: Set<[Double]> = []
    var found: [(cost: Int, point: Point)] = []
    for round in 0..<count {
      // Later rounds reach further into the list.
      let reach = 1 + round * Self.simple.count / max(1, count)
      var cost = 0
      let point = inputs.map { input in
        let candidates = input.candidates
        return input.grid {
          let place = Int(bits.next(below: UInt64(min(reach, candidates.count))))
          cost += place
          return candidates[place]
        }
      }
      if seen.insert(point.flatMap(\.elements)).inserted { found.append((cost, point)) }
    }
    return found.enumerated().sorted { ($0.element.cost, $0.offset) < ($1.element.cost, $1.offset) }
      .map(\.element.point)
  }

  /// 0 for all that may be, else what is nearest.
  var origin: Point {
    inputs.indices.map { index in
      let nearest = inputs[index].set.map { $0.min { $0.magnitude < $1.magnitude } ?? 0 } ?? clamped(0, input: index)
      return inputs[index].grid { nearest }
    }
  }

  // MARK: Random points

  /// Where names without a domain are looked for. The first is the promise; the others are for functions that have
  /// no value there: logarithms, roots, acosh.
  static let ranges: [ClosedRange<Double>] = [-2...2, 0...2, 0...1, 1...4, -1...1]

  /// - Parameters:
  ///   - widened: whether to try other ranges than [−2, 2] for names without a domain.
  ///   - isRound: with three decimals, where the range is wide enough, so that a counterexample can be read. What only
  ///     happens between two such numbers needs others.
  mutating func randomPoint(widened: Bool, isRound: Bool = true) -> Point {
    inputs.map { input in
      let isWidened = widened && input.fixed == nil
      let range = isWidened ? Self.ranges[Int(bits.next(below: UInt64(Self.ranges.count)))] : Self.ranges[0]
      return input.grid {
        switch input.values {
        case .set(let set): set[Int(bits.next(below: UInt64(set.count)))]
        case .interval(let interval): number(in: interval, isRound)
        default: number(in: range, isRound)
        }
      }
    }
  }

  private mutating func number(in range: ClosedRange<Double>, _ isRound: Bool) -> Double {
    let width = range.upperBound - range.lowerBound
    let value = range.lowerBound + width * bits.unit()
    guard isRound, width >= 0.1, width < 1e6 else { return value }
    return min(range.upperBound, max(range.lowerBound, (value * 1000).rounded() / 1000))
  }

  /// Of any magnitude where nothing is known of an input: what only happens far out, or close to 0, is there.
  mutating func distantPoint() -> Point {
    zip(inputs, randomPoint(widened: false, isRound: false)).map { input, near in
      guard input.fixed == nil, input.values == nil else { return near }
      return near.map { $0 * system_pow(10, 8 * bits.unit() - 4) }
    }
  }

  /// A number for each element of the free inputs, of magnitude ½ to 1; 0 for the others.
  mutating func direction(_ varying: Set<String>) -> [[Double]] {
    inputs.map { input in
      (0..<input.shape.count).map { _ in
        guard varying.contains(input.name) else { return 0 }
        let size = 0.5 + bits.unit() / 2
        return bits.next() & 1 == 0 ? size : -size
      }
    }
  }

  /// The element of an input moved into its domain.
  func clamped(_ value: Double, input: Int) -> Double {
    guard case .interval(let interval)? = inputs[input].values else { return value }
    return min(interval.upperBound, max(interval.lowerBound, value))
  }

  // MARK: Exact points

  /// A point for exact arithmetic; number `round` of those of `pointCount`.
  mutating func residues(round: Int) -> [Grid<Residue>] {
    exact(round: round, known: Residue.number) { _, bits in .name(bits.next()) }
  }

  /// A point in another algebra, with the numbers that are known and others for the rest.
  mutating func exact<A: Algebra>(
    round: Int, known: (Double) -> A, free: (Input, inout SplitMix64) -> A
  ) -> [Grid<A>] {
    var rest = round
    return inputs.map { input in
      if let fixed = input.fixed { return Grid(fixed.map(known), shape: input.shape) }
      let elements = (0..<input.shape.count).map { _ in
        guard let set = input.set else { return free(input, &bits) }
        defer { rest /= max(1, set.count) }
        return known(set[rest % max(1, set.count)])
      }
      return Grid(elements, shape: input.shape)
    }
  }
}

extension Sampler.Input {
  /// The simple numbers that an element may be.
  fileprivate var candidates: [Double] {
    switch values {
    case .set(let set): return set
    case .interval(let interval):
      let inside = Sampler.simple.filter(interval.contains)
      return inside.isEmpty ? [interval.lowerBound, interval.upperBound] : inside
    default: return Sampler.simple
    }
  }
}

extension SplitMix64 {
  fileprivate mutating func next(below bound: UInt64) -> UInt64 { next().multipliedFullWidth(by: bound).high }
  fileprivate mutating func unit() -> Double { Double(next() >> 11) * 0x1p-53 }
}
