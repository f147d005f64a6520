// Tensors into a tape, and out of it.

extension Tape {
  /// A tensor whose gradient is wanted. Its elements are copied.
  @_disfavoredOverload
  public func parameter(_ value: Tensor<Element>, _ name: String? = nil) -> Variable<Element> {
    leaf(value, name, .parameter)
  }

  /// A tensor that is given. Its elements are copied, and no gradient is computed for it.
  @_disfavoredOverload
  public func constant(_ value: Tensor<Element>, _ name: String? = nil) -> Variable<Element> {
    leaf(value, name, .constant)
  }

  /// A tensor that is given and stays where it is: nothing is copied.
  ///
  /// - Precondition: the elements stay in place, unchanged, until the tape is rewound past this variable.
  @specialized(where Element == Double)
  @specialized(where Element == Float)
  public func constant(
    borrowing elements: UnsafeBufferPointer<Element>, shape: Shape, _ name: String? = nil
  ) -> Variable<Element> {
    guard elements.count == shape.count else {
      fatalError("constant: \(elements.count) elements do not fill shape \(shape)")
    }
    let base = UnsafeMutableRawPointer(mutating: elements.baseAddress.map { UnsafeRawPointer($0) })
    return leaf(base ?? newBuffer(shape).base, shape, name, .constant)
  }

  private func leaf(_ value: Tensor<Element>, _ name: String?, _ code: Tag.Leaf) -> Variable<Element> {
    let buffer = newBuffer(value.shape)
    _ = buffer.elements(Element.self).update(fromContentsOf: value.elements)
    return leaf(buffer.base, value.shape, name, code)
  }

  private func leaf(
    _ base: UnsafeMutableRawPointer?, _ shape: Shape, _ name: String?, _ code: Tag.Leaf
  ) -> Variable<Element> {
    let variable = recordTensor(
      code: code.rawValue, shape: shape, isDifferentiated: code == .parameter, base: base)
    storage.pointee.entries[count - 1].updated = .none
    if let name { variable.named(name) }
    report(count - 1)
    return variable
  }

  /// Sets the elements of a parameter in place.
  ///
  /// - Precondition: it is a parameter of that shape.
  @_disfavoredOverload
  public func update(_ parameter: Variable<Element>, to value: Tensor<Element>) {
    guard parameter.shape == value.shape else {
      fatalError("update: a parameter of shape \(parameter.shape) cannot take shape \(value.shape)")
    }
    _ = changing(parameter, "update")
    withElements(of: parameter) { _ = $0.update(fromContentsOf: value.elements) }
  }

  func setNumber(of parameter: Variable<Element>, _ value: Element) {
    guard parameter.shape.count == 1 else {
      fatalError("update: a parameter of shape \(parameter.shape) cannot take a number")
    }
    withElements(of: parameter) { $0[0] = value }
  }

  /// The elements of a tensor where they stand, to be changed in place by an optimizer.
  ///
  /// The nodes already computed from it keep their values: rewind and compute them again. A walk back through a tensor
  /// that was computed from what it was stops with a message.
  /// - Precondition: it is a parameter.
  public func withElements<R>(
    of parameter: Variable<Element>, _ body: (UnsafeMutableBufferPointer<Element>) throws -> R
  ) rethrows -> R {
    let node = changing(parameter, "withElements")
    guard parameter.isTensor else {
      defer { if parameter.handle.generation == storage.pointee.generation { advanceGeneration() } }
      return try withUnsafeMutablePointer(to: &storage.pointee.entries[node].value) {
        try body(UnsafeMutableBufferPointer(start: $0, count: 1))
      }
    }
    return try body(buffer(ofTensor: tensorIndex(of: node)).elements(Element.self))
  }
}

// MARK: - Out of a tape

extension Variable {
  /// `[]` for a scalar.
  @inlinable
  public var shape: Shape {
    guard isTensor else { return .scalar }
    guard let owner = storage?.pointee.owner else { fatalError(Staleness.released("shape")) }
    return owner._withUnsafeGuaranteedRef { tape in
      tape.tensors.pointer(tape.tensorIndex(of: tape.checkedNode(self, "shape"))).pointee.shape
    }
  }

  /// The elements, copied.
  public var tensor: Tensor<Element> {
    guard isTensor else { return Tensor(value) }
    reportRead()
    return unreportedTensor
  }

  /// The same for the package itself: see `unreportedValue`.
  package var unreportedTensor: Tensor<Element> {
    guard isTensor, let tape else { return Tensor(unreportedValue) }
    return Tensor(tape.buffer(ofTensor: tape.tensorIndex(of: tape.checkedNode(self, "tensor"))))
  }
}
