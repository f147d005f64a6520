// Derivatives of functions of tensors. Each call records the function on a tape of its own; the labels are those of
// `Derivatives.swift`.

/// f(x) and its gradient, in the shape of x, for an f whose value is a scalar.
///
/// ```swift
/// let x = Tensor([[1.0, 2], [3, 4]])
/// let (value, gradient) = valueWithGradient(at: x) { ($0 * $0).sum() }  // 30, [[2. 4.] [6. 8.]]
/// ```
public func valueWithGradient<E: Number>(
  at x: Tensor<E>, of f: (Variable<E>) -> Variable<E>
) -> (value: E, gradient: Tensor<E>) {
  let (value, gradients) = valueWithGradient(at: [x]) { f($0[0]) }
  return (value, gradients[0])
}

/// The gradient of f, in the shape of x.
public func gradient<E: Number>(at x: Tensor<E>, of f: (Variable<E>) -> Variable<E>) -> Tensor<E> {
  valueWithGradient(at: x, of: f).gradient
}

/// f of several tensors, and its gradient by each.
public func valueWithGradient<E: Number>(
  at x: [Tensor<E>], of f: ([Variable<E>]) -> Variable<E>
) -> (value: E, gradients: [Tensor<E>]) {
  let (y, pullback) = valueWithPullback(at: x, of: f)
  guard y.shape.count == 1 else {
    fatalError("gradient: the value must be a scalar, not a tensor of shape \(y.shape): see valueWithPullback")
  }
  return (y.elements[0], pullback(Tensor(repeating: 1, shape: y.shape)))
}

/// The gradient of f by each of several tensors.
public func gradient<E: Number>(
  at x: [Tensor<E>], of f: ([Variable<E>]) -> Variable<E>
) -> [Tensor<E>] {
  valueWithGradient(at: x, of: f).gradients
}

/// f(x), of any shape, and the function that takes an upstream gradient g in that shape to g·∂f/∂x.
public func valueWithPullback<E: Number>(
  at x: Tensor<E>, of f: (Variable<E>) -> Variable<E>
) -> (value: Tensor<E>, pullback: (Tensor<E>) -> Tensor<E>) {
  let (y, pullback) = valueWithPullback(at: [x]) { f($0[0]) }
  return (y, { pullback($0)[0] })
}

/// f of several tensors, and the function that takes an upstream gradient to that by each of them.
public func valueWithPullback<E: Number>(
  at x: [Tensor<E>], of f: ([Variable<E>]) -> Variable<E>
) -> (value: Tensor<E>, pullback: (Tensor<E>) -> [Tensor<E>]) {
  let function = FunctionOnTape(at: x, f)
  return (function.value, function.pullback)
}

/// The derivatives of every element of f by every element of x, in the shape of f(x) followed by that of x.
///
/// - Complexity: one walk per element of f(x).
public func jacobian<E: Number>(at x: Tensor<E>, of f: (Variable<E>) -> Variable<E>) -> Tensor<E> {
  FunctionOnTape(at: [x]) { f($0[0]) }.jacobian
}

/// The second derivatives of f, whose value is a scalar, in the shape of x twice.
///
/// - Complexity: one recorded walk, and one walk per element of x.
public func hessian<E: Number>(at x: Tensor<E>, of f: (Variable<E>) -> Variable<E>) -> Tensor<E> {
  jacobian(at: x) { x in
    let slope = f(x).recordedGradients(by: [x])[0]
    return slope.isRecorded ? slope : 0 * x
  }
}

/// The Hessian times v, without the Hessian: the gradient of ∇f(x)·v.
///
/// - Complexity: one recorded walk and one walk.
public func hessianVectorProduct<E: Number>(
  at x: Tensor<E>, along v: Tensor<E>, of f: (Variable<E>) -> Variable<E>
) -> Tensor<E> {
  guard x.shape == v.shape else { fatalError("hessianVectorProduct: \(x.shape) and \(v.shape) differ") }
  return gradient(at: x) { x in
    let slope = f(x).recordedGradients(by: [x])[0]
    return slope.isRecorded ? slope.dotted(v) : (0 * x).sum()
  }
}

/// f(x) and its derivative along v: the Jacobian times v, without the Jacobian.
///
/// Forward mode by two backward walks: the pullback of an upstream gradient u is linear in u, so the gradient of
/// pullback(u)·v by u is the Jacobian times v, whatever u is.
/// - Complexity: one recorded walk and one walk.
public func jvp<E: Number>(
  at x: Tensor<E>, along v: Tensor<E>, of f: (Variable<E>) -> Variable<E>
) -> (value: Tensor<E>, tangent: Tensor<E>) {
  guard x.shape == v.shape else { fatalError("jvp: \(x.shape) and \(v.shape) differ") }
  let tape = Tape<E>()
  let input = tape.parameter(x)
  let y = f(input)
  let value = y.tensor
  return withExtendedLifetime(tape) {
    let u = tape.parameter(Tensor(repeating: 0, shape: value.shape))
    let back = (y * u).sum().recordedGradients(by: [input])[0]
    guard back.isRecorded else { return (value, Tensor(repeating: 0, shape: value.shape)) }
    return (value, back.dotted(v).backward().tensor(of: u))
  }
}

/// A function recorded once, to be walked back as often as needed.
private struct FunctionOnTape<E: Number> {
  let tape = Tape<E>()
  let inputs: [Variable<E>]
  let output: Variable<E>
  let value: Tensor<E>

  init(at x: [Tensor<E>], _ f: ([Variable<E>]) -> Variable<E>) {
    inputs = x.map { [tape] in tape.parameter($0) }
    output = f(inputs)
    value = output.tensor
  }

  func pullback(_ g: Tensor<E>) -> [Tensor<E>] {
    guard g.shape == value.shape else { fatalError("pullback: \(g.shape) for a value of \(value.shape)") }
    guard output.isRecorded else { return inputs.map { Tensor(repeating: 0, shape: $0.shape) } }
    let start = tape.mark()
    defer { tape.rewind(to: start) }
    let gradients = output.dotted(g).backward()
    return inputs.map { gradients.tensor(of: $0) }
  }

  var jacobian: Tensor<E> {
    var one = Tensor<E>(repeating: 0, shape: value.shape)
    var rows: [E] = []
    for place in one.elements.indices {
      one.elements[place] = 1
      rows += pullback(one)[0].elements
      one.elements[place] = 0
    }
    return Tensor(rows, shape: value.shape.appending(inputs[0].shape.dimensions))
  }
}

extension Variable where Element: Number {
  /// Σ this·v
  fileprivate func dotted(_ v: Tensor<Element>) -> Variable {
    guard let tape else { fatalError(Staleness.unrecorded("dot")) }
    return (self * tape.constant(v)).sum()
  }
}
