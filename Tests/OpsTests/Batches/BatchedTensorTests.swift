import Graph
import Ops
import Testing

/// A function of tensors at many points at once is the function at each of them.
@Suite("Batches of tensors")
struct BatchedTensorTests {
  typealias V = Variable<Double>

  struct Case: CustomTestStringConvertible, Sendable {
    let name: String
    /// Of one point, and of what all share.
    let point, shared: Shape
    let f: @Sendable (_ x: V, _ w: V) -> V
    var testDescription: String { name }

    init(_ name: String, _ point: Shape, _ shared: Shape = [3], _ f: @escaping @Sendable (V, V) -> V) {
      (self.name, self.point, self.shared, self.f) = (name, point, shared, f)
    }
  }

  /// Every rule on tensors, with operands that differ and that are shared.
  static let cases = [
    Case("elementwise", [2, 3]) { x, w in tanh(x * w) + w / (1 + square(x)) - maximum(x, w) },
    Case("a number beside a tensor", .scalar) { x, w in sin(x * w) + x },
    Case("vector beside matrix", [3], [2, 3]) { x, w in select(less(x, w), x * w, w) },
    Case("sum", [2, 3]) { x, w in x.sum([0]) * w + (x * w).sum([1], keepingDimensions: true).sum() },
    Case("mean of all", [2, 3]) { x, _ in square(x).mean() },
    Case("sum of squares", [2, 3]) { x, w in l2Penalty(x * w) },
    Case("max, log-sum-exp", [2, 3]) { x, w in x.max([1]) + (x * w).logSumExp([0]).sum() },
    Case("softmax", [2, 3]) { x, w in (x * w).softmax() * x.logSoftmax() },
    Case("cumulative sum, roll", [2, 3]) { x, w in x.cumulativeSum(0) + x.cumulativeSum(fromEnd: true).rolled(1) * w },
    Case("shapes", [2, 3]) { x, w in x.transposed().reshaped(to: [2, 3]) + w.broadcast(to: [2, 3]) * x.flipped([1]) },
    Case("permuted", [2, 3, 4], [4, 2, 3]) { x, w in x.permuted([2, 0, 1]) * w },
    Case("slices", [3, 4], [2, 2]) { x, w in
      x[1..., .every(2)] * w + x[0..<2, 2...].padded(before: [0, 0], after: [0, 0])
    },
    Case("placed", [2], [5]) { x, w in x.padded(before: [1], after: [2]) * w },
    Case("concatenated", [2, 3]) { x, w in concatenated([x, w.reshaped(to: [1, 3]), x * x], along: 0) },
    Case("gathered", [4, 2], [3, 2]) { x, w in x.gathered([3, 0, 3]) * w + x.picked([1, 0, 0, 1]).sum() },
    Case("scattered", [2, 3], [4, 3]) { x, w in w.scatterAdding(x, at: [1, 1]) * w },
    Case("cross-entropy", [2, 3]) { x, w in softmaxCrossEntropy(x * w, labels: [2, 0]) },
    Case("matrix times vector", [3], [2, 3]) { x, w in matmul(w, x) },
    Case("vector times matrix", [3], [3, 2]) { x, w in matmul(x, w) },
    Case("products of matrices", [2, 3], [3, 3]) { x, w in
      matmul(matmul(x, w), x.transposed()) + matmul(x, matmul(w.transposed(), x.transposed()))
    },
    Case("a transposed one times one", [3, 2], [3, 3]) { x, w in matmul(x.transposed(), w) },
    Case("several matrices", [2, 2, 3], [3, 4]) { x, w in matmul(x, w) },
    Case("solve, inverse, determinants", [2, 2], [2, 2]) { x, w in
      let a = matmul(x, x.transposed()) + matmul(w, w.transposed())
      return solve(a, w) + a.inverse() * x + a.determinant() + a.logDeterminant()
    },
    Case("cholesky", [2, 2], [2, 2]) { x, w in
      (matmul(x, x.transposed()) + matmul(w, w.transposed())).cholesky() + x.lowerTriangle()
    },
  ]

