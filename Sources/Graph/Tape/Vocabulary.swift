/// What the tape asks about operations: it stores their codes and knows none of them.
///
/// Formulas are the vocabulary's own type, so that it decides where parentheses stand: `(a + b)·x`.
package protocol Vocabulary: Sendable {
  /// What a formula is to it; `Graph` only hands it on.
  associatedtype Written

  /// The operation's name: `tanh`.
  func name(of code: UInt16) -> String

  /// A name as a formula: `x`.
  func formula(name: String, shape: Shape) -> Written
  /// A number as a formula.
  func formula(number: Double) -> Written
  /// What is there as a text.
  func formula(text: String, shape: Shape) -> Written
  /// An operation that only its name describes: `cube(x)`.
  func formula(call name: String, _ operands: [Written]) -> Written
  /// The operation applied to operands, as it stands: `x·y`.
  func formula(of code: UInt16, _ operands: [Written]) -> Written
  /// Per operand, the local gradient in terms of the operands and the result, simplified: `1 - y²`.
  func localGradients(of code: UInt16, _ operands: [Written], result: Written) -> [Written]

  /// The product of the chain rule, simplified.
  func product(_ a: Written, _ b: Written) -> Written
  /// What several paths add up to.
  func sum(_ a: Written, _ b: Written) -> Written
  /// How a formula reads; its numbers with at most 6 digits.
  func text(_ formula: Written) -> String
  /// The same in LaTeX.
  func latex(_ formula: Written) -> String
  /// A number or a tensor in LaTeX, as inspection writes it: `[1, 2]`, or `[20] from 0 to 1.9`.
  func latex(text: String) -> String
  /// Of a product of matrices the shapes: `[3, 1]·[1, 2] = [3, 2]`.
  func shapes(_ formula: Written) -> String?
  /// Whether it is a function of something: `tanh(x)`.
  func isCall(_ formula: Written) -> Bool

  /// An operation on tensors, as it stands: `W·x`.
  func formula<Element>(ofTensor tensor: Int, on tape: Tape<Element>, _ operands: [Written]) -> Written
  /// Per operand of an operation on tensors, what an upstream gradient becomes for it: `g·xᵀ`.
  func pullbacks<Element>(
    ofTensor tensor: Int, on tape: Tape<Element>, _ operands: [Written], result: Written, upstream: Written
  ) -> [Written]
  /// Whether an operation only adds or takes away axes of extent 1, which is not written on paper.
  func isUnwritten<Element>(ofTensor tensor: Int, on tape: Tape<Element>) -> Bool
  /// A formula where axes of extent 1 come or go without a word.
  func withUnitAxes(_ formula: Written, of shape: Shape) -> Written
  /// Whether it is a product of matrices, as the layers of a network are.
  func isMatrixProduct(_ code: UInt16) -> Bool
  /// What the output's gradient by itself, 1, becomes on one way down, by the operands that are followed; nil where
  /// operations between were not kept.
  func gradient<Element>(along path: [PathStep], on tape: Tape<Element>) -> Tensor<Element>?
}

/// An operand that a path follows: that of a node, by its place among the node's operands.
package typealias PathStep = (node: Int, place: Int)

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
