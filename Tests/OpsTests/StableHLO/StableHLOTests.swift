import Graph
import Ops
import Testing
import XLAForTests

/// What is exported, compiled by XLA, is what the tape computes: value, gradient and second order of every operation.
@Suite("StableHLO by XLA", .enabled(if: XLA.isThere, "no Python with jax"))
struct StableHLOTests {
  typealias V = Variable<Double>

  /// A use of an operation at some operands, with what the tape says of it.
  struct Use {
    let name: String
    let x: [Tensor<Double>]
    let modules: [StableHLO]
    let expected: [[[Double]]]

    /// y = f(x): Σ y·w with its gradient, and the derivative of that gradient along v with its own.
    init(_ name: String, _ x: [Tensor<Double>], _ f: ([V]) -> V) throws {
      (self.name, self.x) = (name, x)
      func weights(_ count: Int) -> [Double] { (0..<count).map { 0.5 + Double($0 * 7 % 5) / 4 } }
      func weighted(_ y: V) -> V {
        (y * y.tape!.constant(Tensor(weights(y.shape.count), shape: y.shape))).sum()
      }
      func slope(_ x: [V]) -> V {
        let s = weighted(f(x))
        return s.recordedGradients(by: x).reduce(0 * s) { $0 + ($1.isRecorded ? weighted($1) : 0) }
      }
      let functions = try [RecordedFunction(at: x) { weighted(f($0)) }, RecordedFunction(at: x) { slope($0) }]
      modules = try functions.map { try StableHLO($0, .valueWithGradient) }
      let found = [valueWithGradient(at: x) { weighted(f($0)) }, valueWithGradient(at: x) { slope($0) }]
      expected = found.map { [[$0.value]] + $0.gradients.map(\.elements) }
    }

    var cases: [XLA.Case] { modules.map { XLA.Case($0.text, x, indices: $0.indices.map(\.indices)) } }
  }

  private func compare(_ uses: [Use], _ tolerance: Double) throws {
    let answers = try XLA.answers(to: uses.flatMap(\.cases))
    var worst = 0.0
    for (place, answer) in answers.enumerated() {
      let (use, order) = (uses[place / 2], place % 2)
      guard let results = answer.rounds?[0] else {
        Issue.record("\(use.name): \(answer.error ?? "")")
        continue
      }
      #expect(results.map(\.count) == use.expected[order].map(\.count), "\(use.name)")
      let error = zip(results, use.expected[order]).map { Self.error($0, $1) }.max() ?? 0
      worst = max(worst, error)
      #expect(error <= tolerance, "\(use.name) of order \(order): \(results) and on the tape \(use.expected[order])")
    }
    print("StableHLO: \(answers.count) modules, largest relative error \(worst)")
  }

  /// Relative to the largest.
  static func error(_ a: [Double], _ b: [Double]) -> Double {
    let size = max(1, b.map(\.magnitude).max() ?? 0)
    return zip(a, b).map { ($0 - $1).magnitude / size }.max() ?? 0
  }

  // MARK: every rule

  @Test("every rule of scalars")
  func scalars() throws {
    let rules = Operations.rules.compactMap { $0 as? any ElementwiseRule.Type } + [Cube.self]
    try compare(rules.map { rule in try Use(rule.name, Self.operands(of: rule)) { Self.apply(rule, $0) } }, 1e-9)
  }

  /// A rule of a user's own.
  enum Cube: UnaryRule {
    static func value<A: Algebra>(_ x: A) -> A { x * x * x }
    static func local<A: Algebra>(_ x: A, _ y: A) -> A { 3 * x * x }
  }

  private static func apply(_ rule: any ElementwiseRule.Type, _ x: [V]) -> V {
    rule.name == "polygamma" ? polygamma(2, x[1]) : rule.value(of: x)
  }

  /// Inside the domain, away from kinks.
  private static func operands(of rule: any ElementwiseRule.Type) -> [Tensor<Double>] {
    let points: [[Double]] = [[-1.3, -0.4, 0.6, 1.7], [0.7, 1.9, -0.8, 2.3], [1.1, -0.3, 0.2, 3.1]]
    let isPositive = ["power", "xlogy", "polygamma", "lgamma", "digamma"].contains(rule.name)
    return points.prefix(rule.arity).map { row in
      Tensor(
        row.map { x in
          switch (rule.domain.lower, rule.domain.upper) {
          case (-1, 1): 0.3 * x
          case (-1, _): 0.5 * x
          case (0, _), (1, _): rule.domain.lower + abs(x)
          default: isPositive ? abs(x) : x
          }
        })
    }
  }

