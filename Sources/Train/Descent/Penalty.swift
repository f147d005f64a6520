/// A price on large weights, added to the loss: λ₁·Σ|w| + ½λ₂·Σw². Biases are left out.
///
/// λ₂/n in place of λ₂ gives the form λ/2n·Σw² of some texts.
public struct Penalty: Equatable, Sendable, Codable {
  /// λ₁
  public var l1: Double
  /// λ₂
  public var l2: Double

  /// No penalty unless given.
  public init(l1: Double = 0, l2: Double = 0) { (self.l1, self.l2) = (l1, l2) }

  /// The loss with the penalty of these weights; the loss itself where both are 0.
  public func added<E: Number>(to loss: Variable<E>, weights: [Variable<E>]) -> Variable<E> {
    guard l1 != 0 || l2 != 0 else { return loss }
    var total = loss
    for w in weights where l1 != 0 { total = total + Variable(E(l1)) * l1Penalty(w) }
    for w in weights where l2 != 0 { total = total + Variable(E(l2 / 2)) * l2Penalty(w) }
    return total
  }
}
