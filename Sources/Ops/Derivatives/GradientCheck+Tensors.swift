/// Compares the gradient of a function of tensors with central differences, element by element: PyTorch's `gradcheck`.
///
/// ```swift
/// let W = Tensor([[0.1, 0.2], [0.3, 0.4]]), x = Tensor([1.0, 2])
/// try checkGradient(at: [W, x]) { p in tanh(matmul(p[0], p[1])).sum() }
/// ```
/// An element is called by its tensor and its place: `∂f/∂x[0][1, 0]` is that of row 1, column 0 of the first.
/// - Parameters:
///   - x: the tensors that it is differentiated at.
///   - f: a function whose value is a scalar. It is also called on data, which has no gradients.
/// - Throws: `GradientMismatch`, whose description lists what differs, with both numbers.
/// - Complexity: some 40 evaluations of f per element.
@discardableResult
public func checkGradient(
  at x: [Tensor<Double>], of f: ([Variable<Double>]) -> Variable<Double>
) throws(GradientMismatch) -> GradientCheck {
  try checkGradient(at: x, named: { "∂f/∂x[\($0)]" }, of: f)
}

/// For a function of one tensor: `∂f/∂x[1, 0]` is the derivative by the element in row 1, column 0.
@discardableResult
public func checkGradient(
  at x: Tensor<Double>, of f: (Variable<Double>) -> Variable<Double>
) throws(GradientMismatch) -> GradientCheck {
  try checkGradient(at: [x], named: { _ in "∂f/∂x" }, of: { f($0[0]) })
}

private func checkGradient(
  at x: [Tensor<Double>], named name: (Int) -> String, of f: ([Variable<Double>]) -> Variable<Double>
) throws(GradientMismatch) -> GradientCheck {
  let (value, gradients) = valueWithGradient(at: x, of: f)
  // What relative errors of the inputs do to f: kernels keep no list of their intermediate values.
  let condition = zip(x, gradients).reduce(value.magnitude) { sum, pair in
    zip(pair.0.elements, pair.1.elements).reduce(sum) { $0 + ($1.0 * $1.1).magnitude }
  }
  let elements = x.indices.flatMap { place in
    x[place].elements.indices.map { index in
      let difference = CentralDifference(
        of: { moved in
          var inputs = x
          inputs[place].elements[index] = moved
          return valueOnData(inputs, of: f)
        }, at: x[place].elements[index], condition: condition)
      let name = name(place) + x[place].shape.place(of: index)
      return GradientCheck.Element(name, gradients[place].elements[index], difference)
    }
  }
  return try GradientCheck(elements)
}

private func valueOnData(_ x: [Tensor<Double>], of f: ([Variable<Double>]) -> Variable<Double>) -> Double {
  let tape = Tape<Double>()
  return withExtendedLifetime(tape) { f(x.map { tape.constant($0) }).tensor.elements[0] }
}

extension Shape {
  /// `[1, 0]` for element 2 of a shape [2, 2]; nothing for a number.
  package func place(of index: Int) -> String { rank == 0 ? "" : "\(indices(of: index))" }
}
