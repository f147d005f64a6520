/// An operation defined by a user: its value and local gradients are given, not derived from a rule.
package struct CustomOperation<Element: Real> {
  package let name: String
  package let inputs: [Int]
  package let locals: [Element]
  package let formulas: [String]
  package let recorded: (([Variable<Element>], Variable<Element>) -> [Variable<Element>])?
  /// Records Σ upstream · result again, where the operations in between were not kept.
  package var replay: ((_ upstream: Variable<Element>) -> Variable<Element>)?
  /// Records the result itself again, where the operations in between were not kept.
  package var again: (() -> Variable<Element>)?
}

extension Tape {
  /// Records an operation of your own: any value with any local gradients.
  ///
  /// ```swift
  /// // y = x³, with its local gradient 3x²
  /// let y = tape.record("cube", value: x.value * x.value * x.value, inputs: [x], locals: [3 * x.value * x.value])
  /// ```
  /// - Parameters:
  ///   - name: what inspection calls it.
  ///   - value: its value.
  ///   - inputs: the variables it was computed from.
  ///   - locals: ∂value/∂input for each input, in their order.
  ///   - formulas: what inspection prints for each local gradient; numbers where it is left out.
  ///   - recorded: the local gradients as variables, from the inputs and the result: needed only for
  ///     derivatives of higher order.
  public func record(
    _ name: String, value: Element, inputs: [Variable<Element>], locals: [Element], formulas: [String] = [],
    recorded: (([Variable<Element>], Variable<Element>) -> [Variable<Element>])? = nil
  ) -> Variable<Element> {
    guard inputs.count == locals.count else {
      fatalError("\(name): \(inputs.count) inputs but \(locals.count) local gradients")
    }
    guard isRecording else { return Variable(value) }
    let operation = CustomOperation(
      name: name, inputs: inputs.map { checkedNode($0, name) }, locals: locals, formulas: formulas,
      recorded: recorded)
    let node = storage.pointee.record(Tag(code: Tag.Leaf.custom.rawValue, inputs: 0), value)
    custom.set(operation, for: node)
    report(node)
    return handle(node)
  }
}
