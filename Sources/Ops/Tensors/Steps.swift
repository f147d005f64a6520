import Kernels

extension Tape where Element: Number {
  /// One step of gradient descent in place: p −= rate · ∂output/∂p, in one pass over the elements.
  ///
  /// A parameter the output does not depend on stays as it is.
  public func descend(_ parameter: Variable<Element>, along gradients: Gradients<Element>, rate: Element) {
    guard parameter.isTensor else {
      return update(parameter, to: parameter.value - rate * gradients[parameter])
    }
    withElements(of: parameter) { p in
      gradients.withElements(of: parameter) { g in
        if let p = p as? UnsafeMutableBufferPointer<Float>, let g = g as? UnsafeMutableBufferPointer<Float> {
          ck_descend_f32(p.count, Float(rate), g.baseAddress, p.baseAddress)
        } else if let p = p as? UnsafeMutableBufferPointer<Double>,
          let g = g as? UnsafeMutableBufferPointer<Double>
        {
          ck_descend_f64(p.count, Double(rate), g.baseAddress, p.baseAddress)
        }
      }
    }
  }
}
