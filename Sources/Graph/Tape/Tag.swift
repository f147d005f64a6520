/// What a tape stores of a node's operation, in two bytes.
///
/// ```
/// bits 15…4  the operation's code: what it is called is looked up in the tape's vocabulary
/// bits 3…2   where a literal operand stands: none, left (`2 * x`) or right (`x - 1`); or that it is a tensor
/// bits 1…0   how many inputs with a local gradient follow: 0 to 3
/// ```
/// The backward walk reads the lowest two bits and nothing else.
@frozen
public struct Tag: RawRepresentable, Hashable, Sendable {
  public var rawValue: UInt16

  @inlinable
  public init(rawValue: UInt16) { self.rawValue = rawValue }

  @inlinable
  package init(code: UInt16, literal: Literal = .none, inputs: UInt16) {
    rawValue = code << 4 | literal.rawValue << 2 | inputs
  }

  /// Where the literal operand of a binary operation stands; `tensor` is a node that keeps all its operands in
  /// its `TensorRecord`.
  @frozen
  @usableFromInline
  package enum Literal: UInt16 {
    case none, left, right, tensor
  }

  @inlinable
  package var code: UInt16 { rawValue >> 4 }
  @inlinable
  package var literal: Literal { Literal(rawValue: rawValue >> 2 & 3) ?? .none }
  @inlinable
  package var isTensor: Bool { rawValue >> 2 & 3 == Literal.tensor.rawValue }
  @inlinable
  package var inputs: Int { Int(rawValue & 3) }
}
