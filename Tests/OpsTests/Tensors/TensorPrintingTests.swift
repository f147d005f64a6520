import Ops
import Testing

/// What NumPy 2 prints for the same numbers.
@Suite struct TensorPrintingTests {
  @Test func asNumPy() {
    let cases: [(Tensor<Double>, String)] = [
      (Tensor(2.5), "2.5"),
      (Tensor([1.0, 2.5, -3]), "[ 1.   2.5 -3. ]"),
      (Tensor([[1.0, 2.5], [-3, 10]]), "[[ 1.   2.5]\n [-3.  10. ]]"),
      (Tensor([1.0 / 3, 2.0 / 3, 100]), "[  0.33333333   0.66666667 100.        ]"),
      (Tensor([1.0, 1e-5]), "[1.e+00 1.e-05]"),
      (Tensor([1.5, 123456789]), "[1.50000000e+00 1.23456789e+08]"),
      (Tensor([0.999999999, .nan, -.infinity]), "[  1.  nan -inf]"),
      (Tensor<Double>.zeros([0]), "[]"),
      (
        Tensor<Double>.arange(0, 8).reshaped([2, 2, 2]),
        "[[[0. 1.]\n  [2. 3.]]\n\n [[4. 5.]\n  [6. 7.]]]"
      ),
      (
        Tensor<Double>.arange(0, 20).reshaped([20]),
        "[ 0.  1.  2.  3.  4.  5.  6.  7.  8.  9. 10. 11. 12. 13. 14. 15. 16. 17.\n 18. 19.]"
      ),
      (
        Tensor<Double>.arange(0, 2000).reshaped([2000]),
        "[0.000e+00 1.000e+00 2.000e+00 ... 1.997e+03 1.998e+03 1.999e+03]"
      ),
    ]
    for (tensor, text) in cases { #expect(tensor.description == text) }
    #expect(Tensor<Float>([0.5, 123.456]).description == "[  0.5   123.456]")
  }
}

extension Tensor {
  fileprivate func reshaped(_ shape: Shape) -> Tensor { Tensor(elements, shape: shape) }
}
