/// A rule that moves a parameter along its gradient.
///
/// It sees one parameter at a time, as an array, and changes it in place in one pass. What it needs to remember
/// between steps, such as a velocity, stands in arrays as large as the parameter, which the training keeps, stores in
/// checkpoints and gives back.
///
/// ```swift
/// struct SignDescent: Optimizer {
///   func update<E: Number>(_ slot: Slot<E>, rate: Double, step: Int) {
///     for i in slot.parameter.indices { slot.parameter[i] -= E(rate) * sgn(slot.gradient[i]) }
///   }
/// }
/// ```
public protocol Optimizer: Sendable {
  /// What the arrays it keeps beside each parameter are called; they begin as zeros. None unless stated.
  var memory: [String] { get }
  /// Changes the elements of a parameter.
  ///
  /// - Parameters:
  ///   - slot: the parameter, its gradient, and what is remembered of it.
  ///   - rate: the learning rate η of this step.
  ///   - step: the number of the step, from 1.
  func update<E: Number>(_ slot: Slot<E>, rate: Double, step: Int)
}

extension Optimizer {
  /// None.
  public var memory: [String] { [] }
}

/// A parameter, its gradient and what an optimizer remembers of it: arrays of equal length.
public struct Slot<Element: Number> {
  /// The elements of the parameter, which are to be changed.
  public let parameter: UnsafeMutableBufferPointer<Element>
  /// Its gradient.
  public let gradient: UnsafeMutableBufferPointer<Element>
  /// The arrays of ``Optimizer/memory``, in its order.
  public let memory: [UnsafeMutableBufferPointer<Element>]
  /// Whether weight decay applies: not to biases.
  public let isWeight: Bool

  /// Arrays of equal length.
  public init(
    parameter: UnsafeMutableBufferPointer<Element>, gradient: UnsafeMutableBufferPointer<Element>,
    memory: [UnsafeMutableBufferPointer<Element>] = [], isWeight: Bool = true
  ) {
    (self.parameter, self.gradient, self.memory, self.isWeight) = (parameter, gradient, memory, isWeight)
  }
}
