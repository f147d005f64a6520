/// What a node was computed from.
@frozen
@usableFromInline
package enum Input: BitwiseCopyable, Sendable {
  /// A plain number, which is no node.
  case number(Double)
  /// A scalar, by its node.
  case scalar(Int)
  /// A tensor, by its node, and where it stands in the list of tensors.
  case tensor(Int, at: Int)

  @inlinable
  package var node: Int? {
    switch self {
    case .number: nil
    case .scalar(let node), .tensor(let node, _): node
    }
  }
}

/// The inputs of an operation on tensors as its record keeps them: up to three, at most one of them a plain number.
@frozen
@usableFromInline
package struct TensorInputs: BitwiseCopyable {
  // Three fields, not a vector: a lane that is written can be read as part of the whole only after a wait.
  @usableFromInline var nodes: (UInt32, UInt32, UInt32) = (0, 0, 0)
  @usableFromInline var length: UInt32 = 0
  /// The number among them, if there is one.
  @usableFromInline package var number = 0.0

  /// Stands for the plain number, where no node can.
  @inlinable static var noNode: UInt32 { .max }

  @inlinable package init() {}

  @inlinable @inline(__always)
  package var count: Int { Int(length) }

  @inlinable @inline(__always)
  package var hasNumber: Bool { nodes.0 == Self.noNode || nodes.1 == Self.noNode || nodes.2 == Self.noNode }

  @inlinable @inline(__always)
  package mutating func append(node: Int) { append(UInt32(truncatingIfNeeded: node)) }

  /// - Precondition: it has no number yet.
  @inlinable @inline(__always)
  package mutating func append(number: Double) {
    append(Self.noNode)
    self.number = number
  }

  @inlinable @inline(__always)
  mutating func append(_ node: UInt32) {
    switch length {
    case 0: nodes.0 = node
    case 1: nodes.1 = node
    default: nodes.2 = node
    }
    length &+= 1
  }

  /// The node of an input; nil for the plain number, and behind the last input.
  @inlinable @inline(__always)
  package func node(_ index: Int) -> Int? {
    guard index < count else { return nil }
    let node = index == 0 ? nodes.0 : index == 1 ? nodes.1 : nodes.2
    return node == Self.noNode ? nil : Int(node)
  }
}
