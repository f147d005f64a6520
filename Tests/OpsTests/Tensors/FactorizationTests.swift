import Ops
import Testing

/// Linear systems of sizes within one block of columns, at its edges and of several blocks: by what they promise.
@Suite struct FactorizationTests {
  static let sizes = [1, 2, 3, 31, 32, 33, 63, 64, 65, 100, 170]

  @Test(arguments: sizes)
  func inDouble(_ n: Int) { check(n, Double.self, tolerance: 1e-11) }

  @Test(arguments: sizes)
  func inSingle(_ n: Int) { check(n, Float.self, tolerance: 5e-3) }

  private func check<E: Number>(_ n: Int, _ type: E.Type, tolerance: Double) {
    var generator = SeededGenerator(seed: UInt64(n))
    let tape = Tape<E>()
    let a = tape.constant(Tensor<E>.normal([n, n], using: &generator))
    let b = tape.constant(Tensor<E>.normal([n, 3], using: &generator))
    let identity = tape.constant(Tensor<E>((0..<n * n).map { $0 % (n + 1) == 0 ? 1 : 0 }, shape: [n, n]))
    let positive = matmul(a, a.transposed()) + Variable(E(n)) * identity
    func expectEqual(_ x: Variable<E>, _ y: Variable<E>, _ what: String) {
      let scale = Double(max(Variable.abs(y).max().value, 1))
      #expect(Double(Variable.abs(x - y).max().value) <= tolerance * scale, "\(what), n = \(n)")
    }
    expectEqual(matmul(positive, solve(positive, b)), b, "A·x = b")
    expectEqual(matmul(positive, positive.inverse()), identity, "A·A⁻¹ = 1")
    let l = positive.cholesky()
    expectEqual(matmul(l, l.transposed()), positive, "L·Lᵀ = A")
    expectEqual(l, l.lowerTriangle(), "L is lower triangular")
    expectEqual(matmul(l, solve(lower: l, b)), b, "L·x = b")
    expectEqual(matmul(l.transposed(), solve(lower: l, transposed: true, b)), b, "Lᵀ·x = b")
    let logarithm = 2 * log(l.diagonal()).sum()
    expectEqual(positive.logDeterminant(), logarithm, "log det A = 2·Σ log Lᵢᵢ")
    // Rows that have to be exchanged: the largest elements stand on the other diagonal.
    let turned = positive.flipped([0])
    expectEqual(matmul(turned, solve(turned, b)), b, "A·x = b with rows exchanged")
    let product = matmul(a, positive)
    expectEqual(product.logDeterminant(), a.logDeterminant() + logarithm, "log |det A·B|")
  }
}
