extension Tape where Element: Number {
  /// One step of gradient descent in place: p −= rate · ∂output/∂p, in one pass over the elements.
  ///
  /// A parameter the output does not depend on stays as it is.
  @specialized(where Element == Double)
  @specialized(where Element == Float)
  public func descend(_ parameter: Variable<Element>, along gradients: Gradients<Element>, rate: Element) {
    guard parameter.isTensor else {
      return update(parameter, to: parameter.value - rate * gradients[parameter])
    }
    guard let g = gradients.buffer(of: parameter) else { return }
    let node = changing(parameter, "descend")
    let p = buffer(ofTensor: tensorIndex(of: node))
    OptimizerSteps.descend(p.elements(Element.self), g.elements(Element.self), rate: Double(rate))
  }
}
