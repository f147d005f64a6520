import Foundation
import Ops
import Testing

struct Line: ParameterStructure {
  var w = Tensor([0.0, 0]), b = 0.0
  static var parameters: ParameterList<Line> { .init(\.w, \.b) }
}

extension Line: Equatable {}

extension RecordedParameters<Line> {
  func predicted(_ X: Tensor<Double>) -> Variable<Double> { matmul(X, self.w) + self.b }
}

private struct Layer: ParameterStructure {
  var weights: Tensor<Float>, offset: [Float]
  let name: String
  typealias Scalar = Float
  static var parameters: ParameterList<Layer> { .init(\.weights, \.offset) }
}

private struct Network: ParameterStructure {
  var layers: [Layer], scale: Float = 1
  /// No parameter, though it is a number that can be changed.
  var rate: Float = 0.5
  typealias Scalar = Float
  static var parameters: ParameterList<Network> { .init(\.layers, \.scale) }
}

/// Gradients by structures of parameters, and by several values at once.
@Suite struct ParameterTests {
  let X = Tensor([[1.0, 2], [3, 4], [5, 7]]), y = Tensor([2.0, 4, 7])

  /// ∂/∂w Σ(Xw + b − y)² = 2Xᵀe, ∂/∂b = 2Σe.
  @Test func gradientHasTheFormOfTheModel() {
    let line = Line(w: Tensor([1.0, -1]), b: 0.5)
    let (value, slope) = line.valueWithGradient { squaredError($0.predicted(X), y, .sum) }
    // e = [−2.5, −4.5, −8.5], Xᵀe = [−58.5, −82.5]
    #expect(value == 98.75)
    #expect(slope == Line(w: Tensor([-117.0, -165]), b: -31))
  }

  /// What Ops.docc/Parameters.md shows.
  @Test func article() throws {
    let X = Tensor([[1.0, 0], [0, 1], [1, 1]]), y = Tensor([1.0, 2, 4])
    let slope = gradient(at: Tensor([0.0, 0])) { w in squaredError(matmul(X, w), y) }  // [-3.33333333 -4.]
    #expect(relativeError(slope, Tensor([-10.0 / 3, -4])) < 1e-15)
    let total = gradient(at: Tensor([1.0, 1])) { w in einsum("ij,j->", w.constant(X), w) }  // [2. 2.]
    #expect(total == Tensor([2.0, 2]))
    let (dw, db) = gradient(at: Tensor([1.0, 2]), 0.5) { w, b in squaredError(matmul(X, w) + b, y) }
    #expect(dw == Tensor([0, 0]) && db == 1.0 / 3)

    var line = Line()
    for _ in 0..<1000 {
      let slope = line.gradient { squaredError(matmul(X, $0.w) + $0.b, y) }
      line.move(along: slope, by: -0.2)
    }
    for (found, right) in zip(line.w.elements + [line.b], [2.0, 3, -1]) {
      #expect(abs(found - right) < 1e-9, "\(line)")
    }
    #expect(line.valueWithGradient { squaredError($0.predicted(X), y) }.value < 1e-18)

    let root = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../..").standardized
    let text = try String(contentsOf: root.appending(path: "Sources/Ops/Ops.docc/Parameters.md"), encoding: .utf8)
    let source = try String(contentsOfFile: #filePath, encoding: .utf8)
    for block in text.components(separatedBy: "```swift\n").dropFirst() {
      for line in block.components(separatedBy: "```")[0].split(separator: "\n") {
        #expect(source.contains(line), "\(line)")
      }
    }
  }

  @Test func structuresInStructures() {
    let layers = [
      Layer(weights: Tensor([[1, 2], [3, 4]]), offset: [1, -1], name: "first"),
      Layer(weights: Tensor([[0.5, 0], [0, 1]]), offset: [0, 0], name: "second"),
    ]
    let x = Tensor<Float>([1, 2])
    let slope = Network(layers: layers, scale: 3).gradient { net in
      let h = matmul(net.layers[0].weights, net.layers[1].weights * x)
      let offsets = net.layers.map { $0.offset[0] * $0.offset[1] }
      return net.scale * (h.sum() + offsets[0] + offsets[1]) * net.rate * (net.layers[0].name == "first" ? 1 : 0)
    }
    // ½·3·(Σ W₁W₂x + o₀₀·o₀₁ + o₁₀·o₁₁), with W₂x = [0.5, 2] and the column sums of W₁ = [4, 6]
    #expect(slope.layers[0].weights == Tensor([[0.75, 3], [0.75, 3]]))
    // Both W₂ and x are taken element by element along the last axis: h = W₁·(W₂ ⊙ x).
    #expect(slope.layers[0].offset == [-1.5, 1.5] && slope.layers[1].offset == [0, 0])
    #expect(slope.layers[1].name == "second" && slope.rate == 0.5)
  }

  @Test func whatTheValueDoesNotDependOn() {
    #expect(Line().gradient { _ in 7 } == Line())
    #expect(Line().gradient { $0.b * 2 } == Line(w: Tensor([0.0, 0]), b: 2))
  }

  @Test func severalValuesAtOnce() {
    let (dw, db) = gradient(at: Tensor([1.0, -1]), 0.5) { w, b in (matmul(X, w) + b).sum() }
    #expect(dw == Tensor([9.0, 13]) && db == 3)
    #expect(gradient(at: 3.0, 5.0, 7.0) { x, y, z in x * x * y - z } == (30, 9, -1))
    let four = valueWithGradient(at: 1.0, 2.0, 3.0, 4.0) { a, b, c, d in a * b * c * d }
    #expect(four.value == 24 && four.gradient == (24, 12, 8, 6))
    let (line, factors) = gradient(at: Line(w: Tensor([1.0, 2]), b: 3), [2.0, 5]) { line, f in
      line.w.sum() * f[0] + line.b * f[1]
    }
    #expect(line == Line(w: Tensor([2.0, 2]), b: 5) && factors == [3, 3])
  }
}
