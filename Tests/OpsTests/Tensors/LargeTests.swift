import Ops
import Testing

/// Operations on tensors so large that they wait until their value is needed, in every situation in which that may be:
/// against the same on tensors of few elements, of which the large ones are repetitions.
@Suite struct LargeTests {
  typealias Expression =
    @Sendable (_ x: Variable<Double>, _ row: Variable<Double>, _ s: Variable<Double>)
    -> Variable<Double>
  struct Case: CustomTestStringConvertible {
    let testDescription: String
    let expression: Expression
    init(_ name: String, _ expression: @escaping Expression) { (testDescription, self.expression) = (name, expression) }
  }

  static let cases = [
    Case("sum of a sum with a row") { x, row, _ in (x + row).sum() },
    Case("sum of a product with a row") { x, row, _ in (row * x).sum() },
    Case("sum of a chain above a row") { x, row, s in sigmoid(s * (x + row)).sum() },
    Case("a chain that is read twice") { x, row, s in
      let y = x * s
      return (y * y + y).sum()
    },
    Case("a row below a chain that is read twice") { x, row, s in
      let y = x - row
      return (y * sigmoid(y)).sum()
    },
    Case("sum of rows") { x, row, _ in square((x * x).sum([1])).sum() },
    Case("a choice") { x, row, s in select(less(x, row), x * s, row).sum() },
    Case("squares of a row's sum") { x, row, s in l2Penalty(x + row) * s },
    Case("one operation, a scalar") { x, row, s in (s * x).sum() },
  ]

  /// 2 rows of 5, or each of them so often that a waiting tensor is made of several blocks.
  @Test(arguments: cases, [1, 2])
  func likeSmall(_ case: Case, threads: Int) {
    let before = ComputeThreads.count
    defer { ComputeThreads.count = before }
    ComputeThreads.count = threads
    let (rows, row) = ([[0.5, -1.25, 2, 0.75, -0.5], [1.5, 0.25, -2, 1, -0.75]], [1, -1, 0.5, 0.125, -0.375])
    func run(_ count: Int) -> (value: Double, x: [Double], row: [Double], s: Double) {
      let tape = Tape<Double>()
      let x = tape.parameter(Tensor((0..<count).flatMap { _ in rows }))
      let b = tape.parameter(Tensor(row)), s = tape.parameter(0.75)
      let y = `case`.expression(x, b, s)
      let gradients = y.backward()
      return (y.value, gradients.tensor(of: x).elements, gradients.tensor(of: b).elements, gradients[s])
    }
    let n = 20_000
    let (small, large) = (run(1), run(n))
    func near(_ a: Double, _ b: Double) -> Bool { abs(a - b) <= 1e-9 * max(1, abs(b)) }
    #expect(near(large.value, Double(n) * small.value))
    #expect(near(large.s, Double(n) * small.s))
    #expect(zip(large.row, small.row).allSatisfy { near($0, Double(n) * $1) })
    #expect((0..<large.x.count).allSatisfy { near(large.x[$0], small.x[$0 % 10]) })
  }

  /// Of an operation inside a chain, through which the walk goes without storing its gradient: that of the first, of one
  /// in the middle, of one after another was read, and of two walks.
  @Test func gradientsInsideChains() {
    let tape = Tape<Double>()
    let x = tape.parameter(Tensor((0..<200_000).map { Double($0 % 7) / 4 - 0.75 }))
    let a = 2 * x, b = a + 1, c = b * b, d = sigmoid(c)
    let y = (d * c).sum()
    let gradients = y.backward()
    // y = σ(c)·c: ∂y/∂c = σ + c·σ·(1 − σ), ∂y/∂b = 2b·∂y/∂c, ∂y/∂x = 2·∂y/∂b
    let cs = c.tensor.elements, bs = b.tensor.elements
    let dc = cs.map { c in
      let σ = 1 / (1 + exp(-c))
      return σ + c * σ * (1 - σ)
    }
    func expect(_ variable: Variable<Double>, _ gradients: Gradients<Double>, _ expected: (Int) -> Double) {
      let found = gradients.tensor(of: variable).elements
      #expect((0..<100).allSatisfy { abs(found[$0] - expected($0)) < 1e-12 })
    }
    expect(b, gradients) { 2 * bs[$0] * dc[$0] }
    expect(a, gradients) { 2 * bs[$0] * dc[$0] }
    expect(d, gradients) { cs[$0] }
    expect(c, gradients) { dc[$0] }
    expect(x, gradients) { 4 * bs[$0] * dc[$0] }
    y.backward(into: gradients)
    expect(b, gradients) { 4 * bs[$0] * dc[$0] }
    expect(x, gradients) { 8 * bs[$0] * dc[$0] }
  }

  @Test func twoWalksThroughAChain() {
    let tape = Tape<Double>()
    let x = tape.parameter(Tensor(repeating: 0.5, shape: [200_000]))
    let b = 3 * x
    let y = (b * b).sum()
    let gradients = y.backward()
    y.backward(into: gradients)
    #expect(gradients.tensor(of: b).elements[7] == 6)
    #expect(gradients.tensor(of: x).elements[7] == 18)
  }

  @Test func nonFiniteInsideAChain() {
    let tape = Tape<Double>()
    let x = tape.parameter(Tensor((0..<200_000).map { $0 == 150_000 ? 0.0 : 1 }))
    let y = (3 * sqrt(x)).sum()
    let found = tape.firstNonFinite(y.backward())
    #expect(found?.node.operation == "sqrt")
  }
}
