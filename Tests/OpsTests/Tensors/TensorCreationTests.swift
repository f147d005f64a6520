import Ops
import Testing

@Suite struct TensorCreationTests {
  @Test func ofGivenNumbers() {
    #expect(Tensor<Double>.zeros([2]).elements == [0, 0])
    #expect(Tensor<Double>.ones([1, 2]) == Tensor([[1, 1]]))
    #expect(Tensor<Double>.eye(2, 3) == Tensor([[1, 0, 0], [0, 1, 0]]))
    #expect(Tensor<Double>.arange(0, 1, step: 0.25).elements == [0, 0.25, 0.5, 0.75])
    #expect(Tensor<Double>.arange(3, 0, step: -2).elements == [3, 1])
    #expect(Tensor<Double>.arange(3, 0).elements == [])
    #expect(Tensor<Double>.linspace(1, 2, 5).elements == [1, 1.25, 1.5, 1.75, 2])
    #expect(Tensor<Double>.linspace(1, 2, 1).elements == [1])
    #expect(Tensor<Double>.oneHot([2, 0], classes: 3) == Tensor([[0, 0, 1], [1, 0, 0]]))
    #expect(Tensor<Double>([[[1, 2]], [[3, 4]]]).shape == [2, 1, 2])
    let numbers = [1.0, 2, 3, 4]
    #expect(numbers.withUnsafeBufferPointer { Tensor(copying: $0, shape: [2, 2]) } == Tensor([[1, 2], [3, 4]]))
  }

  @Test func ofRandomNumbers() {
    var generator = SeededGenerator(seed: 3)
    let normal = Tensor<Double>.normal([100, 100], mean: 2, standardDeviation: 3, using: &generator)
    let mean = normal.elements.reduce(0, +) / 10_000
    let variance = normal.elements.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 10_000
    #expect(abs(mean - 2) < 0.12)  // four standard errors
    #expect(abs(variance - 9) < 0.51)
    let weights = Tensor<Float>.glorot(200, 100, using: &generator)
    #expect(weights.shape == [200, 100])
    let bound = Float(0.02).squareRoot()
    #expect(weights.elements.allSatisfy { abs($0) <= bound } && weights.elements.contains { abs($0) > 0.99 * bound })
    var again = SeededGenerator(seed: 3)
    #expect(Tensor<Double>.normal([100, 100], mean: 2, standardDeviation: 3, using: &again) == normal)
  }

  @Test func placesOfTheLargest() {
    #expect(Tensor([[1.0, 9, 3], [7, 5, 7]]).argmax() == [1, 0])
    #expect(Tensor([[1.0, 9, 3], [7, 5, 7]]).argmax(0) == [1, 0, 1])
    #expect(Tensor([[1.0, 9, 3], [7, 5, 7]]).argmin() == [0, 1])
    #expect(Tensor([1, .nan, 3]).argmax() == [1])
    #expect(Tensor([[[1.0, 2], [3, 0]], [[5, 6], [5, 8]]]).argmax(1) == [1, 0, 0, 1])
  }
}
