/// One node as inspection reads it.
public struct Node<Element: Real> {
  /// Its place on the tape: inputs have lower ones.
  public let index: Int
  /// The name given by the user, if any.
  public let name: String?
  /// What kind of node: `parameter`, `constant`, or the operation: `multiply`.
  public let operation: String
  public let value: Element
  /// What it was computed from, in the order of the formula.
  public let operands: [Operand<Element>]
  /// How it was computed, in terms of its operands: `w·x`. For a leaf its own label.
  public let formula: String
  /// What it is called: its name, or else its formula where that is short, or `n` and its index.
  public let label: String

  /// The operands that are nodes: those with a local gradient.
  public var inputs: [Operand<Element>] { operands.filter { $0.node != nil } }
  public var isLeaf: Bool { operands.isEmpty }
}

/// An operand of a node: another node, or a literal.
public struct Operand<Element: Real> {
  /// The node, or nil for a literal.
  public let node: Int?
  public let label: String
  public let value: Element
  /// The local gradient ∂node/∂operand; nil for a literal.
  public let local: Element?
  /// The local gradient as a formula: `x`, `2·e`, `1 - y²`.
  public let formula: String
}
