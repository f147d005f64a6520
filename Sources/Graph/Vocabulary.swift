/// What the tape asks about operations: it stores their codes and knows none of them.
public protocol Vocabulary: Sendable {
  /// The operation's name: `tanh`.
  func name(of code: UInt16) -> String
  /// The operation applied to operands: `x·y`. An operand that is itself a formula brings its own parentheses.
  func formula(of code: UInt16, _ operands: [String]) -> String
  /// Per operand, the local gradient as a formula in the operands and the result: `1 - y²`.
  func localGradients(of code: UInt16, _ operands: [String], result: String) -> [String]

  /// Computes the elements of a tensor that was recorded without computing them.
  func evaluate<Element>(_ tensor: Int, on tape: Tape<Element>)
  /// Sends the upstream gradient of a tensor on to its operands.
  func pullback<Element>(_ tensor: Int, on tape: Tape<Element>, into gradients: Gradients<Element>)
}
