/// What the tape asks about operations: it stores their codes and knows none of them.
///
/// Formulas are the vocabulary's own type, so that it decides where parentheses stand: `(a + b)·x`.
public protocol Vocabulary: Sendable {
  /// What a formula is to it; `Graph` only hands it on.
  associatedtype Formula

  /// The operation's name: `tanh`.
  func name(of code: UInt16) -> String

  /// A name as a formula: `x`.
  func formula(name: String) -> Formula
  /// A number as a formula.
  func formula(number: Double) -> Formula
  /// An operation that only its name describes: `cube(x)`.
  func formula(call name: String, _ operands: [Formula]) -> Formula
  /// The operation applied to operands, as it stands: `x·y`.
  func formula(of code: UInt16, _ operands: [Formula]) -> Formula
  /// Per operand, the local gradient in terms of the operands and the result, simplified: `1 - y²`.
  func localGradients(of code: UInt16, _ operands: [Formula], result: Formula) -> [Formula]

  /// How a formula reads; its numbers with at most 6 digits.
  func text(_ formula: Formula) -> String

  /// An operation on tensors, as it stands: `W @ x`.
  func formula<Element>(ofTensor tensor: Int, on tape: Tape<Element>, _ operands: [Formula]) -> Formula
  /// Per operand of an operation on tensors, what the upstream gradient g becomes for it: `g @ xᵀ`.
  func pullbacks<Element>(
    ofTensor tensor: Int, on tape: Tape<Element>, _ operands: [Formula], result: Formula
  ) -> [Formula]
}

/// What the tape has others do with tensors, by their indices in its list.
public struct TensorEngine<Element: Real>: Sendable {
  /// Computes the elements of a tensor that was recorded without computing them.
  let evaluate: @Sendable (Int, Tape<Element>) -> Void
  /// Sends the upstream gradient of a tensor on to its operands.
  let pullback: @Sendable (Int, Tape<Element>, Gradients<Element>) -> Void
  /// Computes the gradients inside a chain, given its root: the walk went through it without storing them.
  let unfold: @Sendable (Int, Tape<Element>, Gradients<Element>) -> Void

  package init(
    evaluate: @escaping @Sendable (Int, Tape<Element>) -> Void,
    pullback: @escaping @Sendable (Int, Tape<Element>, Gradients<Element>) -> Void,
    unfold: @escaping @Sendable (Int, Tape<Element>, Gradients<Element>) -> Void
  ) { (self.evaluate, self.pullback, self.unfold) = (evaluate, pullback, unfold) }
}
