// Values and derivatives at other inputs. As with the free functions of the same names, numbers go in and come out as
// numbers, tensors as tensors.

extension RecordedFunction {
  private func run(at x: [Tensor<Element>]) -> (tape: Workplace<Element>, results: [Variable<Element>]) {
    let place = workplace ?? Workplace(self)
    workplace = place
    return (place, place.run(self, at: x))
  }

  /// f(x), for numbers.
  public func value(at x: [Element]) -> Element { value(at: x.map { Tensor($0) }).elements[0] }

  /// f(x).
  public func value(at x: [Tensor<Element>]) -> Tensor<Element> {
    _ = output
    return values(at: x)[0]
  }

  /// All results of a function that was taken from a tape with several.
  public func values(at x: [Tensor<Element>]) -> [Tensor<Element>] { run(at: x).results.map(\.tensor) }

  /// f(x) and ∇f(x), for numbers.
  public func valueWithGradient(at x: [Element]) -> (value: Element, gradient: [Element]) {
    let (value, gradients) = valueWithGradient(at: x.map { Tensor($0) })
    return (value, gradients.map { $0.elements[0] })
  }

  /// f(x), a number, and its gradient by each input.
  public func valueWithGradient(at x: [Tensor<Element>]) -> (value: Element, gradients: [Tensor<Element>]) {
    _ = output
    let (place, results) = run(at: x)
    guard results[0].isRecorded else { return (results[0].value, x.map { Tensor(repeating: 0, shape: $0.shape) }) }
    let gradients = results[0].backward()
    return (results[0].value, place.inputs.map { gradients.tensor(of: $0) })
  }

  /// ∇f(x), for numbers.
  public func gradient(at x: [Element]) -> [Element] { valueWithGradient(at: x).gradient }

  /// The gradient by each input.
  public func gradient(at x: [Tensor<Element>]) -> [Tensor<Element>] { valueWithGradient(at: x).gradients }

  /// g·∂f/∂x for each input, g in the shape of f(x).
  public func pullback(_ g: Tensor<Element>, at x: [Tensor<Element>]) -> [Tensor<Element>] {
    valueWithPullback(at: x) { self($0) }.pullback(g)
  }

  /// The matrix of second derivatives, for numbers.
  public func hessian(at x: [Element]) -> [[Element]] { Ops.hessian(at: x) { self($0) } }

  /// The Hessian times v, for numbers.
  public func hessianVectorProduct(at x: [Element], along v: [Element]) -> [Element] {
    Ops.hessianVectorProduct(at: x, along: v) { self($0) }
  }

  /// Entry [i][j] is ∂fᵢ/∂xⱼ, for numbers and all results of a function that was taken from a tape.
  ///
  /// - Complexity: one evaluation and one walk per result.
  public func jacobian(at x: [Element]) -> [[Element]] {
    let (place, results) = run(at: x.map { Tensor($0) })
    return results.map { result in
      guard result.isRecorded else { return x.map { _ in 0 } }
      let gradients = result.backward()
      return place.inputs.map { gradients[$0] }
    }
  }

  /// The derivatives of every element of f by every element of its only input, in the shape of f(x) followed by that of x.
  public func jacobian(at x: Tensor<Element>) -> Tensor<Element> { Ops.jacobian(at: x) { self([$0]) } }

  /// The second derivatives by its only input, in the shape of x twice.
  public func hessian(at x: Tensor<Element>) -> Tensor<Element> { Ops.hessian(at: x) { self([$0]) } }

  /// f and its derivative along v, of a function of one tensor.
  public func jvp(at x: Tensor<Element>, along v: Tensor<Element>) -> (value: Tensor<Element>, tangent: Tensor<Element>)
  {
    Ops.jvp(at: x, along: v) { self([$0]) }
  }
}
