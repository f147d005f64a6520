// Plain tensors beside variables: data that a function captures is a constant of the variables' tape.

extension Variable where Element: Number {
  /// A plain tensor as data on the tape that this variable stands on, where an operation takes variables only.
  ///
  /// ```swift
  /// let X = Tensor([[1.0, 2], [3, 4]])
  /// gradient(at: Tensor([1.0, 1])) { w in einsum("ij,j->", w.constant(X), w) }  // [4. 6.]
  /// ```
  /// Each call records another constant, with its elements copied. Traps where this is a plain number, which has no tape.
  public func constant(_ data: Tensor<Element>, _ name: String? = nil) -> Variable {
    guard let tape else {
      fatalError("constant: no tape for a tensor of shape \(data.shape): \(self) is a plain number")
    }
    return tape.constant(data, name)
  }
}

// MARK: - Operators

// On concrete types and disfavoured, so that the compiler thinks no longer about expressions without data.

extension Variable where Element == Double {
  @_disfavoredOverload
  public static func + (a: Tensor<Double>, b: Variable<Double>) -> Variable<Double> { b.constant(a) + b }
  @_disfavoredOverload
  public static func + (a: Variable<Double>, b: Tensor<Double>) -> Variable<Double> { a + a.constant(b) }
  @_disfavoredOverload
  public static func - (a: Tensor<Double>, b: Variable<Double>) -> Variable<Double> { b.constant(a) - b }
  @_disfavoredOverload
  public static func - (a: Variable<Double>, b: Tensor<Double>) -> Variable<Double> { a - a.constant(b) }
  @_disfavoredOverload
  public static func * (a: Tensor<Double>, b: Variable<Double>) -> Variable<Double> { b.constant(a) * b }
  @_disfavoredOverload
  public static func * (a: Variable<Double>, b: Tensor<Double>) -> Variable<Double> { a * a.constant(b) }
  @_disfavoredOverload
  public static func / (a: Tensor<Double>, b: Variable<Double>) -> Variable<Double> { b.constant(a) / b }
  @_disfavoredOverload
  public static func / (a: Variable<Double>, b: Tensor<Double>) -> Variable<Double> { a / a.constant(b) }
}

extension Variable where Element == Float {
  @_disfavoredOverload
  public static func + (a: Tensor<Float>, b: Variable<Float>) -> Variable<Float> { b.constant(a) + b }
  @_disfavoredOverload
  public static func + (a: Variable<Float>, b: Tensor<Float>) -> Variable<Float> { a + a.constant(b) }
  @_disfavoredOverload
  public static func - (a: Tensor<Float>, b: Variable<Float>) -> Variable<Float> { b.constant(a) - b }
  @_disfavoredOverload
  public static func - (a: Variable<Float>, b: Tensor<Float>) -> Variable<Float> { a - a.constant(b) }
  @_disfavoredOverload
  public static func * (a: Tensor<Float>, b: Variable<Float>) -> Variable<Float> { b.constant(a) * b }
  @_disfavoredOverload
  public static func * (a: Variable<Float>, b: Tensor<Float>) -> Variable<Float> { a * a.constant(b) }
  @_disfavoredOverload
  public static func / (a: Tensor<Float>, b: Variable<Float>) -> Variable<Float> { b.constant(a) / b }
  @_disfavoredOverload
  public static func / (a: Variable<Float>, b: Tensor<Float>) -> Variable<Float> { a / a.constant(b) }
}

// MARK: - Functions

/// The matrix product of data and a variable.
///
/// ```swift
/// let X = Tensor([[1.0, 2], [3, 4]]), y = Tensor([1.0, 0])
/// gradient(at: Tensor([0.0, 0])) { w in squaredError(matmul(X, w), y) }  // [-1. -2.]
/// ```
public func matmul<E: Number>(_ a: Tensor<E>, _ b: Variable<E>) -> Variable<E> { matmul(b.constant(a), b) }
/// The matrix product of a variable and data.
public func matmul<E: Number>(_ a: Variable<E>, _ b: Tensor<E>) -> Variable<E> { matmul(a, a.constant(b)) }

/// `then` where data is not 0, else `otherwise`.
public func select<E: Number>(_ mask: Tensor<E>, _ then: Variable<E>, _ otherwise: Variable<E>) -> Variable<E> {
  select((then.isRecorded ? then : otherwise).constant(mask), then, otherwise)
}

// MARK: - Losses with plain targets

/// `absoluteError` of plain targets y.
public func absoluteError<E: Number>(
  _ ŷ: Variable<E>, _ y: Tensor<E>, _ reduction: Reduction = .mean
) -> Variable<E> { absoluteError(ŷ, ŷ.constant(y), reduction) }
/// `squaredError` of plain targets y.
public func squaredError<E: Number>(
  _ ŷ: Variable<E>, _ y: Tensor<E>, _ reduction: Reduction = .mean
) -> Variable<E> { squaredError(ŷ, ŷ.constant(y), reduction) }
/// `halfSquaredError` of plain targets y.
public func halfSquaredError<E: Number>(
  _ ŷ: Variable<E>, _ y: Tensor<E>, _ reduction: Reduction = .mean
) -> Variable<E> { halfSquaredError(ŷ, ŷ.constant(y), reduction) }
/// `perceptronError` of plain targets y.
public func perceptronError<E: Number>(
  _ s: Variable<E>, _ y: Tensor<E>, _ classes: Classes = .zeroOne, _ reduction: Reduction = .mean
) -> Variable<E> { perceptronError(s, s.constant(y), classes, reduction) }
/// `hinge` of plain targets y.
public func hinge<E: Number>(
  _ s: Variable<E>, _ y: Tensor<E>, _ reduction: Reduction = .mean
) -> Variable<E> { hinge(s, s.constant(y), reduction) }
/// `squaredHinge` of plain targets y.
public func squaredHinge<E: Number>(
  _ s: Variable<E>, _ y: Tensor<E>, _ reduction: Reduction = .mean
) -> Variable<E> { squaredHinge(s, s.constant(y), reduction) }
/// `logistic` of plain targets y.
public func logistic<E: Number>(
  _ s: Variable<E>, _ y: Tensor<E>, _ reduction: Reduction = .mean
) -> Variable<E> { logistic(s, s.constant(y), reduction) }
/// `logLoss` of plain targets y.
public func logLoss<E: Number>(
  _ p: Variable<E>, _ y: Tensor<E>, _ reduction: Reduction = .mean
) -> Variable<E> { logLoss(p, p.constant(y), reduction) }
/// `logLoss(logits:)` of plain targets y.
public func logLoss<E: Number>(
  logits z: Variable<E>, _ y: Tensor<E>, _ reduction: Reduction = .mean
) -> Variable<E> { logLoss(logits: z, z.constant(y), reduction) }
/// `crossEntropy` of plain targets y.
public func crossEntropy<E: Number>(
  _ p: Variable<E>, _ y: Tensor<E>, _ reduction: Reduction = .mean
) -> Variable<E> { crossEntropy(p, p.constant(y), reduction) }
/// `crossEntropy(logits:)` of plain targets y.
public func crossEntropy<E: Number>(
  logits z: Variable<E>, _ y: Tensor<E>, _ reduction: Reduction = .mean
) -> Variable<E> { crossEntropy(logits: z, z.constant(y), reduction) }
