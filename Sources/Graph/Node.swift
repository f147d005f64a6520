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
  /// The formula with the values of the operands: `5·1`. For a leaf its value.
  public let substitution: String
  /// What it is called: its name, or the formula where that is short (a number for a constant), or `n` and its
  /// index.
  public let label: String

  /// The operands that are nodes: those with a local gradient.
  public var inputs: [Operand<Element>] { operands.filter { $0.node != nil } }
  public var isLeaf: Bool { operands.isEmpty }
  /// Whether it is a constant without a name, which is called by its number.
  public var isNumber: Bool { isLeaf && operation == "constant" && name == nil }
}

/// An operand of a node: another node, or a literal.
public struct Operand<Element: Real> {
  /// The node, or nil for a literal.
  public let node: Int?
  public let label: String
  /// Whether the label is a number: a literal, or a constant without a name.
  public let isNumber: Bool
  public let value: Element
  /// The local gradient ∂node/∂operand; nil for a literal.
  public let local: Element?
  /// The local gradient as a formula: `x`, `2·e`, `1 - y²`; empty for a literal.
  public let formula: String
}