  private static func random(_ shape: Shape, _ seed: UInt64) -> Tensor<Double> {
    var numbers = SplitMix64(state: seed)
    return Tensor((0..<shape.count).map { _ in .random(in: 0.2...2, using: &numbers) }, shape: shape)
  }

  @Test("values and gradients, of each point and of what all share", arguments: cases, [1, 3])
  func compare(_ c: Case, _ count: Int) throws {
    let points = Self.random(Shape([count] + c.point.dimensions), 1), w = Self.random(c.shared, 2)
    let each = (0..<count).map { i in
      Tensor(Array(points.elements[i * c.point.count..<(i + 1) * c.point.count]), shape: c.point)
    }
    let value = { (x: [V]) in c.f(x[0], x[1]) }, total = { (x: [V]) in sin(c.f(x[0], x[1])).sum() }
    let recorded = try RecordedFunction(at: [each[0], w], value)
    let found = try BatchedTensorFunction(recorded, shared: [1]).values(at: [points, w])
    let single = each.map { recorded.value(at: [$0, w]) }
    #expect(found.shape == Shape([count] + single[0].shape.dimensions))
    expect(found.elements, single.flatMap(\.elements))

    let many = try BatchedTensorFunction(try RecordedFunction(at: [each[0], w], total), shared: [1])
    let (values, gradients) = many.valuesWithGradients(at: [points, w])
    let alone = each.map { valueWithGradient(at: [$0, w], of: total) }
    expect(values.elements, alone.map(\.value))
    expect(gradients[0].elements, alone.flatMap { $0.gradients[0].elements })
    let sum = w.elements.indices.map { i in alone.reduce(0) { $0 + $1.gradients[1].elements[i] } }
    expect(gradients[1].elements, sum)
  }

  private func expect(_ a: [Double], _ b: [Double]) {
    let worst = zip(a, b).map { abs($0 - $1) / max(1, abs($1)) }.max() ?? 0
    #expect(a.count == b.count && worst <= 1e-11, "off by \(worst)")
  }

  @Test("nothing shared, a constant in it, and again with other numbers of points")
  func again() throws {
    let f = try RecordedFunction(at: [Tensor([1.0, 2])]) { x in (x[0] * x[0].tape!.constant(Tensor([3.0, 4]))).sum() }
    let many = try BatchedTensorFunction(f)
    #expect(many.values(at: [Tensor([[1, 1], [2, 0]])]).elements == [7, 6])
    #expect(many.valuesWithGradients(at: [Tensor([[1, 1]])]).gradients == [Tensor([[3, 4]])])
    #expect(many.values(at: [Tensor([], shape: [0, 2])]).elements == [])
    let constant = try BatchedTensorFunction(try RecordedFunction(at: [Tensor([1.0])]) { _ in 5 })
    #expect(constant.values(at: [Tensor([[1], [2]])]).elements == [5, 5])
  }

  /// A rule that says nothing of batches.
  enum Doubled: TensorRule {
    static func compute(_ c: Computation<Self>) -> Buffer { c.x + c.x }
    static func pullback<T: TensorAlgebra>(_ c: Pullback<Self, T>) -> Contributions<T> { Contributions(2 * c.g) }
    static func definition<A: Algebra>(_ c: Call<Self, Grid<A>>) -> Grid<A> { 2 * c.x }
  }

  @Test("what has no batch says so")
  func refused() {
    func message(_ x: [Tensor<Double>], shared: [Int] = [], _ f: ([V]) -> V) -> String {
      do { _ = try BatchedTensorFunction(try RecordedFunction(at: x, f), shared: shared) } catch { return "\(error)" }
      return ""
    }
    #expect(
      message([Tensor([1.0])]) { V.apply(Doubled.self, Operands($0[0]), NoOptions()) }.contains("doubled does not say"))
    #expect(message([Tensor([1.0])], shared: [0]) { $0[0] }.contains("all of its inputs are shared"))
    let deep = Shape(Array(repeating: 1, count: 8))
    #expect(message([Tensor([1.0], shape: deep)]) { $0[0] }.contains("no room for one more axis"))
  }
}
