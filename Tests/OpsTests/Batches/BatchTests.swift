import ChainruleKernels
import Graph
import Ops
import Testing

/// A function at many points at once is the function at each of them.
@Suite("Batches of points")
struct BatchTests {
  typealias V = Variable<Double>

  /// Points in rows, from a generator.
  static func points(_ count: Int, _ width: Int, in range: ClosedRange<Double> = -2...2) -> Tensor<Double> {
    var numbers = SplitMix64(state: UInt64(count))
    return Tensor((0..<count * width).map { _ in .random(in: range, using: &numbers) }, shape: [count, width])
  }

  /// Compares values, gradients by point and the gradient of the sum with those of the tape.
  func compare(
    _ name: String, _ points: Tensor<Double>, shared: [Double] = [], _ tolerance: Double = 1e-12,
    _ f: ([V]) -> V
  ) throws {
    let width = points.shape[1]
    let rows = (0..<points.shape[0]).map { Array(points.elements[$0 * width..<($0 + 1) * width]) }
    let recorded = try RecordedFunction(at: rows[0] + shared, f)
    let many = try BatchedFunction(recorded, shared: Array(width..<width + shared.count))
    let single = rows.map { valueWithGradient(at: $0 + shared, of: f) }
    for gradients in BatchedFunction<Double>.Gradients.allCases {
      let answer = many(points: points, shared: shared, gradients: gradients)
      expect(answer.values, single.map(\.value), tolerance, "\(name): values")
      if gradients != .none {
        let sum = shared.indices.map { place in single.reduce(0) { $0 + $1.gradient[width + place] } }
        expect(answer.sharedGradient, sum, tolerance, "\(name): gradient of the sum")
      }
      if gradients == .all {
        expect(
          answer.pointGradients!.elements, single.flatMap { $0.gradient.prefix(width) }, tolerance, "\(name): gradients"
        )
      }
    }
  }

  private func expect(_ a: [Double], _ b: [Double], _ tolerance: Double, _ what: String) {
    let worst = zip(a, b).map { $0 == $1 || $0.isNaN && $1.isNaN ? 0 : ($0 - $1).magnitude / max(1, $1.magnitude) }
      .max()
    #expect(a.count == b.count && worst ?? 0 <= tolerance, "\(what): off by \(worst ?? 0)")
  }

  @Test("one point, a strip, a part, and one more or less of each", arguments: [1, 31, 32, 33, 255, 257, 1000])
  func counts(_ count: Int) throws {
    try compare("Rosenbrock", Self.points(count, 2)) { RecordedFunctionTests.rosenbrock($0) }
    try compare("line", Self.points(count, 2), shared: [0.7, -0.3]) { p in square(p[2] * p[0] + p[3] - p[1]) }
  }

  @Test("a network, its parameters shared", arguments: [CK_PORTABLE, CK_AVX2, CK_AVX512])
  func network(_ variant: Int) throws {
    guard ck_force_variant(Int32(variant)) else { return }
    defer { _ = ck_force_variant(-1) }
    let parameters = Self.points(1, 4 * 5 + 1).elements
    try compare("network", Self.points(70, 3), shared: parameters) { p in
      let w = p[3...]
      var y = w[3 + 20]
      for unit in stride(from: 3, to: 3 + 20, by: 4) {
        y += w[unit] * tanh(w[unit + 1] * p[0] + w[unit + 2] * p[1] + w[unit + 3])
      }
      return square(y - p[2])
    }
  }

  @Test("totals with one factor, of which one has another factor that is known only later")
  func totalsOfOneFactor() throws {
    try compare("quotient and product", Self.points(70, 1), shared: [1.3, 0.7]) { p in p[0] / p[1] + p[2] * p[0] }
  }

  @Test("every operation of the strips", arguments: rules)
  func operations(_ listed: Listed) throws {
    let rule = listed.rule
    let low = max(rule.domain.lower, -3) + 0.01, high = min(rule.domain.upper, 3) - 0.01
    let isPositive = ["power", "xlogy", "lgamma"].contains(rule.name)
    let points = Self.points(37, rule.arity, in: (isPositive ? 0.1 : low)...high)
    try compare(rule.name, points, 1e-11) { rule.value(of: $0) }
  }

