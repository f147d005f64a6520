import Ops
import Testing

/// Derivatives of functions of tensors, against formulas by hand.
@Suite struct TensorDerivativesTests {
  let x = Tensor([[1.0, 2], [3, 4]])
  let v = Tensor([[0.5, -1], [2, 0.25]])

  @Test func gradientOfASum() {
    let (value, slope) = valueWithGradient(at: x) { ($0 * $0).sum() }
    #expect(value == 30)
    #expect(slope == Tensor([[2, 4], [6, 8]]))
  }

  @Test func gradientsOfSeveralTensors() {
    let (value, slopes) = valueWithGradient(at: [x, v]) { ($0[0] * $0[1]).sum() }
    #expect(value == 5.5)
    #expect(slopes == [v, x])
  }

  @Test func pullbackTakesAnyUpstreamGradient() {
    let (value, pullback) = valueWithPullback(at: x) { matmul($0, $0) }
    #expect(value == Tensor([[7, 10], [15, 22]]))
    // g·xᵀ + xᵀ·g
    #expect(pullback(v) == Tensor([[5.0, -2.75], [11.5, 6]]))
    #expect(pullback(Tensor.zeros([2, 2])) == Tensor.zeros([2, 2]))
  }

  @Test func jacobianHasBothShapes() {
    let J = jacobian(at: Tensor([1.0, 2, 3])) { stacked([$0[0] * $0[1], $0[2] * $0[2]]) }
    #expect(J == Tensor([[2, 1, 0], [0, 0, 6]]))
    #expect(jacobian(at: x) { $0.sum([0]) }.shape == [2, 2, 2])
  }

  /// f = Σ x³ and a product of two elements.
  static func f(_ x: Variable<Double>) -> Variable<Double> { (x * x * x).sum() + x[0, 0] * x[1, 1] }

  @Test func hessianOfACubic() {
    let H = hessian(at: x) { Self.f($0) }
    var expected = Tensor<Double>.zeros([2, 2, 2, 2])
    for i in 0..<4 { expected.elements[5 * i] = 6 * x.elements[i] }
    expected.elements[3] = 1
    expected.elements[12] = 1
    #expect(H == expected)
    #expect(hessian(at: x) { $0.sum() } == Tensor.zeros([2, 2, 2, 2]))
  }

  @Test func hessianTimesAVector() {
    let product = hessianVectorProduct(at: x, along: v) { Self.f($0) }
    // 6x·v, and in two corners the other's v
    #expect(product == Tensor([[3.25, -12], [36, 6.5]]))
    #expect(hessianVectorProduct(at: x, along: v) { $0.sum() } == Tensor.zeros([2, 2]))
  }

  @Test func derivativeAlongADirection() {
    let (value, tangent) = jvp(at: x, along: v) { matmul($0, $0) }
    #expect(value == Tensor([[7, 10], [15, 22]]))
    // v·x + x·v
    #expect(tangent == Tensor([[2, -3.5], [12.25, 3]]))
    #expect(jvp(at: x, along: v) { sgn($0) }.tangent == Tensor.zeros([2, 2]))
  }

  /// A branch that does not count adds nothing, though its local gradient there is infinite: as for scalars.
  @Test(arguments: [[3], [2, 3]]) func zeroStopsInfiniteLocalGradients(shape: [Int]) {
    let tape = Tape<Double>()
    let x = tape.parameter(Tensor<Double>([0, 1, 4]))
    let m = tape.parameter(Tensor(repeating: 1.0, shape: Shape(shape)))
    let y = Variable.select(.less(0, x), sqrt(x) * m, 0).sum()
    let repeats = Double(shape.count == 1 ? 1 : shape[0])
    #expect(y.backward().tensor(of: x).elements == [0, 0.5 * repeats, 0.25 * repeats])
  }
}
