// Derivatives of functions, for who does not want to hold a tape. The labels are those of Swift's own
// `_Differentiation` module. Each call records the function on a tape of its own.

/// f(x) and f′(x).
///
/// ```swift
/// let (value, slope) = valueWithGradient(at: 3.0) { x in x * x }  // 9, 6
/// ```
public func valueWithGradient<E: Number>(
  at x: E, of f: (Variable<E>) -> Variable<E>
) -> (value: E, gradient: E) {
  let (value, gradient) = valueWithGradient(at: [x]) { f($0[0]) }
  return (value, gradient[0])
}

/// f′(x).
public func gradient<E: Number>(at x: E, of f: (Variable<E>) -> Variable<E>) -> E {
  valueWithGradient(at: x, of: f).gradient
}

/// f(x, y), and its derivatives by x and y.
public func valueWithGradient<E: Number>(
  at x: E, _ y: E, of f: (Variable<E>, Variable<E>) -> Variable<E>
) -> (value: E, gradient: (E, E)) {
  let (value, gradient) = valueWithGradient(at: [x, y]) { f($0[0], $0[1]) }
  return (value, (gradient[0], gradient[1]))
}

/// ∂f/∂x and ∂f/∂y.
public func gradient<E: Number>(
  at x: E, _ y: E, of f: (Variable<E>, Variable<E>) -> Variable<E>
) -> (E, E) {
  valueWithGradient(at: x, y, of: f).gradient
}

/// f(x, y, z), and its derivatives by each.
public func valueWithGradient<E: Number>(
  at x: E, _ y: E, _ z: E, of f: (Variable<E>, Variable<E>, Variable<E>) -> Variable<E>
) -> (value: E, gradient: (E, E, E)) {
  let (value, gradient) = valueWithGradient(at: [x, y, z]) { f($0[0], $0[1], $0[2]) }
  return (value, (gradient[0], gradient[1], gradient[2]))
}

/// ∂f/∂x, ∂f/∂y and ∂f/∂z. Of more numbers, or of tensors beside them, there is another `gradient`.
public func gradient<E: Number>(
  at x: E, _ y: E, _ z: E, of f: (Variable<E>, Variable<E>, Variable<E>) -> Variable<E>
) -> (E, E, E) {
  valueWithGradient(at: x, y, z, of: f).gradient
}

/// f(x) and ∇f(x), for f of many variables.
///
/// ```swift
/// gradient(at: [3.0, 1.0]) { p in p[0] * p[0] + sin(p[1]) * sin(p[1]) }  // [6.0, 0.9092974268256817]
/// ```
public func valueWithGradient<E: Number>(
  at x: [E], of f: ([Variable<E>]) -> Variable<E>
) -> (value: E, gradient: [E]) {
  let (y, pullback) = valueWithPullback(at: x, of: f)
  return (y, pullback(1))
}

/// ∇f(x).
public func gradient<E: Number>(at x: [E], of f: ([Variable<E>]) -> Variable<E>) -> [E] {
  valueWithGradient(at: x, of: f).gradient
}

/// f(x), and the function that takes an upstream gradient g to g·∇f(x).
public func valueWithPullback<E: Number>(
  at x: [E], of f: ([Variable<E>]) -> Variable<E>
) -> (value: E, pullback: (E) -> [E]) {
  let tape = Tape<E>()
  let inputs = x.map { tape.parameter($0) }
  let y = f(inputs)
  return (y.value, { upstream in withExtendedLifetime(tape) { y.slopes(by: inputs, seed: upstream) } })
}

// MARK: - Forward mode

/// f(x) and its derivative along v, by forward mode: one pass, nothing recorded.
///
/// ```swift
/// jvp(at: [2.0, 3.0], along: [1.0, 0.0]) { $0[0] * $0[1] }  // (6, 3)
/// ```
public func jvp<E: Number>(
  at x: [E], along v: [E], of f: ([Dual<E>]) -> Dual<E>
) -> (value: E, tangent: E) {
  guard x.count == v.count else { fatalError("jvp: \(x.count) coordinates but \(v.count) in the direction") }
  let y = f(zip(x, v).map { Dual($0, tangent: $1) })
  return (y.value, y.tangent)
}

/// The slope of f at x in the direction of v: ∇f(x)·v/‖v‖.
///
/// v is scaled to length 1, for otherwise its length would show in the result: the slope is what one step of
/// length 1 would gain.
public func directionalDerivative<E: Number>(
  at x: [E], along v: [E], of f: ([Dual<E>]) -> Dual<E>
) -> E {
  let length = v.reduce(0) { $0 + $1 * $1 }.squareRoot()
  guard length > 0 else { fatalError("directionalDerivative: the direction is zero") }
  return jvp(at: x, along: v.map { $0 / length }, of: f).tangent
}

// MARK: - Second and higher order

/// The matrix of second derivatives: entry [i][j] is ∂²f/∂xᵢ∂xⱼ.
///
/// - Complexity: n recorded walks for n variables.
public func hessian<E: Number>(at x: [E], of f: ([Variable<E>]) -> Variable<E>) -> [[E]] {
  jacobian(at: x) { x in f(x).recordedGradients(by: x) }
}

/// The Hessian times a vector, without the Hessian: the gradient of ∇f(x)·v.
///
/// - Complexity: one recorded walk and one walk.
public func hessianVectorProduct<E: Number>(
  at x: [E], along v: [E], of f: ([Variable<E>]) -> Variable<E>
) -> [E] {
  guard x.count == v.count else {
    fatalError("hessianVectorProduct: \(x.count) coordinates but \(v.count) in the vector")
  }
  return gradient(at: x) { x in
    zip(f(x).recordedGradients(by: x), v).reduce(0) { $0 + $1.0 * Variable($1.1) }
  }
}

/// The derivative of any order of a function of one variable.
///
/// ```swift
/// derivative(order: 3, at: 2.0) { x in x * x * x * x }  // 24x = 48
/// ```
/// - Complexity: the recorded walk of each order is a few times as long as the one before.
public func derivative<E: Number>(order: Int, at x: E, of f: (Variable<E>) -> Variable<E>) -> E {
  let tape = Tape<E>()
  let input = tape.parameter(x)
  var y = f(input)
  for _ in 0..<order { y = y.recordedGradients(by: [input])[0] }
  return withExtendedLifetime(tape) { y.value }
}

/// The derivatives of several functions of several variables: entry [i][j] is ∂fᵢ/∂xⱼ.
///
/// - Complexity: one recording and one walk per function.
public func jacobian<E: Number>(at x: [E], of f: ([Variable<E>]) -> [Variable<E>]) -> [[E]] {
  let tape = Tape<E>()
  let inputs = x.map { tape.parameter($0) }
  return withExtendedLifetime(tape) { f(inputs).map { $0.slopes(by: inputs) } }
}

extension Variable where Element: Number {
  /// The derivatives by numbers, each times the seed; 0 where this is recorded nowhere.
  fileprivate func slopes(by inputs: [Variable], seed: Element = 1) -> [Element] {
    guard isRecorded else { return inputs.map { _ in 0 } }
    let gradients = backward(seed: seed)
    return inputs.map { gradients[$0] }
  }
}