  struct Listed: CustomTestStringConvertible, Sendable {
    let rule: any ElementwiseRule.Type
    var testDescription: String { rule.name }
  }

  static let rules = Operations.rules.compactMap { $0 as? any ElementwiseRule.Type }
    .filter { $0.name != "polygamma" }.map(Listed.init)

  @Test("log Γ and its derivatives, left of 0 too, beside other steps", arguments: [31, 33])
  func gamma(_ count: Int) throws {
    try compare("digamma", Self.points(count, 2), shared: [0.3]) { p in digamma(p[0]) * p[2] + sin(p[1]) * lgamma(p[1])
    }
    try compare("trigamma", Self.points(count, 1), shared: [1.5]) { p in polygamma(1, p[0] * p[1]) + polygamma(2, p[1])
    }
  }

  @Test("a 0 lets nothing through, be the other factor infinite")
  func zeros() throws {
    // Sums of such products, by point and over all of them.
    try compare("sum of branches", Tensor([0.0, 1, 4, -1], shape: [4, 1]), shared: [2, 0.5, 0]) { p in
      let roots = sqrt(p[0] * p[1]) + sqrt(p[0] * p[2]) + sqrt(p[0] * p[3])
      return select(less(0, p[0]), roots, p[0] * p[0] * p[1])
    }
    try compare("branches", Tensor([0.0, 1, 4, -1], shape: [4, 1]), shared: [2]) { p in
      select(less(0, p[0]), sqrt(p[0]) * p[1], p[0] * p[0])
    }
  }

  @Test("the same bits for any number of threads")
  func threads() throws {
    let f = try RecordedFunction(at: [1.0, 2, 3]) { p in sin(p[0] * p[1]) * exp(-square(p[2])) }
    let many = try BatchedFunction(f, shared: [1, 2])
    let points = Self.points(5000, 1)
    let before = ComputeThreads.count
    defer { ComputeThreads.count = before }
    let answers = [1, 2, 3, 7].map { count in
      ComputeThreads.count = count
      return many(points: points, shared: [0.3, 0.2], gradients: .all)
    }
    for answer in answers {
      #expect(answer.values == answers[0].values && answer.sharedGradient == answers[0].sharedGradient)
      #expect(answer.pointGradients == answers[0].pointGradients)
    }
  }

  @Test("in single precision")
  func single() throws {
    let f = try RecordedFunction(at: [Float(1), 2]) { p in tanh(p[0] * p[1]) }
    let answer = try BatchedFunction(f, shared: [1])(
      points: Tensor([[0.5], [1], [-2]]), shared: [0.25], gradients: .all)
    for (x, y) in zip([Float(0.5), 1, -2], answer.values) { #expect(abs(y - Float.tanh(x * 0.25)) <= 2e-7) }
  }

  @Test("no points, a function of nothing, a constant")
  func edges() throws {
    let f = try RecordedFunction(at: [1.0, 2]) { p in p[0] * p[1] }
    #expect(try BatchedFunction(f)(points: Tensor([], shape: [0, 2]), gradients: .all).values == [])
    let constant = try BatchedFunction(try RecordedFunction(at: [1.0, 2]) { _ in 3 }, shared: [1])
    let answer = constant(points: Tensor([[1], [2]]), shared: [5], gradients: .all)
    #expect(answer.values == [3, 3] && answer.sharedGradient == [0] && answer.pointGradients!.elements == [0, 0])
  }

  @Test("what has no batch says so")
  func refused() {
    func message(_ x: [Tensor<Double>], _ f: ([V]) -> V) -> String {
      do { _ = try BatchedFunction(try RecordedFunction(at: x, f)) } catch { return "\(error)" }
      return ""
    }
    #expect(message([Tensor([1.0, 2])]) { $0[0].sum() }.contains("input 1 is a tensor of shape [2]"))
  }
}
