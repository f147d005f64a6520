// Derivatives by structures of parameters, and by several values at once: numbers, tensors, structures. The first are methods
// and the second disfavoured for the compiler's sake: with one more `gradient(at:)` for anything of a protocol it gave up on
// `#expect(gradient(at: 2.0) { x in 3 * x * x + 1 / x } == 11.75)`.

extension ParameterStructure {
  /// f of this structure's parameters, and its gradient in the same form.
  ///
  /// ```swift
  /// let line = Line(w: Tensor([1.0, -1]), b: 0.5)  // the structure of the example at ParameterStructure
  /// let (value, slope) = line.valueWithGradient { line in line.w.sum() * line.b }
  /// slope.w  // [0.5 0.5]
  /// ```
  /// The value of f is a number: a scalar, or a tensor of one element.
  public func valueWithGradient(
    of f: (RecordedParameters<Self>) -> Variable<Scalar>
  ) -> (value: Scalar, gradient: Self) {
    let tape = Tape<Scalar>()
    defer { withExtendedLifetime(tape) {} }
    let input = recordedParameter(on: tape, isConstant: false)
    let (value, gradients) = walked(f(input), tape)
    return (value, parameterGradient(of: input, in: gradients))
  }

  /// The gradient by this structure's parameters, in the same form.
  public func gradient(of f: (RecordedParameters<Self>) -> Variable<Scalar>) -> Self {
    valueWithGradient(of: f).gradient
  }
}

/// f of several values, numbers beside tensors and structures, and its gradient by each.
///
/// ```swift
/// let X = Tensor([[1.0, 2], [3, 4]])
/// gradient(at: Tensor([1.0, -1]), 0.5) { w, b in (matmul(X, w) + b).sum() }  // ([4. 6.], 2.0)
/// ```
/// Traps where the numbers are of different types.
@_disfavoredOverload
public func valueWithGradient<S: Number, A: ParameterValue, B: ParameterValue, each P: ParameterValue>(
  at a: A, _ b: B, _ rest: repeat each P, of f: (A.OnTape, B.OnTape, repeat (each P).OnTape) -> Variable<S>
) -> (value: S, gradient: (A, B, repeat each P)) {
  let tape = Tape<S>()
  defer { withExtendedLifetime(tape) {} }
  let (first, second) = (recorded(a, tape), recorded(b, tape))
  let others = (repeat recorded(each rest, tape))
  let (value, gradients) = walked(f(first, second, repeat each others), tape)
  return (
    value,
    (
      gradient(by: a, first, gradients), gradient(by: b, second, gradients),
      repeat gradient(by: each rest, each others, gradients)
    )
  )
}

/// The gradient by each of several values, numbers beside tensors and structures.
@_disfavoredOverload
public func gradient<S: Number, A: ParameterValue, B: ParameterValue, each P: ParameterValue>(
  at a: A, _ b: B, _ rest: repeat each P, of f: (A.OnTape, B.OnTape, repeat (each P).OnTape) -> Variable<S>
) -> (A, B, repeat each P) {
  valueWithGradient(at: a, b, repeat each rest, of: f).gradient
}

private func walked<S: Number>(_ y: Variable<S>, _ tape: Tape<S>) -> (S, Gradients<S>) {
  guard y.shape.count == 1 else {
    fatalError("gradient: the value must be a scalar, not a tensor of shape \(y.shape)")
  }
  return (y.value, (y.isRecorded ? y : tape.constant(y.value)).backward())
}

private func recorded<P: ParameterValue, S: Number>(_ x: P, _ tape: Tape<S>) -> P.OnTape {
  guard let tape = tape as? Tape<P.Scalar> else { fatalError("gradient: numbers of \(P.Scalar.self) beside \(S.self)") }
  return x.recordedParameter(on: tape, isConstant: false)
}

private func gradient<P: ParameterValue, S: Number>(by x: P, _ recorded: P.OnTape, _ gradients: Gradients<S>) -> P {
  x.parameterGradient(of: recorded, in: gradients as! Gradients<P.Scalar>)
}