  @Test("every rule on tensors, with every choice of its options")
  func tensors() throws {
    try compare(try Operations.rules.compactMap { $0 as? any TensorRule.Type }.flatMap { try uses(of: $0) }, 1e-9)
  }

  private func uses<R: TensorRule>(of rule: R.Type) throws -> [Use] {
    try [[3, 3], [2, 3, 3]].flatMap { (shape: Shape) in
      try DefinitionTests.options(of: rule, shape).compactMap { options in
        let shapes = DefinitionTests.operands(of: rule, shape)
        guard (try? rule.shape(Call(Operands(list: shapes), options))) != nil else { return nil }
        var numbers = SplitMix64(state: 7)
        let x = shapes.map { DefinitionTests.operand($0, isSymmetric: rule.name == "cholesky", &numbers) }
        return try Use("\(rule.name) \(shapes) \(options)", x) { V.apply(rule, Operands(list: $0), options) }
      }
    }
  }

  @Test("systems of equations whose pivots are to be searched for, also of a singular matrix")
  func pivoting() throws {
    var numbers = SplitMix64(state: 3)
    var a = Tensor((0..<2 * 64).map { _ in Double.random(in: -1...1, using: &numbers) }, shape: [2, 8, 8])
    for place in 0..<16 { a.elements[place * 8 + place % 8] = 0 }
    let b = Tensor((0..<2 * 8).map { _ in Double.random(in: -1...1, using: &numbers) }, shape: [2, 8, 1])
    let singular = Tensor([[1.0, 2, 3], [2, 4, 6], [0, 1, 1]])
    try compare(
      [
        Use("solve", [a, b]) { solve($0[0], $0[1]) }, Use("inverse", [a]) { $0[0].inverse() },
        Use("determinant", [a]) { $0[0].determinant() }, Use("logDeterminant", [a]) { $0[0].logDeterminant() },
        Use("singular", [singular]) { $0[0].determinant() },
      ], 1e-9)
  }

  @Test("labels and indices are arguments, which may be others later")
  func indices() throws {
    let x = Tensor([[0.5, -1, 2], [1, 0.3, -0.4]])
    func loss(_ z: V, _ labels: [Int], _ rows: [Int]) -> V {
      softmaxCrossEntropy(z, labels: labels) + (z.gathered(rows) * z.gathered(rows)).sum()
    }
    let (labels, others) = ([2, 0], [1, 1])
    let module = try StableHLO(RecordedFunction(at: [x]) { loss($0[0], labels, [1, 0, 1]) }, .valueWithGradient)
    #expect(module.indices.map(\.name) == ["labels", "indices", "indices2"])
    #expect(module.indices.map(\.limit) == [3, 2, 2] && module.inputCount == 1)
    #expect(module.text.contains("%arg1: tensor<2xi32>, %arg2: tensor<3xi32>"))
    let rows = [[1, 0, 1], [0, 0, 1]]
    let cases = zip([labels, others], rows).map { XLA.Case(module.text, [x], indices: [$0, $1, $1]) }
    for (answer, (labels, rows)) in zip(try XLA.answers(to: cases), zip([labels, others], rows)) {
      let wanted = valueWithGradient(at: [x]) { loss($0[0], labels, rows) }
      let results = try #require(answer.rounds?[0], "\(answer.error ?? "")")
      #expect(Self.error(results[0], [wanted.value]) <= 1e-14)
      #expect(Self.error(results[1], wanted.gradients[0].elements) <= 1e-14)
    }
  }

  @Test("the lists have names of their own")
  func names() throws {
    let program = try Program(
      parsing: "y = sum(gather(labels, axis=0, indices=[1, 0])) + sum(softmaxcrossentropy(z, [1]))")
    let x = [("labels", Tensor([1.0, 2])), ("z", Tensor([[0.5, 1]]))]
    #expect(try StableHLO(RecordedFunction(program, at: x)).indices.map(\.name) == ["indices", "labels2"])
  }

  @Test("a module with one altered line fails the comparison")
  func altered() throws {
    let use = try Use("tanh", [Tensor([0.3, -0.7])]) { tanh($0[0]) }
    let text = use.modules[0].text.replacing("stablehlo.tanh", with: "stablehlo.sine")
    #expect(text != use.modules[0].text)
    let answer = try XLA.answers(to: [XLA.Case(text, use.x)])[0]
    #expect(zip(answer.rounds?[0] ?? [], use.expected[0]).map { Self.error($0, $1) }.max() ?? 0 > 1e-3)
  }
}
