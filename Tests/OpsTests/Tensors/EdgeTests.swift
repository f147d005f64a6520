import Ops
import Testing

/// Values at the edges that a composition of other operations would spoil.
@Suite("Tensors at the edges")
struct TensorEdgeTests {
  @Test("what is padded is placed, not added", arguments: [-1e16, -Double.infinity, .infinity, 0, 3])
  func padded(value: Double) {
    let tape = Tape<Double>()
    let x = tape.parameter(Tensor([1.5, 2.5]))
    let y = x.padded(before: [1], after: [2], with: value)
    #expect(y.tensor.elements == [value, 1.5, 2.5, value, value])
    #expect((y * tape.constant(Tensor([1, 2, 3, 4, 5]))).sum().backward().tensor(of: x).elements == [2, 3])
  }

  @Test("second derivatives of a determinant at a nearly singular matrix are those of its polynomial")
  func nearlySingular() {
    let tape = Tape<Double>()
    let x = tape.parameter(Tensor([[0.1, 0.3], [0.3, 0.9]]))
    let slope = x.determinant().recordedGradients(by: [x])[0].flattened()
    let rows = (0..<4).map { slope[$0].backward().tensor(of: x).elements }
    #expect(rows == [[0, 0, 0, 1], [0, 0, -1, 0], [0, -1, 0, 0], [1, 0, 0, 0]])
  }

  @Test("determinants of singular matrices have values and gradients", arguments: [2, 3, 6, 9])
  func singular(n: Int) {
    let tape = Tape<Double>()
    // Rank n − 1: the last row is the sum of the others.
    var elements = (0..<n * n).map { $0 / n == $0 % n ? Double($0 % n + 1) : 0 }
    for j in 0..<n { elements[(n - 1) * n + j] = j < n - 1 ? Double(j + 1) : 0 }
    let x = tape.parameter(Tensor(elements, shape: [n, n]))
    let y = x.determinant()
    #expect(y.value == 0)
    let minor = (1..<n).reduce(1.0) { $0 * Double($1) }  // of the last element
    let gradient = y.backward().tensor(of: x).elements
    #expect((gradient[n * n - 1] / minor - 1).magnitude < 1e-14)
    #expect(x.logDeterminant().value == -.infinity)
    #expect(!x.logDeterminant().backward().tensor(of: x).elements[n * n - 1].isFinite)
  }

  @Test("the largest shares its gradient equally, in verdicts too")
  func ties() throws {
    let program = try Program(parsing: "y = max(a, b, c); z = max([a, b, c])")
    let point = ["a": 2.0, "b": 2, "c": 2]
    for output in ["y", "z"] {
      let gradient = try program.valueWithGradient(at: point, output: output).gradient
      #expect(gradient.values.allSatisfy { ($0 - 1 / 3.0).magnitude < 1e-15 }, "\(output): \(gradient)")
    }
  }
}
