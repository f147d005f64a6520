/// Where a value or a gradient first was not a number, or infinite.
public struct NonFinite<Element: Real>: CustomStringConvertible {
  public enum Pass: String, Sendable { case forward, backward }
  public let pass: Pass
  /// The value, or in the backward pass the upstream gradient, that is not finite.
  public let number: Element
  /// The node, with its operation and operands.
  public let node: Node<Element>

  public var description: String {
    let operands = node.operands.map { "\($0.label) = \($0.value)" }.joined(separator: ", ")
    let what = pass == .forward ? "value" : "upstream gradient"
    return "\(pass) pass: the \(what) of node \(node.index) (\(node.label) = \(node.formula)) is \(number)"
      + (operands.isEmpty ? "" : "; its operands: \(operands)")
  }
}

extension Tape {
  /// The first node whose value is not finite, and where gradients are given and all values are finite, the
  /// first in the order of the backward walk whose upstream gradient is not.
  ///
  /// Nothing needs to be switched on beforehand: the tape holds every value. To be told at the very operation,
  /// set `onNonFinite`.
  /// - Complexity: O(nodes).
  public func firstNonFinite(_ gradients: Gradients<Element>? = nil) -> NonFinite<Element>? {
    let entries = storage.pointee.entries
    if let node = (0..<count).first(where: { !entries[$0].value.isFinite }) {
      return NonFinite(pass: .forward, number: entries[node].value, node: self.node(at: node))
    }
    guard let gradients else { return nil }
    guard let node = (0..<min(count, gradients.count)).last(where: { !gradients[node: $0].isFinite }) else {
      return nil
    }
    return NonFinite(pass: .backward, number: gradients[node: node], node: self.node(at: node))
  }

  /// Tells `onNonFinite` of a value just recorded.
  package func reportNonFinite(_ node: UInt32) {
    let value = storage.pointee.value(at: node).pointee
    guard !value.isFinite, let onNonFinite else { return }
    onNonFinite(NonFinite(pass: .forward, number: value, node: self.node(at: Int(node))))
  }

  func reportNonFinite(_ gradients: Gradients<Element>, from root: Int) {
    guard let onNonFinite else { return }
    guard let node = (0...root).last(where: { !gradients[node: $0].isFinite }) else { return }
    onNonFinite(NonFinite(pass: .backward, number: gradients[node: node], node: self.node(at: node)))
  }
}
