// Losses and penalties, composed of operations. y is what was to be predicted, ŷ the prediction, s a score whose sign is
// the predicted class. Each takes scalars or tensors, which broadcast.

/// What becomes of the losses of several samples.
@frozen
public enum Reduction: Sendable {
  /// One loss per sample.
  case none
  case sum
  case mean
}

extension TensorAlgebra {
  @inlinable
  func reduced(_ reduction: Reduction) -> Self {
    if shape.rank == 0 { return self }
    switch reduction {
    case .none: return self
    case .sum: return sum()
    case .mean: return mean()
    }
  }
}

// MARK: - Regression

/// |ŷ − y|; its gradient where both are equal is 0.
@inlinable
public func absoluteError<T: TensorAlgebra>(_ ŷ: T, _ y: T, _ reduction: Reduction = .mean) -> T {
  T.abs(ŷ - y).reduced(reduction)
}

/// (ŷ − y)²
@inlinable
public func squaredError<T: TensorAlgebra>(_ ŷ: T, _ y: T, _ reduction: Reduction = .mean) -> T {
  square(ŷ - y).reduced(reduction)
}

/// ½(ŷ − y)², whose gradient is the error itself.
///
/// ```swift
/// halfSquaredError(tape.constant(Tensor([3, 1])), tape.constant(Tensor([1, 1]))).value  // 1
/// ```
@inlinable
public func halfSquaredError<T: TensorAlgebra>(_ ŷ: T, _ y: T, _ reduction: Reduction = .mean) -> T {
  0.5 * squaredError(ŷ, y, reduction)
}

// MARK: - Scores, for two classes

/// What class numbers stand for the two classes.
@frozen
public enum Classes: Sendable {
  /// 0 and 1.
  case zeroOne
  /// −1 and +1.
  case plusMinus
}

/// The size of the score where its sign is wrong, else 0. Its gradient at score 0 is 0.
///
/// For classes 0 and 1: y·relu(−s) + (1 − y)·relu(s). For −1 and +1: relu(−y·s).
@inlinable
public func perceptronError<T: TensorAlgebra>(
  _ s: T, _ y: T, _ classes: Classes = .zeroOne, _ reduction: Reduction = .mean
) -> T {
  switch classes {
  case .zeroOne: (y * relu(-s) + (1 - y) * relu(s)).reduced(reduction)
  case .plusMinus: relu(-(y * s)).reduced(reduction)
  }
}

/// relu(1 − y·s), for classes −1 and +1. Its gradient at the margin, y·s = 1, is 0.
@inlinable
public func hinge<T: TensorAlgebra>(_ s: T, _ y: T, _ reduction: Reduction = .mean) -> T {
  relu(1 - y * s).reduced(reduction)
}

/// ½·relu(1 − y·s)², for classes −1 and +1.
@inlinable
public func squaredHinge<T: TensorAlgebra>(_ s: T, _ y: T, _ reduction: Reduction = .mean) -> T {
  (0.5 * square(relu(1 - y * s))).reduced(reduction)
}

/// log(1 + exp(−y·s)), for classes −1 and +1; it overflows nowhere.
@inlinable
public func logistic<T: TensorAlgebra>(_ s: T, _ y: T, _ reduction: Reduction = .mean) -> T {
  softplus(-(y * s)).reduced(reduction)
}

// MARK: - Probabilities

/// −y·log(p) − (1 − y)·log(1 − p), for classes 0 and 1 or the probabilities of 1.
///
/// The logarithm of a probability with weight 0 does not count: a sure and right prediction costs 0, a sure and wrong
/// one ∞. Where p comes from a sigmoid, `logLoss(logits:_:)` is more accurate.
@inlinable
public func logLoss<T: TensorAlgebra>(_ p: T, _ y: T, _ reduction: Reduction = .mean) -> T {
  let wrong = log1p(-replacing(p, by: 0, where: y, is: 1))
  return (-(y * log(replacing(p, by: 1, where: y, is: 0))) - (1 - y) * wrong).reduced(reduction)
}

/// The log loss of p = σ(z): (1 − y)·softplus(z) + y·softplus(−z), with all its digits for every z.
///
/// It is softplus(z) − y·z, of which nothing would be left where z is large and right: at z = 40 and y = 1 the loss is
/// 4.2e-18.
@inlinable
public func logLoss<T: TensorAlgebra>(logits z: T, _ y: T, _ reduction: Reduction = .mean) -> T {
  ((1 - y) * softplus(z) + y * softplus(-z)).reduced(reduction)
}

/// −Σ y·log(p) along the last axis, for a distribution y of each row, such as a one-hot one.
///
/// The logarithm of a probability with weight 0 does not count.
@inlinable
public func crossEntropy<T: TensorAlgebra>(_ p: T, _ y: T, _ reduction: Reduction = .mean) -> T {
  (-(y * log(replacing(p, by: 1, where: y, is: 0))).sum([-1])).reduced(reduction)
}

/// The cross-entropy −Σ y·log(softmax(z)) along the last axis, for a distribution y of each row.
///
/// Accurate also where the softmax underflows or is almost 1.
@inlinable
public func crossEntropy<T: TensorAlgebra>(logits z: T, _ y: T, _ reduction: Reduction = .mean) -> T {
  (-(y * z.logSoftmax()).sum([-1])).reduced(reduction)
}

/// The cross-entropy −log(softmax(z)[label]) of each row along the last axis, by the numbers of its classes.
///
/// ```swift
/// softmaxCrossEntropy(tape.constant(Tensor([[0, 0], [2, 2]])), labels: [0, 1]).value  // 0.6931471805599453
/// ```
/// One operation: its backward pass is softmax(z), less 1 at the label. Traps where there are not as many labels as
/// rows, or a label is no class.
public func softmaxCrossEntropy<E: Number>(
  _ z: Variable<E>, labels: [Int], _ reduction: Reduction = .mean
) -> Variable<E> {
  guard z.shape.rank > 0, let tape = z.tape else { fatalError("softmaxCrossEntropy: \(z.shape) has no classes") }
  let indices = tape.keep(labels, below: z.shape[-1], "softmaxCrossEntropy")
  return Variable.apply(SoftmaxCrossEntropy.self, z, Labels { $0.indices = indices }).reduced(reduction)
}

/// −log(p[label]) of each row along the last axis, by the numbers of its classes.
public func crossEntropy<E: Number>(
  _ p: Variable<E>, labels: [Int], _ reduction: Reduction = .mean
) -> Variable<E> {
  (-log(p.picked(labels))).reduced(reduction)
}

/// x, but another number where y is what makes x not count: an infinite gradient of x does not count either.
@usableFromInline
func replacing<T: TensorAlgebra>(_ x: T, by other: T, where y: T, is number: T) -> T {
  .select(.equal(y, number), other, x)
}

// MARK: - Penalties

/// Σ |w|
@inlinable
public func l1Penalty<T: TensorAlgebra>(_ w: T) -> T { w.norm(1) }

/// Σ w². The square of the 2-norm; halve it for the form ½λ‖w‖².
@specialized(where T == Variable<Double>)
@specialized(where T == Variable<Float>)
public func l2Penalty<T: TensorAlgebra>(_ w: T) -> T { .apply(SumOfSquares.self, w) }
