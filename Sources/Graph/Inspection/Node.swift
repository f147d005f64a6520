/// One node as inspection reads it.
public struct Node<Element: Real> {
  /// Its index on the tape: inputs have lower ones.
  public let index: Int
  /// The name given by the user, if any.
  public let name: String?
  /// What kind of node: `parameter`, `constant`, or the operation: `multiply`.
  public let operation: String
  /// Its value, of shape `[]` for a scalar.
  public let tensor: Tensor<Element>
  /// What it was computed from, in the order of the formula.
  public let operands: [Operand<Element>]
  /// How it was computed, in terms of its operands: `w·x`. For a leaf its own label.
  public let formula: String
  /// The formula with the values of the operands: `5·1`. Empty for a leaf, and where an operand is a tensor.
  public let substitution: String
  /// What it is called: its name, or the formula where that is short (a number for a constant), or `n` and its
  /// index.
  public let label: String

  /// Its value, if it is a scalar; else not a number.
  public var value: Element { tensor.elements.count == 1 ? tensor.elements[0] : .nan }
  /// Its value in few characters: see `Operand.valueText`.
  public var valueText: String { tensor.text }
  /// The operands that are nodes: those with a local gradient.
  public var inputs: [Operand<Element>] { operands.filter { $0.node != nil } }
  /// Whether nothing leads to it: an input, a parameter or a constant.
  public var isLeaf: Bool { operands.isEmpty }
  /// Whether it is a constant without a name that is called by its number, or by its few numbers: `[1, 2]`.
  public var isNumber: Bool {
    isLeaf && operation == "constant" && name == nil && (tensor.shape.rank == 0 || label == valueText)
  }
}

/// An operand of a node: another node, or a literal.
public struct Operand<Element: Real> {
  /// The node, or nil for a literal.
  public let node: Int?
  /// What it is called in tables: its name, the formula of a node without one, or the number of a literal.
  public let label: String
  /// Whether the label is a number: a literal, or a constant without a name.
  public let isNumber: Bool
  /// Its value with at most 6 digits; of a tensor with more than 8 elements the shape and range.
  public let valueText: String
  /// The local gradient ∂node/∂operand; nil for a literal, and for an operation on tensors, whose local gradient is
  /// a matrix that nobody builds.
  public let local: Element?
  /// The local gradient as a formula: `x`, `2·e`, `1 - y²`; of an operation on tensors what the upstream gradient g
  /// becomes: `g·xᵀ`. Empty for a literal.
  public let formula: String
}
