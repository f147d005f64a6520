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

/// The inputs of an operation on tensors as its record keeps them: up to four, at most one of them a plain number.
@frozen
@usableFromInline
package struct TensorInputs: BitwiseCopyable {
  /// A plain number stands where no node can.
  @usableFromInline var nodes = SIMD4<UInt32>(repeating: 0)
  @usableFromInline package var count = 0
  /// The number among them, if there is one.
  @usableFromInline package var number = 0.0

  @inlinable static var noNode: UInt32 { .max }

  @inlinable package init() {}

  @inlinable package var hasNumber: Bool { any(nodes .== Self.noNode) }

  @inlinable
  package mutating func append(node: Int) {
    nodes[count] = UInt32(truncatingIfNeeded: node)
    count += 1
  }

  /// - Precondition: it has no number yet.
  @inlinable
  package mutating func append(number: Double) {
    nodes[count] = Self.noNode
    self.number = number
    count += 1
  }

  /// The node of an input; nil for the plain number, and behind the last input.
  @inlinable
  package func node(_ place: Int) -> Int? {
    place < count && nodes[place] != Self.noNode ? Int(nodes[place]) : nil
  }
}
